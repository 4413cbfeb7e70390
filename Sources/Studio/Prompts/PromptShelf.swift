import Foundation

/// The presets and the library that come with Backdrop, and those of the user.
public struct PromptShelf: Sendable, Equatable {
    public private(set) var presets: [PromptPreset] = []
    public private(set) var library = PromptLibrary()
    /// Files that could not be read, one line each.
    public private(set) var problems: [String] = []

    public init() {}

    /// Reads `presets/*.preset` and `prompt-library.txt` of each folder, the later ones over the earlier. What cannot be read is named
    /// in ``problems``, and the rest is there.
    public init(folders: [URL]) {
        for folder in folders {
            let presetFolder = folder.appendingPathComponent("presets")
            for name in (try? FileManager.default.contentsOfDirectory(atPath: presetFolder.path))?.sorted() ?? []
            where name.hasSuffix(".preset") {
                let url = presetFolder.appendingPathComponent(name)
                let id = String(name.dropLast(".preset".count))
                do {
                    let preset = try PromptPreset(parsing: try Self.text(of: url), id: id, path: url.path)
                    if let place = presets.firstIndex(where: { $0.id == id }) { presets[place] = preset } else { presets.append(preset) }
                } catch {
                    problems.append("\(error)")
                }
            }
            let url = folder.appendingPathComponent("prompt-library.txt")
            guard FileManager.default.fileExists(atPath: url.path) else { continue }
            do {
                try library.add(parsing: try Self.text(of: url), path: url.path)
            } catch {
                problems.append("\(error)")
            }
        }
    }

    /// What ships beside the program, then what the user keeps in the configuration folder.
    public static func standard(configuration: URL?) -> PromptShelf {
        PromptShelf(folders: [bundled, configuration].compactMap { $0 })
    }

    private static func text(of url: URL) throws -> String {
        guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8) else {
            throw PromptFileError.unreadable(path: url.path)
        }
        return text
    }

    /// The folder beside the executable; nil where the executable was moved away from it. `Bundle.module` would end the program then.
    private static var bundled: URL? {
        var places = [Bundle.main.bundleURL]
        if let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            places.append(URL(fileURLWithPath: executable).deletingLastPathComponent())
        }
        return places.map { $0.appendingPathComponent("Backdrop_Studio.resources") }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }
}
