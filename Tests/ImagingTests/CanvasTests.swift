import Foundation
import Testing

@testable import Imaging

@Suite struct CanvasLayoutTests {
    /// A photo whose product is this rectangle.
    private func product(_ rectangle: PixelRectangle, in width: Int, _ height: Int) -> (Photo, Cutout) {
        var mask = Mask(width: width, height: height, fill: 0)
        for y in rectangle.y..<rectangle.maxY { for x in rectangle.x..<rectangle.maxX { mask[x, y] = 255 } }
        return (Photo(image: RasterImage(width: width, height: height, fill: .white)), Cutout(mask: mask, method: .alpha))
    }

    @Test func thePhotosOwnFrameIsKept() {
        let (photo, cutout) = product(PixelRectangle(x: 10, y: 10, width: 5, height: 5), in: 100, 80)
        #expect(
            CanvasLayout.make(photo: photo, cutout: cutout, aspect: .photo)
                == CanvasLayout(width: 100, height: 80, productX: 0, productY: 0))
    }

    @Test(arguments: [AspectRatio.square, .portrait, .landscape, .wide]) func everyShapeHoldsTheProductWithMargins(aspect: AspectRatio)
        throws
    {
        let rectangle = PixelRectangle(x: 300, y: 120, width: 200, height: 320)
        let (photo, cutout) = product(rectangle, in: 900, 600)
        let layout = CanvasLayout.make(photo: photo, cutout: cutout, aspect: aspect)
        let ratio = try #require(aspect.ratio)
        #expect(abs(Double(layout.width) / Double(layout.height) - ratio) < 0.01)
        let left = rectangle.x + layout.productX
        let top = rectangle.y + layout.productY
        #expect(left >= layout.width / 20 && left + 200 <= layout.width * 19 / 20)
        #expect(top >= layout.height / 20 && top + 320 <= layout.height * 19 / 20)
        // A little more room above than below.
        #expect(top >= layout.height - top - 320)
    }

    @Test func aWideProductOnATallCanvasIsLimitedByItsWidth() {
        let (photo, cutout) = product(PixelRectangle(x: 20, y: 200, width: 800, height: 100), in: 840, 600)
        let layout = CanvasLayout.make(photo: photo, cutout: cutout, aspect: .portrait)
        #expect(abs(Double(layout.width) * Placement.standard.share - 800) < 2)
        #expect(layout.height > photo.height, "extended")
    }

    @Test func anEdgeThatCutsTheProductStaysTheCanvassEdge() {
        let (photo, cutout) = product(PixelRectangle(x: 100, y: 50, width: 100, height: 150), in: 300, 200)
        let layout = CanvasLayout.make(photo: photo, cutout: cutout, aspect: .square)
        #expect(layout.productY + 200 == layout.height)
    }

    @Test func aPhotoWithoutProductIsFramedWhole() {
        let (photo, cutout) = product(PixelRectangle(x: 0, y: 0, width: 0, height: 0), in: 300, 200)
        #expect(cutout.productBounds == nil)
        let layout = CanvasLayout.make(photo: photo, cutout: cutout, aspect: .wide)
        #expect(layout.width > 0 && layout.height > 0)
    }

    @Test func noCanvasGrowsBeyondTheLimits() {
        let photo = Photo(image: RasterImage(width: 1, height: 1, fill: .white))
        let mask = Mask(width: 12_000, height: 9_000, fill: 255)
        for aspect in AspectRatio.allCases where aspect != .photo {
            let layout = CanvasLayout.make(photo: photo, cutout: Cutout(mask: mask, method: .alpha), aspect: aspect)
            #expect(PictureLimits.allows(width: layout.width, height: layout.height), "\(layout)")
        }
    }
}

@Suite struct ModelCanvasTests {
    @Test func theProductStandsOnMidGreyWhereTheLayoutSays() throws {
        var image = RasterImage(width: 400, height: 400)
        for y in 100..<300 { for x in 100..<300 { image[x, y] = RGBA(250, 20, 20) } }
        let photo = Photo(image: image)
        let cutout = try Cutout.make(from: photo)
        // The canvas is twice the photo, which lies in its right lower quarter.
        let layout = CanvasLayout(width: 800, height: 800, productX: 400, productY: 400)
        let canvas = try ModelCanvas.make(photo: photo, cutout: cutout, layout: layout, width: 64, height: 64)
        #expect(canvas.image[10, 10] == .midGrey)
        #expect(canvas.image[48, 48] == RGBA(250, 20, 20))
        #expect(canvas.productMask[48, 48] == 255 && canvas.productMask[10, 10] == 0)
        #expect(canvas.productMask.bounds() == PixelRectangle(x: 40, y: 40, width: 16, height: 16))
        #expect(canvas.image.isOpaque)
    }

