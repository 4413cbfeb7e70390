import Foundation
import GRDB

/// What a person says of a candidate.
public enum Verdict: String, Codable, Sendable, CaseIterable {
    case open, approved, rejected
}

/// A coloured label; what a colour stands for is the designers' own agreement.
public enum CandidateLabel: String, Codable, Sendable, CaseIterable {
    case red, yellow, green, blue
}

/// A generated background. The picture lies in `candidates/<product>/<number>.png`, its settings embedded.
public struct Candidate: Codable, Sendable, Equatable, Identifiable {
    public let id: Int64
    public let productID: Int64
    /// Counts from 1 within the product, and is never given twice.
    public let number: Int
    /// Relative to the project folder.
    public let fileName: String
    public let settings: GenerationSettings
    /// What the generation took.
    public let seconds: Double
    public let createdAt: Date
    /// The verdict that stands.
    public let decision: Verdict
    /// Stars, 0 (none given) to 5.
    public let rating: Int
    /// What somebody wrote about it.
    public let note: String?
    public let label: CandidateLabel?
    /// The checks that warn, by name; nil where none was made since its product was last treated or filed otherwise.
    public let warnings: [String]?
    /// Who made the decision that stands, and when; nil where nobody has decided.
    public let decidedBy: String?
    public let decidedAt: Date?

    init(row: Row) throws {
        id = row["id"]
        productID = row["productID"]
        number = row["number"]
        fileName = row["fileName"]
        settings = try StableJSON.decode(GenerationSettings.self, from: row["settings"])
        seconds = row["seconds"]
        createdAt = row["createdAt"]
        decision = Verdict(rawValue: row["decision"]) ?? .open
        rating = row["rating"]
        note = row["note"]
        label = CandidateLabel(rawValue: row["label"] ?? "")
        warnings = (row["warnings"] as String?).map { $0.split(separator: ",").map(String.init) }
        decidedBy = row["decidedBy"]
        decidedAt = row["decidedAt"]
    }
}

/// Who said what of a candidate, and when. Decisions are never deleted: one that was taken back says so.
public struct Decision: Codable, Sendable, Equatable, Identifiable {
    public let id: Int64
    public let candidateID: Int64
    /// Decisions made at one stroke share a step, and undo takes them back together.
    public let step: Int64
    public let verdict: Verdict
    /// The user's name.
    public let by: String
    public let at: Date
    /// Taken back, and not redone.
    public let undone: Bool

    init(row: Row) {
        id = row["id"]
        candidateID = row["candidateID"]
        step = row["step"]
        verdict = Verdict(rawValue: row["verdict"]) ?? .open
        by = row["by"]
        at = row["at"]
        undone = DecisionState(rawValue: row["state"]) != .standing
    }
}

/// Where a decision stands in its maker's undo history.
enum DecisionState: String {
    case standing
    /// Taken back; redo would bring it up again.
    case undone
    /// Taken back, and something else was decided since: history only.
    case dropped
}

/// A finished picture in `exports/`, composited at the photo's own resolution.
public struct Export: Codable, Sendable, Equatable, Identifiable {
    public let id: Int64
    public let candidateID: Int64
    /// Relative to the project folder.
    public let fileName: String
    public let at: Date

    init(row: Row) {
        id = row["id"]
        candidateID = row["candidateID"]
        fileName = row["fileName"]
        at = row["at"]
    }
}
