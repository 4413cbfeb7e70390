/// Along which direction a picture changes least at each pixel, and how clearly: the structure tensor (Förstner and Gülch 1987).
struct EdgeFlow {
    /// The unit vector along the edge in x and y, and the edge's clarity 0...1 in z.
    private let along: [SIMD4<Float>]

    /// How much of a pixel is replaced by its neighbours along a perfectly clear edge. More rounds corners; less leaves steps.
    private static let strength: Float = 0.5

    init(_ field: ColourField) {
        let luma = Plane(lumaOf: field)
        let gradient = luma.gradient()
        let (x, y) = (gradient.x, gradient.y)
        let xx = x.mapped { x.values[$0] * x.values[$0] }
        let xy = x.mapped { x.values[$0] * y.values[$0] }
        let yy = x.mapped { y.values[$0] * y.values[$0] }
        let (a, b, c) = (xx.blurred(1), xy.blurred(1), yy.blurred(1))
        along =
            field.mapped { x, y, _ in
                let index = y * field.width + x
                let difference = a.values[index] - c.values[index]
                let twist = 2 * b.values[index]
                let length = (difference * difference + twist * twist).squareRoot()
                // The 2, in steps squared, keeps noise from counting as an edge.
                let clarity = length / (a.values[index] + c.values[index] + 2)
                // The tensor's axis across the edge has half the angle of (difference, twist); turned by a right angle it runs along it.
                let cosine = length > 0 ? difference / length : 1
                let across = SIMD2((max(0, 1 + cosine) / 2).squareRoot(), (max(0, 1 - cosine) / 2).squareRoot())
                return SIMD4(twist < 0 ? across.y : -across.y, across.x, clarity, 0)
            }.values
    }

    /// Averages each pixel with its two neighbours along the edge, which takes the steps off slanting lines.
    func smoothedAlongEdges(_ field: ColourField) -> ColourField {
        field.mapped { x, y, value in
            let flow = along[y * field.width + x]
            let share = flow.z * Self.strength
            guard share > 0.02 else { return value }
            let (px, py) = (Float(x), Float(y))
            let before = field.interpolated(px - flow.x, py - flow.y)
            let after = field.interpolated(px + flow.x, py + flow.y)
            return value * (1 - share) + (before + after) * (0.5 * share)
        }
    }
}

extension Plane {
    /// A field's brightness as it is encoded (Rec. 601 weights), in 8-bit steps.
    init(lumaOf field: ColourField) {
        self.init(width: field.width, height: field.height)
        self = mapped { index in
            let colour = field.values[index]
            return colour.x * 0.299 + colour.y * 0.587 + colour.z * 0.114
        }
    }

    /// Sobel's derivatives, per pixel.
    func gradient() -> (x: Plane, y: Plane) {
        var across = self
        var down = self
        values.withUnsafeBufferPointer { source in
            across.values.withUnsafeMutableBufferPointer { across in
                down.values.withUnsafeMutableBufferPointer { down in
                    let (source, across, down) = (
                        SharedPixels(UnsafeMutableBufferPointer(mutating: source)), SharedPixels(across), SharedPixels(down)
                    )
                    let (width, height) = (width, height)
                    parallel(height) { y in
                        let above = max(0, y - 1) * width
                        let row = y * width
                        let below = min(height - 1, y + 1) * width
                        for x in 0..<width {
                            let left = max(0, x - 1)
                            let right = min(width - 1, x + 1)
                            let west = source[above + left] + 2 * source[row + left] + source[below + left]
                            let east = source[above + right] + 2 * source[row + right] + source[below + right]
                            let north = source[above + left] + 2 * source[above + x] + source[above + right]
                            let south = source[below + left] + 2 * source[below + x] + source[below + right]
                            across[row + x] = (east - west) / 8
                            down[row + x] = (south - north) / 8
                        }
                    }
                }
            }
        }
        return (across, down)
    }
}

extension ColourField {
    /// The value between pixels, at pixel-centre coordinates.
    func interpolated(_ x: Float, _ y: Float) -> SIMD4<Float> { Self.sample(values, width, height, x: x, y: y) }

    /// Each pixel's new value from its column, row and old value; rows run on all cores.
    func mapped(_ body: @Sendable (_ x: Int, _ y: Int, _ value: SIMD4<Float>) -> SIMD4<Float>) -> ColourField {
        var result = self
        let source = self
        result.values.withUnsafeMutableBufferPointer { buffer in
            let out = SharedPixels(buffer)
            parallel(source.height) { y in
                for x in 0..<source.width { out[y * source.width + x] = body(x, y, source.values[y * source.width + x]) }
            }
        }
        return result
    }
}
