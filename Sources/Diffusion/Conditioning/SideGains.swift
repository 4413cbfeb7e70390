import Imaging

/// Factors that bring the colours at a picture's sides to those of another one, row by row.
struct SideGains {
    private typealias Row = PictureSides.Row

    private let rows: [Row]
    /// The first row of what is below the picture's floor line: above and below it are not mixed.
    private let line: Int

    /// Added to both sides of a ratio, in levels of 255: what is almost black has no colour to speak of.
    private static let floor: Float = 6
    /// Colours are not multiplied by less or more.
    private static let range: ClosedRange<Float> = 0.5...2

    /// - Parameters:
    ///   - own: the picture's
    ///   - floorLine: its floor line, as a share of its height from above; nil where it has none
    ///   - behind: what the rows above that line, or all of them, are to become
    ///   - below: what those below it are to become
    ///   - strength: 1 all the way, 0 not at all
    init(_ own: PictureSides, floorLine: Float?, behind: PictureSides, below: PictureSides, strength: Float) {
        let count = own.rows.count
        // A far edge may lie outside the picture, however far.
        let line = floorLine.map { Int(min(max($0 * Float(count), 2), Float(count - 2))) } ?? count
        func gain(_ own: SIMD3<Float>, _ wanted: SIMD3<Float>) -> SIMD3<Float> {
            let (least, most) = (SIMD3(repeating: Self.range.lowerBound), SIMD3(repeating: Self.range.upperBound))
            let ratio = ((wanted + Self.floor) / (own + Self.floor)).clamped(lowerBound: least, upperBound: most)
            return 1 + (ratio - 1) * strength
        }
        func gains(_ part: Range<Int>, to wanted: PictureSides) -> [Row] {
            let own = own.unfocused(part).rows
            return own.enumerated().map { index, row in
                let wanted = wanted.row(at: Float(index) / Float(max(own.count - 1, 1)))
                return (gain(row.left, wanted.left), gain(row.right, wanted.right))
            }
        }
        rows = gains(0..<line, to: behind) + (line < count ? gains(line..<count, to: below) : [])
        self.line = line
    }

    /// A picture multiplied by them; between the middles of its two sides they go over into one another.
    func applied(to picture: RasterImage) -> RasterImage {
        var result = picture
        let middle = Float(PictureSides.band) / 2
        for y in 0..<picture.height {
            let (left, right) = row(at: (Float(y) + 0.5) / Float(picture.height))
            for x in 0..<picture.width {
                let across = ((Float(x) + 0.5) / Float(picture.width) - middle) / (1 - 2 * middle)
                let gain = left + (right - left) * min(max(across, 0), 1)
                let pixel = (y * picture.width + x) * 4
                for channel in 0..<3 {
                    let value = (Float(picture.pixels[pixel + channel]) + Self.floor) * gain[channel] - Self.floor
                    result.pixels[pixel + channel] = UInt8(min(max(value, 0), 255).rounded())
                }
            }
        }
        return result
    }

    /// - Parameter down: share of the height, from above
    private func row(at down: Float) -> Row {
        let place = down * Float(rows.count)
        let part = place < Float(line) ? 0..<line : line..<rows.count
        let from = min(max(place - 0.5, Float(part.lowerBound)), Float(part.upperBound - 1))
        let (above, below) = (rows[Int(from)], rows[min(Int(from) + 1, part.upperBound - 1)])
        let share = from - from.rounded(.down)
        return (above.left + (below.left - above.left) * share, above.right + (below.right - above.right) * share)
    }
}
