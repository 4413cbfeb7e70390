import Foundation
import Studio
import Themes

/// Why a theme could not be used.
public enum ThemeError: Error, Equatable, CustomStringConvertible, LocalizedError {
    case notFound(name: String, searched: [String])
    case unreadable(path: String)
    case badLine(path: String, line: Int, reason: String)

    public var description: String {
        switch self {
        case .notFound(let name, let searched):
            "There is no theme “\(name)” in \(searched.joined(separator: " or ")). Name one of the files there, or give a path."
        case .unreadable(let path): "The theme \(path) cannot be read as UTF-8 text."
        case .badLine(let path, let line, let reason): "The theme \(path) is wrong in line \(line): \(reason)."
        }
    }

    public var errorDescription: String? { description }
}

extension Theme {
    /// Reads a theme file; the format is described in `themes/dark.theme`.
    /// - Throws: `ThemeError`.
    public init(contentsOf url: URL) throws {
        guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8) else {
            throw ThemeError.unreadable(path: url.path)
        }
        try self.init(parsing: text, path: url.path)
    }

    /// Reads a theme from text; `path` appears in messages.
    /// - Throws: `ThemeError.badLine`.
    public init(parsing text: String, path: String) throws {
        var name = "Unnamed"
        var entries: [(line: Int, role: Role, value: String)] = []
        for (index, rawLine) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = rawLine.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else { throw ThemeError.badLine(path: path, line: index + 1, reason: "expected “role = colour”") }
            if parts[0] == "name" {
                name = DisplayText.sanitised(parts[1])
            } else if let role = Role(rawValue: parts[0]) {
                entries.append((index + 1, role, parts[1]))
            } else {
                let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw ThemeError.badLine(path: path, line: index + 1, reason: "“\(parts[0])” is none of \(roles)")
            }
        }
        // The text role first: its background is everyone's default.
        entries.sort { ($0.role == .text ? 0 : 1, $0.line) < ($1.role == .text ? 0 : 1, $1.line) }
        var styles: [Role: Style] = [:]
        for entry in entries {
            let base = Style(background: styles[.text]?.background ?? .standard)
            do {
                styles[entry.role] = try Self.style(from: entry.value, base: base)
            } catch let error as WordError {
                throw ThemeError.badLine(path: path, line: entry.line, reason: error.reason)
            }
        }
        self.init(name: name, styles: styles)
    }

    /// The theme called `name`: a path, a file of that name in the user's configuration, or one of the package's.
    /// - Throws: `ThemeError`.
    public static func load(named name: String) throws -> Theme {
        if let file = file(named: name) { return try Theme(contentsOf: file) }
        if name == "dark" { return .builtIn }
        throw ThemeError.notFound(name: name, searched: folders.map(\.path))
    }

    /// The file of a theme; nil where there is none.
    static func file(named name: String) -> URL? {
        if name.contains("/") { return URL(fileURLWithPath: name) }
        return folders.map { $0.appendingPathComponent(name + ".theme") }.first { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// Where themes are looked for: with the user, then beside the program.
    static var folders: [URL] {
        [Configuration.folder()?.appendingPathComponent("themes"), ThemeFolder.bundled].compactMap { $0 }
    }

    private struct WordError: Error { let reason: String }

    private static func style(from value: String, base: Style) throws -> Style {
        var style = base
        var words = value.split(separator: " ").map(String.init)[...]
        guard let first = words.popFirst() else { throw WordError(reason: "a colour is missing") }
        style.foreground = try colour(first)
        while let word = words.popFirst() {
            switch word {
            case "on":
                guard let background = words.popFirst() else { throw WordError(reason: "a colour is missing after “on”") }
                style.background = try colour(background)
            case "bold": style.attributes.insert(.bold)
            case "dim": style.attributes.insert(.dim)
            case "italic": style.attributes.insert(.italic)
            case "underline": style.attributes.insert(.underline)
            case "reverse": style.attributes.insert(.reverse)
            default: throw WordError(reason: "“\(word)” is none of on, bold, dim, italic, underline, reverse")
            }
        }
        return style
    }

    private static func colour(_ word: String) throws -> Colour {
        if word == "default" { return .standard }
        if let index = Colour.paletteNames.firstIndex(of: word) { return .palette(index) }
        guard word.hasPrefix("#"), word.count == 7, let value = UInt32(word.dropFirst(), radix: 16) else {
            throw WordError(reason: "“\(word)” is not a colour such as #87afd7, bright-blue or default")
        }
        return .rgb(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
    }
}
