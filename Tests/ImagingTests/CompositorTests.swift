import Foundation
import Testing

@testable import Imaging

@Suite struct CompositorTests {
    private func whole(_ photo: Photo) -> CanvasLayout { CanvasLayout(width: photo.width, height: photo.height, productX: 0, productY: 0) }

    /// A background with a gradient, smaller than any photo here.
    private var background: RasterImage {
        var image = RasterImage(width: 32, height: 24)
        for y in 0..<24 { for x in 0..<32 { image[x, y] = RGBA(UInt8(40 + x * 5), UInt8(90 + y * 4), UInt8(200 - x * 4)) } }
        return image
    }

    @Test(arguments: AspectRatio.allCases) func coreProductPixelsAreTheSameOnEveryCanvas(aspect: AspectRatio) throws {
        let photo = Photo(image: SyntheticPhoto(noise: 2).make().image)
        let cutout = try Cutout.make(from: photo)
        let layout = CanvasLayout.make(photo: photo, cutout: cutout, aspect: aspect)
        let composite = try Compositor.composite(photo: photo, cutout: cutout, layout: layout, background: background)
        #expect((composite.width, composite.height) == (layout.width, layout.height))
        #expect(composite.coreMaximumDifference == 0)
        #expect(composite.corePixelCount == cutout.mask.values.count { $0 == 255 })
        #expect(composite.image.isOpaque)
        // Checked once more here, on the file that a designer gets.
        let file = try PNGCodec.decode(composite.encodedPNG()).image
        for y in 0..<photo.height {
            for x in 0..<photo.width where cutout.mask[x, y] == 255 {
                let (canvas, original) = (file[x + layout.productX, y + layout.productY], photo.image[x, y])
                guard canvas == original else {
                    Issue.record("pixel \(x), \(y): \(canvas) instead of \(original)")
                    return
                }
            }
        }
    }

    @Test func aSixteenBitPhotoIsComposedInSixteenBit() throws {
        var random = SplitMix(state: 21)
        let made = SyntheticPhoto().make()
        var deep = [UInt16](repeating: 65535, count: made.image.pixels.count)
        for (index, value) in made.image.pixels.enumerated() where index % 4 != 3 {
            // Odd low bytes, as only a real 16-bit file has.
            let fraction = value == 0 ? 0 : UInt16(random.next() % 200)
            deep[index] = UInt16(value) * 257 - fraction
        }
        let data = try PNGCodec.encode(deep: deep, width: made.image.width, height: made.image.height)
        let photo = try Photo.decode(data)
        let cutout = try Cutout.make(from: photo)
        let composite = try Compositor.composite(photo: photo, cutout: cutout, layout: whole(photo), background: background)
        #expect(composite.coreMaximumDifference == 0)
        let file = try PNGCodec.decode(composite.encodedPNG())
        let exported = try #require(file.deep)
        for (index, value) in cutout.mask.values.enumerated() where value == 255 {
            let channels = (index * 4)..<(index * 4 + 3)
            guard exported[channels] == deep[channels] else {
                Issue.record("pixel \(index) differs")
                return
            }
        }
        // The background uses the depth: many more values than 256.
        var reds: Set<UInt16> = []
        for (index, value) in cutout.mask.values.enumerated() where value == 0 { reds.insert(exported[index * 4]) }
        #expect(reds.count > 1000)
    }

    /// Against the true mixture of product and new background, which synthetic photos let us compute.
    @Test(arguments: [
        (RGBA(255, 255, 255), RGBA(18, 18, 22), RGBA(20, 20, 20)), (RGBA(255, 255, 255), RGBA(178, 34, 52), RGBA(20, 30, 60)),
        (RGBA(190, 190, 195), RGBA(30, 90, 60), RGBA(10, 10, 10)), (RGBA(30, 30, 34), RGBA(235, 225, 205), RGBA(240, 240, 240)),
    ]) func noHaloOfTheOldBackgroundIsLeft(old: RGBA, product: RGBA, new: RGBA) throws {
        var studio = SyntheticPhoto(width: 700, height: 500, backdrop: .flat(old), colours: [product], noise: 0.7, blur: 2.2)
        let made = studio.make()
        let photo = Photo(image: made.image)
        let cutout = try Cutout.make(from: photo)
        let paper = RasterImage(width: 8, height: 8, fill: new)
        var options = CompositeOptions()
        options.shadow = .none
        let composite = try Compositor.composite(
            photo: photo, cutout: cutout, layout: whole(photo), background: paper, options: options)
        studio.backdrop = .flat(new)
        let ideal = studio.make().image
        var total = 0
        var worst = 0
        var count = 0
        for (index, coverage) in made.truth.values.enumerated() where coverage > 0 && coverage < 255 {
            let difference = largestDifference(composite.image, ideal, pixel: index)
            total += difference
            worst = max(worst, difference)
            count += 1
        }
        #expect(count > 500)
        #expect(Double(total) / Double(count) < 6, "mean \(Double(total) / Double(count))")
        #expect(worst < 56, "worst \(worst)")
    }

