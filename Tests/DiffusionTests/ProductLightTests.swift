import Foundation
import Imaging
import Testing

@testable import Diffusion

@Suite("From which side a product is lit")
struct ProductLightTests {
    private let side = 96

    /// Upright cylinders, each of a middle, a half-width and a colour, in a light from an azimuth; what is not product is grey.
    private func picture(
        _ cylinders: [(middle: Float, half: Float, colour: SIMD3<Float>)], azimuth: Float, label: (SIMD3<Float>, ClosedRange<Float>)? = nil
    ) -> (RasterImage, Mask) {
        var picture = RasterImage(width: side, height: side, fill: .midGrey)
        var mask = Mask(width: side, height: side, fill: 0)
        for y in 20..<80 {
            for x in 0..<side {
                guard let (middle, half, own) = cylinders.first(where: { abs(Float(x) + 0.5 - $0.middle) < $0.half }) else { continue }
                let aside = (Float(x) + 0.5 - middle) / half
                let colour = label.flatMap { $0.1.contains(aside) && (35..<65).contains(y) ? $0.0 : nil } ?? own
                // Lambert's cosine, and half as much from all around.
                let lit = 0.35 + 0.65 * max(cos(asin(aside) - azimuth), 0)
                for channel in 0..<3 { picture.pixels[(y * side + x) * 4 + channel] = UInt8(colour[channel] * lit) }
                mask.values[y * side + x] = 255
            }
        }
        return (picture, mask)
    }

    private let white = SIMD3<Float>(repeating: 230)

    @Test("A bottle is lit from where it is brighter, whatever its colour; from neither side by light from the front", arguments: [1, -1])
    func sides(_ side: Float) {
        for colour in [white, [30, 28, 40], [200, 40, 30]] {
            let (picture, mask) = picture([(48, 15, colour)], azimuth: side)
            #expect(ProductLight.side(picture, productMask: mask) == side)
        }
        let (picture, mask) = picture([(48, 15, white)], azimuth: 0)
        #expect(ProductLight.side(picture, productMask: mask) == nil)
    }

    @Test("A dark thing to the right of a white one does not make the light come from the left")
    func pairs() {
        for azimuth in [Float(0), 1] {
            let (picture, mask) = picture([(30, 12, white), (66, 12, [40, 40, 40])], azimuth: azimuth)
            #expect(ProductLight.side(picture, productMask: mask) == (azimuth > 0 ? 1 : nil))
        }
    }

    @Test("A dark label on the lit side does not outweigh the light; nothing is told of no product")
    func labels() {
        let (picture, mask) = picture([(48, 20, white)], azimuth: 1.1, label: ([120, 110, 100], 0.2...0.7))
        #expect(ProductLight.side(picture, productMask: mask) == 1)
        #expect(ProductLight.side(picture, productMask: Mask(width: side, height: side, fill: 0)) == nil)
    }

    @Test("The scene is lit from the product's side, by every seed, unless the words name another, or the designer does")
    func scenes() throws {
        for (words, expected) in [
            ("on a white table, hard sunlight", 1), ("on a white table, window light from the left", -1), ("白いテーブル、左からの窓の光", -1),
        ] as [(String, Float)] {
            for seed in 1...6 {
                let made = try #require(SceneLayout.make(.auto, prompt: words, seed: UInt64(seed)))
                let lit = made.lit(likeProductFrom: 1, prompt: words)
                #expect(lit.light.azimuth * expected > 0 && abs(lit.light.azimuth) == abs(made.light.azimuth))
                #expect(made.lit(likeProductFrom: nil, prompt: words) == made)
                let byHand = SceneArrangement(light: .left).applied(to: lit, productMask: Mask(width: 8, height: 8, fill: 255))
                #expect(byHand.light.azimuth < 0)
            }
        }
        let backlit = try #require(SceneLayout.make(.auto, prompt: "on a table, backlit", seed: 2))
        #expect(backlit.lit(likeProductFrom: -backlit.light.azimuth, prompt: "on a table, backlit") == backlit)
    }

    @Test("The ground at the foot of a yellow product is yellower, that further away is not")
    func thrownBack() {
        let (picture, mask) = picture([(48, 15, [240, 200, 40])], azimuth: 0)
        let tone = ProductLight.tone(picture, productMask: mask)
        #expect(abs(tone.sum() - 3) < 1e-3 && tone.x > tone.y && tone.z < 0.4)
        let layout = SceneLayout(horizon: 0, groundEnd: 0.3, backdrop: 0.3, light: .init(azimuth: 1, elevation: 0.9))
        func painted(_ tone: SIMD3<Float>) -> RasterImage {
            SceneSketch(
                layout, SceneColours(ground: white, backdrop: white), clauses: PromptClauses(""), seed: 1, productMask: mask,
                productTone: tone
            ).shaded(width: side, height: side)
        }
        let (grey, yellow) = (painted(SIMD3(repeating: 1)), painted(tone))
        func blueShare(_ picture: RasterImage, _ x: Int, _ y: Int) -> Double {
            let pixel = (y * side + x) * 4
            return Double(picture.pixels[pixel + 2]) / (Double(picture.pixels[pixel]) + 1)
        }
        #expect(blueShare(yellow, 48, 83) < 0.95 * blueShare(grey, 48, 83))
        #expect(blueShare(yellow, 4, 92) == blueShare(grey, 4, 92))
        #expect(ProductLight.tone(picture, productMask: Mask(width: side, height: side, fill: 0)) == SIMD3(repeating: 1))
    }
}
