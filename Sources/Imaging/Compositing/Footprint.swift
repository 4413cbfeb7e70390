/// Where a product stands: its outline's lower edge on a small working canvas.
struct Footprint: Sendable {
    /// The product's coverage of the canvas, 0...1.
    let coverage: Plane
    /// The rectangle of coverage of at least a half.
    let bounds: PixelRectangle
    /// For each column of the canvas the lowest row that shows product close to the ground; nil elsewhere.
    let contact: [Int?]

    /// The lowest part of a product that counts as standing: a round base seen from above rises towards its sides.
    private static let standing = 0.12

    /// - Returns: nil where nothing stands: no product, or one that the canvas's lower edge cuts off.
    init?(_ coverage: Plane) {
        let mask = Mask(
            width: coverage.width, height: coverage.height, values: coverage.values.map { UInt8(min(255, max(0, $0 * 255))) })
        guard let bounds = mask.bounds(), bounds.maxY < coverage.height - 1 else { return nil }
        self.coverage = coverage
        self.bounds = bounds
        let highest = bounds.maxY - 1 - max(1, Int(Double(bounds.height) * Self.standing))
        contact = (0..<coverage.width).map { x in
            (max(0, highest)..<bounds.maxY).last { coverage[x, $0] >= 0.5 }
        }
    }

    /// The row on which the product stands.
    var ground: Int { bounds.maxY - 1 }
}
