import Foundation
import Testing

@testable import Imaging

@Suite struct AlphaCutoutTests {
    @Test func aMeaningfulAlphaChannelIsTheMask() throws {
        var image = RasterImage(width: 60, height: 40, fill: RGBA(0, 0, 0, 0))
        for y in 10..<30 { for x in 20..<40 { image[x, y] = RGBA(200, 10, 10, x == 20 ? 77 : 255) } }
        let cutout = try Cutout.make(from: Photo(image: image))
        #expect(cutout.method == .alpha)
        #expect(cutout.certainty == 1 && cutout.warning == nil)
        for y in 0..<40 { for x in 0..<60 { #expect(cutout.mask[x, y] == image[x, y].alpha) } }
        #expect(cutout.productBounds == PixelRectangle(x: 21, y: 10, width: 19, height: 20))
    }

    @Test func aFullyTransparentPictureIsRefused() {
        let photo = Photo(image: RasterImage(width: 9, height: 9), name: "ghost.png")
        let error = #expect(throws: CutoutError.self) { try Cutout.make(from: photo) }
        #expect(error?.description.hasPrefix("ghost.png: is fully transparent") == true)
    }

    @Test func aFewStrayTransparentPixelsAreNoCutout() throws {
        var image = SyntheticPhoto().make().image
        image[0, 0].alpha = 0
        #expect(try Cutout.make(from: Photo(image: image)).method != .alpha)
    }

    @Test func aHalfTransparentProductIsDoubted() throws {
        var image = RasterImage(width: 50, height: 50)
        for y in 10..<40 { for x in 10..<40 { image[x, y] = RGBA(90, 90, 200, 140) } }
        let cutout = try Cutout.make(from: Photo(image: image))
        #expect(cutout.certainty < Cutout.doubtful)
        #expect(cutout.warning?.contains("half transparent") == true)
    }
}

@Suite struct PlainBackgroundCutoutTests {
    static let studios: [(name: String, photo: SyntheticPhoto)] = [
        ("white", SyntheticPhoto()),
        ("light grey with noise", SyntheticPhoto(backdrop: .flat(RGBA(225, 225, 228)), noise: 2)),
        (
            "grey sweep with soft shadow",
            SyntheticPhoto(
                width: 900, height: 700, backdrop: .graded(RGBA(205, 205, 210), RGBA(160, 160, 160)), noise: 1.5, blur: 2, shadow: 0.5)
        ),
        (
            "dark sweep, light product",
            SyntheticPhoto(
                backdrop: .graded(RGBA(60, 60, 64), RGBA(30, 30, 30)), colours: [RGBA(230, 220, 200), RGBA(240, 240, 240)], noise: 1.5)
        ),
        ("blue paper", SyntheticPhoto(backdrop: .graded(RGBA(120, 170, 220), RGBA(90, 140, 200)), noise: 2)),
        ("black on white", SyntheticPhoto(colours: [RGBA(18, 18, 22), RGBA(30, 30, 30)], noise: 1, blur: 2.5)),
        (
            "stripes nearly like the paper",
            SyntheticPhoto(backdrop: .flat(RGBA(245, 245, 245)), colours: [RGBA(20, 20, 24), RGBA(205, 190, 170)], noise: 1)
        ),
        ("out of focus", SyntheticPhoto(width: 900, height: 700, backdrop: .flat(RGBA(210, 210, 210)), noise: 1, blur: 7)),
    ]

    @Test(arguments: [CutoutMethod.plainBackground, nil]) func aCutoutSaysHowFarItIsAndIsGivenUpWhereItIsTold(method: CutoutMethod?) throws
    {
        let photo = Photo(image: SyntheticPhoto(width: 240, height: 180).make().image)
        var told: [Double] = []
        _ = try Cutout.make(from: photo, method: method) { told.append($0) }
        #expect(told.count >= 2 && told == told.sorted() && told.allSatisfy { $0 > 0 && $0 < 1 })
        for last in 1...2 {
            var count = 0
            #expect(throws: CancellationError.self) {
                try Cutout.make(from: photo, method: method) { _ in
                    count += 1
                    if count == last { throw CancellationError() }
                }
            }
            #expect(count == last)
        }
    }

    @Test(arguments: studios.indices) func theProductIsFoundInAPlainStudio(index: Int) throws {
        let (name, studio) = Self.studios[index]
        let made = studio.make()
        let cutout = try Cutout.make(from: Photo(image: made.image), method: .plainBackground)
        #expect(cutout.method == .plainBackground)
        let overlap = intersectionOverUnion(cutout.mask, made.truth)
        #expect(overlap >= 0.98, "\(name): \(overlap)")
        #expect(cutout.certainty >= Cutout.doubtful, "\(name): \(cutout.certainty) \(cutout.warning ?? "")")
        #expect(cutout.warning == nil)
    }

    @Test func theHandleIsOpen() throws {
        let made = SyntheticPhoto().make()
        let cutout = try Cutout.make(from: Photo(image: made.image), method: .plainBackground)
        // The middle of the ring, right of the body.
        let (x, y) = (480 * 45 / 100 + Int(0.29 * 360), 360 * 55 / 100)
        #expect(made.truth[x, y] == 0)
        #expect(cutout.mask[x, y] == 0)
    }

    @Test func aLabelOfTheBackgroundsColourStaysProduct() throws {
        let made = SyntheticPhoto(width: 900, height: 700).make()
        // Deep inside the body.
        let centre = (x: 405, y: 385)
        var image = made.image
        for y in (centre.y - 25)..<(centre.y + 25) { for x in (centre.x - 25)..<(centre.x + 25) { image[x, y] = .white } }
        let cutout = try Cutout.make(from: Photo(image: image), method: .plainBackground)
        #expect(cutout.mask[centre.x, centre.y] == 255)
    }

    @Test func aJPEGOfTheStudioIsCutAsWell() throws {
        let made = SyntheticPhoto(width: 1200, height: 900, backdrop: .graded(RGBA(235, 235, 235), RGBA(200, 200, 205)), noise: 1).make()
        let photo = try Photo.decode(JPEGCodec.encode(made.image, quality: 85))
        let cutout = try Cutout.make(from: photo, method: .plainBackground)
        #expect(intersectionOverUnion(cutout.mask, made.truth) >= 0.98)
        // No dust of compression noise in the background.
        let strays = zip(cutout.mask.values, made.truth.values).count { $0 > 0 && $1 == 0 }
        #expect(strays < cutout.mask.values.count / 500, "\(strays)")
    }

    @Test func aBusyBackgroundIsDoubted() throws {
        let made = SyntheticPhoto().make()
        var image = resized(noise(width: 60, height: 45, opaque: true), width: 480, height: 360)
        for index in made.truth.values.indices where made.truth.values[index] > 128 {
            for channel in 0..<3 { image.pixels[index * 4 + channel] = made.image.pixels[index * 4 + channel] }
        }
        let cutout = try Cutout.make(from: Photo(image: image), method: .plainBackground)
        #expect(cutout.certainty < 0.3)
        #expect(cutout.warning != nil)
    }

    @Test func aProductThatRunsOutOfTheFrameIsDoubted() throws {
        let made = SyntheticPhoto().make()
        // Only the middle: the body touches three sides.
        var image = RasterImage(width: 170, height: 150)
        for y in 0..<150 { for x in 0..<170 { image[x, y] = made.image[x + 150, y + 130] } }
        let cutout = try Cutout.make(from: Photo(image: image), method: .plainBackground)
        #expect(cutout.certainty < Cutout.doubtful)
    }

    @Test func anEmptyStudioIsKeptWholeAndDoubted() throws {
        let cutout = try Cutout.make(from: Photo(image: RasterImage(width: 80, height: 60, fill: .white)), method: .plainBackground)
        #expect(cutout.certainty == 0)
        #expect(cutout.warning?.contains("No product") == true)
        #expect(cutout.mask == Mask(width: 80, height: 60, fill: 255))
    }

    @Test(arguments: [(1, 1), (1, 40), (40, 1), (2, 2), (3, 200)]) func slimPicturesGiveAMaskOfTheirSize(width: Int, height: Int) throws {
        let cutout = try Cutout.make(from: Photo(image: noise(width: width, height: height, opaque: true)))
        #expect((cutout.mask.width, cutout.mask.height) == (width, height))
        #expect((0...1).contains(cutout.certainty))
    }

    @Test func theSamePhotoGivesTheSameCutout() throws {
        let photo = Photo(image: SyntheticPhoto(noise: 2).make().image)
        let (first, second) = (try Cutout.make(from: photo), try Cutout.make(from: photo))
        #expect(first.mask == second.mask)
        #expect(first.edgeColours == second.edgeColours)
    }
}
