/// The fields of one protocol-buffers message (protobuf.dev, "Encoding"), read without copying what is not asked for.
struct ProtobufMessage {
    /// One field's value.
    enum Value {
        case number(UInt64)
        /// A string, an array of numbers, or a message of its own.
        case bytes(ArraySlice<UInt8>)
    }

    /// Field numbers and values in the order of the file.
    let fields: [(number: Int, value: Value)]

    /// - Throws: ``CutoutNetworkError/damaged(path:problem:)``, with an empty path, where the bytes break off or make no sense.
    init(_ bytes: ArraySlice<UInt8>) throws {
        var rest = bytes
        var fields: [(number: Int, value: Value)] = []
        while !rest.isEmpty {
            let tag = try Self.number(&rest)
            let field = Int(truncatingIfNeeded: tag >> 3)
            switch tag & 7 {
            case 0: fields.append((field, .number(try Self.number(&rest))))
            case 1: fields.append((field, .bytes(try Self.take(8, &rest))))
            case 2:
                let length = try Self.number(&rest)
                guard length <= UInt64(rest.count) else { throw CutoutNetworkError.damaged(path: "", problem: "it breaks off") }
                fields.append((field, .bytes(try Self.take(Int(length), &rest))))
            case 5: fields.append((field, .bytes(try Self.take(4, &rest))))
            default: throw CutoutNetworkError.damaged(path: "", problem: "it is no ONNX file")
            }
        }
        self.fields = fields
    }

    /// Every value of a field that is a message, string or array.
    func all(_ number: Int) -> [ArraySlice<UInt8>] {
        fields.compactMap { field in
            guard field.number == number, case .bytes(let bytes) = field.value else { return nil }
            return bytes
        }
    }

    /// The first text of a field.
    func text(_ number: Int) -> String { all(number).first.map { String(decoding: $0, as: UTF8.self) } ?? "" }

    /// A field's numbers, whether they come one by one or packed.
    func numbers(_ number: Int) throws -> [Int] {
        var result: [Int] = []
        for field in fields where field.number == number {
            switch field.value {
            case .number(let value): result.append(Int(truncatingIfNeeded: value))
            case .bytes(var packed): while !packed.isEmpty { result.append(Int(truncatingIfNeeded: try Self.number(&packed))) }
            }
        }
        return result
    }

    private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw CutoutNetworkError.damaged(path: "", problem: "it breaks off") }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    /// A variable-length number: seven bits a byte, the lowest first.
    private static func number(_ rest: inout ArraySlice<UInt8>) throws -> UInt64 {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = rest.popFirst(), shift < 64 {
            result |= UInt64(byte & 127) << shift
            if byte < 128 { return result }
            shift += 7
        }
        throw CutoutNetworkError.damaged(path: "", problem: "it breaks off")
    }
}
