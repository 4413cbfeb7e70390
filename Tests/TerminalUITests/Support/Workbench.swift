import Catalogue
import Foundation
import Imaging
import TerminalEmulator
import Testing

/// A catalogue and a tiny model in a folder of their own, and the real program on them.
final class Workbench {
    let folder: URL
    var catalogue: URL { folder.appendingPathComponent("catalogue") }
    private var model: URL { folder.appendingPathComponent("tiny") }

    /// - Parameter products: names of photos to make: a block with a gradient on transparent ground.
    init(products: [String] = ["mug", "ボトル桜"]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("backdrop-terminal-\(UUID().uuidString)")
        let photos = folder.appendingPathComponent("catalogue/products")
        try FileManager.default.createDirectory(at: photos, withIntermediateDirectories: true)
        for (index, name) in products.enumerated() {
            let photo = try PNGCodec.encode(Self.photo(width: 120 + 8 * index, height: 96))
            try photo.write(to: photos.appendingPathComponent(name + ".png"))
        }
        try FileManager.default.copyItem(
            at: Self.root.appendingPathComponent("Tests/Golden/tiny-inpaint"), to: folder.appendingPathComponent("tiny"))
        try Data(Self.description.utf8).write(to: model.appendingPathComponent("backdrop.json"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static let description = """
        {"name": "tiny", "categories": [
            {"identifier": "<drinks>", "name": "drinks", "name_ja": "飲み物"},
            {"identifier": "<bottles>", "name": "bottles", "name_ja": "ボトル", "parent": "<drinks>"},
            {"identifier": "<tableware>", "name": "tableware", "name_ja": "食器"}],
         "recommended": {"steps": 6, "guidance": 2.0, "sampler": "ddim"}}
        """

    /// An opaque block with soft edges in the middle of nothing.
    static func photo(width: Int, height: Int) -> RasterImage {
        var image = RasterImage(width: width, height: height)
        for y in height / 5..<height * 4 / 5 {
            for x in width / 4..<width * 3 / 4 {
                image[x, y] = RGBA(UInt8(120 + x % 100), UInt8(40 + y), UInt8((x * 7 + y * 3) % 256), 255)
            }
        }
        return image
    }

    /// Whether `BACKDROP_PROGRAM` names another build to be tested, the one that ships.
    static var isTestingRelease: Bool { ProcessInfo.processInfo.environment["BACKDROP_PROGRAM"] != nil }

    /// The program that the package built, beside this test, or the one that `BACKDROP_PROGRAM` names.
    static func executable() throws -> String {
        if let named = ProcessInfo.processInfo.environment["BACKDROP_PROGRAM"] { return named }
        let test = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent("backdrop").path
        try #require(FileManager.default.isExecutableFile(atPath: path), "no program at \(path): build the package first")
        return path
    }

    /// What the studio is started with.
    func arguments(_ more: [String] = []) -> [String] {
        ["studio", "--catalogue", catalogue.path, "--model", model.path] + more
    }

    static func environment(_ more: [String: String] = [:]) -> [String: String] {
        var result = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "USER": "anna"]
        for (name, value) in more { result[name] = value }
        return result
    }

    /// Takes the photos in and says what is to be painted for each, as an earlier visit would have.
    func prepare(steps: Int, candidates: Int) throws {
        let catalogue = try Catalogue(folder: catalogue, creating: true, user: "anna")
        _ = try catalogue.scan()
        let drafts = try catalogue.contents().products.map { product in
            ProductDraft(
                productID: product.id, prompt: "on stone", negativePrompt: "", steps: steps, guidance: 2, seed: 7, sampler: "ddim",
                aspect: .square, count: candidates, referenceName: nil, referenceStrength: 0.7)
        }
        try catalogue.saveDrafts(drafts)
        catalogue.close()
    }

    /// Waits until the catalogue holds so many candidates.
    func waitForCandidates(_ count: Int, seconds: Double = 180) throws -> Bool {
        let catalogue = try Catalogue(folder: catalogue, creating: false, user: "tester")
        defer { catalogue.close() }
        let deadline = Date().addingTimeInterval(seconds)
        while Date() < deadline {
            if try catalogue.contents().candidates.count >= count { return true }
            usleep(100_000)
        }
        return false
    }

    /// Starts the studio in an emulated terminal.
    func studio(
        rows: Int = 36, columns: Int = 120, arguments more: [String] = [], environment: [String: String] = [:],
        abilities: TerminalEmulator.Abilities = TerminalEmulator.Abilities()
    ) throws -> TerminalProgram {
        try TerminalProgram(
            Self.executable(), arguments(more), environment: Self.environment(environment), rows: rows, columns: columns,
            abilities: abilities)
    }
}

/// A picture on the large stage, as it came: in one slice or several, from top to bottom.
struct StagePicture {
    var slices: [TerminalEmulator.Picture]

    var payload: [UInt8] { slices.flatMap(\.payload) }
    /// Row and column of its first cell, and its size in pixels, for cells of 16.
    var place: [Int] {
        let top = slices[0].row
        return [top, slices[0].column, slices[0].width, slices.map { ($0.row - top) * 16 + $0.height }.max() ?? 0]
    }
}

extension TerminalProgram {
    /// The sixel pictures on the large stage, told from thumbnails by their width, each put together from its slices.
    var stagePictures: [StagePicture] {
        var pictures: [StagePicture] = []
        for slice in emulator.pictures where slice.isWhole && slice.width >= 120 {
            if let last = pictures.last?.slices.last, last.row < slice.row, last.column == slice.column, last.width == slice.width {
                pictures[pictures.count - 1].slices.append(slice)
            } else {
                pictures.append(StagePicture(slices: [slice]))
            }
        }
        return pictures
    }

    /// Waits until the list of products is there and nothing is being imported.
    func waitForStart(products: Int) {
        #expect(wait(for: "Products \(products)"), "the studio did not come up:\n\(emulator.text)")
        #expect(wait { emulator.shows("nothing is being painted") }, "the import did not end:\n\(emulator.text)")
    }

    /// The terminal is as the program found it: main screen, cursor shown, every mode off, the line's settings restored.
    func expectClean(settings before: termios, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(!emulator.isAlternate, sourceLocation: sourceLocation)
        #expect(emulator.cursorIsVisible, sourceLocation: sourceLocation)
        #expect(emulator.modes.isDisjoint(with: [1049, 2004, 1004, 1000, 1006, 2026, 80]), sourceLocation: sourceLocation)
        #expect(hasSettings(of: before), sourceLocation: sourceLocation)
    }

    /// Whether the line discipline is set as in `other`.
    func hasSettings(of other: termios) -> Bool {
        let now = settings
        return now.c_lflag == other.c_lflag && now.c_iflag == other.c_iflag && now.c_oflag == other.c_oflag
    }
}
