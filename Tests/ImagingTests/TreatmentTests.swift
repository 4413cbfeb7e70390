import Foundation
import Testing

@testable import Imaging

@Suite("What a designer sets for a product")
struct TreatmentTests {
    @Test func aDabAddsAndTakesProductAndEndsAtTheFrame() {
        var mask = Mask(width: 40, height: 30, fill: 0)
        MaskStroke(x: 10, y: 10, radius: 5, addsProduct: true).apply(to: &mask)
        #expect(mask[10, 10] == 255 && mask[14, 10] == 255 && mask[17, 10] == 0)
        MaskStroke(x: 10, y: 10, radius: 2, addsProduct: false).apply(to: &mask)
        #expect(mask[10, 10] == 0 && mask[14, 10] == 255)
        for (x, y) in [(-3, -3), (39, 29), (400, 5), (5, -400)] { MaskStroke(x: x, y: y, radius: 6, addsProduct: true).apply(to: &mask) }
        #expect(mask[0, 0] == 255 && mask[39, 29] == 255 && mask[20, 20] == 0)
    }

    @Test func correctionsChangeTheCutoutAndCanBeTakenBack() throws {
        let made = SyntheticPhoto(width: 240, height: 180).make()
        let photo = Photo(image: made.image)
        let cutout = try Cutout.make(from: photo, method: .plainBackground)
        var treatment = ProductTreatment()
        #expect(try treatment.corrected(cutout, photo: photo).mask == cutout.mask)
        treatment.strokes = [MaskStroke(x: 5, y: 5, radius: 4, addsProduct: true)]
        treatment.refinement.grow = 2
        let corrected = try treatment.corrected(cutout, photo: photo)
        #expect(corrected.mask[5, 5] == 255 && corrected.mask.count() > cutout.mask.count())
        #expect(corrected.method == cutout.method)
    }

    @Test func aTreatmentOfAnEarlierVersionIsRead() throws {
        let read = try JSONDecoder().decode(
            ProductTreatment.self, from: Data(#"{"strokes":[{"x":1,"y":2,"radius":3,"addsProduct":true}]}"#.utf8))
        #expect(read.strokes == [MaskStroke(x: 1, y: 2, radius: 3, addsProduct: true)] && read.placement == .standard)
        var full = ProductTreatment()
        full.options.shadow = .fixed(1.2)
        full.background.temperature = 0.3
        full.cutoutMethod = .learned
        #expect(try JSONDecoder().decode(ProductTreatment.self, from: JSONEncoder().encode(full)) == full)
    }

    @Test func anImportedMaskRestsTheEarlierCorrectionsUntilItIsDropped() {
        var treatment = ProductTreatment()
        treatment.refinement.grow = 2
        treatment.strokes = [MaskStroke(x: 1, y: 2, radius: 3, addsProduct: true)]
        let before = treatment
        treatment.take(maskFile: "masks/a.png")
        #expect(treatment.refinement == .none && treatment.strokes.isEmpty)
        treatment.strokes = [MaskStroke(x: 9, y: 9, radius: 1, addsProduct: false)]
        treatment.take(maskFile: "masks/b.png")
        #expect(treatment.importedMask?.file == "masks/b.png" && treatment.strokes.isEmpty)
        treatment.dropImportedMask()
        #expect(treatment == before)
        treatment.dropImportedMask()
        #expect(treatment == before)
    }

    @Test(arguments: [8, 16]) func anAdjustedProductKeepsItsDepthAndItsMask(depth: Int) throws {
        let made = SyntheticPhoto(width: 120, height: 90).make()
        let deep = depth == 16 ? made.image.pixels.map { UInt16($0) * 257 } : nil
        let photo = Photo(image: made.image, deep: deep)
        let cutout = try Cutout.make(from: photo, mask: made.truth)
        var treatment = ProductTreatment()
        #expect(!treatment.changesProduct && treatment.adjusted(photo, cutout).photo.image == photo.image)
        treatment.product.brightness = 0.4
        let (brighter, same) = treatment.adjusted(photo, cutout)
        #expect(treatment.changesProduct && same.mask == cutout.mask && (brighter.deep != nil) == (depth == 16))
        func sum(_ image: RasterImage) -> Int { image.pixels.reduce(0) { $0 + Int($1) } }
        #expect(sum(brighter.image) > sum(photo.image))
        // The soft edge goes the same way as what it belongs to.
        func edge(_ colours: EdgeColours) -> Int { colours.colours.reduce(0) { $0 + Int($1.x) } }
        #expect(edge(same.edgeColours) > edge(cutout.edgeColours))
        if let deep = brighter.deep {
            #expect(deep.contains { $0 % 257 != 0 }, "sixteen bits are used")
            for index in stride(from: 3, to: deep.count, by: 4) { #expect(deep[index] == 65535) }
        }
        let plain = Adjustment().apply(to: photo)
        #expect(plain.image == photo.image && plain.deep == photo.deep)
    }

    @Test func anAdjustmentDoesNotShowWhereItsBandsMeet() {
        // 64 rows are worked on at a time; a level picture with grain must be the same at every height.
        var image = RasterImage(width: 16, height: 200, fill: .midGrey)
        for y in 0..<200 { for x in 0..<16 { image[x, y] = (x + y) % 2 == 0 ? RGBA(120, 120, 120) : RGBA(126, 126, 126) } }
        var adjustment = Adjustment()
        adjustment.denoise = 0.7
        adjustment.sharpness = 0.5
        adjustment.contrast = 0.2
        let result = adjustment.apply(to: image)
        for y in 4..<194 { for x in 0..<16 { #expect(result[x, y] == result[x, y + 2]) } }
    }

    @Test func denoisingEvensOutGrainAndKeepsEdges() {
        var image = RasterImage(width: 64, height: 32, fill: RGBA(60, 60, 60))
        for y in 0..<32 {
            for x in 0..<64 {
                let value = (x < 32 ? 60 : 190) + ((x * 7 + y * 13) % 5) * 2 - 4
                for channel in 0..<3 { image.pixels[(y * 64 + x) * 4 + channel] = UInt8(value) }
            }
        }
        var adjustment = Adjustment()
        adjustment.denoise = 1
        let result = adjustment.apply(to: image)
        func roughness(_ picture: RasterImage) -> Int {
            (4..<28).reduce(0) { $0 + abs(Int(picture.pixels[(16 * 64 + $1) * 4]) - Int(picture.pixels[(16 * 64 + $1 + 1) * 4])) }
        }
        #expect(roughness(result) * 2 < roughness(image))
        #expect(Int(result.pixels[(16 * 64 + 33) * 4]) - Int(result.pixels[(16 * 64 + 30) * 4]) > 110)
    }

    @Test func theMaskViewTintsOnlyTheBackground() {
        let photo = RasterImage(width: 2, height: 1, fill: RGBA(100, 100, 100))
        let shown = Mask(width: 2, height: 1, values: [255, 0]).shown(on: photo)
        #expect(shown.pixels[0] == 100 && shown.pixels[4] > 150 && shown.pixels[5] < 80)
    }
}
