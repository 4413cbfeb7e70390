import Imaging

/// What a product's own pixels tell of light: from which side it comes, and what colour the product throws back onto its ground.
enum ProductLight {
    /// How far aside the centre of the light lies at least where a side is told, in half-widths.
    private static let least: Float = 0.03
    /// Parts of a row that are narrower are not looked at, in heights of the canvas: handles, laces, legs.
    private static let leastWidth: Float = 1.0 / 32

    /// From which side it is lit: what bulges is brighter towards the light. 1 is the right, -1 the left; nil where neither is told.
    ///
    /// In each row of each of its parts the centre of the light is compared with the part's middle; labels and colours on one side
    /// only move it less than light from a side does. Of 602 training scenes whose words say that light comes from the left or the right,
    /// two thirds lie beyond ``least``, of those 98 % on the right side; by them it was chosen.
    ///
    /// - Parameters:
    ///   - canvas: shows the product
    ///   - productMask: 255 = product; as large as the canvas
    static func side(_ canvas: RasterImage, productMask: Mask) -> Float? {
        let narrowest = max(Int(leastWidth * Float(productMask.height)), 3)
        var (moment, sum) = (Float(0), Float(0))
        for row in 0..<productMask.height {
            let start = row * productMask.width
            let parts = ProductSolid.ranges(0..<productMask.width, closing: 1) { productMask.values[start + $0] >= 230 }
            for part in parts where part.count >= narrowest {
                let (middle, half) = (Float(part.lowerBound + part.upperBound) / 2, Float(part.count) / 2)
                for place in part {
                    let light = colour(canvas, start + place).sum()
                    moment += light * (Float(place) + 0.5 - middle) / half
                    sum += light
                }
            }
        }
        let aside = moment / max(sum, 1)
        return abs(aside) < least ? nil : aside < 0 ? -1 : 1
    }

    /// The colour of its lowest third as a factor, 1 on the mean of the channels: what light becomes that it throws onto its ground. 1 without a product.
    static func tone(_ canvas: RasterImage, productMask: Mask) -> SIMD3<Float> {
        guard let solid = ProductSolid(productMask) else { return SIMD3(repeating: 1) }
        let (top, base) = (Int(solid.top * Float(productMask.height)), Int(solid.base * Float(productMask.height)))
        var sum = SIMD3<Float>.zero
        for pixel in (base - (base - top) / 3) * productMask.width..<base * productMask.width where productMask.values[pixel] >= 230 {
            sum += colour(canvas, pixel)
        }
        return (sum + 1) / ((sum + 1).sum() / 3)
    }

    private static func colour(_ canvas: RasterImage, _ pixel: Int) -> SIMD3<Float> {
        SIMD3(Float(canvas.pixels[4 * pixel]), Float(canvas.pixels[4 * pixel + 1]), Float(canvas.pixels[4 * pixel + 2]))
    }
}

extension SceneLayout {
    /// The same scene, lit from the side that its product is lit from, unless the words name one.
    ///
    /// - Parameter side: 1 is the right, -1 the left, nil neither
    func lit(likeProductFrom side: Float?, prompt: String) -> SceneLayout {
        guard let side, !LayoutWords(prompt).namesLight else { return self }
        var result = self
        result.light.azimuth = abs(light.azimuth) * side
        return result
    }
}
