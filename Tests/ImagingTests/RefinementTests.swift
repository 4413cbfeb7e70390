import Foundation
import Testing

@testable import Imaging

@Suite struct RefinementTests {
    /// A ring of 3 pixels around an opening, and a speck beside it.
    private var mask: Mask {
        var mask = Mask(width: 30, height: 20, fill: 0)
        for y in 5..<15 { for x in 5..<15 where !(8..<12).contains(x) || !(8..<12).contains(y) { mask[x, y] = 255 } }
        mask[25, 3] = 255
        return mask
    }

    private func refined(_ change: (inout MaskRefinement) -> Void) -> Mask {
        var refinement = MaskRefinement()
        change(&refinement)
        return refinement.apply(to: mask)
    }

    @Test func withoutAnyItStaysAsItIs() {
        #expect(MaskRefinement.none.apply(to: mask) == mask)
    }

    @Test func holesAreFilledAndTheOutsideIsNot() {
        let filled = refined { $0.fillsHoles = true }
        #expect(filled[10, 10] == 255 && filled[2, 2] == 0)
    }

    @Test func onlyTheLargestPartIsKept() {
        let kept = refined { $0.keepsLargest = true }
        #expect(kept[25, 3] == 0 && kept[6, 6] == 255 && kept[10, 10] == 0)
    }

    @Test func growingAndShrinkingMoveTheOutline() {
        #expect(refined { $0.grow = 2 }.bounds() == PixelRectangle(x: 3, y: 1, width: 25, height: 16))
        #expect(refined { $0.grow = -1 }.bounds() == PixelRectangle(x: 6, y: 6, width: 8, height: 8))
        #expect(refined { $0.grow = -1 }[25, 3] == 0)
    }

    @Test func featheringKeepsTheAmount() {
        let soft = refined { $0.feather = 1.5 }
        let before = mask.values.reduce(0) { $0 + Int($1) }
        let after = soft.values.reduce(0) { $0 + Int($1) }
        #expect(abs(before - after) < before / 50)
        #expect(soft[4, 10] > 0 && soft[4, 10] < 255)
    }

    @Test func aMaskSurvivesItsPicture() throws {
        let cutout = try Cutout.make(from: Photo(image: SyntheticPhoto(width: 120, height: 90).make().image))
        let file = try PNGCodec.encode(cutout.mask)
        #expect(Mask(of: try PNGCodec.decode(file).image) == cutout.mask)
    }

    @Test func aMaskFromElsewhereTakesTheOldBackgroundOutOfTheEdge() throws {
        let studio = SyntheticPhoto(width: 300, height: 220, backdrop: .flat(.white), colours: [RGBA(20, 20, 24)], blur: 3)
        let made = studio.make()
        let photo = Photo(image: made.image)
        let cutout = try Cutout.make(from: photo, mask: made.truth)
        #expect(cutout.method == .mask && cutout.mask == made.truth)
        var brightest: UInt16 = 0
        for colour in cutout.edgeColours.colours { brightest = max(brightest, colour.y) }
        #expect(cutout.edgeColours.indices.count > 300)
        #expect(brightest < 120 * 257, "white shines through: \(brightest / 257)")
    }

    @Test func aMaskOfTheSameShapeIsBroughtToSizeAndAnyOtherRefused() throws {
        let photo = Photo(image: RasterImage(width: 60, height: 40, fill: .white))
        #expect(try Cutout.make(from: photo, mask: Mask(width: 120, height: 80, fill: 255)).mask.width == 60)
        #expect(throws: CompositeError.maskSize(mask: "90 x 40", photo: "60 x 40")) {
            try Cutout.make(from: photo, mask: Mask(width: 90, height: 40, fill: 255))
        }
    }

    @Test func aMaskFileComesBackExactlyAndOneOfAnotherSizeIsRefusedByName() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("mask.png")
        var mask = Mask(width: 256, height: 3, fill: 0)
        for x in 0..<256 { mask[x, 1] = UInt8(x) }
        try PNGCodec.encode(mask).write(to: file)
        #expect(try Mask.load(file, width: 256, height: 3) == mask)
        #expect(throws: CutoutError.maskSize(file: "mask.png", mask: "256 x 3", photo: "128 x 3")) {
            try Mask.load(file, width: 128, height: 3)
        }
        #expect(throws: PictureError.self) { try Mask.load(folder.appendingPathComponent("none.png"), width: 1, height: 1) }
    }

    @Test(arguments: [(1, 1), (1, 30), (40, 1)]) func slimMasksAreRefined(width: Int, height: Int) {
        var refinement = MaskRefinement()
        (refinement.grow, refinement.feather, refinement.fillsHoles, refinement.keepsLargest) = (3, 2, true, true)
        #expect(refinement.apply(to: Mask(width: width, height: height, fill: 255)) == Mask(width: width, height: height, fill: 255))
        #expect(refinement.apply(to: Mask(width: width, height: height, fill: 0)) == Mask(width: width, height: height, fill: 0))
    }
}
