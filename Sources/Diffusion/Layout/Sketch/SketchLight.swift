import Foundation
import Imaging

/// Takes broad light and colour from what a model painted over a sketch, and what is finer from the sketch.
///
/// What a small model paints finer than a few latent cells is mostly noise that it could not take away; the sketch knows what is there. And
/// a cell that the product's edge runs through has one colour for both sides, so beside the product only cells further out are asked.
enum SketchLight {
    /// Added to both sides of a ratio, in levels of 255: what is almost black has no colour to speak of.
    private static let floor: Float = 6
    /// How much of the model's colour counts beside its light, 0...1: the words' colours are in the sketch, and what the model adds to
    /// them leans to the beige that its scenes have on the mean.
    private static let chroma: Float = 0.2
    /// How much a place counts that a prop covers.
    private static let leastShare: Float = 0.02
    /// Places of the grid, on which ratios are blurred, in a latent cell.
    private static let density = 2

    /// - Parameters:
    ///   - productMask: 255 = product; as large as the picture
    ///   - props: 255 = something small whose colour a latent cell mixes with its surroundings'; as large as the picture, nil without any
    ///   - sketch: the scene without the product but with its shadow, as large as the picture
    ///   - cell: pixels that a latent cell is wide
    ///   - spread: standard deviation of the blur that is broad light, in latent cells
    /// - Returns: a picture without the product
    static func applied(
        _ picture: RasterImage, to sketch: RasterImage, productMask: Mask, props: Mask? = nil, cell: Int, spread: Float
    ) -> RasterImage {
        let step = max(cell / density, 1)
        var refinement = MaskRefinement()
        refinement.grow = 3 * cell / 4
        let touched = refinement.apply(to: productMask)
        var grid = Grid(width: (picture.width + step - 1) / step, height: (picture.height + step - 1) / step)
        for y in 0..<picture.height {
            for x in 0..<picture.width where touched.values[y * picture.width + x] < 128 {
                let index = y * picture.width + x
                let ratio = (colour(picture, index) + floor) / (colour(sketch, index) + floor)
                // Props are asked where there is nothing else far and wide.
                let share = max(1 - Float(props?.values[index] ?? 0) / 255, leastShare)
                grid.values[(y / step) * grid.width + x / step] += SIMD4(log(ratio.x), log(ratio.y), log(ratio.z), 1) * share
            }
        }
        grid.blur(deviation: spread * Float(density))
        var result = sketch
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                let index = y * picture.width + x
                var light = grid.value(across: (Float(x) + 0.5) / Float(step), down: (Float(y) + 0.5) / Float(step))
                light = chroma * light + (1 - chroma) * (light.sum() / 3)
                let ratio = SIMD3(exp(light.x), exp(light.y), exp(light.z))
                let lit = ((colour(sketch, index) + floor) * ratio - floor).clamped(lowerBound: .zero, upperBound: SIMD3(repeating: 255))
                for channel in 0..<3 { result.pixels[index * 4 + channel] = UInt8(lit[channel].rounded()) }
            }
        }
        return result
    }

    private static func colour(_ picture: RasterImage, _ index: Int) -> SIMD3<Float> {
        SIMD3(Float(picture.pixels[index * 4]), Float(picture.pixels[index * 4 + 1]), Float(picture.pixels[index * 4 + 2]))
    }

    /// Sums of logarithms of ratios, and how many they are.
    private struct Grid {
        let width: Int
        let height: Int
        var values: [SIMD4<Float>]

        init(width: Int, height: Int) {
            (self.width, self.height) = (width, height)
            values = Array(repeating: .zero, count: width * height)
        }

        /// Sums over a Gaussian window, so that places without any number take those around.
        mutating func blur(deviation: Float) {
            let radius = Int((3 * deviation).rounded(.up))
            let window = (-radius...radius).map { exp(-Float($0 * $0) / (2 * deviation * deviation)) }
            for (stride, count, lines, lineStride) in [(1, width, height, width), (width, height, width, 1)] {
                for line in 0..<lines {
                    let first = line * lineStride
                    let before = (0..<count).map { values[first + $0 * stride] }
                    for place in 0..<count {
                        var sum = SIMD4<Float>.zero
                        for other in max(place - radius, 0)...min(place + radius, count - 1) {
                            sum += before[other] * window[other - place + radius]
                        }
                        values[first + place * stride] = sum
                    }
                }
            }
        }

        /// The mean at a place in steps of the grid, bilinear; zero where there are no numbers far and wide.
        func value(across: Float, down: Float) -> SIMD3<Float> {
            let (x, y) = (min(max(across - 0.5, 0), Float(width - 1)), min(max(down - 0.5, 0), Float(height - 1)))
            let (column, row) = (min(Int(x), width - 1), min(Int(y), height - 1))
            let (right, below) = (min(column + 1, width - 1), min(row + 1, height - 1))
            let (u, v) = (x - Float(column), y - Float(row))
            let top = values[row * width + column] * (1 - u) + values[row * width + right] * u
            let bottom = values[below * width + column] * (1 - u) + values[below * width + right] * u
            let sum = top * (1 - v) + bottom * v
            return sum.w > 0 ? SIMD3(sum.x, sum.y, sum.z) / sum.w : .zero
        }
    }
}
