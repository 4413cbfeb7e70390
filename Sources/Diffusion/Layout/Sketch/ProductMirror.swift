import Imaging

/// The product upside down in a ground that mirrors. Rows and columns are shares of the canvas's height, columns from its middle.
struct ProductMirror {
    /// What a ground mirrors at a place: how much of the light, and how far what is seen there is shifted by ripples.
    struct Place {
        let share: Float
        let shift: SIMD2<Float>
    }

    private let canvas: RasterImage
    private let mask: Mask
    /// The row of the mirror in each of the canvas's columns: just below the product where it touches the ground.
    private let contact: [Float]
    private let columns: ClosedRange<Int>
    private let height: Float

    /// A reflection is seen so far below the foot, in heights of the product.
    private static let reach: Float = 0.55
    /// Width of the dark line under a product, in heights of the canvas.
    private static let dark: Float = 0.03
    /// Where a product leaves the ground, as a belly does, the mirror goes on at this slope at most.
    private static let slope: Float = 0.2

    /// - Parameters:
    ///   - canvas: with the product in its place
    ///   - mask: 255 = product; as large as the canvas
    /// - Returns: nil without a product
    init?(canvas: RasterImage, mask: Mask) {
        let bottoms = (0..<mask.width).map { x in (0..<mask.height).last { mask.values[$0 * mask.width + x] >= 128 } }
        guard let first = bottoms.firstIndex(where: { $0 != nil }), let last = bottoms.lastIndex(where: { $0 != nil }),
            let top = mask.values.firstIndex(where: { $0 >= 128 }), let lowest = bottoms.compactMap({ $0 }).max()
        else { return nil }
        (self.canvas, self.mask) = (canvas, mask)
        height = Float(lowest + 1 - top / mask.width)
        // Ripples throw some of it aside.
        let aside = Int(0.06 * Float(mask.height))
        columns = max(first - aside, 0)...min(last + aside, mask.width - 1)
        // No column's mirror is above the product there, nor falls away from a neighbour's faster than the slope.
        var rows = bottoms.map { $0.map { Float($0 + 1) } ?? 0 }
        for x in rows.indices.dropFirst() { rows[x] = max(rows[x], rows[x - 1] - Self.slope) }
        for x in rows.indices.dropLast().reversed() { rows[x] = max(rows[x], rows[x + 1] - Self.slope) }
        contact = rows
    }

    /// A picture of the same place, of any size, with the reflection where `ground` says so.
    ///
    /// - Parameter ground: what is at a row and column; nil where nothing mirrors
    func applied(to picture: RasterImage, ground: (_ row: Float, _ column: Float) -> Place?) -> RasterImage {
        var result = picture
        let scale = Float(mask.height) / Float(picture.height)
        for x in 0..<picture.width {
            let across = min(Int((Float(x) + 0.5) * scale), mask.width - 1)
            guard columns.contains(across) else { continue }
            let foot = contact[across]
            let end = min(picture.height, Int((foot + Self.reach * height) / scale))
            for y in min(Int(foot / scale), end)..<end {
                let place = (
                    row: (Float(y) + 0.5) / Float(picture.height),
                    column: (Float(x) + 0.5 - Float(picture.width) / 2) / Float(picture.height)
                )
                guard let mirrored = ground(place.row, place.column) else { continue }
                let distance = (Float(y) + 0.5) * scale - foot
                let fade = max(1 - distance / (Self.reach * height), 0)
                // What is further up is further out of focus.
                let spread = 0.5 + distance / 10
                let shift = mirrored.shift * Float(mask.height)
                var seen = SIMD4<Float>.zero
                for step in -2...2 {
                    seen += sample((Float(x) + 0.5) * scale + shift.x, foot - distance + shift.y + spread * Float(step) / 2)
                }
                seen /= 5
                // Hardly any light reaches the line that it stands on.
                let lit = smooth(0, Self.dark * Float(mask.height), distance)
                let cover = seen.w * mirrored.share * fade * lit
                guard cover > 0.003 else { continue }
                let index = (y * picture.width + x) * 4
                for channel in 0..<3 {
                    let below = Float(result.pixels[index + channel])
                    result.pixels[index + channel] = UInt8(min(max(below + (seen[channel] / max(seen.w, 1e-3) - below) * cover, 0), 255))
                }
            }
        }
        return result
    }

    /// Colour times cover, and cover 0...1, at a place in pixels of the canvas; bilinear.
    private func sample(_ across: Float, _ down: Float) -> SIMD4<Float> {
        let (x, y) = (min(max(across - 0.5, 0), Float(mask.width - 1)), min(max(down - 0.5, 0), Float(mask.height - 1)))
        let (column, row) = (Int(x), Int(y))
        let (u, v) = (x - Float(column), y - Float(row))
        func at(_ column: Int, _ row: Int) -> SIMD4<Float> {
            let index = min(row, mask.height - 1) * mask.width + min(column, mask.width - 1)
            let cover = Float(mask.values[index]) / 255
            func channel(_ number: Int) -> Float { Float(canvas.pixels[index * 4 + number]) * cover }
            return SIMD4(channel(0), channel(1), channel(2), cover)
        }
        let top = at(column, row) * (1 - u) + at(column + 1, row) * u
        let bottom = at(column, row + 1) * (1 - u) + at(column + 1, row + 1) * u
        return top * (1 - v) + bottom * v
    }
}
