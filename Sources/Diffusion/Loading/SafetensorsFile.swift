import Foundation

/// A safetensors file, mapped into memory; its header is checked when it is opened.
///
/// Layout: eight bytes of header length (little endian), the JSON header, the tensors' bytes, little endian, row-major.
public struct SafetensorsFile: Sendable {
    public let url: URL
    public let header: SafetensorsHeader
    private let data: Data
    private let dataOffset: Int

    /// Maps `url` and checks its header; no tensor is read yet.
    ///
    /// - Throws: `ModelError` naming the file and, where one is at fault, the tensor
    public init(url: URL) throws {
        let path = url.path
        guard FileManager.default.fileExists(atPath: path) else {
            throw ModelError.missingFile(path: path, advice: "The model folder is incomplete.")
        }
        do {
            data = try Data(contentsOf: url, options: .alwaysMapped)
        } catch {
            throw ModelError.unreadableFile(path: path, reason: error.localizedDescription)
        }
        self.url = url
        guard data.count >= 8 else {
            throw ModelError.corruptWeights(path: path, tensor: nil, problem: "only \(data.count) bytes long")
        }
        if Self.looksPickled(data) { throw ModelError.pickledWeights(path: path) }
        let length = data.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        guard length <= UInt64(SafetensorsHeader.maximumByteCount) else {
            throw ModelError.corruptWeights(
                path: path, tensor: nil,
                problem: "its header claims \(length) bytes, over the limit of \(SafetensorsHeader.maximumByteCount)")
        }
        let dataOffset = 8 + Int(length)
        guard dataOffset <= data.count else {
            throw ModelError.corruptWeights(
                path: path, tensor: nil, problem: "its header claims \(length) bytes of a file of \(data.count): truncated")
        }
        self.dataOffset = dataOffset
        do {
            header = try data.withUnsafeBytes { bytes in
                try SafetensorsHeader(
                    json: UnsafeRawBufferPointer(rebasing: bytes[8..<dataOffset]), dataByteCount: bytes.count - dataOffset)
            }
        } catch let problem as SafetensorsHeader.Problem {
            throw ModelError.corruptWeights(path: path, tensor: problem.tensor, problem: problem.description)
        }
    }

    /// Lends a tensor's bytes for the time of `body`.
    public func withBytes<Result>(of entry: SafetensorsHeader.Entry, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try data.withUnsafeBytes { bytes in
            try body(
                UnsafeRawBufferPointer(
                    rebasing: bytes[(dataOffset + entry.byteRange.lowerBound)..<(dataOffset + entry.byteRange.upperBound)]))
        }
    }

    /// Tells the system that a tensor's bytes, once read, are not needed for a while: what is mapped counts as this process's memory.
    public func rest(_ entry: SafetensorsHeader.Entry) {
        guard entry.byteRange.count >= Self.smallestRest else { return }
        withBytes(of: entry) { bytes in
            guard let start = bytes.baseAddress else { return }
            // Whole pages; a neighbour that shares the first or last is read again from the page cache.
            let page = Int(getpagesize())
            let first = UInt(bitPattern: start) / UInt(page) * UInt(page)
            guard let address = UnsafeMutableRawPointer(bitPattern: first) else { return }
            madvise(address, Int(UInt(bitPattern: start) - first) + bytes.count, Int32(MADV_DONTNEED))
        }
    }

    /// Bytes below which a call to the system is not worth it.
    private static let smallestRest = 64 << 10

    /// Size of the whole file.
    var byteCount: Int { data.count }

    /// Lends the start of the file and further samples of it at equal distances.
    func withSampledBytes(count: Int, size: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        data.withUnsafeBytes { bytes in
            let distance = max(bytes.count / count, size)
            for start in stride(from: 0, to: bytes.count, by: distance) {
                body(UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + size, bytes.count)]))
            }
        }
    }

    /// A zip archive (`PK`, what torch.save writes today) or a bare pickle (protocol 2 and up: 0x80 and the protocol's number);
    /// the brace that opens a safetensors header stands at byte 8.
    private static func looksPickled(_ data: Data) -> Bool {
        let start = Array(data.prefix(9))
        guard start.count == 9, start[8] != UInt8(ascii: "{") else { return false }
        return start.starts(with: [0x50, 0x4B, 0x03, 0x04]) || (start[0] == 0x80 && (2...5).contains(start[1]))
    }
}
