/// A product mirrored in a glossy floor: upside down below its foot, fading with the distance and softer the farther it comes from.
struct Reflection: Sendable {
    let product: RasterImage
    let footprint: Footprint

    /// How far down a reflection is seen, as a share of the product's height.
    private static let reach: Float = 0.45

    /// For each pixel of the small canvas the colour that is added (0...255, premultiplied) and in lane w the share of the floor it hides.
    ///
    /// - Parameter strength: 0...1; the mirror of a polished floor shows about a third of the light (Fresnel, at a low angle).
    func values(strength: Float) -> [SIMD4<Float>] {
        let (width, height) = (product.width, product.height)
        let length = max(1, Float(footprint.bounds.height) * Self.reach)
        var result = [SIMD4<Float>](repeating: .zero, count: width * height)
        for (x, row) in footprint.contact.enumerated() {
            guard let row else { continue }
            for y in (row + 1)..<max(row + 1, height) {
                let distance = y - row
                guard Float(distance) < length, row - distance >= 0 else { break }
                let fade = 1 - Float(distance) / length
                // A polished floor is never quite flat: farther points smear over more rows.
                let spread = distance / 8
                var sum = SIMD4<Float>.zero
                for offset in -spread...spread {
                    let source = min(height - 1, max(0, row - distance + offset))
                    sum += premultiplied(x, source)
                }
                var value = sum / Float(2 * spread + 1) * (0.4 * min(1, max(0, strength)) * fade * fade)
                value.w /= 255
                result[y * width + x] = value
            }
        }
        return result
    }

    private func premultiplied(_ x: Int, _ y: Int) -> SIMD4<Float> {
        let index = (y * product.width + x) * 4
        let pixel = SIMD4(product.pixels[index], product.pixels[index + 1], product.pixels[index + 2], product.pixels[index + 3])
        var value = floats(pixel) * (Float(pixel.w) / 255)
        value.w = Float(pixel.w)
        return value
    }
}
