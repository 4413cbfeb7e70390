import Foundation

/// One array of a file of packed weights, and how records and the file's key are written.
///
/// A record's page: magic, byte count, checksum, checksum of name and these, length of the name, each eight bytes, little endian; the name.
struct PackedRecord {
    /// Where the array begins in the file, in bytes: on a page.
    let offset: Int
    let byteCount: Int
    let checksum: UInt64
    /// Where it is mapped.
    var address: UnsafeRawPointer?

    static let page = 4096
    private static let fileMagic = Array("BackdropPacked 1\n".utf8)
    private static let recordMagic = UInt64(0x4452_4F43_4552_4B50)
    private static let headerBytes = 40

    /// Where the next record begins.
    var end: Int { (offset + byteCount + Self.page - 1) / Self.page * Self.page }

    /// Writes array and page.
    ///
    /// - Returns: whether all of it was written
    func write(_ array: UnsafeRawBufferPointer, named name: String, to descriptor: Int32) -> Bool {
        let name = Array(name.utf8)
        guard name.count <= Self.page - Self.headerBytes else { return false }
        let fields = [Self.recordMagic, UInt64(byteCount), checksum, UInt64(name.count)]
        var page = [UInt8](repeating: 0, count: Self.page)
        for (index, field) in (fields + [Self.headerChecksum(fields, name)]).enumerated() {
            withUnsafeBytes(of: field.littleEndian) { page.replaceSubrange(index * 8..<index * 8 + 8, with: $0) }
        }
        page.replaceSubrange(Self.headerBytes..<Self.headerBytes + name.count, with: name)
        // The last page is filled, so that a mapping never reaches beyond the file.
        let padding = [UInt8](repeating: 0, count: end - offset - byteCount)
        return Self.write(array, at: offset, descriptor)
            && padding.withUnsafeBytes { Self.write($0, at: offset + byteCount, descriptor) }
            && page.withUnsafeBytes { Self.write($0, at: offset - Self.page, descriptor) }
    }

    /// Every record up to the first that is not whole, by name, and where the next one goes.
    static func all(of descriptor: Int32) -> (records: [String: PackedRecord], end: Int) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return ([:], page) }
        var records: [String: PackedRecord] = [:]
        var position = page
        while let (name, record) = read(at: position, of: descriptor, fileSize: Int(status.st_size)) {
            records[name] = record
            position = record.end
        }
        return (records, position)
    }

    private static func read(at position: Int, of descriptor: Int32, fileSize: Int) -> (String, PackedRecord)? {
        guard let bytes = bytes(at: position, of: descriptor) else { return nil }
        let fields = (0..<5).map { field in
            bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: field * 8, as: UInt64.self)) }
        }
        guard fields[0] == recordMagic, fields[3] <= UInt64(page - headerBytes), fields[1] <= UInt64(fileSize) else { return nil }
        let name = Array(bytes[headerBytes..<headerBytes + Int(fields[3])])
        let record = PackedRecord(offset: position + page, byteCount: Int(fields[1]), checksum: fields[2])
        guard headerChecksum(Array(fields[..<4]), name) == fields[4], record.end <= fileSize else { return nil }
        return (String(decoding: name, as: UTF8.self), record)
    }

    private static func headerChecksum(_ fields: [UInt64], _ name: [UInt8]) -> UInt64 {
        fields.withUnsafeBytes { checksum($0) } ^ name.withUnsafeBytes { checksum($0) }
    }

    // MARK: The key

    static func write(_ key: PackedWeightsFile.Key, to descriptor: Int32) -> Bool {
        keyPage(key).withUnsafeBytes { write($0, at: 0, descriptor) }
    }

    static func hasKey(_ key: PackedWeightsFile.Key, _ descriptor: Int32) -> Bool {
        bytes(at: 0, of: descriptor) == keyPage(key)
    }

    private static func keyPage(_ key: PackedWeightsFile.Key) -> [UInt8] {
        let text = (fileMagic + Array(key.text.utf8)).prefix(page)
        return text + [UInt8](repeating: 0, count: page - text.count)
    }

    // MARK: Bytes

    private static func bytes(at position: Int, of descriptor: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: page)
        return bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, page, position) } == page ? bytes : nil
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, at position: Int, _ descriptor: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done, position + done)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }

    /// Fletcher's checksum in eight lanes of 64 bits: every changed bit and every exchange of two words changes it.
    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        typealias Words = SIMD8<UInt64>
        var (sum, sums) = (Words(repeating: 1), Words(repeating: UInt64(bytes.count)))
        let whole = bytes.count / 64 * 64
        for offset in stride(from: 0, to: whole, by: 64) {
            sum &+= bytes.loadUnaligned(fromByteOffset: offset, as: Words.self)
            sums &+= sum
        }
        var last = Words(repeating: 0)
        withUnsafeMutableBytes(of: &last) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[whole...])) }
        sum &+= last
        sums &+= sum
        // Fibonacci hashing spreads the lanes over the result.
        return (0..<8).reduce(UInt64(0)) { (($0 ^ sum[$1]) &* 0x9E37_79B9_7F4A_7C15 ^ sums[$1]) &* 0x9E37_79B9_7F4A_7C15 }
    }
}
