import Diffusion
import Foundation
import Studio

/// What a user has set for good, in `~/.config/backdrop/settings`. Flags of the command line come before it.
public struct Settings: Equatable, Sendable {
    /// What becomes of the work when the line goes dead.
    public enum HangUp: String, CaseIterable, Sendable {
        /// The queue is painted to its end, then the program leaves.
        case keep
        /// The picture in hand is given up; the next start offers to go on.
        case stop
    }

    public var theme: String?
    public var pictures: PictureChoice?
    public var language: Language?
    public var hangUp = HangUp.keep
    /// Whether a bell and a notification (OSC 9) tell that the queue is done.
    public var bell = true
    /// How much memory a model may take.
    public var memory = LoadingOptions.MemoryUse.normal
    /// Whether packed weights of large models are kept on disk.
    public var packedWeights = true

    public init() {}

    /// Why the settings cannot be used.
    public enum Problem: Error, Equatable, CustomStringConvertible, LocalizedError {
        case unreadable(path: String)
        case badLine(path: String, line: Int, reason: String)

        public var description: String {
            switch self {
            case .unreadable(let path): "\(path) cannot be read as UTF-8 text: save it as UTF-8, or remove it."
            case .badLine(let path, let line, let reason): "\(path) is wrong in line \(line): \(reason)."
            }
        }

        public var errorDescription: String? { description }
    }

    /// The settings in the user's configuration folder; the defaults where there are none.
    /// - Throws: `Settings.Problem`.
    public static func load(configuration: URL? = Configuration.folder()) throws -> Settings {
        guard let file = configuration?.appendingPathComponent("settings"), FileManager.default.fileExists(atPath: file.path) else {
            return Settings()
        }
        guard let data = try? Data(contentsOf: file), let text = String(data: data, encoding: .utf8) else {
            throw Problem.unreadable(path: file.path)
        }
        return try Settings(parsing: text, path: file.path)
    }

    /// Reads lines `name = value`; `#` begins a comment.
    /// - Throws: `Settings.Problem.badLine`.
    public init(parsing text: String, path: String) throws {
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[1].isEmpty else {
                throw Problem.badLine(path: path, line: index + 1, reason: "expected “name = value”")
            }
            if let reason = take(parts[0], parts[1]) { throw Problem.badLine(path: path, line: index + 1, reason: reason) }
        }
    }

    /// - Returns: what is wrong with it; nil where nothing is.
    private mutating func take(_ name: String, _ value: String) -> String? {
        func oneOf<Value: RawRepresentable & CaseIterable>(_ type: Value.Type) -> (Value?, String?) where Value.RawValue == String {
            let found = Value(rawValue: value)
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            return (found, found == nil ? "“\(value)” is none of \(known)" : nil)
        }
        switch name {
        case "theme": theme = value
        case "pictures":
            let (found, problem) = oneOf(PictureChoice.self)
            pictures = found
            return problem
        case "language":
            let (found, problem) = oneOf(Language.self)
            language = found
            return problem
        case "hang-up":
            let (found, problem) = oneOf(HangUp.self)
            hangUp = found ?? hangUp
            return problem
        case "memory":
            let (found, problem) = oneOf(LoadingOptions.MemoryUse.self)
            memory = found ?? memory
            return problem
        case "bell", "packed-weights":
            guard ["on", "off"].contains(value) else { return "“\(value)” is none of on, off" }
            if name == "bell" { bell = value == "on" } else { packedWeights = value == "on" }
        default: return "“\(name)” is none of theme, pictures, language, hang-up, bell, memory, packed-weights"
        }
        return nil
    }
}
