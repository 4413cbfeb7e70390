import Catalogue
import Diffusion
import Foundation
import Imaging

/// Jobs: making, holding and cancelling them.
extension StudioSession {
    func generate(_ scope: GenerationScope) throws {
        let engine = try requireEngine()
        let products: [ProductItem]
        switch scope {
        case .selected: products = [try requireProduct()]
        case .allOpen: products = state.products.filter { $0.counts.approved == 0 }
        case .products(let ids): products = state.products.filter { ids.contains($0.id) }
        }
        guard !products.isEmpty else { throw StudioError.nothingSelected(what: "product without an approved candidate") }
        var jobs: [Job] = []
        // What could be put into the queue is in it, even where a later product fails.
        defer { start(jobs) }
        for product in products {
            let draft = state.draft(of: product.id)
            let settings = settings(draft, product: product, category: product.categoryIdentifier, model: engine.description)
            jobs.append(try enqueue(settings, count: draft.parameters.candidateCount, product: product.id))
        }
    }

    func vary() throws {
        let engine = try requireEngine()
        guard let candidate = state.selectedCandidate else { throw StudioError.nothingSelected(what: "candidate") }
        guard let summary = candidate.summary else { throw StudioError.notFinished }
        let product = try requireProduct()
        let draft = Draft(
            summary.settings, candidateCount: state.draft.parameters.candidateCount,
            fallback: state.recommendedDraft.parameters.sampler)
        let settings = settings(draft, product: product, category: summary.settings.categoryIdentifier, model: engine.description)
        start([try enqueue(settings, count: draft.parameters.candidateCount, product: product.id)])
    }

    func cancel(_ jobs: [JobID]) throws {
        for job in jobs {
            do {
                try catalogue.setState(.cancelled, of: job)
            } catch CatalogueError.unknownJob {
                continue  // It ended while the key was pressed; its last event is on the way.
            }
            changes.note()
            if !queue.cancel(job) { state.apply(.jobCancelled(job)) }
        }
    }

    /// Moves a waiting job within the queue, in the catalogue as well.
    func moveJob(_ job: JobID, by places: Int) throws {
        guard let before = state.tasks.firstIndex(where: { $0.id == job }), state.tasks[before].stage == .queued else { return }
        // Only among its equals: the priority decides first.
        let equals = state.tasks.indices.filter {
            state.tasks[$0].stage == .queued && state.tasks[$0].priority == state.tasks[before].priority
        }
        let after = (before + places).clamped(to: (equals.first ?? before)...(equals.last ?? before))
        guard after != before else { return }
        var order = state.tasks.map(\.id)
        order.insert(order.remove(at: before), at: after)
        try catalogue.reorder(order)
        changes.note()
        queue.reorder(order)
        state.tasks.insert(state.tasks.remove(at: before), at: after)
    }

    /// Gives a job another priority, in the catalogue as well.
    func setPriority(_ priority: JobPriority, of job: JobID) throws {
        guard let place = state.tasks.firstIndex(where: { $0.id == job }), state.tasks[place].priority != priority else { return }
        try catalogue.setPriority(priority, of: job)
        changes.note()
        state.tasks[place].priority = priority
        state.arrangeTasks()
        queue.reorder(state.tasks.map(\.id))
    }

    /// Holds one job, or lets it go on, in the catalogue as well.
    func setPaused(_ isPaused: Bool, job: JobID) throws {
        guard let place = state.tasks.firstIndex(where: { $0.id == job }), state.tasks[place].isPaused != isPaused else { return }
        let resumed: Job.State = state.tasks[place].stage == .running ? .running : .queued
        try catalogue.setState(isPaused ? .paused : resumed, of: job)
        changes.note()
        state.tasks[place].isPaused = isPaused
        queue.setPaused(isPaused, job: job)
    }

    func setPaused(_ paused: Bool) {
        queue.setPaused(paused)
        state.apply(.queuePaused(paused))
    }

