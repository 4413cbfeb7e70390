import Catalogue
import Diffusion

extension CatalogueView {
    /// The catalogue's contents in the studio's terms.
    init(_ contents: CatalogueContents, fallbackSampler: SchedulerKind) {
        let candidates = Dictionary(grouping: contents.candidates.map(CandidateItem.init), by: \.productID)
        self.init(
            products: contents.products.map { ProductItem($0, candidates: candidates[$0.id] ?? []) }, candidates: candidates,
            drafts: contents.drafts.mapValues { Draft($0, fallback: fallbackSampler) }, treatments: contents.treatments,
            references: contents.references.map(\.name),
            canUndo: contents.canUndo, canRedo: contents.canRedo)
        unchecked = contents.candidates.filter { $0.warnings == nil && $0.decision != .rejected }.map(\.id)
    }
}

extension CandidateItem {
    /// A stored candidate.
    init(_ candidate: Candidate) {
        self.init(
            key: .stored(candidate.id), productID: candidate.productID, number: candidate.number, verdict: candidate.decision,
            progress: .finished, seed: candidate.settings.seed, rating: candidate.rating, note: candidate.note,
            label: candidate.label, warnings: candidate.warnings, decidedBy: candidate.decision == .open ? nil : candidate.decidedBy,
            decidedAt: candidate.decision == .open ? nil : candidate.decidedAt,
            summary: CandidateSummary(settings: candidate.settings, seconds: candidate.seconds, fileName: candidate.fileName))
    }
}

extension ProductItem {
    /// A product with the counts of its candidates.
    init(_ product: Product, candidates: [CandidateItem]) {
        self.init(
            id: product.id, name: product.name, fileName: product.fileName, width: product.width, height: product.height,
            categoryIdentifier: product.categoryIdentifier, cutout: product.warning.map(CutoutState.warning) ?? .good,
            counts: ReviewCounts(of: candidates))
    }
}

extension ReviewCounts {
    /// The decisions on these candidates, counted.
    init(of candidates: [CandidateItem]) {
        self.init()
        for candidate in candidates {
            switch candidate.verdict {
            case .open: open += 1
            case .approved: approved += 1
            case .rejected: rejected += 1
            }
            bestRating = max(bestRating, candidate.verdict == .rejected ? 0 : candidate.rating)
            if let label = candidate.label { labels.insert(label) }
            if candidate.verdict != .rejected, candidate.warnings?.isEmpty == false { warnings += 1 }
        }
    }
}

extension TaskItem {
    /// A job of the queue.
    init(_ job: Job) {
        self.init(
            id: job.id, productID: job.productID, count: job.count, done: job.done, seed: job.settings.seed, steps: job.settings.steps,
            priority: job.priority, isPaused: job.state == .paused)
    }
}
