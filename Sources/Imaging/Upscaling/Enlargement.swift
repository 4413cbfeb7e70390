/// Makes a model's small picture large with clean, sharp edges, step by step to twice the size.
///
/// Each step interpolates, smooths along the edges, narrows them, and corrects the result until its average over each old pixel is that
/// pixel again (iterative back-projection: Irani and Peleg, CVGIP 53, 1991). Nothing is invented: a picture made small again is the same.
enum Enlargement {
    /// Steps stop before the longer side exceeds this: beyond, a plain interpolation is as good, because edges are then far wider than
    /// pixels.
    static let longestSide = 2048

    /// The picture as many times doubled as the target size allows; itself where it is large enough.
    ///
    /// - Parameters:
    ///   - image: opaque.
    ///   - width: the size that is wanted in the end; the result is smaller or equal on both sides.
    static func doubled(_ image: RasterImage, towards width: Int, _ height: Int) -> RasterImage {
        var field: ColourField?
        var size = (width: image.width, height: image.height)
        while size.width * 2 <= width, size.height * 2 <= height, max(size.width, size.height) * 2 <= longestSide {
            field = twice(field ?? ColourField(image).unrounded())
            size = (size.width * 2, size.height * 2)
        }
        return field.map(RasterImage.init(opaque:)) ?? image
    }

    /// Rounds of back-projection before and after the edges are worked on; more change nothing that shows.
    private static let rounds = 2

    private static func twice(_ small: ColourField) -> ColourField {
        var large = small.interpolatedTwice()
        for _ in 0..<rounds { correct(&large, to: small) }
        large = EdgeFlow(large).smoothedAlongEdges(large)
        large = EdgeWarp(large).narrowed(large)
        for _ in 0..<rounds { correct(&large, to: small) }
        return large
    }

    /// Adds what the large picture's averages lack of the small one.
    private static func correct(_ large: inout ColourField, to small: ColourField) {
        let width = small.width
        var residue = small
        large.values.withUnsafeMutableBufferPointer { large in
            residue.values.withUnsafeMutableBufferPointer { residue in
                let (residue, large) = (SharedPixels(residue), SharedPixels(large))
                parallelBands(small.height) { rows in
                    for y in rows {
                        for x in 0..<width {
                            let first = y * 2 * width * 2 + x * 2
                            let sum = large[first] + large[first + 1] + large[first + width * 2] + large[first + width * 2 + 1]
                            residue[y * width + x] -= sum * 0.25
                        }
                    }
                }
            }
        }
        let difference = residue
        large.values.withUnsafeMutableBufferPointer { large in
            let large = SharedPixels(large)
            parallelBands(small.height * 2) { rows in
                for y in rows {
                    let near = y / 2
                    let far = min(small.height - 1, max(0, y % 2 == 0 ? near - 1 : near + 1))
                    for x in 0..<(width * 2) {
                        let column = x / 2
                        let side = min(width - 1, max(0, x % 2 == 0 ? column - 1 : column + 1))
                        let upper = difference.values[near * width + column] * 0.75 + difference.values[near * width + side] * 0.25
                        let lower = difference.values[far * width + column] * 0.75 + difference.values[far * width + side] * 0.25
                        large[y * width * 2 + x] += upper * 0.75 + lower * 0.25
                    }
                }
            }
        }
    }
}

extension ColourField {
    /// Twice as wide and high, by Keys's cubic convolution (a = -0.75, IEEE Transactions on Acoustics, Speech and Signal Processing 29,
    /// 1981).
    fileprivate func interpolatedTwice() -> ColourField {
        // The weights at a quarter of a pixel from the nearest sample; mirrored for the other side.
        let weights = SIMD4<Float>(-0.10546875, 0.87890625, 0.26171875, -0.03515625)
        let across = filteredTwice(weights, isAcross: true)
        return across.filteredTwice(weights, isAcross: false)
    }

    private func filteredTwice(_ weights: SIMD4<Float>, isAcross: Bool) -> ColourField {
        let size = isAcross ? (width: width * 2, height: height) : (width: width, height: height * 2)
        var result = [SIMD4<Float>](repeating: .zero, count: size.width * size.height)
        let source = self
        result.withUnsafeMutableBufferPointer { buffer in
            let out = SharedPixels(buffer)
            parallel(size.height) { y in
                source.values.withUnsafeBufferPointer { values in
                    for x in 0..<size.width {
                        let (position, length) = isAcross ? (x, source.width) : (y, source.height)
                        let (first, step) = isAcross ? (y * source.width, 1) : (x, source.width)
                        let near = position / 2
                        let away = position % 2 == 0 ? -1 : 1
                        func at(_ offset: Int) -> SIMD4<Float> { values[first + min(length - 1, max(0, near + offset)) * step] }
                        let inner = at(0) * weights.y + at(away) * weights.z
                        out[y * size.width + x] = at(-away) * weights.x + inner + at(2 * away) * weights.w
                    }
                }
            }
        }
        return ColourField(width: size.width, height: size.height, values: result)
    }
}

extension RasterImage {
    /// The picture of a field's colours, opaque. Values between two steps become one or the other in a fine pattern, so that smooth
    /// gradients stay smooth; whole values stay what they are.
    init(opaque field: ColourField) {
        let side = FilmGrain.side
        let width = field.width
        self.init(width: width, height: field.height) { out in
            guard !field.values.isEmpty else { return }
            let out = SharedPixels(UnsafeMutableRawBufferPointer(out).bindMemory(to: SIMD4<UInt8>.self))
            parallelBands(field.height) { rows in
                for y in rows {
                    for x in 0..<width {
                        let grain = FilmGrain.shared.values[(y & (side - 1)) * side + (x & (side - 1))]
                        let pattern = min(0.499, max(-0.499, grain * 0.5))
                        var value = clamp(field.values[y * width + x] + pattern, 0, 255)
                        value.w = 255
                        out[y * width + x] = roundedBytes(value)
                    }
                }
            }
        }
    }
}
