import Catalogue
import Testing

@testable import Studio

@Suite("The state changes only as events and moves say")
struct StateTests {
    /// Three products; candidates 11, 12, 13 of product 1 and 21 of product 2 are open.
    private func studio() -> StudioState {
        var state = StudioState(
            catalogueName: "spring", model: ModelInfo(name: "m", nativeSize: 64, fingerprint: "", parameterCount: 0, readiness: .described))
        let open = [
            1: [11, 12, 13], 2: [21],
        ].map { product, ids in
            (ProductID(product), ids.enumerated().map { stored(CandidateID($1), number: $0 + 1, product: ProductID(product)) })
        }
        let candidates = Dictionary(uniqueKeysWithValues: open)
        state.apply(
            .catalogueChanged(
                CatalogueView(
                    products: [1, 2, 3].map { id in
                        ProductItem(
                            id: id, name: "product \(id)", fileName: "\(id).png", width: 10, height: 10,
                            counts: ReviewCounts(of: candidates[id] ?? []))
                    }, candidates: candidates)))
        return state
    }

    private func stored(_ id: CandidateID, number: Int, product: ProductID, verdict: Verdict = .open) -> CandidateItem {
        CandidateItem(key: .stored(id), productID: product, number: number, verdict: verdict, progress: .finished, seed: 1)
    }

    private func decide(_ verdict: Verdict, in state: inout StudioState) {
        guard let candidate = state.selectedCandidate else { return }
        var decided = candidate
        decided.verdict = verdict
        state.add(decided)
        state.advance(past: candidate.key)
    }

    @Test("The first product and its first open candidate are selected")
    func firstSelection() {
        let state = studio()
        #expect(state.selectedProductID == 1)
        #expect(state.selectedCandidateKey == .stored(11))
        #expect(state.stage == .candidate(11))
        #expect(state.totals == ReviewCounts(open: 4))
    }

    @Test("A decision leads to the next open candidate, then to earlier ones, then to the next product, then stays")
    func autoAdvance() {
        var state = studio()
        state.navigate(.selectCandidate(.stored(12)))
        decide(.approved, in: &state)
        #expect(state.selectedCandidateKey == .stored(13))
        decide(.rejected, in: &state)
        #expect(state.selectedCandidateKey == .stored(11))
        decide(.approved, in: &state)
        #expect(state.selectedProductID == 2)
        #expect(state.selectedCandidateKey == .stored(21))
        decide(.approved, in: &state)
        #expect(state.selectedCandidateKey == .stored(21))
        #expect(state.totals == ReviewCounts(approved: 3, rejected: 1, open: 0))
    }

    @Test("Where nothing is open any more, a decision leads to the picture being painted")
    func advanceToPainting() {
        var state = studio()
        state.navigate(.selectProduct(2))
        for id in [11, 12, 13] { state.add(stored(CandidateID(id), number: id - 10, product: 1, verdict: .approved)) }
        state.enter([TaskItem(id: 5, productID: 2, count: 2, seed: 40, steps: 4)])
        state.navigate(.selectCandidate(.stored(21)))
        decide(.rejected, in: &state)
        #expect(state.selectedCandidateKey == .coming(5, index: 0))
    }

    @Test("Moving stops at both ends")
    func navigationEnds() {
        var state = studio()
        state.navigate(.selectPreviousProduct)
        #expect(state.selectedProductID == 1)
        for _ in 0..<9 { state.navigate(.selectNextCandidate) }
        #expect(state.selectedCandidateKey == .stored(13))
        for _ in 0..<9 { state.navigate(.selectNextProduct) }
        #expect(state.selectedProductID == 3)
        #expect(state.selectedCandidateKey == nil)
        #expect(state.stage == .cutout(3))
        state.navigate(.selectNextCandidate)
        #expect(state.selectedCandidateKey == nil)
        state.navigate(.selectProduct(99))
        state.navigate(.selectCandidate(.stored(11)))
        #expect(state.selectedProductID == 3 && state.selectedCandidateKey == nil)
    }

