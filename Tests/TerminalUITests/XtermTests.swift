import Foundation
import Imaging
import Testing

@testable import TerminalUI

@Suite("The studio in a real xterm", .serialized)
struct XtermTests {
    private let rows = 36
    private let columns = 120

    @Test("The picture is there while it forms, changes, and leaves no trace behind popups and new window sizes")
    func pixels() throws {
        let bench = try Workbench(products: ["mug"])
        try bench.prepare(steps: 150, candidates: 2)
        let desk = try XtermDesk(
            rows: rows, columns: columns, running: [Workbench.executable()] + bench.arguments(), environment: Workbench.environment())
        let first = try desk.size()
        let cell = (width: first.width / columns, height: first.height / rows)
        let stage = pixels(of: StudioLayout(rows: rows, columns: columns).stage, cell)

        // The product on grey, before anything was painted.
        let start = try desk.waitForScreenshot { $0.coloured(in: stage) > stage.count / 8 }
        try #require(start != nil, "no picture appeared: \(desk.keep("start"))")

        // It forms.
        try desk.press("g")
        var frames: [[UInt8]] = []
        _ = try desk.waitForScreenshot(seconds: 120) { image in
            let shown = image.bytes(in: stage)
            if image.coloured(in: stage) > stage.count / 8, !frames.contains(shown) { frames.append(shown) }
            return frames.count >= 4
        }
        #expect(frames.count >= 4, "only \(frames.count) different pictures were seen: \(desk.keep("frames"))")
        try #require(try bench.waitForCandidates(2))
        var finished = try desk.waitForRest()
        #expect(finished.coloured(in: stage) > stage.count / 4)
        let whole = StudioLayout(rows: rows, columns: columns)
        // A check that warns is as yellow as some of the picture.
        let places = [whole.strip, whole.parameters, whole.products].map { pixels(of: $0, cell) }
        #expect(finished.coloured(outside: [stage] + places) == 0)
        #expect(finished.coloured(in: places[2]) > 40, "the product has no thumbnail: \(desk.keep("list"))")

        // A popup over it has nothing of it, and gives every pixel back. A busy machine may measure a check only while the popup is open,
        // and the screen after it is rightly another: then again, from a screen drawn anew.
        var isGivenBack = false
        for _ in 0..<4 where !isGivenBack {
            try desk.press("ctrl+l")
            finished = try desk.waitForRest()
            try desk.press("question")
            let popup = try #require(try desk.waitForScreenshot { $0.coloured(in: stage) == 0 }, "help shows through: \(desk.keep("help"))")
            #expect(!popup.looksLike(finished))
            try desk.press("Escape")
            isGivenBack = try desk.waitForScreenshot(seconds: 20) { $0.looksLike(finished) } != nil
        }
        #expect(isGivenBack, "the popup left something: \(desk.keep("popup")), before \(desk.keep("before", finished))")

        // A smaller window has the picture in its place and nowhere else; the old size gives the old screen.
        let small = (rows: 32, columns: 112)
        try desk.resize(width: small.columns * cell.width, height: small.rows * cell.height)
        let layout = StudioLayout(rows: small.rows, columns: small.columns)
        let smallStage = pixels(of: layout.stage, cell)
        let smallPlaces = [layout.strip, layout.parameters, layout.products].map { pixels(of: $0, cell) }
        let shrunk = try desk.waitForScreenshot { image in
            image.width == small.columns * cell.width && image.coloured(in: smallStage) > smallStage.count / 8
                && image.coloured(outside: [smallStage] + smallPlaces) == 0
        }
        #expect(shrunk != nil, "the smaller window is wrong: \(desk.keep("smaller"))")
        try desk.resize(width: first.width, height: first.height)
        #expect(try desk.waitForScreenshot { $0.looksLike(finished) } != nil, "the old size looks different: \(desk.keep("resized"))")

        // Nothing is left for the shell.
        try desk.press("q")
        let deadline = Date().addingTimeInterval(30)
        while desk.isRunning, Date() < deadline { usleep(20_000) }
        #expect(!desk.isRunning)
    }

