import Catalogue

/// One line of the product list.
public struct ProductItem: Sendable, Equatable, Identifiable {
    /// How sure the program is of the product's outline.
    public enum CutoutState: Sendable, Equatable {
        /// The outline is good.
        case good
        /// The outline needs a look; the text says why.
        case warning(String)
    }

    public let id: ProductID
    /// The name the designer knows it by: the file's name without its extension.
    public var name: String
    /// The photo in `products/`.
    public var fileName: String
    /// The photo's size in pixels, as it stands upright.
    public var width: Int
    public var height: Int
    /// The identifier token of its category, nil where none was chosen.
    public var categoryIdentifier: String?
    public var cutout: CutoutState
    /// Stored candidates by decision.
    public var counts: ReviewCounts
    /// How far the job that is painting for this product has come, 0…100, nil when none is.
    public var percent: Int?

    public init(
        id: ProductID, name: String, fileName: String, width: Int, height: Int, categoryIdentifier: String? = nil,
        cutout: CutoutState = .good, counts: ReviewCounts = ReviewCounts(), percent: Int? = nil
    ) {
        self.id = id
        self.name = name
        self.fileName = fileName
        self.width = width
        self.height = height
        self.categoryIdentifier = categoryIdentifier
        self.cutout = cutout
        self.counts = counts
        self.percent = percent
    }
}

/// How many candidates were approved, rejected, or wait for a decision, and what else was said of them.
public struct ReviewCounts: Sendable, Equatable {
    public var approved: Int
    public var rejected: Int
    public var open: Int
    /// The most stars that one of them has which was not rejected.
    public var bestRating = 0
    /// The labels that one of them carries.
    public var labels: Set<CandidateLabel> = []
    /// How many of them warn and were not rejected.
    public var warnings = 0

    public init(approved: Int = 0, rejected: Int = 0, open: Int = 0) {
        self.approved = approved
        self.rejected = rejected
        self.open = open
    }

}
