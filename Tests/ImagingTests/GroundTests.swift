import Testing

@testable import Imaging

/// A box in the middle of a canvas, and the ways its background can look.
private struct Stage {
    var width = 240
    var height = 200
    var box = PixelRectangle(x: 90, y: 60, width: 60, height: 100)

    var photo: Photo {
        var image = RasterImage(width: width, height: height)
        for y in box.y..<box.maxY { for x in box.x..<box.maxX { image[x, y] = RGBA(200, 40, 60) } }
        return Photo(image: image)
    }

    /// Light that rises from the first grey on the left to the second on the right.
    func floor(_ left: Double, _ right: Double) -> RasterImage {
        var image = RasterImage(width: width, height: height, fill: .black)
        for y in 0..<height {
            for x in 0..<width {
                let value = UInt8(left + (right - left) * Double(x) / Double(width - 1))
                image[x, y] = RGBA(value, value, value)
            }
        }
        return image
    }

    func composite(_ background: RasterImage, _ options: CompositeOptions) throws -> Composite {
        let photo = photo
        return try Compositor.composite(
            photo: photo, cutout: try Cutout.make(from: photo),
            layout: CanvasLayout(width: width, height: height, productX: 0, productY: 0),
            background: background, options: options)
    }

    /// The mean green of a rectangle of a picture.
    func level(_ image: RasterImage, _ area: PixelRectangle) -> Double {
        var sum = 0
        for y in area.y..<area.maxY { for x in area.x..<area.maxX { sum += Int(image[x, y].green) } }
        return Double(sum) / Double(area.width * area.height)
    }
}

@Suite struct GroundTests {
    private let stage = Stage()
    private let below = PixelRectangle(x: 100, y: 161, width: 40, height: 3)
    private let left = PixelRectangle(x: 60, y: 148, width: 20, height: 8)
    private let right = PixelRectangle(x: 160, y: 148, width: 20, height: 8)

    @Test func aProductThrowsAShadowOnAnEmptyFloor() throws {
        let result = try stage.composite(stage.floor(180, 180), .standard)
        #expect(stage.level(result.image, below) < 155)
        #expect(result.coreMaximumDifference == 0)
        #expect(result.corePixelCount == 6000)
        // Far from it the floor is as it was.
        #expect(abs(stage.level(result.image, PixelRectangle(x: 5, y: 185, width: 20, height: 10)) - 180) < 1)
        #expect(abs(stage.level(result.image, PixelRectangle(x: 5, y: 5, width: 200, height: 20)) - 180) < 1)
    }

    @Test func theShadowFallsAwayFromTheLight() throws {
        let fromLeft = try stage.composite(stage.floor(220, 120), .standard).image
        let fromRight = try stage.composite(stage.floor(120, 220), .standard).image
        var none = CompositeOptions()
        none.shadow = .none
        let leftPlain = try stage.composite(stage.floor(220, 120), none).image
        #expect(stage.level(fromLeft, right) < stage.level(leftPlain, right) - 8)
        #expect(abs(stage.level(fromLeft, left) - stage.level(leftPlain, left)) < 4)
        // Mirrored, but for the rounding of the two ramps.
        #expect(abs(stage.level(fromRight, left) - stage.level(fromLeft, right)) < 3)
    }

    @Test func aShadowThatTheModelPaintedIsEnough() throws {
        var painted = stage.floor(180, 180)
        for y in 150..<169 { for x in 70..<170 { painted[x, y] = RGBA(90, 90, 90) } }
        let result = try stage.composite(painted, .standard)
        #expect(abs(stage.level(result.image, below) - 90) < 3)
    }

    @Test func aShadowThatTheModelPaintedApartIsJoinedToTheProduct() throws {
        var apart = stage.floor(180, 180)
        for y in 169..<190 { for x in 80..<180 { apart[x, y] = RGBA(90, 90, 90) } }
        let result = try stage.composite(apart, .standard).image
        // Lit floor lay between the product, which ends at row 160, and its shadow.
        #expect(stage.level(result, PixelRectangle(x: 100, y: 160, width: 40, height: 2)) < 115)
        // The shadow that there was stays as it was.
        #expect(abs(stage.level(result, PixelRectangle(x: 100, y: 178, width: 40, height: 8)) - 90) < 6)
    }