    @Test func softEdgesAreMixedInLinearLight() throws {
        var image = RasterImage(width: 4, height: 1, fill: RGBA(255, 255, 255, 255))
        image[1, 0].alpha = 128
        image[2, 0].alpha = 0
        image[3, 0].alpha = 0
        let photo = Photo(image: image)
        let cutout = try Cutout.make(from: photo, method: .alpha)
        let black = RasterImage(width: 2, height: 2, fill: .black)
        let row = try Compositor.composite(photo: photo, cutout: cutout, layout: whole(photo), background: black).image
        #expect(row[0, 0] == .white)
        // 128/255 of white light is 188 in sRGB; mixing the encoded values would give 128.
        #expect(abs(Int(row[1, 0].red) - 188) <= 1)
        #expect(row[2, 0] == .black)
    }

    @Test func aTransparentProductLeavesTheBackgroundAlone() throws {
        let photo = Photo(image: noise(width: 30, height: 20, opaque: true))
        let cutout = Cutout(mask: Mask(width: 30, height: 20, fill: 0), method: .alpha)
        let paper = RasterImage(width: 4, height: 4, fill: .white)
        let composite = try Compositor.composite(photo: photo, cutout: cutout, layout: whole(photo), background: paper)
        #expect(composite.image == RasterImage(width: 30, height: 20, fill: .white))
        #expect(composite.corePixelCount == 0)
    }

    @Test func aProductThatFillsThePhotoIsThePhoto() throws {
        let photo = Photo(image: noise(width: 30, height: 20, opaque: true))
        let cutout = Cutout(mask: Mask(width: 30, height: 20, fill: 255), method: .alpha)
        let composite = try Compositor.composite(photo: photo, cutout: cutout, layout: whole(photo), background: background)
        #expect(composite.image == photo.image)
    }

    @Test(arguments: [(1, 1), (1, 17), (17, 1)]) func slimPhotosCanBeComposed(width: Int, height: Int) throws {
        let photo = Photo(image: noise(width: width, height: height, opaque: true))
        let cutout = try Cutout.make(from: photo)
        for aspect in AspectRatio.allCases {
            let layout = CanvasLayout.make(photo: photo, cutout: cutout, aspect: aspect)
            #expect(
                try Compositor.composite(photo: photo, cutout: cutout, layout: layout, background: background).coreMaximumDifference == 0)
        }
    }

    @Test func aCompositeIsGivenUpAtEveryStage() throws {
        let photo = Photo(image: SyntheticPhoto().make().image)
        let cutout = try Cutout.make(from: photo)
        var stages = 0
        _ = try Compositor.composite(photo: photo, cutout: cutout, layout: whole(photo), background: background) {
            stages += 1
            return true
        }
        #expect(stages >= 4)
        for last in 0..<stages {
            var asked = 0
            #expect(throws: CancellationError.self) {
                try Compositor.composite(photo: photo, cutout: cutout, layout: whole(photo), background: background) {
                    asked += 1
                    return asked <= last
                }
            }
            #expect(asked == last + 1)
        }
    }

    @Test func aMaskOfAnotherSizeIsRefused() throws {
        let photo = Photo(image: RasterImage(width: 10, height: 10, fill: .white))
        let cutout = Cutout(mask: Mask(width: 20, height: 10, fill: 255), method: .alpha)
        #expect(throws: CompositeError.maskSize(mask: "20 x 10", photo: "10 x 10")) {
            try Compositor.composite(photo: photo, cutout: cutout, layout: whole(photo), background: background)
        }
        #expect(throws: CompositeError.self) {
            try ModelCanvas.make(photo: photo, cutout: cutout, layout: whole(photo), width: 64, height: 64)
        }
    }

    @Test func aHugeCanvasIsRefused() throws {
        let photo = Photo(image: RasterImage(width: 10, height: 10, fill: .white))
        let cutout = Cutout(mask: Mask(width: 10, height: 10, fill: 255), method: .alpha)
        let layout = CanvasLayout(width: 60_000, height: 60_000, productX: 0, productY: 0)
        #expect(throws: CompositeError.canvasSize(width: 60_000, height: 60_000)) {
            try Compositor.composite(photo: photo, cutout: cutout, layout: layout, background: background)
        }
    }

    @Test func smoothBackgroundsShowNoSteps() throws {
        // A ramp of 12 steps over 600 pixels: without grain each step would be a band of 50 equal pixels.
        var ramp = RasterImage(width: 13, height: 2)
        for y in 0..<2 { for x in 0..<13 { ramp[x, y] = RGBA(UInt8(100 + x), 100, 100) } }
        let photo = Photo(image: RasterImage(width: 600, height: 40, fill: .white))
        let cutout = Cutout(mask: Mask(width: 600, height: 40, fill: 0), method: .alpha)
        let image = try Compositor.composite(photo: photo, cutout: cutout, layout: whole(photo), background: ramp).image
        var longest = 0
        var run = 0
        for x in 1..<600 {
            run = image[x, 20].red == image[x - 1, 20].red ? run + 1 : 0
            longest = max(longest, run)
        }
        #expect(longest < 16, "\(longest) equal pixels")
        // And still the right colour on average.
        var mean = 0.0
        for y in 0..<40 { mean += Double(image[300, y].red) / 40 }
        #expect(abs(mean - 106) < 0.6, "\(mean)")
    }

    @Test func theSameInputGivesTheSameFile() throws {
        let photo = Photo(image: SyntheticPhoto().make().image)
        let cutout = try Cutout.make(from: photo)
        func file() throws -> Data {
            try Compositor.composite(photo: photo, cutout: cutout, layout: whole(photo), background: background).encodedPNG()
        }
        #expect(try file() == file())
    }

    @Test func theBackgroundIsTakenIntoThePhotosColourSpace() throws {
        let colour = ColourDescription(icc: displayP3)
        let photo = Photo(image: RasterImage(width: 20, height: 20, fill: RGBA(7, 77, 177)), colour: colour)
        var mask = Mask(width: 20, height: 20, fill: 0)
        mask[3, 3] = 255
        let red = RasterImage(width: 2, height: 2, fill: RGBA(255, 0, 0))
        let composite = try Compositor.composite(
            photo: photo, cutout: Cutout(mask: mask, method: .alpha), layout: whole(photo), background: red)
        #expect(composite.colour == colour)
        #expect(composite.image[3, 3] == RGBA(7, 77, 177))
        #expect(abs(Int(composite.image[15, 15].red) - 234) <= 3, "sRGB's red is less than Display P3's")
        #expect(try JPEGCodec.decode(composite.encodedJPEG()).colour.icc == displayP3)
        #expect(try PNGCodec.decode(composite.encodedPNG()).colour.icc == displayP3)
    }

    @Test func theProofFindsASingleWrongStep() {
        let photo = noise(width: 12, height: 9, opaque: true)
        let layout = CanvasLayout(width: 20, height: 15, productX: 4, productY: 3)
        var canvas = RasterImage(width: 20, height: 15)
        canvas.paste(photo, x: 4, y: 3)
        let mask = Mask(width: 12, height: 9, fill: 255)
        #expect(CoreProof(canvas: canvas.pixels, photo: photo.pixels, mask: mask, layout: layout).maximumDifference == 0)
        canvas.pixels[(7 * 20 + 9) * 4 + 2] ^= 1
        let proof = CoreProof(canvas: canvas.pixels, photo: photo.pixels, mask: mask, layout: layout)
        #expect(proof.maximumDifference == 1)
        #expect(proof.pixelCount == 108)
    }
}