    @Test("Blocks of two pixels, in true colour and in 256, stand in their place and leave it", arguments: ["halfblock", "256"])
    func blocks(mode: String) throws {
        let bench = try Workbench(products: ["mug"])
        let desk = try XtermDesk(
            rows: rows, columns: columns, running: [Workbench.executable()] + bench.arguments(["--pictures", mode]),
            environment: Workbench.environment())
        let size = try desk.size()
        let layout = StudioLayout(rows: rows, columns: columns)
        let cell = (width: size.width / columns, height: size.height / rows)
        let (stage, list) = (pixels(of: layout.stage, cell), pixels(of: layout.products, cell))
        let shown = try desk.waitForScreenshot { $0.coloured(in: stage) > stage.count / 16 }
        try #require(shown != nil, "no picture appeared: \(desk.keep("blocks-\(mode)"))")
        let rest = try desk.waitForRest()
        #expect(rest.coloured(outside: [stage, list]) == 0, "blocks stand elsewhere: \(desk.keep("blocks-\(mode)"))")
        try desk.press("question")
        #expect(try desk.waitForScreenshot { $0.coloured(in: stage) == 0 } != nil, "help shows through: \(desk.keep("blocks-\(mode)"))")
        try desk.press("Escape")
        // The same blocks again, and nothing of help anywhere.
        let wanted = rest.coloured(in: stage)
        let again = try desk.waitForScreenshot {
            abs($0.coloured(in: stage) - wanted) <= wanted / 50 && $0.coloured(outside: [stage, list]) == 0
        }
        #expect(again != nil, "the popup left something: \(desk.keep("blocks-\(mode)"))")
    }

    @Test("After two hundred commands the screen is what it is when everything is drawn anew: nothing of any picture was left behind")
    func traces() throws {
        let bench = try Workbench(products: ["mug", "vase", "bowl"])
        try bench.prepare(steps: 3, candidates: 3)
        let desk = try XtermDesk(
            rows: rows, columns: columns, running: [Workbench.executable()] + bench.arguments(), environment: Workbench.environment())
        let size = try desk.size()
        let stage = pixels(of: StudioLayout(rows: rows, columns: columns).stage, (size.width / columns, size.height / rows))
        try #require(try desk.waitForScreenshot { $0.coloured(in: stage) > stage.count / 8 } != nil, "no picture: \(desk.keep("traces"))")
        try desk.press("G")
        try #require(try bench.waitForCandidates(9))
        let keys = [
            "j", "k", "l", "h", "plus", "Escape", "b", "z", "c", "question", "Escape", "Tab", "Escape", "e", "Escape", "f", "s", "colon",
            "Escape", "bracketright", "bracketleft", "p", "u", "a", "n", "Escape", "T", "Escape",
        ]
        var state: UInt32 = 11
        for _ in 0..<20 {
            let some = (0..<10).map { _ -> String in
                state = state &* 1_664_525 &+ 1_013_904_223
                return keys[Int(state >> 16) % keys.count]
            }
            try desk.press(some: some + ["Escape"])
            usleep(100_000)
        }
        try desk.press("Escape", "Escape", "Escape")
        let worked = try desk.waitForRest()
        try desk.press("ctrl+l")
        usleep(500_000)
        let anew = try desk.waitForRest()
        // Not in the expectation itself, which would print every pixel of both.
        let isSame = worked.looksLike(anew)
        #expect(isSame, "worked \(desk.keep("worked", worked)), drawn anew \(desk.keep("anew", anew))")
    }

    @Test("Thumbnails stay while the selection moves over their lines")
    func thumbnails() throws {
        let bench = try Workbench(products: ["mug", "vase", "bowl"])
        let desk = try XtermDesk(
            rows: 50, columns: 160, running: [Workbench.executable()] + bench.arguments(), environment: Workbench.environment())
        let size = try desk.size()
        let list = StudioLayout(rows: 50, columns: 160).products
        let places = (0..<3).map { index in
            pixels(
                of: CellRectangle(
                    row: list.row + index * ProductThumbnails.rows, column: list.column + 1, rows: ProductThumbnails.rows,
                    columns: ProductThumbnails.columns), (size.width / 160, size.height / 50))
        }
        func thumbnails(_ image: RasterImage) -> [Int] { places.map { image.coloured(in: $0) } }
        let start = try desk.waitForScreenshot { thumbnails($0).allSatisfy { $0 > 100 } }
        try #require(start != nil, "no thumbnails: \(desk.keep("thumbnails"))")
        for key in ["j", "j", "k"] {
            try desk.press(key)
            let now = thumbnails(try desk.waitForRest())
            #expect(now.allSatisfy { $0 > 100 }, "after \(key): \(now), \(desk.keep("thumbnails"))")
        }
    }

