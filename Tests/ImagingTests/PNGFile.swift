import Foundation

/// Builds PNG files by hand, chunk by chunk, so that the reader is tested against the specification and not against our own writer.
struct PNGFile {
    var width: Int
    var height: Int
    var bitDepth: Int
    /// 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha.
    var colourType: Int
    /// Packed rows without filter bytes.
    var rows: [[UInt8]] = []
    /// For an interlaced file: all rows of the seven passes, without filter bytes.
    var interlacedRows: [[UInt8]]?
    /// Chunks between header and picture data.
    var before: [(type: String, data: [UInt8])] = []

    var data: Data {
        var file = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        file.append(
            Self.chunk(
                "IHDR",
                Self.number(width) + Self.number(height)
                    + [UInt8(bitDepth), UInt8(colourType), 0, 0, interlacedRows == nil ? 0 : 1]))
        for chunk in before { file.append(Self.chunk(chunk.type, chunk.data)) }
        file.append(Self.chunk("IDAT", Self.zlib((interlacedRows ?? rows).flatMap { [0] + $0 })))
        file.append(Self.chunk("IEND", []))
        return file
    }

    static func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }

    static func chunk(_ type: String, _ data: [UInt8]) -> Data {
        let body = Array(type.utf8) + data
        return Data(number(data.count) + body + number(Int(crc(body))))
    }

    /// RFC 1950 with stored blocks.
    static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x78, 0x01]
        var position = 0
        repeat {
            let count = min(65535, bytes.count - position)
            let isLast = position + count == bytes.count
            result += [isLast ? 1 : 0, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8 & 255)]
            result += bytes[position..<(position + count)]
            position += count
        } while position < bytes.count
        var a: UInt32 = 1
        var b: UInt32 = 0
        for byte in bytes {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        return result + number(Int(b << 16 | a))
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}

/// A small display profile: sRGB's curve as a gamma of 2.2 and the given primaries, as ICC.1:2010 lays it out.
func makeProfile(red: [Double], green: [Double], blue: [Double], gamma: Double = 2.2) -> Data {
    func fixed(_ value: Double) -> [UInt8] { PNGFile.number(Int((value * 65536).rounded())) }
    func xyz(_ values: [Double]) -> [UInt8] { Array("XYZ ".utf8) + [0, 0, 0, 0] + values.flatMap(fixed) }
    let exponent = PNGFile.number(Int((gamma * 256).rounded()) << 16)
    let curve: [UInt8] = Array("curv".utf8) + [0, 0, 0, 0] + PNGFile.number(1) + exponent
    let white = [0.9642, 1.0, 0.8249]
    let tags: [(String, [UInt8])] = [
        ("rXYZ", xyz(red)), ("gXYZ", xyz(green)), ("bXYZ", xyz(blue)), ("wtpt", xyz(white)), ("rTRC", curve), ("gTRC", curve),
        ("bTRC", curve),
    ]
    var directory = PNGFile.number(tags.count)
    var body: [UInt8] = []
    for (name, content) in tags {
        directory += Array(name.utf8) + PNGFile.number(128 + 4 + tags.count * 12 + body.count) + PNGFile.number(content.count)
        body += content
    }
    var header = [UInt8](repeating: 0, count: 128)
    header.replaceSubrange(0..<4, with: PNGFile.number(128 + directory.count + body.count))
    header.replaceSubrange(8..<12, with: [2, 0x10, 0, 0])
    header.replaceSubrange(12..<24, with: Array("mntrRGB XYZ ".utf8))
    header.replaceSubrange(36..<40, with: Array("acsp".utf8))
    header.replaceSubrange(68..<80, with: white.flatMap(fixed))
    return Data(header + directory + body)
}

/// Display P3's primaries, adapted to D50 (Apple's profile).
let displayP3 = makeProfile(red: [0.51512, 0.24120, -0.00105], green: [0.29198, 0.69225, 0.04189], blue: [0.15710, 0.06657, 0.78407])
