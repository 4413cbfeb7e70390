import Foundation

/// GNU Unifont, a bitmap font with a glyph for every character of the Basic Multilingual Plane, as Debian's package `unifont` installs it: a
/// line for each character, its number and its rows in hexadecimal (unifont(5), "hex format").
struct Unifont: Sendable {
    /// Rows of every glyph.
    static let height = 16

    let file: URL

    /// The installed one, with Japanese forms of the characters that Chinese and Japanese share; nil where there is none.
    static var installed: Unifont? {
        ["/usr/share/unifont/unifont_jp.hex", "/usr/share/unifont/unifont.hex"].first { FileManager.default.isReadableFile(atPath: $0) }
            .map { Unifont(file: URL(fileURLWithPath: $0)) }
    }

    /// The glyphs of these characters that the font has, 8 or 16 pixels wide; nil where the file cannot be read.
    func glyphs(of scalars: Set<Unicode.Scalar>) -> [Unicode.Scalar: CaptionFont.Glyph]? {
        guard let data = try? Data(contentsOf: file) else { return nil }
        var result: [Unicode.Scalar: CaptionFont.Glyph] = [:]
        data.withUnsafeBytes { bytes in
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                guard let colon = line.prefix(7).firstIndex(of: UInt8(ascii: ":")),
                    let number = UInt32(String(decoding: line[line.startIndex..<colon], as: UTF8.self), radix: 16),
                    let scalar = Unicode.Scalar(number), scalars.contains(scalar),
                    let glyph = Self.glyph(String(decoding: line[(colon + 1)...], as: UTF8.self))
                else { continue }
                result[scalar] = glyph
            }
        }
        return result
    }

    private static func glyph(_ digits: String) -> CaptionFont.Glyph? {
        let digits = Array(digits)
        guard digits.count == 32 || digits.count == 64 else { return nil }
        let perRow = digits.count / height
        let rows = (0..<height).compactMap { UInt16(String(digits[($0 * perRow)..<(($0 + 1) * perRow)]), radix: 16) }
        return rows.count == height ? CaptionFont.Glyph(width: perRow * 4, rows: rows) : nil
    }
}
