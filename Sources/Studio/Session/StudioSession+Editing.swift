import Catalogue
import Foundation

/// What is typed and chosen for products, and where the screen stands.
extension StudioSession {
    func edit(_ command: Command) throws {
        let product = try requireProduct()
        var draft = state.draft
        switch command {
        case .selectCategory(let identifier): return try setCategory(identifier, of: product)
        case .setPrompt(let text): draft.prompt = text
        case .setNegativePrompt(let text): draft.negativePrompt = text
        case .setParameter(let change): draft.parameters.apply(change)
        case .takeSettings(let settings):
            draft = Draft(
                settings, candidateCount: draft.parameters.candidateCount, fallback: state.recommendedDraft.parameters.sampler)
            draft.parameters.seed = .fixed(settings.seed)
        case .resetParameters:
            draft.parameters = state.recommendedDraft.parameters
            draft.negativePrompt = state.recommendedDraft.negativePrompt
        case .copyDraftToCategory: return try copyDraft(draft, from: product)
        default: return
        }
        keep(draft, of: product.id)
    }

    private func keep(_ draft: Draft, of product: ProductID) {
        state.drafts[product] = draft
        keeper.keep(draft, of: product)
    }

    private func setCategory(_ identifier: String?, of product: ProductItem) throws {
        let start = state.startingPlacement(ofCategory: product.categoryIdentifier)
        let before = state.treatment(of: product.id)
        // A place that nobody has chosen goes with the category.
        var treatment = before
        if before.placement == start || before.placement == .standard {
            treatment.placement = state.startingPlacement(ofCategory: identifier)
        }
        try persist(
            { [catalogue, treatment] in
                try catalogue.setCategory(identifier, of: product.id)
                if treatment != before { try catalogue.saveTreatment(treatment, productID: product.id) }
            },
            then: { [treatment] session, _ in
                session.state.setCategory(identifier, of: product.id)
                if treatment != before { session.state.take(treatment, of: product.id) }
                session.checkAgain(product.id)
            })
    }

    private func copyDraft(_ draft: Draft, from product: ProductItem) throws {
        let others = state.products.filter { $0.id != product.id && $0.categoryIdentifier == product.categoryIdentifier }
        for other in others { keep(draft, of: other.id) }
        if !isInteractive { keeper.flush() }
        state.message = StatusMessage(.info, "the prompt and parameters now stand for \(others.count) other products")
    }

    // MARK: Where the screen stands

    private static let productKey = "product"
    private static let candidateKey = "candidate"

    /// Keeps the selection, so that the next start opens here.
    func keepView() {
        guard let product = state.selectedProductID else { return }
        keeper.keep(view: String(product), for: Self.productKey)
        if let candidate = state.selectedCandidateKey?.storedID { keeper.keep(view: String(candidate), for: Self.candidateKey) }
    }

    /// What a screen wants to know again at the next start, by a word of its own: which pane had the focus, the theme.
    public func keep(screen value: String, for key: String) {
        keeper.keep(view: value, for: "screen-" + key)
    }

    /// What `keep(screen:for:)` was given last by this designer; nil where it never was.
    public func screenValue(for key: String) -> String? {
        (try? catalogue.viewState("screen-" + key)) ?? nil
    }

    /// Goes where this designer was last.
    func restoreView() throws {
        guard let product = try catalogue.viewState(Self.productKey).flatMap(ProductID.init) else { return }
        state.navigate(.selectProduct(product))
        guard let candidate = try catalogue.viewState(Self.candidateKey).flatMap(CandidateID.init) else { return }
        state.navigate(.selectCandidate(.stored(candidate)))
    }
}
