/// What a generated background says of its light: where it comes from, and whether a shadow lies at the product's foot already.
struct SceneLight: Sendable, Equatable {
    /// -1: from the left, 0: from above or all around, 1: from the right.
    let direction: Float
    /// How much of a contact shadow is missing: 0 (the background has one) … 1 (it shows none).
    let missingShadow: Float

    /// - Parameter luminance: the background's, linear, as large as the footprint's canvas.
    init(luminance: Plane, footprint: Footprint) {
        direction = Self.direction(luminance, footprint)
        missingShadow = Self.missingShadow(luminance, footprint)
    }

    /// Compares the light on both sides, which a lamp or window beside the product tilts.
    private static func direction(_ luminance: Plane, _ footprint: Footprint) -> Float {
        var sums = SIMD2<Float>.zero
        var counts = SIMD2<Float>(repeating: 0.001)
        for y in 0..<luminance.height {
            for x in 0..<luminance.width where footprint.coverage[x, y] < 0.1 {
                let side = x * 2 < luminance.width ? 0 : 1
                sums[side] += luminance[x, y]
                counts[side] += 1
            }
        }
        let mean = sums / counts
        let tilt = (mean[1] - mean[0]) / max(0.02, mean[0] + mean[1])
        // One side a fifth brighter than the other is as clear as studio light from that side gets.
        return min(1, max(-1, tilt * 10))
    }

    /// Looks just below the foot and farther down: a floor in shadow brightens on the way.
    private static func missingShadow(_ luminance: Plane, _ footprint: Footprint) -> Float {
        let size = max(footprint.bounds.width, footprint.bounds.height)
        let near = max(2, size / 40)
        let far = max(5, size / 7)
        var ratios: [Float] = []
        for (x, row) in footprint.contact.enumerated() {
            guard let row, row + near < luminance.height else { continue }
            let open = luminance[x, min(luminance.height - 1, row + far)]
            ratios.append(luminance[x, row + near] / max(0.004, open))
        }
        guard !ratios.isEmpty else { return 0 }
        let middle = ratios.sorted()[ratios.count / 2]
        // A contact shadow takes a third of the light and more; a twentieth may be the floor's own fall-off.
        return min(1, max(0, (middle - 0.66) / (0.94 - 0.66)))
    }
}
