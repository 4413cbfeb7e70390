import Foundation

/// What a JPEG's application segments say: EXIF orientation (APP1) and ICC profile (APP2).
///
/// Anything malformed counts as absent; every offset is checked.
struct JPEGMarkers {
    private(set) var orientation = Orientation.upright
    private(set) var icc: Data?

    init(_ data: Data) {
        let bytes = [UInt8](data.prefix(Self.searchLength))
        var parts: [Int: ArraySlice<UInt8>] = [:]
        var partCount = 0
        var position = 2
        while position + 4 <= bytes.count, bytes[position] == 0xFF {
            let marker = bytes[position + 1]
            if marker == 0xFF {
                position += 1
                continue
            }
            guard marker != 0xDA, marker != 0xD9 else { break }
            let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            let end = position + 2 + length
            guard length >= 2, end <= bytes.count else { break }
            let body = bytes[(position + 4)..<end]
            if marker == 0xE1, body.starts(with: Array("Exif\0\0".utf8)) {
                orientation = Self.orientation(tiff: body.dropFirst(6)) ?? orientation
            } else if marker == 0xE2, body.starts(with: Array("ICC_PROFILE\0".utf8)), body.count > 14 {
                let header = body.dropFirst(12)
                partCount = Int(header[header.startIndex + 1])
                parts[Int(header[header.startIndex])] = body.dropFirst(14)
            }
            position = end
        }
        // ICC.1:2010 annex B.4: parts are numbered from 1 and all must be there.
        if partCount > 0, (1...partCount).allSatisfy({ parts[$0] != nil }) {
            icc = (1...partCount).reduce(into: Data()) { $0.append(contentsOf: parts[$1] ?? []) }
        }
    }

    /// Application segments stand first; profiles of more than this are not ours to carry.
    private static let searchLength = 16 << 20

    /// Tag 0x0112 of the first directory (EXIF 2.3, 4.6.4).
    private static func orientation(tiff: ArraySlice<UInt8>) -> Orientation? {
        let bytes = Array(tiff)
        guard bytes.count >= 8 else { return nil }
        let isLittle: Bool
        switch (bytes[0], bytes[1]) {
        case (0x49, 0x49): isLittle = true
        case (0x4D, 0x4D): isLittle = false
        default: return nil
        }
        func number(_ offset: Int, _ count: Int) -> Int? {
            guard offset >= 0, offset + count <= bytes.count else { return nil }
            let slice = bytes[offset..<(offset + count)]
            return isLittle ? slice.reversed().reduce(0) { $0 << 8 | Int($1) } : slice.reduce(0) { $0 << 8 | Int($1) }
        }
        guard let directory = number(4, 4), let count = number(directory, 2) else { return nil }
        for entry in 0..<count {
            let offset = directory + 2 + entry * 12
            guard let tag = number(offset, 2) else { return nil }
            if tag == 0x0112 { return number(offset + 8, 2).flatMap(Orientation.init) }
        }
        return nil
    }
}
