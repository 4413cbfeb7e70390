/// A strict reader for the JSON subset that a safetensors header is made of.
///
/// Foundation's decoders keep the last of two equal keys without a word; a header with a name twice must be refused,
/// so the header is read here, entry by entry, in one pass.
struct SafetensorsHeaderParser {
    /// One tensor as written, nothing checked yet but the syntax.
    struct Tensor {
        var name = ""
        var elementType = ""
        var shape: [Int] = []
        var begin = 0
        var end = 0
    }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Reads the whole header.
    mutating func parse() throws -> (tensors: [Tensor], metadata: [String: String]) {
        var tensors: [Tensor] = []
        var metadata: [String: String]?
        try parseObject { parser, name in
            if name == "__metadata__" {
                guard metadata == nil else { throw parser.problem("__metadata__ is listed twice") }
                metadata = try parser.parseMetadata()
            } else {
                tensors.append(try parser.parseTensor(named: name))
            }
        }
        skipSpace()
        guard position == bytes.count else { throw problem("text after the end of the header") }
        return (tensors, metadata ?? [:])
    }

    private mutating func parseTensor(named name: String) throws -> Tensor {
        var tensor = Tensor(name: name)
        var seen: Set<String> = []
        try parseObject { parser, key in
            guard seen.insert(key).inserted else { throw parser.problem("\(key) is given twice", in: name) }
            switch key {
            case "dtype":
                tensor.elementType = try parser.parseString()
            case "shape":
                tensor.shape = try parser.parseNumbers()
            case "data_offsets":
                let offsets = try parser.parseNumbers()
                guard offsets.count == 2 else { throw parser.problem("data_offsets has \(offsets.count) numbers, not 2", in: name) }
                (tensor.begin, tensor.end) = (offsets[0], offsets[1])
            default:
                throw parser.problem("unknown field \(key)", in: name)
            }
        }
        for key in ["dtype", "shape", "data_offsets"] where !seen.contains(key) {
            throw problem("has no \(key)", in: name)
        }
        return tensor
    }

    private mutating func parseMetadata() throws -> [String: String] {
        var metadata: [String: String] = [:]
        try parseObject { parser, key in
            metadata[key] = try parser.parseString()
        }
        return metadata
    }

    // MARK: JSON

    private mutating func parseObject(_ parseValue: (inout Self, String) throws -> Void) throws {
        try expect("{")
        if skip("}") { return }
        repeat {
            let key = try parseString()
            try expect(":")
            try parseValue(&self, key)
        } while skip(",")
        try expect("}")
    }

    private mutating func parseNumbers() throws -> [Int] {
        try expect("[")
        var numbers: [Int] = []
        if skip("]") { return numbers }
        repeat { numbers.append(try parseNumber()) } while skip(",")
        try expect("]")
        return numbers
    }

    private mutating func parseNumber() throws -> Int {
        skipSpace()
        var value = 0
        var digits = 0
        while position < bytes.count, case let digit = bytes[position], digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") {
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
            guard !overflow, !carry else { throw problem("a number does not fit 64 bits") }
            value = sum
            digits += 1
            position += 1
        }
        guard digits > 0 else { throw problem("a whole number was expected") }
        return value
    }

    private mutating func parseString() throws -> String {
        try expect("\"")
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw problem("a name is not UTF-8") }
                return string
            case UInt8(ascii: "\\"):
                text += Array(String(try parseEscape()).utf8)
            case 0..<0x20:
                throw problem("a control character stands in a name")
            default:
                text.append(byte)
            }
        }
        throw problem("ends inside a name: the file is truncated")
    }

    private mutating func parseEscape() throws -> Character {
        guard position < bytes.count else { throw problem("ends inside a name: the file is truncated") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return Character(try parseUnicodeEscape())
        default: throw problem("unknown escape in a name")
        }
    }

    private mutating func parseUnicodeEscape() throws -> Unicode.Scalar {
        let first = try parseHexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // A pair of surrogates: \uD83D\uDE00 and the like.
        guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
        else { throw problem("half a surrogate pair in a name") }
        position += 2
        let second = try parseHexadecimal()
        guard (0xDC00..<0xE000).contains(second), let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) else {
            throw problem("half a surrogate pair in a name")
        }
        return scalar
    }

    private mutating func parseHexadecimal() throws -> UInt32 {
        guard position + 4 <= bytes.count, let digits = String(validating: bytes[position..<position + 4], as: UTF8.self),
            let value = UInt32(digits, radix: 16)
        else { throw problem("a damaged escape in a name") }
        position += 4
        return value
    }

    private mutating func expect(_ character: Unicode.Scalar) throws {
        guard skip(character) else {
            throw problem(position >= bytes.count ? "ends early: the file is truncated" : "\(character) expected at byte \(position)")
        }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    private func problem(_ description: String, in tensor: String? = nil) -> SafetensorsHeader.Problem {
        SafetensorsHeader.Problem(tensor: tensor, description: tensor == nil ? "damaged header (\(description))" : description)
    }
}
