/// Where a product stands on its canvas, and how much of it it fills.
public struct Placement: Sendable, Hashable, Codable {
    /// What holds the product in place.
    public enum Anchor: String, Sendable, Codable, CaseIterable {
        /// On a floor, a little below the middle.
        case standing
        /// On a floor seen from farther above: lower still.
        case lying
        /// From above: the free height is below.
        case hanging
        /// In the middle.
        case centred

        /// The share of the free height that lies above the product.
        var spaceAbove: Double {
            switch self {
            case .standing: 0.56
            case .lying: 0.64
            case .hanging: 0.3
            case .centred: 0.5
            }
        }
    }

    public var anchor: Anchor
    /// The share of the canvas's tighter side that the product fills, 0.1...0.95.
    public var share: Double
    /// Moves the product by these shares of the free space: -1 (to the left, up) … 1 (to the right, down).
    public var shiftX, shiftY: Double

    public init(anchor: Anchor = .standing, share: Double = 0.62, shiftX: Double = 0, shiftY: Double = 0) {
        self.anchor = anchor
        self.share = share
        self.shiftX = shiftX
        self.shiftY = shiftY
    }

    /// What marketplaces and our own eye call well framed, with room left for the surroundings.
    public static let standard = Placement()

    /// The shares of the frame between which products of a category look right: small things are shown with more room, shoes and bags with
    /// less.
    ///
    /// - Parameter category: an identifier or name in English; unknown ones get the widest range.
    public static func shares(category: String?) -> ClosedRange<Double> {
        let name = category?.lowercased() ?? ""
        return ranges.first { entry in entry.words.contains { name.contains($0) } }?.range ?? anyShare
    }

    /// Where a product of a category starts: on its floor, as large as the middle of the shares that look right; ``standard`` for an unknown
    /// category.
    public static func starting(category: String?) -> Placement {
        let range = shares(category: category)
        guard range != anyShare else { return .standard }
        var result = Placement.standard
        // In steps of a fiftieth, as the studio sets it.
        result.share = ((range.lowerBound + range.upperBound) / 2 * 50).rounded() / 50
        return result
    }

    /// The shares of products about which nothing is known.
    private static let anyShare = 0.3...0.9

    private static let ranges: [(words: [String], range: ClosedRange<Double>)] = [
        (["watch", "jewel", "ring", "earring", "lipstick"], 0.3...0.75),
        (["perfume", "cosmetic", "cream", "skincare", "candle", "cup", "mug"], 0.35...0.8),
        (["bottle", "wine", "oil", "vase", "lamp", "plant"], 0.45...0.85),
        (["shoe", "sneaker", "boot", "bag", "headphone", "electronics"], 0.45...0.9),
        (["furniture", "chair", "sofa"], 0.5...0.92),
    ]

    /// The share within what a layout can use.
    var usableShare: Double { min(0.95, max(0.1, share)) }

    /// The share of the free width left of the product, and of the free height above it.
    var leading: (x: Double, y: Double) {
        func moved(_ start: Double, _ shift: Double) -> Double {
            let bounded = min(1, max(-1, shift))
            return bounded < 0 ? start * (1 + bounded) : start + (1 - start) * bounded
        }
        return (moved(0.5, shiftX), moved(anchor.spaceAbove, shiftY))
    }
}
