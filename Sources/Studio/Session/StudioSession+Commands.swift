import Catalogue
import Foundation

extension StudioSession {
    /// Performs a command. What it changes on disk is there before ``state`` says so.
    /// - Returns: why it could not be done, nil when it was; the state's message says the same.
    @discardableResult
    public func perform(_ command: Command) -> StatusMessage? {
        defer { settle() }
        do {
            try Catalogue.$patience.withValue(isInteractive ? Self.keyPatience : Catalogue.patience) { try carryOut(command) }
            return nil
        } catch {
            let words = StatusMessage(error)
            state.message = words
            return words
        }
    }

    private func carryOut(_ command: Command) throws {
        switch command {
        case .selectProduct, .selectNextProduct, .selectPreviousProduct, .selectCandidate, .selectNextCandidate, .selectPreviousCandidate,
            .treat,
            .generate, .vary:
            state.uncut = []
        default: break
        }
        switch command {
        case .selectProduct, .selectNextProduct, .selectPreviousProduct, .selectCandidate, .selectNextCandidate, .selectPreviousCandidate,
            .dismissMessage:
            state.navigate(command)
            keepView()

        case .selectCategory, .setPrompt, .setNegativePrompt, .setParameter, .takeSettings, .resetParameters,
            .copyDraftToCategory:
            try edit(command)

        case .treat(let treatment): try treat(treatment)
        case .importMask(let url): try importMask(url)
        case .exportMask(let url): try exportMask(url)

        case .generate(let scope): try generate(scope)
        case .vary: try vary()
        case .cancelJob(let job): try cancel([job])
        case .cancelCurrent:
            // What the designer waits for at the screen comes before what is painted meanwhile.
            if state.cutting != nil { return giveUpCutouts() }
            if let task = state.runningTask { try cancel([task.id]) } else { errands.stop() }
        case .cancelAll:
            errands.stop()
            if state.cutting != nil { giveUpCutouts() }
            try cancel(state.tasks.map(\.id))
        case .moveJob(let job, let places): try moveJob(job, by: places)
        case .setPriority(let job, let priority): try setPriority(priority, of: job)
        case .pauseJob(let job, let isPaused): try setPaused(isPaused, job: job)
        case .pauseQueue: setPaused(true)
        case .resumeQueue: setPaused(false)
        case .resumeInterrupted: try resumeInterrupted()
        case .discardInterrupted: try discardInterrupted()

        case .approve: try decideSelected(.approved)
        case .reject: try decideSelected(.rejected)
        case .decide(let candidate, let verdict): try decide(candidate, verdict)
        case .undo: try moveInHistory({ [catalogue] in try catalogue.undo() }, nothing: "nothing to undo")
        case .redo: try moveInHistory({ [catalogue] in try catalogue.redo() }, nothing: "nothing to redo")

        case .rate(let stars): try judgeSelected { [catalogue] in try catalogue.rate($0, stars: stars) }
        case .label(let label):
            let isOn = state.selectedCandidate?.label == label
            try judgeSelected { [catalogue] in try catalogue.label($0, isOn ? nil : label) }
        case .annotate(let words): try judgeSelected { [catalogue] in try catalogue.annotate($0, note: words) }

        case .exportApproved: exportApproved()
        case .importPhotos(let urls): importFiles { catalogue, progress in catalogue.importProducts(urls, progress: progress) }
        case .importReferences(let urls): importFiles { catalogue, progress in catalogue.importReferences(urls, progress: progress) }
        case .rescan: rescan()
        }
    }

    /// The selected product.
    /// - Throws: `StudioError.nothingSelected`.
    func requireProduct() throws -> ProductItem {
        guard let product = state.selectedProduct else { throw StudioError.nothingSelected(what: "product") }
        return product
    }
}
