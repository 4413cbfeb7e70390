/// What makes a pixel of a working picture pass for background.
struct Likeness {
    /// The standard deviation of the noise, in 8-bit steps.
    private let grain: Float
    /// The steepest slope that still is background, in steps a pixel: soft shadows and falling light rise slowly, a product's outline does
    /// not.
    private let steepest: Float
    /// How far the channels of lit background may stray from its colour, in steps.
    private let litTint: Float

    /// How much light the background may have or lack where it is not just like its surface.
    private let light: ClosedRange<Float>

    /// How readily shaded background passes. Where a product has the background's colour in the shade, the readiest flood breaks into it
    /// through the faint parts of its outline; the more cautious ones leave its shadow to the product instead.
    enum Caution: CaseIterable {
        case none, some, high, extreme

        /// The share of the steepest slope that passes, and the light.
        fileprivate var limits: (slope: Float, light: ClosedRange<Float>) {
            switch self {
            case .none: (1, 0.3...1.25)
            case .some: (0.6, 0.6...1.15)
            case .high: (0.4, 0.85...1.08)
            case .extreme: (0.25, 0.95...1.04)
            }
        }
    }

    /// - Parameters:
    ///   - frameSlope: the slope that nearly all of the frame stays below.
    ///   - frameTint: the tint that nearly all of the frame stays below.
    init(grain: Float, frameSlope: Float, frameTint: Float, caution: Caution) {
        self.grain = grain
        steepest = min(7, max(3.5, 2 * frameSlope)) * caution.limits.slope
        light = caution.limits.light
        litTint = min(5, max(1.8, 0.8 + 1.3 * frameTint))
    }

    /// Pixels that the flood may enter: level ones that show the surface under more or less light, and those just like it.
    func open(_ smooth: ColourField, _ slopes: [Float], surface: ColourField) -> [Bool] {
        let tolerance = 3 + 3 * grain
        return slopes.indices.map { index in
            let colour = smooth.values[index]
            let background = surface.values[index]
            if BackgroundModel.distance(colour - background) <= tolerance { return true }
            return slopes[index] <= steepest && isSameSurface(colour, background, light: light)
        }
    }

    /// Pixels that differ from the surface by no more than noise.
    func tight(_ smooth: ColourField, surface: ColourField) -> [Bool] {
        let tolerance = 4 + 2 * grain
        return smooth.values.indices.map { BackgroundModel.distance(smooth.values[$0] - surface.values[$0]) <= tolerance }
    }

    /// Level pixels that show the surface with a trace of shadow, as seen through a handle. A deeper one could as well be a white label.
    func nearly(_ smooth: ColourField, _ slopes: [Float], surface: ColourField) -> [Bool] {
        slopes.indices.map { index in
            slopes[index] <= steepest && isSameSurface(smooth.values[index], surface.values[index], light: 0.92...1.04)
        }
    }

    /// Whether a colour can be the background's surface under another amount of light: then all channels change alike.
    func isSameSurface(_ colour: SIMD4<Float>, _ background: SIMD4<Float>, light: ClosedRange<Float>) -> Bool {
        guard let (ratio, tint) = Self.relation(colour, background) else { return false }
        // Shadows are lit by the room, which tints them the more the deeper they are; in the light there is no such reason.
        return light.contains(ratio) && tint <= min(10, litTint + 14 * max(0, 1 - ratio))
    }

    /// How much light a colour has for the background's surface, and how far its channels stray from that, in steps. Nil on black paper,
    /// where ratios mean nothing.
    static func relation(_ colour: SIMD4<Float>, _ background: SIMD4<Float>) -> (ratio: Float, tint: Float)? {
        let power = (background * background).sum()
        guard power > 3 * 24 * 24 else { return nil }
        let ratio = (colour * background).sum() / power
        return (ratio, BackgroundModel.distance(colour - background * ratio))
    }
}
