import Catalogue
import Diffusion
import Foundation
import Imaging

/// Works on one job at a time, from the photo to the stored candidates, and posts what happens. It belongs to the queue's worker.
final class JobRunner {
    /// How a job went.
    enum Outcome {
        /// Done, cancelled or failed, and said so.
        case over
        /// Paused after a picture; this is left of it.
        case held(Job)
        /// The model could not be loaded: no other job can go better.
        case noEngine(StatusMessage)
    }

    private let catalogue: Catalogue
    private let shelf: ProductShelf
    private let frames: PreviewFrames
    private let mailbox: Mailbox
    private let changes: ChangeCounter
    private let engine: Engine?
    private var painter: (any BackgroundPainter)?
    private var clock = StepClock()
    private var pacer = PreviewPacer()

    init(catalogue: Catalogue, shelf: ProductShelf, frames: PreviewFrames, mailbox: Mailbox, changes: ChangeCounter, engine: Engine?) {
        self.catalogue = catalogue
        self.shelf = shelf
        self.frames = frames
        self.mailbox = mailbox
        self.changes = changes
        self.engine = engine
    }

    /// Paints what is left of a job.
    func run(_ job: Job, cancellation: CancellationFlag, hold: Hold) -> Outcome {
        do {
            try check(cancellation)
            _ = try unlocked(cancellation) { try catalogue.setState(.running, of: job.id) }
            mailbox.post(.jobStarted(job.id))
            let painter: any BackgroundPainter
            do {
                painter = try loadedPainter(cancellation)
            } catch let error where !(error is CancellationError) {
                let words = StatusMessage(error)
                mailbox.post(.modelFailed(words))
                fail(job.id, words)
                return .noEngine(words)
            }
            let scene = try Scene(job, catalogue: catalogue, shelf: shelf) { _ in try check(cancellation) }
            for index in job.done..<job.count {
                if hold.isHeld() {
                    let rest = try unlocked(cancellation) { try catalogue.setState(.paused, of: job.id) }
                    mailbox.post(.jobHeld(job.id))
                    return .held(rest)
                }
                try paint(index, of: job, scene: scene, with: painter, cancellation: cancellation, hold: hold)
            }
            mailbox.post(.jobFinished(job.id))
        } catch is CancellationError {
            if !hold.isStopping() { mailbox.post(.jobCancelled(job.id)) }
        } catch CatalogueError.unknownJob {
            // It was cancelled between being taken up and being started.
            mailbox.post(.jobCancelled(job.id))
        } catch {
            fail(job.id, StatusMessage(error))
        }
        return .over
    }

    /// Notes in the catalogue that a job failed, and says so.
    func fail(_ job: JobID, _ words: StatusMessage) {
        do {
            try catalogue.setState(.failed, of: job, message: words.line)
            mailbox.post(.jobFailed(job, words))
        } catch {
            mailbox.post(.jobFailed(job, StatusMessage(.error, words.text, advice: "(and it could not be noted: \(error))")))
        }
    }

    private func loadedPainter(_ cancellation: CancellationFlag) throws -> any BackgroundPainter {
        if let painter { return painter }
        guard let engine else { throw StudioError.noModel }
        mailbox.post(.modelLoading)
        let started = ContinuousClock.now
        let loaded = try engine.makePainter(cancellation)
        painter = loaded
        mailbox.post(.modelLoaded(seconds: started.duration(to: .now) / .seconds(1)))
        return loaded
    }

    private func paint(
        _ index: Int, of job: Job, scene: Scene, with painter: any BackgroundPainter, cancellation: CancellationFlag, hold: Hold
    ) throws {
        let settings = job.settings.picture(index)
        let key = CandidateKey.coming(job.id, index: index)
        _ = hold.whilePaused()
        try check(cancellation)
        mailbox.post(.candidateStarted(job.id, index: index))
        let started = ContinuousClock.now
        clock.begin()
        pacer.begin()
        defer { frames.clear(key) }
        let background = try painter.paint(try scene.request(settings), cancellation: cancellation) { step in
            let secondsPerStep = clock.tick()
            mailbox.post(.step(StepReport(job: job.id, index: index, step: step.index, count: step.count, secondsPerStep: secondsPerStep)))
            try? catalogue.heartbeat()  // A missed beat is made up for at the next step.
            try show(step, of: key, scene: scene)
            if hold.whilePaused() { clock.skip() }
            try check(cancellation)
        }
        let seconds = started.duration(to: .now) / .seconds(1)
        let candidate = try unlocked(cancellation) {
            try catalogue.storeCandidate(background, productID: job.productID, settings: settings, seconds: seconds, jobID: job.id)
        }
        changes.note()
        mailbox.post(.candidateFinished(job.id, index: index, CandidateItem(candidate)))
    }

    /// Writes into the catalogue; where another program has it locked, as soon as it is free: what is painted is not thrown away.
    private func unlocked<Value>(_ cancellation: CancellationFlag, _ write: () throws -> Value) throws -> Value {
        while true {
            do {
                return try write()
            } catch let error as CatalogueError {
                guard case .locked = error else { throw error }
                let advice = "painting goes on as soon as it is free"
                mailbox.post(.message(StatusMessage(.warning, "another program has the catalogue locked", advice: advice)))
                try check(cancellation)
            }
        }
    }

    /// Makes the step's picture for the screen, where there is one and the time for it.
    private func show(_ step: PaintingStep, of key: CandidateKey, scene: Scene) throws {
        guard let size = frames.size, pacer.isDue(isLast: step.index == step.count) else { return }
        let started = ContinuousClock.now
        frames.put(try scene.preview(size).render(background: try step.picture()), of: key, step: step.index)
        pacer.note(cost: started.duration(to: .now) / .seconds(1))
        mailbox.post(.preview(key, step: step.index))
    }

    private func check(_ cancellation: CancellationFlag) throws {
        if cancellation.isCancelled { throw CancellationError() }
    }
}

/// Decides which steps are shown: all of them where that is cheap, else as many as a terminal can draw.
struct PreviewPacer {
    private var lastStart: ContinuousClock.Instant?
    private var lastStep: ContinuousClock.Instant?
    private var cost = 0.0

    /// A terminal draws two to four previews a second; more would only slow the steps down.
    private static let interval = 0.25
    /// The share of the time between two steps that a preview may take unasked.
    private static let share = 0.5

    /// A picture begins.
    mutating func begin() {
        lastStart = nil
        lastStep = nil
    }

    /// Whether the step that was just done is to be shown.
    mutating func isDue(isLast: Bool) -> Bool {
        let now = ContinuousClock.now
        let sinceStep = lastStep.map { $0.duration(to: now) / .seconds(1) }
        lastStep = now
        let sinceShown = lastStart.map { $0.duration(to: now) / .seconds(1) } ?? .infinity
        let isCheap = sinceStep.map { cost < $0 * Self.share } ?? true
        guard sinceShown >= Self.interval || isCheap || isLast else { return false }
        lastStart = now
        return true
    }

    /// What showing it took, in seconds.
    mutating func note(cost: Double) {
        self.cost = cost
    }
}
