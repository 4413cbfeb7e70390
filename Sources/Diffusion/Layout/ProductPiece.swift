import Imaging

/// What casts one shadow: a product that stands on one foot; of one that stands on legs a leg, or all that they carry. Each is a pile of ellipses,
/// one for each run of the mask's rows.
struct ProductPiece {
    /// The columns of what it touches the ground with; nil for what is carried.
    let foot: ProductSolid.Run?
    /// The row that is seen at the ground's level below it, and of its upper edge, as shares of the canvas's height.
    let base, top: Float
    /// How far behind the product's lowest row its middle is, and how deep in the picture, in units of the product's distance.
    let axis, depth: Float
    /// Half its greatest depth, as a share of the canvas's height.
    private let mostHalfDepth: Float
    private let rows: [[ProductSolid.Run]]

    /// So many times as deep as the feet are wide apart what they carry may be, and so many times as far away as the product: a low camera puts a
    /// back foot that is seen near the horizon far away.
    private static let deepest: Float = 1.5
    /// What is so much wider than the widest foot is no leg.
    private static let legShare: Float = 2.5

    /// - Parameters:
    ///   - mostHalfDepth: of what stands on one foot
    ///   - ground: how far behind the product's lowest row the ground is that is seen at a row and a column, and how deep
    /// - Returns: first the product or what its legs carry, whose axis is that of the whole
    static func all(
        rows: [[ProductSolid.Run]], feet: ProductFeet, top: Float, mostHalfDepth: Float,
        ground: (_ row: Float, _ column: Float) -> (away: Float, depth: Float)
    ) -> [ProductPiece] {
        func standing(_ foot: ProductFeet.Foot, mostHalfDepth: Float, rows: [[ProductSolid.Run]]) -> ProductPiece {
            let front = ground(foot.base, foot.run.middle)
            let halfDepth = min(foot.run.half, mostHalfDepth)
            return ProductPiece(
                foot: foot.run, base: foot.base, top: top, axis: front.away + LayoutMap.frame * front.depth * halfDepth, depth: front.depth,
                mostHalfDepth: mostHalfDepth, rows: rows)
        }
        guard feet.areLegs else { return feet.all.map { standing($0, mostHalfDepth: mostHalfDepth, rows: rows) } }
        let widest = feet.all.map(\.run.half).max() ?? 0
        func leg(_ run: ProductSolid.Run) -> Int? {
            guard run.half <= legShare * widest else { return nil }
            return feet.all.indices.min { abs(feet.all[$0].run.middle - run.middle) < abs(feet.all[$1].run.middle - run.middle) }
        }
        func carried(by foot: Int?) -> [[ProductSolid.Run]] { rows.map { $0.filter { leg($0) == foot } } }
        let legs = feet.all.enumerated().map { standing($1, mostHalfDepth: $1.run.half, rows: carried(by: $0)) }
        func mean(_ values: [Float]) -> Float { values.reduce(0, +) / Float(max(values.count, 1)) }
        let edges = feet.all.map(\.run)
        let span = (edges.map { $0.middle + $0.half }.max() ?? 0) - (edges.map { $0.middle - $0.half }.min() ?? 0)
        let front = legs.map(\.axis).min() ?? 0
        let back = min(legs.map(\.axis).max() ?? 0, front + deepest * LayoutMap.frame * span)
        let depth = min(mean(legs.map(\.depth)), deepest)
        let carried = ProductPiece(
            foot: nil, base: mean(legs.map(\.base)), top: top, axis: (front + back) / 2, depth: depth,
            mostHalfDepth: (back - front) / 2 / (LayoutMap.frame * depth) + widest, rows: carried(by: nil))
        return [carried] + legs
    }

    /// Half the depth of what is `half` wide, both as shares of the canvas's height: a shoe from the side is not as deep as it is long.
    func halfDepth(ofHalfWidth half: Float) -> Float { min(half, mostHalfDepth) }

    /// What is at a height above the ground, as a share of the canvas's.
    func slices(atHeight height: Float) -> [ProductSolid.Run] {
        let index = Int((base - height) * Float(rows.count))
        return rows.indices.contains(index) ? rows[index] : []
    }
}
