import Foundation
import Imaging
import Testing

@testable import TerminalUI

@Suite("Pictures by other protocols than sixel")
struct InlinePictureTests {
    private let cell = CellSize(width: 10, height: 20)
    private let area = CellRectangle(row: 2, column: 4, rows: 10, columns: 40)

    /// Left half red, right half blue.
    private func picture() -> RasterImage {
        var image = RasterImage(width: 80, height: 40, fill: RGBA(200, 20, 20, 255))
        for y in 0..<40 { for x in 40..<80 { image[x, y] = RGBA(20, 20, 200, 255) } }
        return image
    }

    private func order(_ quality: PictureOrder.Quality, number: Int = 7) -> PictureOrder {
        PictureOrder(image: picture(), area: area, quality: quality, ground: RGB(red: 0, green: 0, blue: 0), number: number)
    }

    @Test("kitty: the pieces are small, belong together, and hold the picture; it can be taken away by its number")
    func kitty() throws {
        let presenter = KittyPresenter(cell: cell)
        var wanted = order(.finished)
        wanted.maximumSlice = 600
        let encoded = try presenter.encode(wanted)
        #expect(encoded.slices.count > 1 && encoded.slices.allSatisfy { $0.count < 700 && $0.starts(with: Array("\u{1B}[3;5H".utf8)) })
        let text = String(decoding: encoded.bytes, as: UTF8.self)
        #expect(text.hasPrefix("\u{1B}[3;5H\u{1B}_Ga=T,f=100,i=7,p=1,c=40,r=10,C=1,q=2,m="))
        let pieces = text.components(separatedBy: "\u{1B}_G").dropFirst().map { $0.components(separatedBy: "\u{1B}\\")[0] }
        #expect(pieces.dropLast().allSatisfy { $0.split(separator: ";", maxSplits: 1)[1].count % 4 == 0 && $0.contains("q=2") })
        #expect(pieces.dropLast().allSatisfy { $0.contains("m=1;") } && pieces.last?.contains("m=0;") == true)
        let data = Data(base64Encoded: pieces.map { String($0.split(separator: ";", maxSplits: 1)[1]) }.joined())
        let image = try PNGCodec.decode(try #require(data)).image
        #expect(image.width == 400 && image.height == 200)
        #expect(image[10, 10].red > 150 && image[390, 10].blue > 150)
        #expect(presenter.removal(number: 7) == "\u{1B}_Ga=d,d=I,i=7,q=2\u{1B}\\")
    }

    @Test("iTerm2: a file of the size it says, a smaller one while it forms")
    func iterm() throws {
        let presenter = ITermPresenter(cell: cell)
        let finished = String(decoding: try presenter.encode(order(.finished)).bytes, as: UTF8.self)
        #expect(finished.hasPrefix("\u{1B}[3;5H\u{1B}]1337;File=inline=1;size="))
        let body = try #require(finished.split(separator: ":", maxSplits: 1).last).dropLast()
        let data = try #require(Data(base64Encoded: String(body)))
        #expect(finished.contains("size=\(data.count);") && finished.hasSuffix("\u{7}"))
        #expect(try PNGCodec.decode(data).image.width == 400)
        let step = try presenter.encode(order(.step))
        #expect(step.bytes.count < 20_000)
        var small = PictureOrder(
            image: .noise(width: 400, height: 200), area: area, quality: .step, ground: RGB(red: 0, green: 0, blue: 0))
        small.maximumSlice = 2_250
        #expect(try presenter.encode(small).byteCount < 4_500, "on a slow line it keeps a key waiting for more than 36 ms")
    }

    @Test("Sextants: each of the 64 patterns has its character, and a cell its two colours")
    func sextants() throws {
        let glyphs = (0..<64).map(SextantPresenter.glyph)
        #expect(Set(glyphs).count == 64)
        #expect(glyphs[1] == "\u{1FB00}" && glyphs[20] == "\u{1FB13}" && glyphs[22] == "\u{1FB14}" && glyphs[62] == "\u{1FB3B}")
        // A bright column beside a dark one.
        var image = RasterImage(width: 2, height: 3, fill: RGBA(0, 0, 0, 255))
        for y in 0..<3 { image[1, y] = RGBA(255, 255, 255, 255) }
        let cell = CellSize(width: 2, height: 3)
        let encoded = try SextantPresenter(cell: cell).encode(
            PictureOrder(
                image: image, area: CellRectangle(row: 0, column: 0, rows: 1, columns: 1), quality: .finished,
                ground: RGB(red: 0, green: 0, blue: 0)))
        #expect(String(decoding: encoded.bytes, as: UTF8.self) == "\u{1B}[1;1H\u{1B}[38;2;255;255;255;48;2;0;0;0m▐\u{1B}[0m")
    }

    @Test("The best protocol that the terminal names is taken; in tmux none that it would not pass on")
    func choice() {
        func mode(_ replies: [InputParser.Reply], _ environment: [String: String] = [:]) -> PictureMode {
            var probe = CapabilityProbe()
            for reply in replies + [.deviceAttributes([64, 22])] { _ = probe.take(reply) }
            return TerminalReport.make(
                answers: probe.answers, choice: .auto, colourDepth: .indexed256, rows: 36, columns: 120, reportedPixels: (0, 0),
                environment: environment.merging(["TERM": "xterm-256color"]) { first, _ in first }
            ).mode
        }
        #expect(mode([.kittyGraphics(true), .name("kitty(0.26.5)")]) == .kitty)
        #expect(mode([.kittyGraphics(false), .name("foot(1.13.1)")]) == .sextant)
        #expect(mode([.name("iTerm2 3.5.0")]) == .iterm2)
        #expect(mode([], ["LC_TERMINAL": "iTerm2"]) == .iterm2)
        #expect(mode([.kittyGraphics(true)], ["TMUX": "/tmp/x"]) == .halfblock)
        #expect(mode([.name("XTerm(379)")]) == .halfblock)
        #expect(!CapabilityProbe.questions(environment: ["TERM": "screen-256color"]).contains("_G"))
        #expect(CapabilityProbe.questions(environment: ["TERM": "xterm"]).contains("_G"))
    }

    @Test("What looks like an answer but never ends becomes Esc and keys in the end; an answer in two parts stays one")
    func endlessAnswer() {
        var parser = InputParser()
        #expect((parser.feed(Array("\u{1B}]1qj".utf8)) + parser.flush()).isEmpty && parser.isWaiting)
        #expect(parser.giveUp() == [.key(Key(.escape))] + "]1qj".map { .key(.character($0)) })
        #expect(!parser.isWaiting && parser.giveUp().isEmpty)
        #expect(parser.feed(Array("\u{1B}P>|xterm".utf8)).isEmpty)
        #expect(parser.feed(Array("(370)\u{1B}\\".utf8)) == [.reply(.name("xterm(370)"))])
    }

    @Test("Esc and a letter that arrive together are two keys, and those after them are keys as well")
    func escapeAndLetter() {
        for letter in "P]_^X" {
            var parser = InputParser()
            let events = parser.feed(Array("\u{1B}\(letter)qj".utf8)) + parser.flush()
            #expect(events.last == .key(.character("j")), "\(letter): \(events)")
            #expect(events.contains(.key(.character("q"))), "\(letter): \(events)")
        }
    }

    @Test("Answers of the new questions are told from keys")
    func answers() {
        var parser = InputParser()
        #expect(parser.feed(Array("\u{1B}_Gi=31;OK\u{1B}\\x".utf8)) == [.reply(.kittyGraphics(true)), .key(.character("x"))])
        #expect(parser.feed(Array("\u{1B}_Gi=31;ENOTSUPPORTED:no\u{1B}\\".utf8)) == [.reply(.kittyGraphics(false))])
        #expect(parser.feed(Array("\u{1B}P>|foot(1.13.1)\u{1B}\\".utf8)) == [.reply(.name("foot(1.13.1)"))])
    }
}