    @Test func theDarkestLineFollowsTheProductsLowerEdge() throws {
        // The base rises by six rows from left to right, as one does that is seen at an angle.
        var image = RasterImage(width: 240, height: 200)
        func foot(_ x: Int) -> Int { 160 - (x - 90) / 10 }
        for x in 90..<150 { for y in 60..<foot(x) { image[x, y] = RGBA(200, 40, 60) } }
        let photo = Photo(image: image)
        let result = try Compositor.composite(
            photo: photo, cutout: try Cutout.make(from: photo), layout: CanvasLayout(width: 240, height: 200, productX: 0, productY: 0),
            background: stage.floor(180, 180)
        ).image
        for x in stride(from: 95, to: 146, by: 5) {
            func light(_ below: Int) -> Int { (-1...1).reduce(0) { $0 + Int(result[x + $1, foot(x) + below].green) } / 3 }
            #expect(light(1) < 130, "column \(x): \(light(1))")
            // A tenth of the height farther down most of it is gone.
            #expect(light(10) > light(1) + 25, "column \(x): \(light(1)), then \(light(10))")
            #expect(light(1) <= light(4) && light(4) <= light(8), "column \(x)")
        }
    }

    @Test func withoutShadowTheFloorIsUntouched() throws {
        var options = CompositeOptions()
        options.shadow = .none
        let result = try stage.composite(stage.floor(180, 180), options)
        #expect(abs(stage.level(result.image, below) - 180) < 1)
    }

    @Test func noShadowTakesMoreThanItsBound() throws {
        var options = CompositeOptions()
        options.shadow = .fixed(50)
        let darkest = try stage.composite(stage.floor(180, 180), options)
        // A fifth of the light is the square root of a fifth of the encoded value.
        #expect(stage.level(darkest.image, below) >= 180 * 0.44)
    }

    @Test func aProductThatTheFrameCutsOffStandsOnNothing() throws {
        var cut = stage
        cut.box = PixelRectangle(x: 90, y: 100, width: 60, height: 100)
        var none = CompositeOptions()
        none.shadow = .none
        #expect(try cut.composite(cut.floor(180, 180), .standard).image == cut.composite(cut.floor(180, 180), none).image)
    }

    @Test func aGlossyFloorMirrorsTheProduct() throws {
        var options = CompositeOptions()
        options.shadow = .none
        options.reflection = 1
        let pixel = try stage.composite(stage.floor(40, 40), options).image[120, 166]
        #expect(pixel.red > pixel.green + 20, "the box is red: \(pixel)")
    }

    @Test func thePreviewShowsTheSameShadow() throws {
        let photo = stage.photo
        let cutout = try Cutout.make(from: photo)
        let layout = CanvasLayout(width: stage.width, height: stage.height, productX: 0, productY: 0)
        let floor = stage.floor(220, 120)
        let small = try Compositor.preview(
            photo: photo, cutout: cutout, layout: layout, background: floor, maximumWidth: 240, maximumHeight: 200)
        let full = try stage.composite(floor, .standard).image
        for area in [below, left, right] { #expect(abs(stage.level(small, area) - stage.level(full, area)) < 2) }
    }
}

@Suite struct HarmonisationTests {
    private let stage = Stage()

    @Test func offItLeavesEveryCorePixelAlone() throws {
        #expect(try stage.composite(RasterImage(width: 4, height: 4, fill: RGBA(255, 120, 40)), .standard).coreMaximumDifference == 0)
    }

    @Test(arguments: [RGBA(255, 120, 40), RGBA(8, 8, 30), RGBA(255, 255, 255)]) func onItStaysWithinItsBounds(scene: RGBA) throws {
        let background = RasterImage(width: 4, height: 4, fill: scene)
        var options = CompositeOptions()
        options.harmonisation = 1
        let result = try stage.composite(background, options)
        #expect(result.coreMaximumDifference > 0, "the proof says that the product was changed")
        let gains = try #require(Harmonisation(background: background, strength: 1)).gains
        let largest = Float((1 + Harmonisation.exposureBound) * (1 + Harmonisation.balanceBound))
        let smallest = Float((1 - Harmonisation.exposureBound) * (1 - Harmonisation.balanceBound))
        for channel in 0..<3 { #expect(gains[channel] <= largest + 0.001 && gains[channel] >= smallest - 0.001) }
    }

    @Test func warmLightWarms() throws {
        let gains = try #require(
            Harmonisation(background: RasterImage(width: 4, height: 4, fill: RGBA(255, 170, 90)), strength: 1)
        ).gains
        #expect(gains[0] > gains[1] && gains[1] > gains[2])
    }
}
