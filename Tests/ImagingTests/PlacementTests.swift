import Foundation
import Testing

@testable import Imaging

@Suite struct PlacementTests {
    private let photo = Photo(image: RasterImage(width: 400, height: 400, fill: .white))
    private var cutout: Cutout {
        var mask = Mask(width: 400, height: 400, fill: 0)
        for y in 150..<250 { for x in 150..<250 { mask[x, y] = 255 } }
        return Cutout(mask: mask, method: .alpha)
    }

    private func layout(_ placement: Placement) -> CanvasLayout {
        CanvasLayout.make(photo: photo, cutout: cutout, aspect: .square, placement: placement)
    }

    @Test func theShareSetsTheCanvas() {
        #expect(layout(Placement(share: 0.5)).width == 200)
        #expect(layout(Placement(share: 0.8)).width == 125)
        #expect(layout(Placement(share: 7)).width == 105, "never larger than the frame")
    }

    @Test func anchorsDifferInHeight() {
        func above(_ anchor: Placement.Anchor) -> Int { 150 + layout(Placement(anchor: anchor, share: 0.5)).productY }
        #expect(above(.hanging) < above(.centred) && above(.centred) < above(.standing) && above(.standing) < above(.lying))
        #expect(above(.centred) == 50)
    }

    @Test func shiftsReachTheFrameAndNoFarther() {
        let left = layout(Placement(share: 0.5, shiftX: -1))
        let right = layout(Placement(share: 0.5, shiftX: 1))
        #expect(150 + left.productX == 0)
        #expect(250 + right.productX == right.width)
        #expect(layout(Placement(share: 0.5, shiftX: 9)) == right)
    }

    @Test func categoriesStartInTheMiddleOfTheirShares() {
        for category in ["wristwatch", "sneaker", "wine bottle", "perfume"] {
            let start = Placement.starting(category: category)
            let range = Placement.shares(category: category)
            #expect(range.contains(start.share) && abs(start.share - (range.lowerBound + range.upperBound) / 2) <= 0.011)
        }
        #expect(Placement.starting(category: nil) == .standard && Placement.starting(category: "spaceship") == .standard)
    }

    @Test(arguments: [("4:5", 0.8), ("9:16", 0.5625), ("1920x1080", 16.0 / 9), ("21:9", 21.0 / 9), ("500X250", 2)])
    func shapesAndSizesAreReadAsWritten(text: String, ratio: Double) throws {
        let aspect = try #require(AspectRatio(rawValue: text))
        #expect(abs((aspect.ratio ?? 0) - ratio) < 1e-9 && aspect.rawValue == text)
        #expect((aspect.pixels != nil) == text.lowercased().contains("x"))
        #expect(try JSONDecoder().decode([AspectRatio].self, from: JSONEncoder().encode([aspect])) == [aspect])
    }

    @Test(arguments: [
        "", "x", "4:", ":5", "0:1", "-4:5", "4:5:6", "1x1", "15x900", "70000x70000", "1920x1080.5", "100:1", "square", "nan:1",
    ])
    func whatIsNoShapeIsRefused(text: String) {
        #expect(AspectRatio(rawValue: text) == nil)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([AspectRatio].self, from: JSONEncoder().encode([text])) }
    }

    @Test func aSizeInPixelsReducesAndNeverEnlarges() throws {
        let image = RasterImage(width: 400, height: 200, fill: .midGrey)
        let composite = Composite(image: image, deep: nil, colour: .sRGB, corePixelCount: 1, coreMaximumDifference: 0)
        let (small, large) = (try #require(AspectRatio(rawValue: "100x50")), try #require(AspectRatio(rawValue: "800x400")))
        #expect(composite.reduced(to: small).width == 100 && composite.reduced(to: small).height == 50)
        #expect(composite.reduced(to: large).width == 400 && composite.reduced(to: .wide).width == 400)
    }

    @Test func categoriesHaveTheirShares() {
        #expect(Placement.shares(category: "Watches").upperBound < Placement.shares(category: "sneakers").upperBound)
        #expect(Placement.shares(category: nil) == Placement.shares(category: "something new"))
    }
}

@Suite struct AdjustmentTests {
    private let picture = RasterImage(width: 3, height: 3, fill: RGBA(180, 120, 90, 200))

    private func adjusted(_ change: (inout Adjustment) -> Void) -> RGBA {
        var adjustment = Adjustment()
        change(&adjustment)
        return adjustment.apply(to: picture)[1, 1]
    }

    @Test func nothingAskedNothingChanged() {
        #expect(Adjustment.none.apply(to: picture) == picture)
    }

    @Test func eachDoesWhatItsNameSays() {
        #expect(adjusted { $0.brightness = 0.3 }.green > 120)
        #expect(adjusted { $0.contrast = 0.5 }.red > 180 && adjusted { $0.contrast = 0.5 }.blue < 90)
        let grey = adjusted { $0.saturation = -1 }
        #expect(grey.red == grey.green && grey.green == grey.blue)
        let warm = adjusted { $0.temperature = 1 }
        #expect(warm.red > 180 && warm.blue < 90 && warm.green == 120)
        #expect(warm.alpha == 200)
    }

    @Test func sharpeningRaisesAnEdgeAndLeavesAFlatPicture() {
        var sharpen = Adjustment()
        sharpen.sharpness = 1
        #expect(sharpen.apply(to: picture) == picture)
        var edge = RasterImage(width: 6, height: 1, fill: RGBA(80, 80, 80))
        for x in 3..<6 { edge[x, 0] = RGBA(160, 160, 160) }
        let result = sharpen.apply(to: edge)
        #expect(result[2, 0].red < 80 && result[3, 0].red > 160)
    }
}
