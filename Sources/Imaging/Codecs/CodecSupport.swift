import CPNG
import Foundation

/// Where a C codec leaves its reason.
struct MessageBuffer {
    private var bytes: [CChar]

    init(size: Int) { bytes = [CChar](repeating: 0, count: size) }

    /// Lets `body` write into the buffer.
    mutating func filled<Result>(_ body: (UnsafeMutablePointer<CChar>?) -> Result) -> Result {
        bytes.withUnsafeMutableBufferPointer { body($0.baseAddress) }
    }

    /// What was written, without control characters: reasons can quote bytes of the file.
    var text: String {
        let raw = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let clean = String(raw.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 })
        return clean.isEmpty ? "no reason given" : clean
    }
}

/// Text entries in the form that the C encoder reads.
final class TextEntries {
    private var entries: [(keyword: [UInt8], text: [UInt8], isUTF8: Bool)] = []

    /// - Throws: ``PictureError/notEncoded(format:reason:)`` when a keyword is not 1 to 79 Latin-1 characters or a text holds a NUL.
    init(_ texts: [(keyword: String, text: String)]) throws {
        for (keyword, text) in texts {
            guard let key = keyword.data(using: .isoLatin1), (1...79).contains(key.count), !key.contains(0) else {
                throw PictureError.notEncoded(format: .png, reason: "the text keyword '\(keyword)' is not 1 to 79 Latin-1 characters")
            }
            guard !text.utf8.contains(0) else {
                throw PictureError.notEncoded(format: .png, reason: "the text of '\(keyword)' holds a NUL character")
            }
            if let latin = text.data(using: .isoLatin1) {
                entries.append(([UInt8](key) + [0], [UInt8](latin) + [0], false))
            } else {
                entries.append(([UInt8](key) + [0], [UInt8](text.utf8) + [0], true))
            }
        }
    }

    /// The entries as C structures, valid during `body`.
    func withPointers<Result>(_ body: (UnsafeBufferPointer<BackdropPNGText>) -> Result) -> Result {
        var structures: [BackdropPNGText] = []
        func next(_ index: Int) -> Result {
            guard index < entries.count else { return structures.withUnsafeBufferPointer(body) }
            let entry = entries[index]
            return entry.keyword.withUnsafeBytes { keyword in
                entry.text.withUnsafeBytes { text in
                    structures.append(
                        BackdropPNGText(
                            keyword: keyword.bindMemory(to: CChar.self).baseAddress, text: text.bindMemory(to: CChar.self).baseAddress,
                            length: entry.text.count - 1, is_utf8: entry.isUTF8 ? 1 : 0))
                    return next(index + 1)
                }
            }
        }
        return next(0)
    }
}