    // MARK: Jobs of an earlier run

    func offerInterruptedJobs() throws {
        let jobs = try catalogue.interruptedJobs()
        guard !jobs.isEmpty else { return }
        state.resumeOffer = ResumeOffer(jobIDs: jobs.map(\.id), candidatesLeft: jobs.reduce(0) { $0 + $1.count - $1.done })
    }

    func resumeInterrupted() throws {
        guard let offer = state.resumeOffer else { throw StudioError.nothingSelected(what: "interrupted job") }
        _ = try requireEngine()
        let jobs = try catalogue.adoptInterruptedJobs(offer.jobIDs)
        changes.note()
        state.resumeOffer = nil
        start(jobs)
    }

    func discardInterrupted() throws {
        guard let offer = state.resumeOffer else { throw StudioError.nothingSelected(what: "interrupted job") }
        try catalogue.discardInterruptedJobs(offer.jobIDs)
        changes.note()
        state.resumeOffer = nil
    }

    // MARK: Parts

    private func requireEngine() throws -> Engine {
        if let engine { return engine }
        if case .missing(let words) = state.model.readiness { throw StudioError.modelUnusable(reason: words) }
        throw StudioError.noModel
    }

    private func enqueue(_ settings: GenerationSettings, count: Int, product: ProductID) throws -> Job {
        if let name = settings.referenceName, !state.references.contains(name) { throw StudioError.referenceGone(name: name) }
        let job = try catalogue.enqueue(productID: product, settings: settings, count: count)
        changes.note()
        return job
    }

    private func start(_ jobs: [Job]) {
        guard !jobs.isEmpty else { return }
        state.enter(jobs.map(TaskItem.init))
        for job in jobs where job.state == .paused { queue.setPaused(true, job: job.id) }
        queue.add(jobs)
        queue.reorder(state.tasks.map(\.id))
    }

    private func settings(_ draft: Draft, product: ProductItem, category: String?, model: ModelDescription) -> GenerationSettings {
        let parameters = draft.parameters
        let size = ModelCanvas.modelSize(
            for: CanvasLayout(product, aspect: parameters.aspect), native: model.nativeSize, multiple: model.sizeMultiple)
        let seed: UInt64
        switch parameters.seed {
        case .fixed(let value): seed = value
        // The engine's noise generator takes 32 bits; a short number can also be read out and typed in.
        case .random: seed = UInt64.random(in: 0...UInt64(UInt32.max))
        }
        return GenerationSettings(
            prompt: draft.prompt, negativePrompt: draft.negativePrompt, categoryIdentifier: category, steps: parameters.steps,
            guidance: parameters.guidance, seed: seed, sampler: parameters.sampler.rawValue, aspect: parameters.aspect, width: size.width,
            height: size.height, referenceName: parameters.referenceName,
            referenceStrength: parameters.referenceName == nil ? 0 : parameters.referenceStrength,
            layout: model.acceptsLayout ? parameters.layout.rawValue : nil,
            floorLine: model.acceptsLayout ? parameters.arrangement.floorLine : nil,
            light: model.acceptsLayout ? parameters.arrangement.light?.rawValue : nil,
            placement: state.treatments[product.id].flatMap { $0.placement == .standard ? nil : $0.placement }, modelName: model.name,
            modelFingerprint: model.weightsFingerprint, engineVersion: Engine.version)
    }
}

extension CanvasLayout {
    /// A canvas of the right shape, for its proportions alone: the real one needs the photo, which only the worker opens.
    fileprivate init(_ product: ProductItem, aspect: AspectRatio) {
        let side = 10_000.0
        if let ratio = aspect.ratio {
            self.init(width: Int(side * ratio), height: Int(side), productX: 0, productY: 0)
        } else {
            self.init(width: product.width, height: product.height, productX: 0, productY: 0)
        }
    }
}
