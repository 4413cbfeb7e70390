import Imaging

/// The outer parts of a picture, row by row: what is there beside a product that stands in the middle.
struct PictureSides {
    /// The median colours of a row at the left side and at the right, sRGB, 0...255.
    typealias Row = (left: SIMD3<Float>, right: SIMD3<Float>)

    let rows: [Row]

    /// The part of the width that is looked at at either side.
    static let band = 0.22
    /// That many rows of a picture, whatever its shape.
    private static let count = 96
    /// A difference in brightness, summed over the three channels, that light alone does not make within one side.
    private static let step: Float = 75

    private init(rows: [Row]) { self.rows = rows }

    /// - Parameter mask: 255 = what does not count; of the picture's shape, of any size. A row of which nothing else is left is as the one above it
    init(_ picture: RasterImage, without mask: Mask? = nil) {
        let small = resized(picture, width: Self.count, height: Self.count)
        let width = Int(Double(Self.count) * Self.band)
        func median(_ row: Int, _ columns: [Int]) -> SIMD3<Float>? {
            guard !columns.isEmpty else { return nil }
            var colour = SIMD3<Float>.zero
            for channel in 0..<3 {
                colour[channel] = Float(columns.map { small.pixels[(row * Self.count + $0) * 4 + channel] }.sorted()[columns.count / 2])
            }
            return colour
        }
        /// Columns from the outermost inwards.
        func side(_ row: Int, _ columns: [Int]) -> SIMD3<Float>? {
            let open = columns.filter { column in
                guard let mask else { return true }
                return mask.values[(row * mask.height / Self.count) * mask.width + column * mask.width / Self.count] < 128
            }
            guard let all = median(row, open) else { return nil }
            // Where the inner half is much brighter or darker, a product reaches in.
            guard let outer = median(row, Array(open.prefix(width / 2))), let inner = median(row, Array(open.dropFirst(width / 2))),
                abs((outer - inner).sum()) > Self.step
            else { return all }
            return outer
        }
        var rows: [Row] = []
        for row in 0..<Self.count {
            let above = rows.last ?? (SIMD3(repeating: 128), SIMD3(repeating: 128))
            let right = side(row, Array((Self.count - width..<Self.count).reversed())) ?? above.right
            rows.append((side(row, Array(0..<width)) ?? above.left, right))
        }
        self.rows = rows
    }

    /// Some of the rows, mixed with those next to them: what stands behind at one side of a picture is no stripe across another one.
    func unfocused(_ range: Range<Int>) -> PictureSides {
        let (part, reach) = (Array(rows[range]), rows.count / 12)
        return PictureSides(
            rows: part.indices.map { row in
                let near = part[max(row - reach, 0)...min(row + reach, part.count - 1)]
                let sum = near.reduce((left: SIMD3<Float>.zero, right: SIMD3<Float>.zero)) { ($0.left + $1.left, $0.right + $1.right) }
                return (sum.left / Float(near.count), sum.right / Float(near.count))
            })
    }

    /// The colour at a place, between those of the rows and of the sides.
    ///
    /// - Parameters:
    ///   - across: share of the width, from the left
    ///   - down: share of the rows, from above
    func colour(across: Float, down: Float) -> SIMD3<Float> {
        let row = row(at: down)
        return row.left + (row.right - row.left) * min(max(across, 0), 1)
    }

    /// - Parameter down: share of the rows, from above
    func row(at down: Float) -> Row {
        let place = min(max(down, 0), 1) * Float(rows.count - 1)
        let above = min(Int(place), max(rows.count - 2, 0))
        let (first, second, part) = (rows[above], rows[min(above + 1, rows.count - 1)], place - Float(above))
        return (first.left + (second.left - first.left) * part, first.right + (second.right - first.right) * part)
    }
}
