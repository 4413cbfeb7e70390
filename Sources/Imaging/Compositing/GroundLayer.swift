/// What a product does to the floor around it: how much light its shadow leaves, and what a glossy floor mirrors. Small and smooth; it is
/// enlarged on the way into each row of the canvas.
struct GroundLayer: Sendable {
    let width, height: Int
    /// Red, green, blue (0...255, gamma-encoded, premultiplied) are added; lane w is the factor for the encoded background below.
    let values: [SIMD4<Float>]
    /// The rows that change anything.
    private let rows: Range<Int>

    init(light: Plane, mirrored: [SIMD4<Float>]?) {
        width = light.width
        height = light.height
        // Light by a share is encoded values by that share's root: near enough to sRGB's curve where shadows are.
        values = light.values.indices.map { index in
            let mirror = mirrored?[index] ?? .zero
            var value = mirror
            value.w = Self.encoded(light.values[index]) * (1 - mirror.w)
            return value
        }
        let (width, values) = (width, values)
        let changing = (0..<height).filter { row in (0..<width).contains { values[row * width + $0].w < 0.998 } }
        rows = changing.isEmpty ? 0..<0 : changing[0]..<(changing[changing.count - 1] + 1)
    }

    private static func encoded(_ light: Float) -> Float { max(0, light).squareRoot() }

    /// Whether a row of a canvas of this height is touched.
    func touches(row: Int, of canvasHeight: Int) -> Bool {
        guard !rows.isEmpty else { return false }
        let y = (Float(row) + 0.5) / Float(canvasHeight) * Float(height) - 0.5
        return y > Float(rows.lowerBound) - 1 && y < Float(rows.upperBound)
    }

    /// Lays the floor's shadow and reflection into a row of background, premultiplied 0...255.
    func apply(to row: UnsafeMutablePointer<SIMD4<Float>>, row y: Int, canvasWidth: Int, canvasHeight: Int) {
        guard touches(row: y, of: canvasHeight) else { return }
        let sourceY = min(Float(height - 1), max(0, (Float(y) + 0.5) / Float(canvasHeight) * Float(height) - 0.5))
        let top = Int(sourceY)
        let fy = sourceY - Float(top)
        let step = Float(width) / Float(canvasWidth)
        values.withUnsafeBufferPointer { values in
            let upper = top * width
            let lower = min(height - 1, top + 1) * width
            for x in 0..<canvasWidth {
                let sourceX = min(Float(width - 1), max(0, (Float(x) + 0.5) * step - 0.5))
                let left = Int(sourceX)
                let right = min(width - 1, left + 1)
                let fx = sourceX - Float(left)
                let above = values[upper + left] * (1 - fx) + values[upper + right] * fx
                let below = values[lower + left] * (1 - fx) + values[lower + right] * fx
                let ground = above * (1 - fy) + below * fy
                var pixel = row[x] * ground.w + ground
                pixel.w = 255
                row[x] = pixel
            }
        }
    }

    /// The same for a row of RGBA bytes.
    func apply(toBytes row: UnsafeMutablePointer<UInt8>, row y: Int, width canvasWidth: Int, height canvasHeight: Int) {
        guard touches(row: y, of: canvasHeight) else { return }
        row.withMemoryRebound(to: SIMD4<UInt8>.self, capacity: canvasWidth) { bytes in
            withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: canvasWidth) { scratch in
                guard let base = scratch.baseAddress else { return }
                for x in 0..<canvasWidth { base[x] = floats(bytes[x]) }
                apply(to: base, row: y, canvasWidth: canvasWidth, canvasHeight: canvasHeight)
                for x in 0..<canvasWidth { bytes[x] = roundedBytes(clamp(base[x], 0, 255)) }
            }
        }
    }
}
