import Imaging

/// Gives a background the mood of a reference picture: its mean colour and how far light and colours spread around it, at its sides, where
/// its product is not.
///
/// Means and deviations along three axes that hardly correlate in pictures of the world are carried over (Reinhard, Ashikhmin, Gooch and
/// Shirley, "Color transfer between images", 2001; axes after Ruderman, Cronin and Chiao, 1998), on sRGB values, whose curve stands in
/// for the logarithm.
struct ReferenceGrading {
    private typealias Statistics = (mean: SIMD3<Float>, deviation: SIMD3<Float>)

    /// A background is not stretched or flattened beyond these factors: a reference of one colour would leave nothing of it.
    private static let factors: ClosedRange<Float> = 0.6...1.5
    /// Of the longer side that statistics are taken at.
    private static let side = 128

    private let reference: Statistics
    private let strength: Float

    /// - Parameter strength: 0 leaves a background as it is, 1 carries everything over
    init(_ reference: RasterImage, strength: Float) {
        self.reference = Self.statistics(reference, without: ReferenceScene.middle)
        self.strength = strength
    }

    /// - Parameter productMask: 255 = product, which does not count; of the background's shape, of any size
    func applied(to background: RasterImage, productMask: Mask) -> RasterImage {
        let own = Self.statistics(background, without: productMask)
        let factor = (reference.deviation / (own.deviation + 1)).clamped(
            lowerBound: SIMD3(repeating: Self.factors.lowerBound), upperBound: SIMD3(repeating: Self.factors.upperBound))
        let (mean, stretch) = (own.mean + (reference.mean - own.mean) * strength, 1 + (factor - 1) * strength)
        var result = background
        for start in stride(from: 0, to: result.pixels.count, by: 4) {
            let colour = Self.colour(mean + (Self.axes(result.pixels, start) - own.mean) * stretch)
            for channel in 0..<3 { result.pixels[start + channel] = UInt8(min(max(colour[channel], 0), 255).rounded()) }
        }
        return result
    }

    private static func statistics(_ picture: RasterImage, without mask: Mask) -> Statistics {
        let share = Float(side) / Float(max(picture.width, picture.height, 1))
        let small = resized(picture, width: max(Int(Float(picture.width) * share), 1), height: max(Int(Float(picture.height) * share), 1))
        var (sum, squares, count) = (SIMD3<Float>.zero, SIMD3<Float>.zero, Float(0))
        for y in 0..<small.height {
            for x in 0..<small.width {
                if mask.values[y * mask.height / small.height * mask.width + x * mask.width / small.width] >= 128 { continue }
                let value = axes(small.pixels, (y * small.width + x) * 4)
                (sum, squares, count) = (sum + value, squares + value * value, count + 1)
            }
        }
        guard count > 0 else { return (.zero, .zero) }
        let mean = sum / count
        return (mean, (squares / count - mean * mean).clamped(lowerBound: .zero, upperBound: SIMD3(repeating: .infinity)).squareRoot())
    }

    /// Light, yellow against blue, red against green: orthonormal.
    private static func axes(_ pixels: [UInt8], _ start: Int) -> SIMD3<Float> {
        let (red, green, blue) = (Float(pixels[start]), Float(pixels[start + 1]), Float(pixels[start + 2]))
        return SIMD3((red + green + blue) * 0.57735, (red + green - 2 * blue) * 0.40825, (red - green) * 0.70711)
    }

    private static func colour(_ value: SIMD3<Float>) -> SIMD3<Float> {
        let (light, yellow, red) = (value.x * 0.57735, value.y * 0.40825, value.z * 0.70711)
        return SIMD3(light + yellow + red, light + yellow - red, light - 2 * yellow)
    }
}
