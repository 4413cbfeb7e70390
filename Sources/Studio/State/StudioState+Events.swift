/// The reducer: how news changes what is shown. Pure, so that every transition can be tested without an engine, a disk or a terminal.
extension StudioState {
    /// Takes one piece of news into the state.
    public mutating func apply(_ event: Event) {
        switch event {
        case .modelLoading: model.readiness = .loading
        case .modelLoaded(let seconds): model.readiness = .ready(seconds: seconds)
        case .modelFailed(let words):
            model.readiness = .failed(words.text)
            message = words

        case .jobStarted(let job): change(job) { $0.stage = .running }
        case .candidateStarted(let job, let index): begin(index, of: job)
        case .step(let report):
            change(report.job) { task in
                task.step = report.step
                task.steps = report.count
                task.secondsPerStep = report.secondsPerStep
            }
        case .preview(let key, let step): preview = PreviewMark(key: key, step: step)
        case .candidateFinished(let job, let index, let item): finish(index, of: job, as: item)
        case .jobFinished(let job): end(job)
        case .jobCancelled(let job): end(job)
        case .jobHeld(let job):
            change(job) { $0.stage = .queued }
            arrangeTasks()
        case .jobFailed(let job, let words):
            message = words.naming(tasks.first { $0.id == job }.map { name(of: $0.productID) })
            end(job)
        case .queuePaused(let paused): queueIsPaused = paused

        case .pictureReady, .promptMeterReady, .catalogueUnlocked: break
        case .pictureFailed(_, let words): message = words
        case .checked(let candidate, let measured): take(measured, of: candidate)
        case .treated(let product, let treatment): take(treatment, of: product)
        case .cutoutProgress(let product, let done): cutting = CutoutWork(productID: product, fraction: done)
        case .cutoutEnded: cutting = nil
        case .measured(let product, let aspect, let size): outputSizes[product, default: [:]][aspect] = size

        case .catalogueChanged(let snapshot): take(snapshot)

        case .importProgress(let done, let total, let name):
            fileWork = FileWork(kind: .importing, done: done, total: total, name: name)
        case .importFinished(let report):
            // A look at the folder that found nothing new has nothing to say.
            if fileWork != nil || !report.isEmpty { message = report.message }
            fileWork = nil
        case .exportProgress(let done, let total, let name):
            fileWork = FileWork(kind: .exporting, done: done, total: total, name: name)
        case .exportFinished(let report):
            fileWork = nil
            lastExport = report
            message = report.message
        case .importFailed(let words), .exportFailed(let words):
            fileWork = nil
            message = words

        case .message(let words): message = words
        case .interrupted: message = StatusMessage(.info, "interrupted")
        }
    }

    /// Replaces everything that came from the catalogue; the selection stays where it still can.
    private mutating func take(_ snapshot: CatalogueView) {
        products = snapshot.products
        stored = snapshot.candidates
        treatments = snapshot.treatments
        drafts = snapshot.drafts
        references = snapshot.references
        canUndo = snapshot.canUndo
        canRedo = snapshot.canRedo
        pastPrompts = snapshot.prompts
        for task in tasks { showPercent(of: task.productID) }
        repairSelection()
    }

    private mutating func begin(_ index: Int, of job: JobID) {
        change(job) { task in
            task.stage = .running
            task.done = index
            task.step = 0
        }
        if followsPainting, let task = tasks.first(where: { $0.id == job }), task.productID == selectedProductID {
            selectedCandidateKey = .coming(job, index: index)
        }
    }

    private mutating func finish(_ index: Int, of job: JobID, as item: CandidateItem) {
        add(item)
        remember(item.summary?.settings.prompt)
        change(job) { task in
            task.done = index + 1
            task.step = 0
        }
        let key = CandidateKey.coming(job, index: index)
        if preview?.key == key { preview = nil }
        if selectedCandidateKey == key { selectedCandidateKey = item.key }
    }

    /// Enters a stored candidate, or replaces what was known of it.
    mutating func add(_ item: CandidateItem) {
        var strip = stored[item.productID] ?? []
        strip.removeAll { $0.key == item.key }
        strip.append(item)
        strip.sort { $0.number < $1.number }
        stored[item.productID] = strip
        recount(item.productID)
    }

    /// Puts the tasks into the order of their turns: the running one, then by priority.
    mutating func arrangeTasks() {
        func rank(_ task: TaskItem) -> Int { task.stage == .running ? 2 : task.priority.rawValue }
        tasks = tasks.enumerated().sorted { one, other in
            (rank(other.element), one.offset) < (rank(one.element), other.offset)
        }.map(\.element)
    }

    /// Enters new jobs at the end of the queue, before those of a lower priority; where one is for the selected product, the selection follows it.
    mutating func enter(_ new: [TaskItem]) {
        tasks += new
        arrangeTasks()
        guard let task = new.first(where: { $0.productID == selectedProductID }) else { return }
        followsPainting = true
        selectedCandidateKey = .coming(task.id, index: task.done)
    }

    /// Gives a product its category.
    mutating func setCategory(_ identifier: String?, of product: ProductID) {
        guard let position = products.firstIndex(where: { $0.id == product }) else { return }
        products[position].categoryIdentifier = identifier
        forgetChecks(of: product)
    }

    /// Takes a job off the board.
    private mutating func end(_ job: JobID) {
        guard let task = tasks.first(where: { $0.id == job }) else { return }
        if model.readiness == .loading { model.readiness = .described }
        let wasFollowing = followsPainting && task.productID == selectedProductID
        tasks.removeAll { $0.id == job }
        showPercent(of: task.productID)
        if case .coming(job, _)? = preview?.key { preview = nil }
        if wasFollowing && !tasks.contains(where: { $0.productID == task.productID }) {
            show(product: task.productID)
        } else {
            repairSelection()
        }
    }

    private mutating func change(_ job: JobID, _ body: (inout TaskItem) -> Void) {
        guard let position = tasks.firstIndex(where: { $0.id == job }) else { return }
        body(&tasks[position])
        showPercent(of: tasks[position].productID)
    }

    /// Counts a product's decisions again.
    mutating func recount(_ product: ProductID) {
        guard let position = products.firstIndex(where: { $0.id == product }) else { return }
        products[position].counts = ReviewCounts(of: stored[product] ?? [])
    }

    private mutating func showPercent(of product: ProductID) {
        guard let position = products.firstIndex(where: { $0.id == product }) else { return }
        let running = tasks.first { $0.productID == product && $0.stage == .running }
        products[position].percent = running.map { Int(($0.fraction * 100).rounded(.down)) }
    }
}
