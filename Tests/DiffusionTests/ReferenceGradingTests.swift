import Imaging
import Testing

@testable import Diffusion

@Suite("The mood of a reference")
struct ReferenceGradingTests {
    /// Stripes around a colour.
    private func stripes(_ colour: SIMD3<Int>, _ contrast: Int) -> RasterImage {
        var picture = RasterImage(width: 64, height: 64, fill: .black)
        for pixel in 0..<64 * 64 {
            for channel in 0..<3 { picture.pixels[pixel * 4 + channel] = UInt8(colour[channel] + (pixel % 8 < 4 ? contrast : -contrast)) }
        }
        return picture
    }

    private func mean(_ picture: RasterImage, _ columns: Range<Int>) -> SIMD3<Float> {
        var sum = SIMD3<Float>.zero
        for y in 0..<64 {
            for x in columns {
                for channel in 0..<3 { sum[channel] += Float(picture.pixels[(y * 64 + x) * 4 + channel]) }
            }
        }
        return sum / Float(64 * columns.count)
    }

    private func spread(_ picture: RasterImage) -> Int { Int(picture.pixels[0]) - Int(picture.pixels[4 * 4]) }

    @Test("A background takes a reference's mean colour and, within bounds, its contrast; nothing at strength 0; half way at a half")
    func grading() {
        let nothing = Mask(width: 64, height: 64, fill: 0)
        let background = stripes(SIMD3(120, 120, 120), 20)
        func graded(_ reference: RasterImage, _ strength: Float) -> RasterImage {
            ReferenceGrading(reference, strength: strength).applied(to: background, productMask: nothing)
        }
        let warm = graded(stripes(SIMD3(190, 140, 90), 25), 1)
        let colour = mean(warm, 0..<64)
        #expect(abs(colour.x - 190) < 2 && abs(colour.y - 140) < 2 && abs(colour.z - 90) < 2, "\(colour)")
        #expect((46...54).contains(spread(warm)), "\(spread(warm))")
        #expect((22...28).contains(spread(graded(stripes(SIMD3(120, 120, 120), 1), 1))), "no flatter than to 0.6")
        #expect((57...63).contains(spread(graded(stripes(SIMD3(120, 120, 120), 90), 1))), "no stronger than by 1.5")
        let half = mean(graded(stripes(SIMD3(190, 140, 90), 20), 0.5), 0..<64)
        #expect(abs(half.x - 155) < 2 && abs(half.z - 105) < 2, "\(half)")
        #expect(graded(stripes(SIMD3(190, 140, 90), 20), 0) == background)
    }

    @Test("The place of the product does not count, of whatever size the mask is")
    func product() {
        var background = stripes(SIMD3(100, 100, 100), 10)
        var mask = Mask(width: 128, height: 128, fill: 0)
        for y in 0..<64 {
            for x in 32..<64 {
                for channel in 0..<3 { background.pixels[(y * 64 + x) * 4 + channel] = 255 }
                for place in [(2 * y) * 128 + 2 * x, (2 * y) * 128 + 2 * x + 1, (2 * y + 1) * 128 + 2 * x, (2 * y + 1) * 128 + 2 * x + 1] {
                    mask.values[place] = 255
                }
            }
        }
        let graded = ReferenceGrading(stripes(SIMD3(150, 150, 150), 10), strength: 1).applied(to: background, productMask: mask)
        #expect(abs(mean(graded, 0..<30).x - 150) < 3)
        let everything = Mask(width: 64, height: 64, fill: 255)
        let kept = ReferenceGrading(stripes(SIMD3(150, 150, 150), 10), strength: 1).applied(to: background, productMask: everything)
        #expect(kept.pixels.count == background.pixels.count)
    }
}
