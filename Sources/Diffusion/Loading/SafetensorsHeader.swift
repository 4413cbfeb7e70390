/// The table of contents of a safetensors file: for each tensor its element type, shape and place.
///
/// Everything is checked before anything is used: names are unique, shapes fit their byte ranges, and the ranges cover
/// the data exactly, without overlap or hole (huggingface/safetensors, `README.md`, section "Format").
public struct SafetensorsHeader: Sendable, Equatable {
    /// One tensor's entry.
    public struct Entry: Sendable, Equatable {
        public let elementType: ElementType
        /// Row-major, outermost dimension first; empty for a scalar.
        public let shape: [Int]
        /// Place in bytes, counted from the first byte after the header.
        public let byteRange: Range<Int>

        /// Number of elements.
        public var count: Int { shape.reduce(1, *) }
    }

    /// The format's own limit on the length of the header, in bytes.
    public static let maximumByteCount = 100_000_000

    /// Every tensor by name.
    public let entries: [String: Entry]
    /// Free text that the writer left under `__metadata__`.
    public let metadata: [String: String]

    /// What a header can break; the loader adds the file's name.
    struct Problem: Error, Equatable {
        let tensor: String?
        let description: String
    }

    /// Reads a header.
    ///
    /// - Parameters:
    ///   - json: the header's bytes, without the eight bytes of length before it
    ///   - dataByteCount: how many bytes follow the header
    /// - Throws: `Problem`
    init(json: UnsafeRawBufferPointer, dataByteCount: Int) throws {
        var parser = SafetensorsHeaderParser(bytes: json)
        let parsed = try parser.parse()
        var entries: [String: Entry] = [:]
        entries.reserveCapacity(parsed.tensors.count)
        for tensor in parsed.tensors {
            let entry = try Self.checkedEntry(tensor, dataByteCount: dataByteCount)
            guard entries.updateValue(entry, forKey: tensor.name) == nil else {
                throw Problem(tensor: tensor.name, description: "listed twice in the header")
            }
        }
        try Self.checkCoverage(of: entries, dataByteCount: dataByteCount)
        self.entries = entries
        metadata = parsed.metadata
    }

    private static func checkedEntry(_ tensor: SafetensorsHeaderParser.Tensor, dataByteCount: Int) throws -> Entry {
        guard let elementType = ElementType(rawValue: tensor.elementType) else {
            throw Problem(tensor: tensor.name, description: "unknown element type \(tensor.elementType)")
        }
        var byteCount = elementType.byteCount
        for dimension in tensor.shape {
            let (product, overflow) = byteCount.multipliedReportingOverflow(by: dimension)
            guard !overflow else { throw Problem(tensor: tensor.name, description: "shape \(tensor.shape) is impossibly large") }
            byteCount = product
        }
        guard tensor.begin <= tensor.end else {
            throw Problem(tensor: tensor.name, description: "ends at byte \(tensor.end), before it begins at \(tensor.begin)")
        }
        guard tensor.end - tensor.begin == byteCount else {
            throw Problem(
                tensor: tensor.name,
                description: "shape \(tensor.shape) of \(elementType.rawValue) takes \(byteCount) bytes, not \(tensor.end - tensor.begin)")
        }
        guard tensor.end <= dataByteCount else {
            throw Problem(
                tensor: tensor.name, description: "ends at byte \(tensor.end) of \(dataByteCount): the file is truncated")
        }
        return Entry(elementType: elementType, shape: tensor.shape, byteRange: tensor.begin..<tensor.end)
    }

    private static func checkCoverage(of entries: [String: Entry], dataByteCount: Int) throws {
        let inOrder = entries.sorted {
            ($0.value.byteRange.lowerBound, $0.value.byteRange.upperBound) < ($1.value.byteRange.lowerBound, $1.value.byteRange.upperBound)
        }
        var covered = 0
        for (name, entry) in inOrder {
            let begin = entry.byteRange.lowerBound
            guard begin >= covered else { throw Problem(tensor: name, description: "overlaps the tensor before it") }
            guard begin == covered else { throw Problem(tensor: name, description: "leaves a hole of \(begin - covered) bytes before it") }
            covered = entry.byteRange.upperBound
        }
        guard covered == dataByteCount else {
            throw Problem(tensor: nil, description: "\(dataByteCount - covered) bytes at the end belong to no tensor")
        }
    }
}
