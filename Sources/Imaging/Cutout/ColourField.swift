/// Three float channels (0...255, gamma-encoded) of a small working picture.
struct ColourField: Sendable {
    let width, height: Int
    /// Red, green, blue and an unused lane of each pixel.
    var values: [SIMD4<Float>]

    init(width: Int, height: Int, values: [SIMD4<Float>]) {
        self.width = width
        self.height = height
        self.values = values
    }

    init(_ image: RasterImage) {
        width = image.width
        height = image.height
        values = image.pixels.withUnsafeBytes { raw in
            raw.bindMemory(to: SIMD4<UInt8>.self).map { pixel in
                var value = floats(pixel)
                value.w = 0
                return value
            }
        }
    }

    subscript(x: Int, y: Int) -> SIMD4<Float> { values[y * width + x] }

    /// Averaged with the neighbours by the binomial weights 1 2 1 in both directions.
    func smoothed() -> ColourField {
        var across = values
        var result = values
        let (width, height) = (width, height)
        values.withUnsafeBufferPointer { values in
            across.withUnsafeMutableBufferPointer { across in
                result.withUnsafeMutableBufferPointer { result in
                    guard !values.isEmpty else { return }
                    let values = SharedPixels(UnsafeMutableBufferPointer(mutating: values))
                    let (across, result) = (SharedPixels(across), SharedPixels(result))
                    parallelBands(height) { rows in
                        for y in rows {
                            let row = y * width
                            for x in 0..<width {
                                let sides = values[row + max(0, x - 1)] + values[row + min(width - 1, x + 1)]
                                across[row + x] = values[row + x] * 0.5 + sides * 0.25
                            }
                        }
                    }
                    parallelBands(height) { rows in
                        for y in rows {
                            let (above, row, below) = (max(0, y - 1) * width, y * width, min(height - 1, y + 1) * width)
                            for x in 0..<width {
                                result[row + x] = across[row + x] * 0.5 + (across[above + x] + across[below + x]) * 0.25
                            }
                        }
                    }
                }
            }
        }
        return ColourField(width: width, height: height, values: result)
    }

    /// The steepest channel's slope at every pixel, in steps a pixel.
    func slopes() -> [Float] {
        var result = [Float](repeating: 0, count: width * height)
        values.withUnsafeBufferPointer { values in
            for y in 0..<height {
                let above = max(0, y - 1) * width
                let below = min(height - 1, y + 1) * width
                for x in 0..<width {
                    let left = values[y * width + max(0, x - 1)]
                    let right = values[y * width + min(width - 1, x + 1)]
                    let across = (right - left) * 0.5
                    let down = (values[below + x] - values[above + x]) * 0.5
                    result[y * width + x] = (across * across + down * down).max().squareRoot()
                }
            }
        }
        return result
    }

    /// Fills the pixels that are not `known` smoothly from those that are, by averaging to ever smaller pictures and coming back
    /// ("pull-push", Gortler et al., The Lumigraph, SIGGRAPH 1996). Known pixels stay as they are.
    func filled(known: [Bool]) -> ColourField {
        var weighted = values
        for index in weighted.indices {
            weighted[index].w = 0
            weighted[index] = known[index] ? weighted[index] : .zero
            weighted[index].w = known[index] ? 1 : 0
        }
        return ColourField(width: width, height: height, values: Self.pullPush(weighted, width, height))
    }

    /// Lane w is the weight; unknown pixels are zero in all lanes.
    private static func pullPush(_ fine: [SIMD4<Float>], _ width: Int, _ height: Int) -> [SIMD4<Float>] {
        guard width > 1 || height > 1 else { return fine }
        let halfWidth = (width + 1) / 2
        let halfHeight = (height + 1) / 2
        var coarse = [SIMD4<Float>](repeating: .zero, count: halfWidth * halfHeight)
        for y in 0..<height {
            for x in 0..<width where fine[y * width + x].w > 0 { coarse[(y / 2) * halfWidth + x / 2] += fine[y * width + x] }
        }
        for index in coarse.indices where coarse[index].w > 0 { coarse[index] /= coarse[index].w }
        let filled = pullPush(coarse, halfWidth, halfHeight)
        var result = fine
        for y in 0..<height {
            for x in 0..<width where fine[y * width + x].w == 0 {
                result[y * width + x] = sample(
                    filled, halfWidth, halfHeight, x: (Float(x) + 0.5) * 0.5 - 0.5, y: (Float(y) + 0.5) * 0.5 - 0.5)
            }
        }
        return result
    }

    /// Between four pixels, at pixel-centre coordinates.
    static func sample(_ values: [SIMD4<Float>], _ width: Int, _ height: Int, x: Float, y: Float) -> SIMD4<Float> {
        let cx = min(Float(width - 1), max(0, x))
        let cy = min(Float(height - 1), max(0, y))
        let left = Int(cx)
        let top = Int(cy)
        let right = min(width - 1, left + 1)
        let bottom = min(height - 1, top + 1)
        let fx = cx - Float(left)
        let fy = cy - Float(top)
        let upper = values[top * width + left] * (1 - fx) + values[top * width + right] * fx
        let lower = values[bottom * width + left] * (1 - fx) + values[bottom * width + right] * fx
        return upper * (1 - fy) + lower * fy
    }
}