    @Test("In mlterm, another terminal with sixel, the picture stands in its place, goes for a popup and comes back")
    func mlterm() throws {
        let bench = try Workbench(products: ["mug"])
        let desk = try XtermDesk(
            .mlterm, rows: rows, columns: columns, running: [Workbench.executable()] + bench.arguments(),
            environment: Workbench.environment(["HOME": bench.folder.path]))
        let size = try desk.size()
        let cell = (width: size.width / columns, height: size.height / rows)
        let stage = pixels(of: StudioLayout(rows: rows, columns: columns).stage, cell)
        let shown = try desk.waitForScreenshot { $0.coloured(in: stage) > stage.count / 8 }
        try #require(shown != nil, "no picture appeared: \(desk.keep("mlterm"))")
        let rest = try desk.waitForRest()
        try desk.press("question")
        // Some of the keys' names are as blue as some of the picture.
        let popup = try desk.waitForScreenshot { $0.coloured(in: stage) < stage.count / 40 }
        #expect(popup != nil, "help shows through: \(desk.keep("mlterm-help"))")
        try desk.press("Escape")
        let again = try desk.waitForScreenshot { $0.bytes(in: stage) == rest.bytes(in: stage) }
        #expect(again != nil, "the picture did not come back: \(desk.keep("mlterm-again")), before \(desk.keep("mlterm-before", rest))")
        try desk.press("q")
        let deadline = Date().addingTimeInterval(30)
        while desk.isRunning, Date() < deadline { usleep(20_000) }
        #expect(!desk.isRunning)
    }

    @Test("Letters show the picture where there is no colour, and no colour is anywhere")
    func letters() throws {
        let bench = try Workbench(products: ["mug"])
        let desk = try XtermDesk(
            rows: rows, columns: columns, running: [Workbench.executable()] + bench.arguments(),
            environment: Workbench.environment(["NO_COLOR": "1"]))
        let size = try desk.size()
        let stage = pixels(of: StudioLayout(rows: rows, columns: columns).stage, (width: size.width / columns, height: size.height / rows))
        /// Pixels of the stage that are not its corner's colour.
        func inked(_ image: RasterImage) -> Int {
            let bytes = image.bytes(in: stage)
            return stride(from: 0, to: bytes.count, by: 4).count { bytes[$0..<$0 + 3] != bytes[0..<3] }
        }
        let shown = try desk.waitForScreenshot { inked($0) > stage.count / 50 }
        let image = try #require(shown, "no letters in the picture's place: \(desk.keep("letters"))")
        #expect(image.coloured(in: PixelRectangle(x: 0, y: 0, width: image.width, height: image.height)) == 0)
    }

    private func pixels(of area: CellRectangle, _ cell: (width: Int, height: Int)) -> PixelRectangle {
        PixelRectangle(
            x: area.column * cell.width, y: area.row * cell.height, width: area.columns * cell.width, height: area.rows * cell.height)
    }
}

/// A part of a screenshot.
struct PixelRectangle {
    var x: Int
    var y: Int
    var width: Int
    var height: Int

    var count: Int { width * height }

    func contains(_ x: Int, _ y: Int) -> Bool { x >= self.x && x < self.x + width && y >= self.y && y < self.y + height }
}

extension RasterImage {
    /// Pixels of a hue that the dark theme has not: its text is grey, blue, green, and mixtures of these with its ground. The sample
    /// product is neither.
    func coloured(in area: PixelRectangle) -> Int {
        var count = 0
        for y in max(0, area.y)..<min(height, area.y + area.height) {
            for x in max(0, area.x)..<min(width, area.x + area.width) where isForeign(x, y) { count += 1 }
        }
        return count
    }

    /// The same, everywhere else.
    func coloured(outside areas: [PixelRectangle]) -> Int {
        var count = 0
        for y in 0..<height {
            for x in 0..<width where !areas.contains(where: { $0.contains(x, y) }) && isForeign(x, y) { count += 1 }
        }
        return count
    }

    /// Redder, or far bluer, than any text; the painted noise and the product's gradient have plenty of both.
    private func isForeign(_ x: Int, _ y: Int) -> Bool {
        let pixel = self[x, y]
        let (red, green, blue) = (Int(pixel.red), Int(pixel.green), Int(pixel.blue))
        return red > green + 24 || blue > red + 110 || red > 240 && blue < 180
    }

    /// Whether no channel of any pixel differs by more than xterm's own smoothing does: where a letter's edge reaches into the next
    /// cell, the order of drawing shows by a few levels.
    func looksLike(_ other: RasterImage) -> Bool {
        width == other.width && height == other.height
            && zip(pixels, other.pixels).allSatisfy { $0 > $1 ? $0 - $1 <= 12 : $1 - $0 <= 12 }
    }

    /// The pixels of an area.
    func bytes(in area: PixelRectangle) -> [UInt8] {
        var result: [UInt8] = []
        for y in max(0, area.y)..<min(height, area.y + area.height) {
            let start = (y * width + max(0, area.x)) * 4
            let end = (y * width + min(width, area.x + area.width)) * 4
            if start < end { result += pixels[start..<end] }
        }
        return result
    }
}

extension XtermDesk {
    /// Keeps a screenshot for whoever reads the failure, and names it.
    func keep(_ word: String, _ image: RasterImage? = nil) -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("backdrop-xterm-\(word).png")
        do {
            try PNGCodec.encode(image ?? screenshot()).write(to: file)
            return file.path
        } catch {
            return "\(error)"
        }
    }
}
