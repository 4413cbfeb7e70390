import Imaging

/// The product as a solid that casts a shadow: a pile of ellipses, one for each run of the mask's rows, as wide as that and at most as deep as
/// half the product's height, or as far as its legs are apart: light falls through rings, handles and between legs.
///
/// A photo's lowest row shows the front of what the product stands on, so the solid's axis lies behind it by the foot's own depth.
/// Lengths are in units of the product's distance from the camera; X goes right, Y away from the camera over the ground, Z up.
struct ProductSolid {
    /// The row of its lowest point, its upper edge, and half its greatest width, as shares of the canvas's height.
    let base: Float
    let top: Float
    let halfWidth: Float
    /// The column of its middle where it stands, as a share of the canvas's height from the canvas's middle.
    let column: Float
    let feet: ProductFeet
    /// How far any of it is from the middle of its foot, across, as a share of the canvas's height.
    let reach: Float

    /// Neighbouring pixels of a row that show the product, as shares of the canvas's height; the middle from the canvas's.
    struct Run {
        let middle: Float
        let half: Float

        fileprivate var left: Float { middle - half }
        fileprivate var right: Float { middle + half }
    }

    /// Those of each of the mask's rows, from the left.
    private let rows: [[Run]]

    /// A gap in a row that is narrower is none, in heights of the canvas.
    private static let leastGap: Float = 0.012
    /// Part of a product that stands for itself may end so far above the whole's lowest row, in heights of the whole: further back.
    private static let deepest: Float = 0.15

    /// Parts beyond which the whole counts: each takes as long to cast its shadow, and a mask may be all specks.
    private static let most = 6

    /// What stands side by side with free columns between, each a solid of its own: a lipstick and its cap. One, the whole product, where
    /// some part does not reach the ground or there are too many; none for a mask without a product.
    static func parts(of mask: Mask) -> [ProductSolid] {
        guard let whole = ProductSolid(mask) else { return [] }
        var isProduct = Array(repeating: false, count: mask.width)
        for (index, value) in mask.values.enumerated() where value >= 128 { isProduct[index % mask.width] = true }
        var parts: [ProductSolid] = []
        var column = 0
        while column < mask.width {
            let end = isProduct[column...].firstIndex(of: !isProduct[column]) ?? mask.width
            if isProduct[column], let part = ProductSolid(mask, columns: column..<end) { parts.append(part) }
            column = end
        }
        let stands = parts.allSatisfy { $0.base >= whole.base - deepest * (whole.base - whole.top) }
        return stands && parts.count <= most ? parts : [whole]
    }

    /// - Parameter columns: those that are looked at; nil for all
    /// - Returns: nil for a mask without a product
    init?(_ mask: Mask, columns: Range<Int>? = nil) {
        let height = Float(mask.height)
        let columns = columns ?? 0..<mask.width
        let rows = (0..<mask.height).map { y in
            Self.runs(columns, of: mask) { mask.values[y * mask.width + $0] >= 128 }
        }
        guard let top = rows.firstIndex(where: { !$0.isEmpty }), let bottom = rows.lastIndex(where: { !$0.isEmpty }) else { return nil }
        self.rows = rows
        self.top = Float(top) / height
        base = Float(bottom + 1) / height
        let spans = rows.filter { !$0.isEmpty }.map(Self.span)
        halfWidth = spans.map(\.half).max() ?? 0
        // The foot is the lowest tenth: a handle or a lid that reaches out does not move it.
        let lowest = bottom - (bottom - top) / 10...bottom
        let foot = rows[lowest].filter { !$0.isEmpty }.map(Self.span)
        column = foot.map(\.middle).reduce(0, +) / Float(max(foot.count, 1))
        let middle = column
        reach = spans.map { abs($0.middle - middle) + $0.half }.max() ?? 0
        feet = ProductFeet(
            rows: rows, extent: top...bottom, whole: Run(middle: middle, half: foot.map(\.half).max() ?? 0), halfWidth: halfWidth)
    }

    /// What casts its shadow; see ``ProductPiece/all(rows:feet:top:mostHalfDepth:ground:)``.
    func pieces(ground: (_ row: Float, _ column: Float) -> (away: Float, depth: Float)) -> [ProductPiece] {
        ProductPiece.all(rows: rows, feet: feet, top: top, mostHalfDepth: (base - top) / 2, ground: ground)
    }

    private static func runs(_ columns: Range<Int>, of mask: Mask, where isProduct: (Int) -> Bool) -> [Run] {
        ranges(columns, closing: max(Int(leastGap * Float(mask.height)), 1), where: isProduct).map {
            Run(
                middle: Float($0.lowerBound + $0.upperBound - mask.width) / (2 * Float(mask.height)),
                half: Float($0.count) / (2 * Float(mask.height)))
        }
    }

    /// Columns side by side of which something holds.
    ///
    /// - Parameter gap: columns between two ranges from which on they are two; 1 closes none
    static func ranges(_ columns: Range<Int>, closing gap: Int, where holds: (Int) -> Bool) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for x in columns where holds(x) {
            if let last = found.last, x - last.upperBound < gap {
                found[found.count - 1] = last.lowerBound..<x + 1
            } else {
                found.append(x..<x + 1)
            }
        }
        return found
    }

    /// From the first run's left to the last's right.
    private static func span(_ row: [Run]) -> Run {
        let (left, right) = (row.first?.left ?? 0, row.last?.right ?? 0)
        return Run(middle: (left + right) / 2, half: (right - left) / 2)
    }
}
