import Imaging

/// What a screen reads off the state.
extension StudioState {
    public var selectedProduct: ProductItem? {
        products.first { $0.id == selectedProductID }
    }

    /// A product by its row; nil where it is gone.
    public func product(_ id: ProductID) -> ProductItem? {
        products.first { $0.id == id }
    }

    /// The draft of the selected product.
    public var draft: Draft {
        selectedProductID.map { draft(of: $0) } ?? recommendedDraft
    }

    /// A product's own draft, or the recommendation where nothing was written yet.
    public func draft(of product: ProductID) -> Draft {
        drafts[product] ?? recommendedDraft
    }

    /// The strip of the selected product: stored candidates by number, then those still to come.
    public var candidates: [CandidateItem] {
        selectedProductID.map { candidates(of: $0) } ?? []
    }

    /// A product's stored candidates by number, then those still to come in the order they will be painted.
    public func candidates(of product: ProductID) -> [CandidateItem] {
        var strip = stored[product] ?? []
        var number = strip.last?.number ?? 0
        for task in tasks where task.productID == product && task.done < task.count {
            for index in task.done..<task.count {
                number += 1
                let isPainting = task.stage == .running && index == task.done
                strip.append(
                    CandidateItem(
                        key: .coming(task.id, index: index), productID: product, number: number,
                        progress: isPainting ? .painting(step: task.step, count: task.steps) : .waiting, seed: task.seed &+ UInt64(index)))
            }
        }
        return strip
    }

    public var selectedCandidate: CandidateItem? {
        candidates.first { $0.key == selectedCandidateKey }
    }

    /// The checks of the selected candidate, nil until they were measured.
    public var selectedChecks: CandidateChecks? {
        selectedCandidateKey?.storedID.flatMap { checks[$0] }
    }

    /// Size in pixels of the selected product's finished picture, nil while unknown.
    public var outputSize: PictureSize? {
        selectedProductID.flatMap { outputSizes[$0]?[draft.parameters.aspect] }
    }

    /// Approved, rejected and open candidates of the whole catalogue.
    public var totals: ReviewCounts {
        // Drawn with every screen, of ten thousand products too: numbers alone, no sets put together.
        var totals = ReviewCounts()
        for index in products.indices {
            totals.approved += products[index].counts.approved
            totals.rejected += products[index].counts.rejected
            totals.open += products[index].counts.open
        }
        return totals
    }

    /// The job being painted.
    public var runningTask: TaskItem? {
        tasks.first { $0.stage == .running }
    }

    /// Seconds until the whole queue is done at the running job's speed, nil before its first step.
    public var secondsLeft: Double? {
        guard let perStep = runningTask?.secondsPerStep else { return nil }
        return perStep * Double(tasks.reduce(0) { $0 + $1.stepsLeft })
    }

    /// What the large picture area shows: the candidate, the newest step of the one being painted, or the product alone.
    public var stage: PictureSubject? {
        guard let product = selectedProductID else { return nil }
        switch selectedCandidateKey {
        case .stored(let id): return .candidate(id)
        case .some(let key) where preview?.key == key: return .painting(key)
        default: return .cutout(product)
        }
    }

    /// A product's name, or a word for one that is gone.
    public func name(of product: ProductID) -> String {
        products.first { $0.id == product }?.name ?? "a removed product"
    }
}
