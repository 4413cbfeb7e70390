import Foundation
import Testing

@testable import Imaging

@Suite struct EnlargementTests {
    /// A disc, a slanting bar and a soft ramp, drawn fine and averaged down to `width` x `width`.
    private func scene(_ width: Int) -> RasterImage {
        var image = RasterImage(width: width, height: width, fill: .black)
        let samples = 4
        for y in 0..<width {
            for x in 0..<width {
                var sum = 0.0
                for v in 0..<samples {
                    for u in 0..<samples {
                        let px = (Double(x) + (Double(u) + 0.5) / Double(samples)) / Double(width)
                        let py = (Double(y) + (Double(v) + 0.5) / Double(samples)) / Double(width)
                        let disc = hypot(px - 0.35, py - 0.4) < 0.2
                        let bar = abs(py - 0.6 * px - 0.35) < 0.02
                        sum += disc ? 210 : bar ? 30 : 90 + 60 * px
                    }
                }
                let value = UInt8((sum / Double(samples * samples)).rounded())
                image[x, y] = RGBA(value, value, UInt8(min(255, Int(value) + 20)))
            }
        }
        return image
    }

    private func noiseRatio(_ image: RasterImage, _ truth: RasterImage) -> Double {
        var sum = 0.0
        for (a, b) in zip(image.pixels, truth.pixels) { sum += (Double(a) - Double(b)) * (Double(a) - Double(b)) }
        return 10 * log10(255 * 255 * Double(truth.pixels.count) / max(1e-9, sum))
    }

    @Test(arguments: [2, 4]) func edgesComeOutNearerToTheTruthThanByInterpolation(times: Int) {
        let truth = scene(256)
        let small = resized(truth, width: 256 / times, height: 256 / times)
        let plain = noiseRatio(resized(small, width: 256, height: 256), truth)
        let ours = noiseRatio(Enlargement.doubled(small, towards: 256, 256), truth)
        #expect(ours > plain + 1.5, "\(ours) dB, interpolated \(plain) dB")
    }

    @Test func nothingIsInvented() {
        let small = scene(64)
        let large = Enlargement.doubled(small, towards: 256, 256)
        var largest = 0
        for y in 0..<64 {
            for x in 0..<64 {
                var sum = 0
                for v in 0..<4 { for u in 0..<4 { sum += Int(large[x * 4 + u, y * 4 + v].red) } }
                largest = max(largest, abs(sum / 16 - Int(small[x, y].red)))
            }
        }
        #expect(largest <= 12, "made small again it is the same: \(largest)")
    }

    @Test func aGentleGradientShowsNoBands() {
        // One step every four pixels.
        var ramp = RasterImage(width: 64, height: 64, fill: .black)
        for y in 0..<64 { for x in 0..<64 { ramp[x, y] = RGBA(UInt8(100 + x / 4), 100, 100) } }
        let large = Enlargement.doubled(ramp, towards: 512, 512)
        // Column means rise all the way instead of standing still for 32 columns.
        func mean(_ x: Int) -> Double { (0..<512).reduce(0.0) { $0 + Double(large[x, $1].red) } / 512 }
        for x in stride(from: 100, to: 400, by: 8) {
            let rise = mean(x + 16) - mean(x)
            #expect(rise > 0.2 && rise < 0.8, "\(rise) at \(x)")
        }
    }

    @Test func aFlatPictureStaysFlat() {
        let large = Enlargement.doubled(RasterImage(width: 9, height: 5, fill: RGBA(77, 140, 200)), towards: 40, 40)
        #expect(large == RasterImage(width: 36, height: 20, fill: RGBA(77, 140, 200)))
    }

    @Test(arguments: [(1, 1), (1, 9), (7, 1), (3000, 2)]) func oddShapesAreTaken(width: Int, height: Int) {
        let large = Enlargement.doubled(RasterImage(width: width, height: height, fill: .white), towards: width * 5, height * 5)
        #expect(large.width % width == 0 && large.width / width == large.height / height)
        #expect(max(large.width, large.height) <= max(Enlargement.longestSide, max(width, height)))
    }

    @Test func aPictureThatIsLargeEnoughIsLeftAlone() {
        let image = scene(64)
        #expect(Enlargement.doubled(image, towards: 100, 100) == image)
    }
}
