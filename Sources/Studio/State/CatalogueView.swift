import Imaging

/// What the catalogue held at one moment, in the studio's terms.
public struct CatalogueView: Sendable, Equatable {
    public var products: [ProductItem]
    /// Stored candidates by product, by number.
    public var candidates: [ProductID: [CandidateItem]]
    public var drafts: [ProductID: Draft]
    public var treatments: [ProductID: ProductTreatment]
    /// Names of the brand pictures.
    public var references: [String]
    public var canUndo: Bool
    public var canRedo: Bool
    /// Prompts that candidates were painted from, see `StudioState.promptHistory`.
    let prompts: [String]
    /// Candidates that were not rejected and of which nobody knows whether a check warns, oldest first.
    var unchecked: [CandidateID] = []
    /// How much this process had written when the reading began: a later write makes it stale.
    var reading = 0

    public init(
        products: [ProductItem] = [], candidates: [ProductID: [CandidateItem]] = [:], drafts: [ProductID: Draft] = [:],
        treatments: [ProductID: ProductTreatment] = [:],
        references: [String] = [],
        canUndo: Bool = false, canRedo: Bool = false
    ) {
        self.products = products
        self.candidates = candidates
        self.drafts = drafts
        self.treatments = treatments
        self.references = references
        self.canUndo = canUndo
        self.canRedo = canRedo
        prompts = PromptShelf.history(of: candidates)
    }
}
