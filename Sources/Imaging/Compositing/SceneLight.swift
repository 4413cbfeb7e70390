/// What a generated background says of its light: where it comes from, and what shadow lies at the product's foot already.
struct SceneLight: Sendable, Equatable {
    /// -1: from the left, 0: from above or all around, 1: from the right.
    let direction: Float
    /// For each column of the canvas the light right below the product, relative to the open floor's: 1 where nothing shades it. Columns
    /// over which nothing stands have their neighbour's.
    let seam: [Float]
    /// The same a tenth of the product's size farther down.
    let beyond: [Float]
    /// How much of a shadow is missing around the foot: 0 (the background has one, be it a little apart) … 1 (it shows none).
    let missingShadow: Float
    /// How much of the shadow right below the product is missing, 0 … 1: what makes a product float.
    let missingContact: Float

    /// - Parameter luminance: the background's, linear, as large as the footprint's canvas.
    init(luminance: Plane, footprint: Footprint) {
        direction = Self.direction(luminance, footprint)
        let floor = Self.openFloor(luminance, footprint)
        let size = max(footprint.bounds.width, footprint.bounds.height)
        let near = max(2, size / 40)
        let far = max(5, size / 7)
        var seams: [Float?] = []
        var beyonds: [Float?] = []
        var darkest: [Float] = []
        for (x, row) in footprint.contact.enumerated() {
            guard let row, row + near < luminance.height else {
                seams.append(nil)
                beyonds.append(nil)
                continue
            }
            let bands = stride(from: row + near, to: min(luminance.height, row + far), by: near).map {
                Self.mean(luminance, columns: max(0, x - near)..<min(luminance.width, x + near + 1), from: $0, count: near) / floor
            }
            seams.append(Self.mean(luminance, columns: x..<(x + 1), from: row + near, count: max(1, near / 2)) / floor)
            beyonds.append(
                Self.mean(luminance, columns: x..<(x + 1), from: min(luminance.height - 1, row + size / 9), count: size / 18) / floor)
            darkest.append(bands.min() ?? 1)
        }
        seam = Self.evened(seams, reach: near)
        beyond = Self.evened(beyonds, reach: near)
        missingShadow = Self.missing(darkest)
        missingContact = Self.missing(seams.compactMap { $0 })
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

    /// The floor's light where no shadow lies: the middle of what is around the foot, for a shadow covers less than half of it.
    private static func openFloor(_ luminance: Plane, _ footprint: Footprint) -> Float {
        let bounds = footprint.bounds
        let size = max(bounds.width, bounds.height)
        let rows = max(0, footprint.ground - size / 20)..<min(luminance.height, footprint.ground + size / 4 + 2)
        let columns = max(0, bounds.x - size / 3)..<min(luminance.width, bounds.maxX + size / 3)
        var values: [Float] = []
        for y in rows { for x in columns where footprint.coverage[x, y] < 0.1 { values.append(luminance[x, y]) } }
        guard !values.isEmpty else { return 1 }
        values.sort()
        return max(0.004, values[values.count / 2])
    }

    private static func mean(_ plane: Plane, columns: Range<Int>, from top: Int, count: Int) -> Float {
        var sum: Float = 0
        let rows = top..<min(plane.height, top + max(1, count))
        for y in rows { for x in columns { sum += plane[x, y] } }
        return sum / Float(max(1, rows.count * columns.count))
    }

    /// A contact shadow takes a third of the light and more; a twentieth may be the floor's own fall-off.
    private static func missing(_ shares: [Float]) -> Float {
        guard !shares.isEmpty else { return 0 }
        let middle = shares.sorted()[shares.count / 2]
        return min(1, max(0, (middle - 0.66) / (0.94 - 0.66)))
    }

    /// Gaps filled from the nearest column on the left, else on the right, and every value the mean of its surroundings.
    private static func evened(_ values: [Float?], reach: Int) -> [Float] {
        var last = values.lazy.compactMap { $0 }.first ?? 1
        let filled = values.map { value -> Float in
            last = value ?? last
            return last
        }
        return filled.indices.map { x in
            let window = filled[max(0, x - reach)...min(filled.count - 1, x + reach)]
            return window.reduce(0, +) / Float(window.count)
        }
    }
}
