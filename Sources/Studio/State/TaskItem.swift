import Catalogue

/// One line of the tasks pane: a job of the queue.
public struct TaskItem: Sendable, Equatable, Identifiable {
    /// Where the job stands.
    public enum Stage: Sendable, Equatable {
        case queued, running
    }

    public let id: JobID
    public var productID: ProductID
    /// Candidates the job paints in all.
    public var count: Int
    /// Candidates it has stored.
    public var done: Int
    /// The seed of its first candidate; candidate i has `seed + i`.
    public var seed: UInt64
    public var stage: Stage
    /// Denoising steps of each candidate.
    public var steps: Int
    /// Steps done of the candidate being painted.
    public var step: Int
    /// Measured mean of the steps so far, nil before the first.
    public var secondsPerStep: Double?
    public var priority: JobPriority
    /// It waits until it is told to go on; a running one, from the end of the picture in hand.
    public var isPaused: Bool

    public init(
        id: JobID, productID: ProductID, count: Int, done: Int = 0, seed: UInt64, stage: Stage = .queued, steps: Int, step: Int = 0,
        secondsPerStep: Double? = nil, priority: JobPriority = .normal, isPaused: Bool = false
    ) {
        self.id = id
        self.productID = productID
        self.count = count
        self.done = done
        self.seed = seed
        self.stage = stage
        self.steps = steps
        self.step = step
        self.secondsPerStep = secondsPerStep
        self.priority = priority
        self.isPaused = isPaused
    }

    /// The part that is done, 0…1.
    public var fraction: Double {
        let total = count * steps
        return total > 0 ? min(1, Double(done * steps + min(step, steps)) / Double(total)) : 0
    }

    /// Steps that are still to be made.
    public var stepsLeft: Int { max(0, count * steps - done * steps - step) }

    /// Seconds until the job is done at the measured speed, nil before the first step.
    public var secondsLeft: Double? { secondsPerStep.map { $0 * Double(stepsLeft) } }
}

/// Jobs that an earlier run of the program left unfinished.
public struct ResumeOffer: Sendable, Equatable {
    public var jobIDs: [JobID]
    /// Candidates that were not painted yet.
    public var candidatesLeft: Int

    public init(jobIDs: [JobID], candidatesLeft: Int) {
        self.jobIDs = jobIDs
        self.candidatesLeft = candidatesLeft
    }
}
