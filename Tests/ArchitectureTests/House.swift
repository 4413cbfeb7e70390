import Foundation

/// The rooms of the package as its plan has them, ground floor first: an import only ever points to an earlier room.
enum House {
    static let rooms = [
        "CNcurses", "CSixel", "CPNG", "CJPEG", "COneDNN", "CJemalloc", "Kernels", "Tensor", "Imaging", "Diffusion",
        "StarterModel", "Catalogue", "Studio", "TerminalUI", "backdrop",
    ]

    /// The one room that may name each library which isn't ours to shape. Those that come with Swift may stand anywhere.
    static let homes = [
        "CNcurses": "TerminalUI", "CSixel": "TerminalUI", "CPNG": "Imaging", "CJPEG": "Imaging", "COneDNN": "Tensor", "Kernels": "Tensor",
        "CJemalloc": "backdrop", "Themes": "TerminalUI", "GRDB": "Catalogue", "ArgumentParser": "backdrop",
    ]

    /// What comes with the toolchain and may stand in any room. `FoundationNetworking` is missing on purpose: the studio has no network code.
    static let toolchain: Set = ["Foundation", "FoundationEssentials", "Dispatch", "Glibc", "Synchronization"]

    /// Rooms that lie below and still stay strangers: the catalogue stores what was generated and knows nothing of how.
    static let strangers = ["Catalogue": ["Tensor", "Diffusion", "StarterModel"], "StarterModel": ["Tensor", "Imaging", "Diffusion"]]

    /// What may stand at the top of the repository beside dotfiles, and what the package manager may leave there.
    static let topLevel: Set = ["Package.swift", "Package.resolved", "Sources", "Tests", "themes", "samples", "README.md"]

    /// The repository's root.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file of a room.
    static func files(of room: String) throws -> [URL] {
        let folder = root.appendingPathComponent("Sources").appendingPathComponent(room)
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }.sorted()
            .map { folder.appendingPathComponent($0) }
    }

    /// The modules a Swift source imports, in the order they appear, whatever attribute, access level or kind stands beside the import.
    static func imports(in source: String) -> [String] {
        source.split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ").map(String.init)
            words.removeAll { $0.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private"].contains($0) }
            guard words.first == "import" else { return nil }
            words.removeFirst()
            if let kind = words.first, ["typealias", "struct", "class", "enum", "protocol", "let", "var", "func"].contains(kind) {
                words.removeFirst()
            }
            return words.first?.split(separator: ".").first.map(String.init)
        }
    }

    /// Why a room may not import a module, or nil where it may.
    static func objection(to module: String, in room: String) -> String? {
        if toolchain.contains(module) || module == room { return nil }
        if let home = homes[module], home != room { return "\(module) may only be named in \(home)" }
        if homes[module] == room { return nil }
        if strangers[room, default: []].contains(module) { return "\(room) knows nothing of \(module)" }
        guard let from = rooms.firstIndex(of: room), let to = rooms.firstIndex(of: module) else { return "\(module) is not in the plan" }
        return to < from ? nil : "an import only points down, and \(module) lies above \(room)"
    }
}
