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
    /// Row below the product in each of the canvas's columns.
    private let contact: [Int?]
    private let height: Int

    /// A reflection is seen so far below the foot, in heights of the product.
    private static let reach: Float = 0.55
    /// A column that ends so far above the lowest row, in heights of the product, does not touch the ground there.
    private static let raised: Float = 0.12

    /// - Parameters:
    ///   - canvas: with the product in its place
    ///   - mask: 255 = product; as large as the canvas
    /// - Returns: nil without a product
    init?(canvas: RasterImage, mask: Mask) {
        let rows = (0..<mask.width).map { x in (0..<mask.height).filter { mask.values[$0 * mask.width + x] >= 128 } }
        guard let lowest = rows.compactMap(\.last).max(), let highest = rows.compactMap(\.first).min() else { return nil }
        (self.canvas, self.mask) = (canvas, mask)
        let height = lowest - highest + 1
        self.height = height
        contact = rows.map { column in
            column.last.map { Float(lowest - $0) > Self.raised * Float(height) ? lowest + 1 : $0 + 1 }
        }
    }

    /// A picture of the same place, of any size, with the reflection where `ground` says so.
    ///
    /// - Parameter ground: what is at a row and column; nil where nothing mirrors
    func applied(to picture: RasterImage, ground: (_ row: Float, _ column: Float) -> Place?) -> RasterImage {
        var result = picture
        let scale = Float(mask.height) / Float(picture.height)
        for x in 0..<picture.width {
            let across = min(Int((Float(x) + 0.5) * scale), mask.width - 1)
            guard let foot = contact[across] else { continue }
            let end = min(picture.height, Int((Float(foot) + Self.reach * Float(height)) / scale))
            for y in min(Int(Float(foot) / scale), end)..<end {
                let place = (
                    row: (Float(y) + 0.5) / Float(picture.height),
                    column: (Float(x) + 0.5 - Float(picture.width) / 2) / Float(picture.height)
                )
                guard let mirrored = ground(place.row, place.column) else { continue }
                let distance = (Float(y) + 0.5) * scale - Float(foot)
                let fade = max(1 - distance / (Self.reach * Float(height)), 0)
                // What is further up is further out of focus.
                let spread = 0.5 + distance / 10
                let shift = mirrored.shift * Float(mask.height)
                var seen = SIMD4<Float>.zero
                for step in -2...2 {
                    seen += sample((Float(x) + 0.5) * scale + shift.x, Float(foot) - distance + shift.y + spread * Float(step) / 2)
                }
                seen /= 5
                let cover = seen.w * mirrored.share * fade
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
