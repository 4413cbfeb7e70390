import Foundation

/// CLIP's clean-up and splitting of a text into words (transformers `models/clip/tokenization_clip.py`):
/// canonical composition, lower case, runs of letters, single digits, runs of anything else, English endings apart.
enum WordSplitter {
    /// Canonical composition, white space to single blanks, lower case.
    static func normalized(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var wasSpace = false
        for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
            let isSpace = scalar.properties.isWhitespace
            if !isSpace {
                result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            } else if !wasSpace {
                result.append(" ")
            }
            wasSpace = isSpace
        }
        return String(result)
    }

    /// The words of a normalised text, white space left out.
    static func words(_ text: String) -> [[Unicode.Scalar]] {
        let scalars = Array(text.unicodeScalars)
        var words: [[Unicode.Scalar]] = []
        var position = 0
        while position < scalars.count {
            let length = wordLength(scalars, at: position)
            if length > 0 { words.append(Array(scalars[position..<position + length])) }
            position += max(length, 1)
        }
        return words
    }

    private static let endings: [[Unicode.Scalar]] = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map { Array($0.unicodeScalars) }

    /// Length of the word at `position`, 0 for white space.
    private static func wordLength(_ scalars: [Unicode.Scalar], at position: Int) -> Int {
        for ending in endings where scalars[position...].starts(with: ending) { return ending.count }
        let kind = Kind(scalars[position])
        switch kind {
        case .space: return 0
        case .number: return 1
        case .letter, .other: return scalars[position...].prefix { Kind($0) == kind }.count
        }
    }

    private enum Kind {
        case letter, number, space, other

        init(_ scalar: Unicode.Scalar) {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: self = .letter
            case .decimalNumber, .letterNumber, .otherNumber: self = .number
            default: self = scalar.properties.isWhitespace ? .space : .other
            }
        }
    }
}
