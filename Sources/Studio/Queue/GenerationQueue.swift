import Catalogue
import Diffusion
import Foundation

/// The jobs of this session, painted one after another by one long-lived worker.
///
/// The worker is a single block on a background Dispatch queue that lives as long as the session and owns the engine: the engine's thread pool belongs to
/// the thread that first called it, so the engine must never change threads.
///
/// Sound as `@unchecked Sendable`: everything that changes is only touched with `condition` locked.
final class GenerationQueue: @unchecked Sendable {
    /// What the worker is at.
    private struct Current {
        let job: JobID
        let cancellation: CancellationFlag
    }

    private let condition = NSCondition()
    private var waiting: [Job] = []
    private var current: Current?
    private var isPaused = false
    /// Jobs that wait until they are told to go on.
    private var held: Set<JobID> = []
    private var isStopping = false
    private var hasEnded = false

    /// Starts the worker, which sleeps until there is a job.
    /// - Parameter makeRunner: called once, on the worker's thread, with the queue's hold.
    init(makeRunner: @escaping @Sendable () -> JobRunner) {
        DispatchQueue(label: "backdrop.generation", qos: .utility).async { [self] in
            ThreadManners.giveWay()
            work(with: makeRunner())
        }
    }

    // MARK: From any thread

    /// Puts jobs at the end.
    func add(_ jobs: [Job]) {
        locked { waiting += jobs }
    }

    /// Puts the waiting jobs into the given order; those that it does not name come last, as they were.
    func reorder(_ jobs: [JobID]) {
        locked {
            let places = Dictionary(jobs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            waiting = waiting.enumerated().sorted { one, other in
                (places[one.element.id] ?? .max, one.offset) < (places[other.element.id] ?? .max, other.offset)
            }.map(\.element)
        }
    }

    /// Takes a job out, or stops the worker at it.
    /// - Returns: true where the worker is at it and will say when it has stopped; false where it was still waiting, or is over.
    @discardableResult
    func cancel(_ job: JobID) -> Bool {
        locked {
            waiting.removeAll { $0.id == job }
            held.remove(job)
            guard current?.job == job else { return false }
            current?.cancellation.cancel()
            return true
        }
    }

    /// Holds the work between two steps, or lets it go on.
    func setPaused(_ paused: Bool) {
        locked { isPaused = paused }
    }

    /// Holds one job, or lets it go on. The one that is being painted stops after the picture in hand.
    func setPaused(_ paused: Bool, job: JobID) {
        locked {
            if paused { held.insert(job) } else { held.remove(job) }
        }
    }

    /// Gives up what is being painted and ends the worker; jobs that are not done stay unfinished in the catalogue.
    /// - Parameter patience: seconds to wait for the worker to end.
    func stop(patience: Double) {
        locked {
            isStopping = true
            waiting = []
            current?.cancellation.cancel()
        }
        let deadline = Date(timeIntervalSinceNow: patience)
        condition.lock()
        while !hasEnded, condition.wait(until: deadline) {}
        condition.unlock()
    }

    // MARK: On the worker

    private func work(with runner: JobRunner) {
        while let (job, cancellation) = next() {
            let hold = Hold(
                isStopping: { [self] in locked { isStopping } }, whilePaused: { [self] in waitWhilePaused(cancellation) },
                isHeld: { [self] in locked { held.contains(job.id) } })
            let outcome = runner.run(job, cancellation: cancellation, hold: hold)
            locked {
                current = nil
                // It was the first of its equals, and is again.
                if case .held(let rest) = outcome, !cancellation.isCancelled, !isStopping { waiting.insert(rest, at: 0) }
            }
            if case .noEngine(let words) = outcome { fail(takeWaiting(), words, with: runner) }
        }
        locked { hasEnded = true }
    }

    /// Sleeps until there is a job that may run; nil when the queue stops.
    private func next() -> (Job, CancellationFlag)? {
        condition.lock()
        defer { condition.unlock() }
        var place: Int?
        while !isStopping {
            place = isPaused ? nil : waiting.firstIndex { !held.contains($0.id) }
            if place != nil { break }
            condition.wait()
        }
        guard !isStopping, let place else { return nil }
        let job = waiting.remove(at: place)
        let cancellation = CancellationFlag()
        current = Current(job: job.id, cancellation: cancellation)
        return (job, cancellation)
    }

    /// - Returns: whether there was anything to wait for.
    private func waitWhilePaused(_ cancellation: CancellationFlag) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        guard isPaused else { return false }
        while isPaused && !isStopping && !cancellation.isCancelled { condition.wait() }
        return true
    }

    private func takeWaiting() -> [Job] {
        locked {
            defer { waiting = [] }
            return waiting
        }
    }

    /// Without a model the other jobs would fail in the same way, one by one.
    private func fail(_ jobs: [Job], _ words: StatusMessage, with runner: JobRunner) {
        for job in jobs { runner.fail(job.id, words) }
    }

    private func locked<Value>(_ body: () -> Value) -> Value {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return body()
    }
}

/// The queue's word to the one who works on a job.
struct Hold {
    /// Whether the session is ending: what is not done stays for the next one.
    let isStopping: () -> Bool
    /// Sleeps while the queue is paused; false where it was not.
    let whilePaused: () -> Bool
    /// Whether the job is to stop before its next picture.
    let isHeld: () -> Bool
}
