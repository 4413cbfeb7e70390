import Foundation
import Testing

@testable import Imaging

@Suite struct DistanceTests {
    /// A made-up backdrop: a wall, a floor and a light, by number.
    private func scene(_ seed: Int, change: (inout RasterImage) -> Void = { _ in }) -> RasterImage {
        var image = RasterImage(width: 96, height: 96, fill: .midGrey)
        var state = UInt64(seed &* 7919 &+ 13)
        func random(_ range: Range<Int>) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return range.lowerBound + Int(state >> 33) % range.count
        }
        let (wall, floor, horizon, lamp) = (random(90..<200), random(60..<170), random(45..<75), random(0..<96))
        for y in 0..<96 {
            for x in 0..<96 {
                let base = (y < horizon ? wall : floor) + (96 - abs(x - lamp)) / 4 + random(0..<12)
                let value = UInt8(min(255, max(0, base)))
                image[x, y] = RGBA(value, UInt8(Int(value) * 15 / 16), UInt8(Int(value) * 7 / 8))
            }
        }
        change(&image)
        return image
    }

    private func set(_ seeds: Range<Int>, change: (inout RasterImage) -> Void = { _ in }) -> [PictureStatistics] {
        seeds.map { PictureStatistics(scene($0, change: change)) }
    }

    private func softened(_ image: inout RasterImage) {
        image = resized(resized(image, width: 16, height: 16), width: 96, height: 96)
    }

    private func dimBlue(_ image: inout RasterImage, toTenths tenths: Int) {
        for index in stride(from: 2, to: image.pixels.count, by: 4) { image.pixels[index] = UInt8(Int(image.pixels[index]) * tenths / 10) }
    }

    @Test func degradedCopiesLieFartherThanTheFloorInTheOrderOfTheirDamage() throws {
        let real = set(0..<24)
        let floor = try SetDistance(real, set(24..<48))
        let tinted = try SetDistance(real, set(24..<48) { dimBlue(&$0, toTenths: 8) })
        let spoilt = try SetDistance(
            real,
            set(24..<48) {
                softened(&$0)
                dimBlue(&$0, toTenths: 4)
            })
        #expect(tinted.frechet > floor.frechet && spoilt.frechet > tinted.frechet * 1.5)
        #expect(tinted.kernel > floor.kernel && spoilt.kernel > tinted.kernel * 1.5)
        #expect(abs(floor.kernel) < tinted.kernel / 2, "sets of one kind are about 0 apart: \(floor.kernel)")
        let soft = try SetDistance(real, set(24..<48, change: softened))
        #expect(soft.frechet > floor.frechet * 1.5, "blur shows: \(soft.frechet) against \(floor.frechet)")
    }

    @Test func aSetIsNoDistanceFromItself() throws {
        let real = set(0..<8)
        #expect(try SetDistance(real, real).frechet < 1e-6)
    }

    @Test func oneDimensionHasTheTextbooksDistance() throws {
        // Means 0 and 3, variances 1 and 4 (n - 1): 9 + 1 + 4 - 2 sqrt(1 * 4).
        let first = SetDistance.Moments([[-1], [0], [1]])
        let second = SetDistance.Moments([[1], [3], [5]])
        #expect(abs(first.covariance[0, 0] - 1) < 1e-12 && abs(second.covariance[0, 0] - 4) < 1e-12)
        let product = second.covariance.between(first.covariance.squareRoot())
        #expect(abs(product.eigenvalues()[0] - 4) < 1e-9)
    }

    @Test func rootsOfAMatrixMultiplyBackToIt() {
        var matrix = SymmetricMatrix(size: 3)
        let entries = [(0, 0, 4.0), (1, 0, 1.0), (1, 1, 3.0), (2, 0, 0.5), (2, 1, -0.7), (2, 2, 2.0)]
        for (row, column, value) in entries { matrix[row, column] = value }
        var unit = SymmetricMatrix(size: 3)
        for index in 0..<3 { unit[index, index] = 1 }
        let square = unit.between(matrix.squareRoot())
        for row in 0..<3 { for column in 0..<3 { #expect(abs(square[row, column] - matrix[row, column]) < 1e-9) } }
        #expect(abs(matrix.eigenvalues().reduce(0, +) - matrix.trace) < 1e-9)
    }

    @Test(arguments: [0, 1, 7]) func aFewPicturesAreNoSet(count: Int) {
        #expect(throws: PictureComparisonError.tooFew(set: "The second set", count: count)) {
            try SetDistance(set(0..<8), set(8..<(8 + count)))
        }
    }

    @Test func equalPicturesAreAlikeAndASingleStepHasItsKnownRatio() throws {
        let image = scene(1)
        let same = try PictureLikeness(image, truth: image)
        #expect(same.psnr == nil && abs(same.ssim - 1) < 1e-4)
        var brighter = image
        for index in brighter.pixels.indices where index % 4 != 3 { brighter.pixels[index] = image.pixels[index] &+ 1 }
        // One step everywhere: 20 log10(255).
        let psnr = try PictureLikeness(brighter, truth: image).psnr
        #expect(abs((psnr ?? 0) - 48.1308) < 1e-3)
    }

    @Test func structureFallsWithBlurAndNegatives() throws {
        let image = scene(2)
        var blurred = image
        softened(&blurred)
        var negative = image
        for index in negative.pixels.indices where index % 4 != 3 { negative.pixels[index] = 255 - image.pixels[index] }
        let (soft, inverse) = (try PictureLikeness(blurred, truth: image).ssim, try PictureLikeness(negative, truth: image).ssim)
        #expect(soft < 0.9 && inverse < soft - 0.1)
    }

    @Test func picturesOfTwoSizesAreRefused() {
        #expect(throws: PictureComparisonError.sizes(first: "96 x 96", second: "8 x 9")) {
            try PictureLikeness(scene(1), truth: RasterImage(width: 8, height: 9))
        }
    }
}
