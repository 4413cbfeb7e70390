import Foundation
import Imaging

/// Takes what shines through of the product out of the background beside it.
///
/// A latent cell that the product's edge runs through has one colour for both sides, so the product's spreads a few pixels into the
/// decoded background. Those pixels are painted like the sketch, in the proportion that the background a little further out has to it.
enum ProductEdge {
    /// - Parameters:
    ///   - productMask: 255 = product; as large as the picture
    ///   - sketch: the scene without the product but with its shadow, as large as the picture
    ///   - cell: pixels that a latent cell is wide
    static func cleaned(_ picture: RasterImage, productMask: Mask, sketch: RasterImage, cell: Int) -> RasterImage {
        let reach = 3 * cell / 4
        let fade = cell / 2
        let distance = distances(productMask, upTo: reach + fade + 1)
        let radius = 2 * cell + cell / 2
        let falloff = (-radius...radius).map { exp(-Float($0 * $0) / Float(2 * cell * cell)) }
        var result = picture
        let (width, height) = (picture.width, picture.height)
        for y in 0..<height {
            for x in 0..<width where distance[y * width + x] > -cell / 2 && distance[y * width + x] <= reach + fade {
                var (painted, sketched) = (SIMD3<Float>.zero, SIMD3<Float>.zero)
                for row in max(y - radius, 0)...min(y + radius, height - 1) {
                    for column in max(x - radius, 0)...min(x + radius, width - 1) where distance[row * width + column] > reach {
                        let weight = falloff[row - y + radius] * falloff[column - x + radius]
                        painted += colour(picture, row * width + column) * weight
                        sketched += colour(sketch, row * width + column) * weight
                    }
                }
                guard sketched.min() > 1e-4 else { continue }
                let factor = (painted / sketched).clamped(lowerBound: SIMD3(repeating: 0.5), upperBound: SIMD3(repeating: 2))
                let filled = (colour(sketch, y * width + x) * factor - 1).clamped(lowerBound: .zero, upperBound: SIMD3(repeating: 255))
                let share = min(Float(reach + fade + 1 - distance[y * width + x]) / Float(fade + 1), 1)
                let blended = filled * share + (colour(picture, y * width + x) - 1) * (1 - share)
                for channel in 0..<3 { result.pixels[(y * width + x) * 4 + channel] = UInt8(blended[channel].rounded()) }
            }
        }
        return result
    }

    /// One level above black, so that there is always a proportion.
    private static func colour(_ picture: RasterImage, _ index: Int) -> SIMD3<Float> {
        SIMD3(Float(picture.pixels[index * 4]), Float(picture.pixels[index * 4 + 1]), Float(picture.pixels[index * 4 + 2])) + 1
    }

    /// Steps from each pixel to the product's edge, sideways, upright or aslant: positive outside, 0 and below inside; cut off at `limit`.
    private static func distances(_ mask: Mask, upTo limit: Int) -> [Int] {
        let (width, height) = (mask.width, mask.height)
        func spread(from isSource: (UInt8) -> Bool) -> [Int] {
            var steps = mask.values.map { isSource($0) ? 0 : limit }
            func relax(_ index: Int, _ x: Int, _ neighbours: [(dx: Int, step: Int)]) {
                for neighbour in neighbours where (0..<width).contains(x + neighbour.dx) {
                    let other = index + neighbour.step
                    if steps.indices.contains(other) { steps[index] = min(steps[index], steps[other] + 1) }
                }
            }
            for index in 0..<width * height { relax(index, index % width, [(-1, -1), (-1, -width - 1), (0, -width), (1, 1 - width)]) }
            for index in (0..<width * height).reversed() {
                relax(index, index % width, [(1, 1), (1, width + 1), (0, width), (-1, width - 1)])
            }
            return steps
        }
        let outside = spread { $0 >= 128 }
        let inside = spread { $0 < 128 }
        return zip(outside, inside).map { $0 > 0 ? $0 : 1 - $1 }
    }
}