/// The largest difference of one pixel's red, green and blue.
private func largestDifference(_ a: RasterImage, _ b: RasterImage, pixel: Int) -> Int {
    var largest = 0
    for channel in 0..<3 {
        let left = Int(a.pixels[pixel * 4 + channel])
        let right = Int(b.pixels[pixel * 4 + channel])
        largest = max(largest, abs(left - right))
    }
    return largest
}

/// The mean difference of all values.
private func meanDifference(_ a: RasterImage, _ b: RasterImage) -> Double {
    var total = 0
    for (left, right) in zip(a.pixels, b.pixels) { total += abs(Int(left) - Int(right)) }
    return Double(total) / Double(a.pixels.count)
}

@Suite struct PreviewTests {
    @Test func aPreviewIsTheSmallCompositeOfTheSameBackground() throws {
        let photo = Photo(image: SyntheticPhoto(width: 800, height: 600).make().image)
        let cutout = try Cutout.make(from: photo)
        let layout = CanvasLayout.make(photo: photo, cutout: cutout, aspect: .square)
        let paper = RasterImage(width: 16, height: 16, fill: RGBA(60, 110, 160))
        let preview = try Compositor.preview(
            photo: photo, cutout: cutout, layout: layout, background: paper, maximumWidth: 200, maximumHeight: 150)
        #expect((preview.width, preview.height) == (150, 150))
        let full = resized(
            try Compositor.composite(photo: photo, cutout: cutout, layout: layout, background: paper).image, width: 150, height: 150)
        #expect(meanDifference(preview, full) < 1.5)
        #expect(preview.isOpaque)
    }

    @Test func aPreviewNeverExceedsTheCanvas() throws {
        let photo = Photo(image: RasterImage(width: 40, height: 30, fill: .white))
        let cutout = Cutout(mask: Mask(width: 40, height: 30, fill: 255), method: .alpha)
        let preview = try CompositePreview(
            photo: photo, cutout: cutout, layout: .init(width: 40, height: 30, productX: 0, productY: 0), maximumWidth: 900,
            maximumHeight: 900)
        #expect((preview.width, preview.height) == (40, 30))
    }
}
