import Foundation
import Themes

/// The theme in use, and whether its file has changed since it was read: whoever draws a theme sees it at once.
final class ThemeKeeper {
    /// The theme as its file says it, or without its colours.
    var theme: Theme { isColourless ? read.withoutColours : read }
    /// Whether the terminal shows no colours.
    var isColourless = false
    /// What the theme was asked for by.
    private(set) var name: String
    /// Its file; nil for the one that is built in.
    private(set) var file: URL?
    /// Why the last change could not be taken; nil where it could.
    private(set) var problem: String?
    private var read: Theme
    private var modified: Date?

    /// - Parameters:
    ///   - wish: what the command line asks for: it must be there.
    ///   - others: what was used or set before, the first that is there.
    /// - Throws: `ThemeError` for the wish alone.
    init(named wish: String?, orElse others: [String]) throws {
        if let wish {
            read = try Theme.load(named: wish)
            name = wish
        } else {
            let found = others.first { (try? Theme.load(named: $0)) != nil } ?? "dark"
            read = (try? Theme.load(named: found)) ?? .builtIn
            name = found
        }
        watch()
    }

    /// Reads the file again where it was written since.
    /// - Returns: whether the colours are others now, or could not be read.
    func reload() -> Bool {
        guard let file, let now = Self.modification(of: file), now != modified else { return false }
        modified = now
        return take { try Theme(contentsOf: file) }
    }

    /// Changes to another theme; one that cannot be read leaves everything as it is.
    /// - Returns: whether there is anything new to show.
    func use(_ other: String) -> Bool {
        guard take({ try Theme.load(named: other) }) else { return false }
        if problem == nil {
            name = other
            watch()
        }
        return true
    }

    private func take(_ load: () throws -> Theme) -> Bool {
        do {
            let loaded = try load()
            problem = nil
            guard loaded != read else { return true }
            read = loaded
        } catch {
            problem = "\(error)"
        }
        return true
    }

    private func watch() {
        file = Theme.file(named: name)
        modified = file.flatMap(Self.modification)
    }

    private static func modification(of file: URL) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: file.path))?[.modificationDate] as? Date
    }

    /// Every theme that can be named, the user's and ours.
    static var names: [String] {
        let files = Theme.folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0.path)) ?? [] }
        return Set(files.filter { $0.hasSuffix(".theme") }.map { String($0.dropLast(".theme".count)) }).union(["dark"]).sorted()
    }

    /// The one after the one in use.
    var nameAfter: String {
        let names = Self.names
        let index = names.firstIndex(of: name) ?? -1
        return names[(index + 1) % names.count]
    }
}
