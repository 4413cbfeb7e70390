import Foundation

/// Reading of the JSON files of a model folder, with errors that name the file and the key.
enum ConfigurationFile {
    /// Decodes the JSON file at `url`; keys in the file are snake_case.
    ///
    /// - Throws: `ModelError`
    static func decode<Value: Decodable>(_ type: Value.Type, at url: URL) throws -> Value {
        try decode(type, from: contents(of: url), path: url.path)
    }

    /// Decodes JSON that stands at `path`, or would.
    ///
    /// - Throws: `ModelError`
    static func decode<Value: Decodable>(_ type: Value.Type, from data: Data, path: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: data)
        } catch let error as DecodingError {
            throw ModelError.badConfiguration(path: path, problem: describe(error))
        } catch let problem as ConfigurationProblem {
            throw ModelError.badConfiguration(path: path, problem: problem.description)
        }
    }

    /// Decodes the JSON file at `url`, or nil where there is none.
    static func decodeIfPresent<Value: Decodable>(_ type: Value.Type, at url: URL) throws -> Value? {
        FileManager.default.fileExists(atPath: url.path) ? try decode(type, at: url) : nil
    }

    /// The bytes of a small file.
    static func contents(of url: URL) throws -> Data {
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw ModelError.missingFile(path: url.path, advice: "The model folder is incomplete.")
        }
        do {
            return try Data(contentsOf: url)
        } catch {
            throw ModelError.unreadableFile(path: url.path, reason: error.localizedDescription)
        }
    }

    private static func describe(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, _): return "has no value for \(key.stringValue)"
        case .typeMismatch(let type, let context): return "\(path(context)) is not of type \(type)"
        case .valueNotFound(_, let context): return "\(path(context)) is null"
        case .dataCorrupted(let context):
            return path(context).isEmpty ? "is not valid JSON" : "\(path(context)): \(context.debugDescription)"
        @unknown default: return "cannot be decoded"
        }
    }
}

/// A value in a configuration that makes no sense; the reader adds the file's name.
struct ConfigurationProblem: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// Throws unless every size is between 1 and `limit`: larger ones belong to no model, and would overflow what is reckoned with them.
    static func requireSizes(_ sizes: [Int], upTo limit: Int, _ key: String) throws {
        guard sizes.allSatisfy((1...limit).contains) else {
            throw ConfigurationProblem("\(key) \(sizes.map(String.init).joined(separator: ", ")) makes no sense")
        }
    }

    /// Throws with `description` unless `condition` holds.
    static func require(_ condition: Bool, _ description: @autoclosure () -> String) throws {
        guard condition else { throw ConfigurationProblem(description()) }
    }
}

/// A setting that diffusers lets a configuration give once for all blocks or once a block.
struct PerBlock<Value: Decodable & Sendable>: Decodable, Sendable {
    fileprivate let values: [Value]

    init(_ value: Value) {
        values = [value]
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        values = try (try? container.decode([Value].self)) ?? [container.decode(Value.self)]
    }

    /// One value for each of `count` blocks.
    func expanded(to count: Int, key: String) throws -> [Value] {
        if values.count == count { return values }
        guard values.count == 1, let value = values.first else {
            throw ConfigurationProblem("\(key) has \(values.count) values for \(count) blocks")
        }
        return Array(repeating: value, count: count)
    }
}

extension PerBlock where Value: Equatable {
    func contains(_ value: Value) -> Bool { values.contains(value) }
}
