import Foundation

/// Names that are safe to show, to store and to hand to a shell, made from names that came from outside.
public enum SafeName {
    /// The longest stem in UTF-8 bytes: with a number, a suffix and an extension it stays below the 255 of Linux file systems.
    static let longestStem = 120

    /// `text` without anything that steers a terminal or reorders a line: control characters, line separators,
    /// bidirectional overrides and tag characters each become U+FFFD. Emoji joiners and variation selectors stay.
    public static func displayable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHostile) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            scalars.append(isHostile(scalar) ? "\u{FFFD}" : scalar)
        }
        return String(scalars)
    }

    /// The stem of a file's name, fit to be a product's name and the name of its folder: composed (NFC), without
    /// control characters, separators, leading dots or dashes; never empty.
    public static func stem(of fileName: String) -> String {
        var stem = (fileName as NSString).deletingPathExtension
        if stem.isEmpty { stem = fileName }
        var scalars = String.UnicodeScalarView()
        for scalar in stem.precomposedStringWithCanonicalMapping.unicodeScalars {
            let separates = scalar == "/" || scalar == "\\" || scalar == ":"
            scalars.append(separates || isHostile(scalar) || scalar == "\u{FFFD}" ? "_" : scalar)
        }
        var name = String(scalars).trimmingCharacters(in: .whitespaces)
        while let first = name.first, first == "." || first == "-" { name.removeFirst() }
        while name.utf8.count > longestStem { name.removeLast() }
        name = name.trimmingCharacters(in: .whitespaces)
        return name.isEmpty ? "photo" : name
    }

    /// What two names share when a file system that ignores case would take them for one.
    static func key(_ name: String) -> String {
        name.precomposedStringWithCanonicalMapping.lowercased()
    }

    /// `stem`, or `stem-2`, `stem-3` and so on: the first that `isTaken` does not know.
    static func free(_ stem: String, isTaken: (String) throws -> Bool) rethrows -> String {
        if try !isTaken(stem) { return stem }
        var number = 2
        while try isTaken("\(stem)-\(number)") { number += 1 }
        return "\(stem)-\(number)"
    }

    private static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: return true  // C0, DEL, C1
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return true  // bidirectional marks, overrides, isolates
        case 0x2028, 0x2029: return true  // line and paragraph separators
        case 0xFEFF, 0xFFF9...0xFFFB: return true  // byte order mark, interlinear annotation
        case 0xE0000...0xE007F: return true  // tags
        default: return false
        }
    }
}
