import Imaging

/// The product as a solid that casts a shadow: a pile of ellipses, as wide as the mask's rows and at most as deep as half its height.
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
    /// Half the width of what it stands on, as a share of the canvas's height.
    let footHalf: Float
    /// How far any of it is from the middle of its foot, across, as a share of the canvas's height.
    let reach: Float

    /// Middle and half-width of each of the mask's rows; nil where it shows nothing.
    private let rows: [(middle: Float, half: Float)?]

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
        var rows: [(middle: Float, half: Float)?] = []
        for y in 0..<mask.height {
            let start = y * mask.width
            let row = mask.values[start + columns.lowerBound..<start + columns.upperBound]
            guard let first = row.firstIndex(where: { $0 >= 128 }), let last = row.lastIndex(where: { $0 >= 128 }) else {
                rows.append(nil)
                continue
            }
            let (left, right) = (Float(first - start), Float(last - start + 1))
            rows.append(((left + right - Float(mask.width)) / (2 * height), (right - left) / (2 * height)))
        }
        guard let top = rows.firstIndex(where: { $0 != nil }), let bottom = rows.lastIndex(where: { $0 != nil }) else { return nil }
        self.rows = rows
        self.top = Float(top) / height
        base = Float(bottom + 1) / height
        let widths = rows.compactMap { $0 }
        halfWidth = widths.map(\.half).max() ?? 0
        // The foot is the lowest tenth: a handle or a lid that reaches out does not move it.
        let foot = rows[(bottom - (bottom - top) / 10)...bottom].compactMap { $0 }
        column = foot.map(\.middle).reduce(0, +) / Float(max(foot.count, 1))
        footHalf = foot.map(\.half).max() ?? 0
        let middle = column
        reach = widths.map { abs($0.middle - middle) + $0.half }.max() ?? 0
    }

    /// Half the depth of what is `half` wide, both as shares of the canvas's height: a shoe from the side is not as deep as it is long.
    func halfDepth(ofHalfWidth half: Float) -> Float { min(half, (base - top) / 2) }

    /// Middle and half-width, as shares of the canvas's height, of the row at a share of the canvas's height.
    func slice(atRow row: Float) -> (middle: Float, half: Float)? {
        let index = Int(row * Float(rows.count))
        return rows.indices.contains(index) ? rows[index] : nil
    }
}
