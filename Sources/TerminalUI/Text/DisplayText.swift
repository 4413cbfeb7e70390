import CNcurses
import Foundation

/// How text becomes terminal cells: sanitised, measured in columns, cut and padded.
///
/// Widths are those of the C library's `wcwidth`, because ncurses counts with it too; a program that counts differently from
/// the library that draws for it loses track of the cursor.
public enum DisplayText {
    /// One character cell: a base character with its combining marks.
    public struct Cell: Equatable, Sendable {
        /// At most one spacing character and four marks, which is what ncurses keeps in a cell.
        public let text: String
        /// 1, or 2 for full-width characters.
        public let width: Int
    }

    /// Makes the process use the user's locale, or C.UTF-8 where that is not a UTF-8 one (SSH often carries no `LANG`).
    public static func activateLocale() {
        _ = localeIsActive
    }

    private static let localeIsActive: Bool = {
        if setlocale(LC_CTYPE, "") != nil, backdrop_locale_is_utf8() { return true }
        return setlocale(LC_CTYPE, "C.UTF-8") != nil
    }()

    /// `text` without anything that could steer a terminal or hide in it: control characters, bidirectional overrides and other
    /// invisible formatting. Joiners inside a grapheme stay. Tabs and line breaks become spaces unless `keepingLineBreaks`.
    public static func sanitised(_ text: String, keepingLineBreaks: Bool = false) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = String.UnicodeScalarView()
        var previousWasReturn = false
        for scalar in text.unicodeScalars {
            defer { previousWasReturn = scalar == "\r" }
            switch scalar {
            case "\n" where previousWasReturn:
                continue
            case "\n", "\r", "\u{2028}", "\u{2029}", "\u{85}":
                result.append(keepingLineBreaks ? "\n" : " ")
            case "\t":
                result.append(" ")
            case "\u{200C}", "\u{200D}":
                result.append(scalar)
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: continue
                default: result.append(scalar)
                }
            }
        }
        return String(result)
    }

    /// The cells that show one grapheme cluster.
    ///
    /// Terminals disagree about joined emoji, flags and presentation selectors, so these are reduced to what all agree on: the
    /// first emoji of a joined group, a flag as its two letters. Only the drawing is reduced, never the text itself.
    public static func cells(of character: Character) -> [Cell] {
        if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F { return [Cell(text: String(character), width: 1)] }
        var cells: [Cell] = []
        var text = String.UnicodeScalarView()
        var width = 0
        func flush() {
            if width > 0 { cells.append(Cell(text: String(text), width: width)) }
            text = String.UnicodeScalarView()
            width = 0
        }
        var afterJoiner = false
        for scalar in character.unicodeScalars {
            if scalar == "\u{200D}" {
                afterJoiner = true
                continue
            }
            if scalar.properties.isVariationSelector || scalar.properties.generalCategory == .format { continue }
            if (0x1F1E6...0x1F1FF).contains(scalar.value) {
                flush()
                let letter = Unicode.Scalar(UInt8(scalar.value - 0x1F1E6) + UInt8(ascii: "A"))
                cells.append(Cell(text: String(Character(letter)), width: 1))
                continue
            }
            let columns = columns(of: scalar)
            if columns > 0 {
                if width == 2, afterJoiner || scalar.properties.isEmojiModifier { continue }
                flush()
                text.append(scalar)
                width = columns
            } else if columns == 0 {
                if text.isEmpty {
                    text.append(" ")
                    width = 1
                }
                if text.count < 5 { text.append(scalar) }
            } else if scalar.properties.generalCategory != .control {
                flush()
                text.append("\u{FFFD}")
                width = 1
            }
            afterJoiner = false
        }
        flush()
        return cells
    }

    /// Columns that `text` takes.
    public static func width(of text: String) -> Int {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
        return text.reduce(0) { $0 + width(of: $1) }
    }

    /// Columns that one grapheme cluster takes.
    public static func width(of character: Character) -> Int {
        if character.isASCII { return character >= " " && character != "\u{7F}" ? 1 : 0 }
        return cells(of: character).reduce(0) { $0 + $1.width }
    }

    /// `text`, cut to at most `columns` with an ellipsis where something is missing.
    public static func truncated(_ text: String, to columns: Int) -> String {
        guard columns > 0 else { return "" }
        if width(of: text) <= columns { return text }
        var result = ""
        var used = 0
        for character in text {
            let next = width(of: character)
            if used + next > columns - 1 { break }
            result.append(character)
            used += next
        }
        return result + "…"
    }

    /// `text`, cut or filled with spaces to exactly `columns`.
    public static func fitted(_ text: String, to columns: Int, alignment: Alignment = .leading) -> String {
        let cut = truncated(text, to: columns)
        let gap = max(0, columns - width(of: cut))
        switch alignment {
        case .leading: return cut + String(repeating: " ", count: gap)
        case .trailing: return String(repeating: " ", count: gap) + cut
        }
    }

    /// Where `fitted` puts the text.
    public enum Alignment: Sendable { case leading, trailing }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        activateLocale()
        return Int(backdrop_columns(scalar.value))
    }
}