    @Test("A job fills the strip from left to right, and the selection goes with it until the designer moves")
    func jobRuns() {
        var state = studio()
        state.enter([TaskItem(id: 5, productID: 1, count: 2, seed: 40, steps: 4)])
        #expect(state.candidates.map(\.number) == [1, 2, 3, 4, 5])
        #expect(state.candidates.suffix(2).map(\.seed) == [40, 41])
        #expect(state.selectedCandidateKey == .coming(5, index: 0))
        #expect(state.stage == .cutout(1))

        state.apply(.jobStarted(5))
        state.apply(.candidateStarted(5, index: 0))
        state.apply(.step(StepReport(job: 5, index: 0, step: 3, count: 4, secondsPerStep: 0.5)))
        state.apply(.preview(.coming(5, index: 0), step: 3))
        #expect(state.candidates[3].progress == .painting(step: 3, count: 4))
        #expect(state.candidates[4].progress == .waiting)
        #expect(state.stage == .painting(.coming(5, index: 0)))
        #expect(state.runningTask?.secondsLeft == 2.5)
        #expect(state.products[0].percent == 37)

        state.apply(.candidateFinished(5, index: 0, stored(14, number: 4, product: 1)))
        #expect(state.selectedCandidateKey == .stored(14))
        #expect(state.products[0].counts.open == 4)
        state.apply(.candidateStarted(5, index: 1))
        #expect(state.selectedCandidateKey == .coming(5, index: 1))

        state.navigate(.selectCandidate(.stored(12)))
        state.apply(.candidateFinished(5, index: 1, stored(15, number: 5, product: 1)))
        state.apply(.jobFinished(5))
        #expect(state.selectedCandidateKey == .stored(12))
        #expect(state.tasks.isEmpty && state.products[0].percent == nil && state.preview == nil)
    }

    @Test("When the job that was watched ends, its first open candidate is shown")
    func endOfWatchedJob() {
        var state = studio()
        for id in [11, 12, 13] { state.add(stored(CandidateID(id), number: id - 10, product: 1, verdict: .rejected)) }
        state.enter([TaskItem(id: 5, productID: 1, count: 2, seed: 40, steps: 4)])
        for index in 0..<2 {
            state.apply(.candidateStarted(5, index: index))
            state.apply(.candidateFinished(5, index: index, stored(CandidateID(14 + index), number: 4 + index, product: 1)))
        }
        state.apply(.jobFinished(5))
        #expect(state.selectedCandidateKey == .stored(14))
    }

    @Test("A cancelled or failed job leaves the strip, and the others go on")
    func endsEarly() {
        var state = studio()
        state.enter([
            TaskItem(id: 5, productID: 1, count: 2, seed: 40, steps: 4), TaskItem(id: 6, productID: 2, count: 1, seed: 50, steps: 4),
        ])
        state.apply(.jobFailed(5, StatusMessage(.error, "no brush", advice: "buy one")))
        #expect(state.message?.line == "product 1: no brush – buy one")
        #expect(state.candidates.count == 3)
        #expect(state.selectedCandidateKey == .stored(11))
        #expect(state.tasks.map(\.id) == [6])
        state.apply(.jobCancelled(6))
        #expect(state.tasks.isEmpty)
    }

    @Test("A new reading of the catalogue keeps the selection, and repairs it where its product is gone")
    func catalogueChanged() {
        var state = studio()
        state.navigate(.selectCandidate(.stored(13)))
        var view = CatalogueView(products: state.products, candidates: state.stored)
        state.apply(.catalogueChanged(view))
        #expect(state.selectedCandidateKey == .stored(13))
        view.products.removeFirst()
        view.candidates[1] = nil
        state.apply(.catalogueChanged(view))
        #expect(state.selectedProductID == 2)
        #expect(state.selectedCandidateKey == .stored(21))
    }

    @Test("Parameters stay within their ranges")
    func ranges() {
        var parameters = GenerationParameters()
        for change in [ParameterChange.steps(0), .guidance(99), .candidateCount(1000), .referenceStrength(-1)] { parameters.apply(change) }
        #expect(parameters.steps == 1 && parameters.guidance == 30 && parameters.candidateCount == 16 && parameters.referenceStrength == 0)
        parameters.apply(.guidance(.nan))
        #expect(parameters.guidance == 30)
    }

    @Test("The category tree puts children under their parents, and survives orphans and circles")
    func categoryTree() {
        func category(_ identifier: String, _ parent: String? = nil) -> CategoryItem {
            CategoryItem(identifier: identifier, name: identifier, nameJapanese: identifier, parent: parent)
        }
        let tree = CategoryTree([
            category("sneaker", "shoe"), category("food"), category("shoe"), category("orphan", "nobody"), category("a", "b"),
            category("b", "a"),
        ])
        #expect(tree.items.map(\.identifier) == ["food", "shoe", "sneaker", "orphan", "a", "b"])
        #expect(tree.items.map(\.depth) == [0, 0, 1, 0, 0, 1])
        #expect(tree["sneaker"]?.parent == "shoe")
    }
}