    @Test(arguments: [(1000, 1000, 256, 256), (1500, 1000, 320, 208), (1600, 900, 336, 192), (800, 1000, 224, 288), (9000, 10, 512, 128)])
    func theModelsSizeFollowsTheCanvas(width: Int, height: Int, modelWidth: Int, modelHeight: Int) {
        let layout = CanvasLayout(width: width, height: height, productX: 0, productY: 0)
        let size = ModelCanvas.modelSize(for: layout, native: 256, multiple: 16)
        #expect(size == (modelWidth, modelHeight))
    }
}

@Suite struct ContactSheetTests {
    @Test func everyEntryHasItsPlaceAndCaption() {
        let entries = (0..<5).map {
            ContactSheet.Entry(image: RasterImage(width: 90, height: 60, fill: RGBA(UInt8($0 * 40), 90, 60)), caption: "can-\($0)")
        }
        let sheet = ContactSheet(entries: entries, columns: 3, cell: 160).render()
        #expect(sheet.isOpaque)
        for index in 0..<5 {
            let centre = (x: 24 + index % 3 * 176 + 80, y: 24 + index / 3 * (160 + 9 + 16 + 16) + 80)
            #expect(sheet[centre.x, centre.y] == RGBA(UInt8(index * 40), 90, 60))
            // Ink in the caption's row.
            let captionTop = 24 + index / 3 * 201 + 168
            let ink = (captionTop..<(captionTop + 9)).contains { y in
                ((centre.x - 40)..<(centre.x + 40)).contains { sheet[$0, y] == RGBA(60, 60, 64) }
            }
            #expect(ink)
        }
    }

    @Test func captionsFallBackToTheNumber() {
        #expect(ContactSheet.printable("sneaker 3", number: 7) == "sneaker 3")
        #expect(ContactSheet.printable("ボトル-桜", number: 7) == "No. 7")
        #expect(ContactSheet.printable("ボトル-bottle", number: 7) == "bottle")
        #expect(ContactSheet.printable("", number: 1) == "No. 1")
    }

    @Test func longCaptionsStayInTheirCell() {
        let long = ContactSheet.Entry(image: RasterImage(width: 8, height: 8, fill: .black), caption: String(repeating: "W", count: 300))
        let sheet = ContactSheet(entries: [long], columns: 1, cell: 120).render()
        for y in 0..<sheet.height {
            for x in [0, 10, 23, sheet.width - 24, sheet.width - 1] { #expect(sheet[x, y] == RGBA(246, 246, 244)) }
        }
    }

    @Test func anEmptySheetIsAPage() {
        let sheet = ContactSheet(entries: []).render()
        #expect(sheet.width > 100 && sheet.height > 100)
    }

    @Test func differentCharactersLookDifferent() {
        let pictures = (32...126).compactMap(Unicode.Scalar.init).map { BitmapFont.glyph($0).rows }
        #expect(Set(pictures).count == pictures.count)
        #expect(BitmapFont.glyph("桜") == BitmapFont.glyph("é"))
    }

    @Test func lettersHangBelowTheLine() {
        func depth(_ scalar: Unicode.Scalar) -> Int { BitmapFont.glyph(scalar).rows.lastIndex { $0 != 0 } ?? -1 }
        for scalar in "gjpqy".unicodeScalars { #expect(depth(scalar) == 8) }
        for scalar in "aoxAX09".unicodeScalars { #expect(depth(scalar) == 6) }
    }

    @Test func japaneseCaptionsAreWrittenWhereUnifontIs() throws {
        let folder = try FileManager.default.url(
            for: .itemReplacementDirectory, in: .userDomainMask, appropriateFor: FileManager.default.temporaryDirectory, create: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("unifont.hex")
        // A full block for 桜, half a cell wide the letter a, and lines that are none.
        try "0061:\(String(repeating: "18", count: 16))\nnonsense\n:::\n6851:FF\n685C:\(String(repeating: "FFFF", count: 16))\n"
            .write(to: file, atomically: true, encoding: .utf8)
        let font = CaptionFont.fitting(["a桜"], unifont: Unifont(file: file))
        #expect(!font.isBuiltIn)
        #expect(font.lineWidth("a桜", scale: 2) == (8 + 16) * 2)
        var image = RasterImage(width: 24, height: 16, fill: .white)
        font.draw("a桜", in: &image, x: 0, y: 0, scale: 1, colour: .black)
        #expect(image[3, 9] == .black && image[0, 9] == .white && image[8, 0] == .black && image[23, 15] == .black)

        #expect(CaptionFont.fitting(["桜"], unifont: nil).isBuiltIn)
        #expect(CaptionFont.fitting(["桜"], unifont: Unifont(file: folder.appendingPathComponent("missing"))).isBuiltIn)
        #expect(CaptionFont.fitting(["plain"], unifont: Unifont(file: file)).isBuiltIn)
    }
}
