import Catalogue

/// A product's row in the catalogue.
public typealias ProductID = Int64

/// A stored candidate's row in the catalogue.
public typealias CandidateID = Int64

/// A generation job's row in the catalogue.
public typealias JobID = Int64
/// How soon a job's turn comes.
public typealias JobPriority = Job.Priority

/// One place in the strip of candidates: a picture that is stored, or one that a job has yet to paint.
public enum CandidateKey: Hashable, Sendable {
    /// A finished picture in the catalogue.
    case stored(CandidateID)
    /// Picture `index` (0-based) of a job that is queued or running.
    case coming(JobID, index: Int)

    /// The row of a stored candidate, nil for one that is still to come.
    public var storedID: CandidateID? {
        if case .stored(let id) = self { id } else { nil }
    }
}
