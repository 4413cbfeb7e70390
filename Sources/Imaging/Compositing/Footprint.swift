/// Where a product stands: its outline's lower edge on a small working canvas.
struct Footprint: Sendable {
    /// The product's coverage of the canvas, 0...1.
    let coverage: Plane
    /// The rectangle of coverage of at least a half.
    let bounds: PixelRectangle
    /// For each column of the canvas the lowest row that shows product close to the ground; nil elsewhere.
    let contact: [Int?]

    /// How many rows above the ground an edge still counts as standing.
    let reach: Int

    /// The lowest part of a product that counts as standing, as a share of its height and of its width: a base seen from above is as
    /// deep as it is wide and rises towards its back and its sides.
    private static let standing = (height: 0.12, width: 0.1)
    /// However wide, no more of its height.
    private static let mostOfHeight = 0.3

    /// - Returns: nil where nothing stands: no product, or one that the canvas's lower edge cuts off.
    init?(_ coverage: Plane) {
        let mask = Mask(
            width: coverage.width, height: coverage.height, values: coverage.values.map { UInt8(min(255, max(0, $0 * 255))) })
        guard let bounds = mask.bounds(), bounds.maxY < coverage.height - 1 else { return nil }
        self.coverage = coverage
        self.bounds = bounds
        let wanted = max(Double(bounds.height) * Self.standing.height, Double(bounds.width) * Self.standing.width)
        reach = max(1, Int(min(wanted, Double(bounds.height) * Self.mostOfHeight)))
        let highest = bounds.maxY - 1 - reach
        contact = (0..<coverage.width).map { x in
            (max(0, highest)..<bounds.maxY).last { coverage[x, $0] >= 0.5 }
        }
    }

    /// The row on which the product stands.
    var ground: Int { bounds.maxY - 1 }
}
