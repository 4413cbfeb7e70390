import Catalogue
import Foundation
import Imaging
import TerminalEmulator
import Testing

@Suite("The studio in a pseudo-terminal", .serialized)
struct StudioStoryTests {
    @Test("From a photo to an approved, exported picture, by keys alone")
    func wholeStory() throws {
        let bench = try Workbench()
        let studio = try bench.studio()
        let settingsBefore = studio.settings
        studio.waitForStart(products: 2)

        // The second product.
        studio.type("j")
        #expect(studio.wait { studio.emulator.text(ofRow: 0).contains("ボトル桜") })
        // Its category, found by typing Japanese.
        studio.press(.tab)
        studio.type("/ボト")
        #expect(studio.wait { !studio.emulator.shows("tableware") })
        studio.press(.enter)
        #expect(studio.wait(for: "● "))

        // A prompt with Japanese in it; letters that are commands elsewhere are letters here.
        studio.press(.tab)
        studio.type("朝の光、古い木の机 pqx")
        #expect(studio.wait(for: "朝の光、古い木の机 pqx"))
        // Nine full-width characters, a space and three letters, after the border and a column of air.
        #expect(studio.wait { studio.emulator.cursor.column == 2 + 9 * 2 + 4 })
        #expect(studio.wait { studio.emulator.cursorIsVisible })
        for _ in 1...4 { studio.press(.backspace) }
        studio.press(.escape)
        #expect(studio.wait { !studio.emulator.cursorIsVisible })

        // Many steps, for the tiny model makes them quickly, and two candidates.
        studio.press(.tab)
        studio.press(.tab)
        studio.type("150")
        studio.press(.enter)
        #expect(studio.wait { studio.emulator.shows("‹ 150") })
        for _ in 1...5 { studio.press(.down) }
        studio.type("2")
        studio.press(.enter)
        #expect(studio.wait { studio.emulator.shows("Candidates ‹ 2") })

        // The picture forms.
        #expect(studio.wait { !studio.stagePictures.isEmpty })
        let before = studio.stagePictures.count
        studio.type("g")
        // The first is the product before its first step.
        #expect(
            studio.wait(seconds: 120) { Set(studio.stagePictures.dropFirst(before).map(\.payload)).count >= 5 },
            "no picture forms:\n\(studio.emulator.text)")
        #expect(
            studio.wait(seconds: 180) { studio.emulator.shows("nothing is being painted") && studio.emulator.shows("2 open") },
            "painting did not end:\n\(studio.emulator.text)")
        for picture in studio.emulator.pictures {
            #expect(picture.height % 6 == 0)
            #expect(picture.row + (picture.height + 15) / 16 <= 35, "a picture reaches the last row")
        }

        // Judged.
        studio.type("p")
        #expect(studio.wait(for: "approved 1"))
        studio.type("x")
        #expect(studio.wait(for: "rejected 1"))
        studio.type("u")
        #expect(studio.wait(for: "rejected 0"))

        // Exported.
        studio.type("e")
        #expect(studio.wait(for: "1 approved picture at full size"))
        studio.press(.enter)
        #expect(studio.wait(for: "1 exported"))
        studio.type("q")
        #expect(studio.waitForEnd() == 0)

        studio.expectClean(settings: settingsBefore)
        #expect(!studio.output.contains(subsequence: Array("\u{1B}[?80".utf8)), "mode 80 means opposite things in different terminals")
        try expectExport(bench)
    }

    /// The database says what happened, and the file has the photo's own pixels.
    private func expectExport(_ bench: Workbench) throws {
        let catalogue = try Catalogue(folder: bench.catalogue, creating: false, user: "tester")
        let product = try catalogue.product(named: "ボトル桜")
        #expect(product.categoryIdentifier == "<bottles>")
        let candidates = try catalogue.candidates(productID: product.id)
        #expect(candidates.map(\.decision) == [.approved, .open])
        #expect(candidates.allSatisfy { $0.settings.prompt == "朝の光、古い木の机" && $0.settings.steps == 150 })
        #expect(try catalogue.decisions(candidateID: candidates[0].id).map(\.by) == ["anna"])
        let export = try #require(try catalogue.exports(candidateID: candidates[0].id).first)

        let photo = try Photo.load(catalogue.url(of: product))
        let cutout = try Cutout.make(from: photo)
        let settings = candidates[0].settings
        let layout = CanvasLayout.make(
            photo: photo, cutout: cutout, aspect: settings.aspect, placement: settings.placement ?? .standard)
        let result = try Photo.load(catalogue.url(of: export)).image
        #expect(result.width == layout.width && result.height == layout.height)
        var compared = 0
        var largest = 0
        var isPainted = false
        for y in 0..<photo.height {
            for x in 0..<photo.width {
                let value = cutout.mask.values[y * photo.width + x]
                let (column, row) = (x + layout.productX, y + layout.productY)
                // The canvas may leave out empty margins of the photo, but nothing of the product.
                guard (0..<result.width).contains(column), (0..<result.height).contains(row) else {
                    #expect(value == 0)
                    continue
                }
                let there = result[column, row]
                if value == 0, there.alpha == 255, there != RGBA(128, 128, 128, 255) { isPainted = true }
                guard value == 255 else { continue }
                let here = photo.image[x, y]
                compared += 1
                for (one, other) in [(here.red, there.red), (here.green, there.green), (here.blue, there.blue)] {
                    largest = max(largest, abs(Int(one) - Int(other)))
                }
            }
        }
        #expect(compared > 1000)
        #expect(largest == 0)
        #expect(isPainted)
    }
}

extension Array where Element == UInt8 {
    /// Whether these bytes occur in a row.
    func contains(subsequence bytes: [UInt8]) -> Bool {
        guard let first = bytes.first, count >= bytes.count else { return bytes.isEmpty }
        return indices.dropLast(bytes.count - 1).contains { self[$0] == first && self[$0..<$0 + bytes.count].elementsEqual(bytes) }
    }
}
