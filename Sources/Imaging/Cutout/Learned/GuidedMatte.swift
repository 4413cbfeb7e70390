/// A coarse guess of coverage, bent to the edges of the picture: near every pixel coverage is taken as linear in the picture's colour (He,
/// Sun and Tang, "Guided Image Filtering", ECCV 2010, with a colour guide), which for a sharp edge between two colours is what matting
/// finds too. Found on a small working picture, the relation holds at the photo's own resolution ("Fast Guided Filter", 2015).
struct GuidedMatte {
    /// Red's, green's and blue's weight and the constant, for colours of 0...1, at every working pixel.
    private let weights: ColourField

    /// The side of the windows is twice this and one, in working pixels: the network sees 320 pixels, so its edges lie a few off.
    private static let radius = 6
    /// The variance below which a window counts as flat, for colours of 0...1.
    private static let flatness: Float = 1e-4

    /// - Parameters:
    ///   - picture: the working picture, 0...255.
    ///   - guess: as large, 0...1.
    init(_ picture: ColourField, guess: Plane) {
        let (width, height) = (picture.width, picture.height)
        let colours = picture.values.map { $0 / 255 }
        func mean(_ value: (Int) -> SIMD4<Float>) -> [SIMD4<Float>] {
            Self.boxed((0..<(width * height)).map(value), width, height, radius: Self.radius)
        }
        let means = mean { SIMD4(colours[$0].x, colours[$0].y, colours[$0].z, guess.values[$0]) }
        let withGuess = mean { colours[$0] * guess.values[$0] }
        let withRed = mean { colours[$0] * colours[$0].x }
        // green green, green blue, blue blue
        let rest = mean { SIMD4(colours[$0].y * colours[$0].y, colours[$0].y * colours[$0].z, colours[$0].z * colours[$0].z, 0) }
        let raw = (0..<(width * height)).map { index -> SIMD4<Float> in
            let m = means[index]
            let e = Self.flatness
            let (rr, rg, rb) = (withRed[index].x - m.x * m.x + e, withRed[index].y - m.x * m.y, withRed[index].z - m.x * m.z)
            let (gg, gb, bb) = (rest[index].x - m.y * m.y + e, rest[index].y - m.y * m.z, rest[index].z - m.z * m.z + e)
            let covariance = SIMD3(withGuess[index].x, withGuess[index].y, withGuess[index].z) - SIMD3(m.x, m.y, m.z) * m.w
            // The inverse of a symmetric matrix by its cofactors.
            let (c0, c1, c2) = (gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb)
            let determinant = rr * c0 + rg * c1 + rb * c2
            guard determinant > 0 else { return SIMD4(0, 0, 0, m.w) }
            let a =
                SIMD3(
                    c0 * covariance.x + c1 * covariance.y + c2 * covariance.z,
                    c1 * covariance.x + (rr * bb - rb * rb) * covariance.y + (rg * rb - rr * gb) * covariance.z,
                    c2 * covariance.x + (rg * rb - rr * gb) * covariance.y + (rr * gg - rg * rg) * covariance.z) / determinant
            return SIMD4(a.x, a.y, a.z, m.w - (a * SIMD3(m.x, m.y, m.z)).sum())
        }
        weights = ColourField(width: width, height: height, values: Self.boxed(raw, width, height, radius: Self.radius))
    }

    /// The coverage 0...1 of a colour (0...1) at a place of the working picture, given as pixel-centre coordinates.
    func coverage(_ colour: SIMD4<Float>, x: Float, y: Float) -> Float {
        let weight = ColourField.sample(weights.values, weights.width, weights.height, x: x, y: y)
        return weight.x * colour.x + weight.y * colour.y + weight.z * colour.z + weight.w
    }

    /// The coverage 0...1 of every pixel of the working picture.
    func coverage(of picture: ColourField) -> Plane {
        var result = Plane(width: picture.width, height: picture.height)
        for index in result.values.indices {
            let (weight, colour) = (weights.values[index], picture.values[index] / 255)
            result.values[index] = min(1, max(0, weight.x * colour.x + weight.y * colour.y + weight.z * colour.z + weight.w))
        }
        return result
    }

    /// Means over square windows, smaller at the frame.
    private static func boxed(_ values: [SIMD4<Float>], _ width: Int, _ height: Int, radius: Int) -> [SIMD4<Float>] {
        lined(
            lined(values, length: width, step: 1, lines: height, lineStep: width, radius), length: height, step: width, lines: width,
            lineStep: 1, radius)
    }

    private static func lined(
        _ values: [SIMD4<Float>], length: Int, step: Int, lines: Int, lineStep: Int, _ radius: Int
    ) -> [SIMD4<Float>] {
        var result = values
        values.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { buffer in
                let target = SharedPixels(buffer)
                let source = SharedPixels(UnsafeMutableBufferPointer(mutating: source))
                parallel(lines) { line in
                    let start = line * lineStep
                    var sum = SIMD4<Float>.zero
                    for position in 0..<min(radius, length) { sum += source[start + position * step] }
                    for position in 0..<length {
                        if position + radius < length { sum += source[start + (position + radius) * step] }
                        if position > radius { sum -= source[start + (position - radius - 1) * step] }
                        let count = min(length - 1, position + radius) - max(0, position - radius) + 1
                        target[start + position * step] = sum / Float(count)
                    }
                }
            }
        }
        return result
    }
}
