import Catalogue
import Foundation
import Imaging

/// One mark in the strip of candidates.
public struct CandidateItem: Sendable, Equatable, Identifiable {
    /// How far the picture is.
    public enum Progress: Sendable, Equatable {
        /// Its turn has not come.
        case waiting
        /// Being painted: step `step` of `count` is done (0 before the first).
        case painting(step: Int, count: Int)
        /// Stored in the catalogue.
        case finished
    }

    public typealias Label = CandidateLabel

    public let key: CandidateKey
    public var productID: ProductID
    /// Its number within the product, from 1; for a picture still to come, the number it will get if nobody else stores one first.
    public var number: Int
    public var verdict: Verdict
    public var progress: Progress
    public var seed: UInt64
    /// Stars, 0 (none given) to 5.
    public var rating: Int
    /// What somebody wrote about it.
    public var note: String?
    public var label: CandidateLabel?
    /// The checks that warn, by name; nil where none was made.
    public var warnings: [String]?
    /// Who decided on it, and when; nil for an open one.
    public var decidedBy: String?
    public var decidedAt: Date?
    /// What it was made from, for the line above the picture and for variations.
    public var summary: CandidateSummary?

    public var id: CandidateKey { key }
    /// True for a stored picture that waits for a decision.
    public var isOpen: Bool { progress == .finished && verdict == .open }

    public init(
        key: CandidateKey, productID: ProductID, number: Int, verdict: Verdict = .open, progress: Progress, seed: UInt64,
        rating: Int = 0, note: String? = nil, label: CandidateLabel? = nil, warnings: [String]? = nil, decidedBy: String? = nil,
        decidedAt: Date? = nil, summary: CandidateSummary? = nil
    ) {
        self.key = key
        self.productID = productID
        self.number = number
        self.verdict = verdict
        self.progress = progress
        self.seed = seed
        self.rating = rating
        self.note = note
        self.label = label
        self.warnings = warnings
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.summary = summary
    }
}

/// What a stored candidate was made from.
public struct CandidateSummary: Sendable, Equatable {
    /// Every setting, as embedded in its file.
    public var settings: GenerationSettings
    /// Seconds that painting it took.
    public var seconds: Double
    /// Where its file is, relative to the catalogue's folder.
    public var fileName: String

    public init(settings: GenerationSettings, seconds: Double, fileName: String) {
        self.settings = settings
        self.seconds = seconds
        self.fileName = fileName
    }
}

/// The checks line of the shown candidate.
public struct CandidateChecks: Sendable, Equatable {
    /// Largest difference between the composite and the photo inside the product's core, in 8-bit (or, for 16-bit photos, 16-bit) steps; 0 = locked.
    public var coreMaximumDifference: Int
    /// How much of the picture the product's mask covers, 0…1.
    public var frameShare: Double
    /// Whether the designer asked for other product pixels than the photo's.
    public var isAdjusted: Bool

    /// What was measured of the picture's look; nil where only the lock was.
    public var look: CompositeChecks?

    /// True when every pixel of the product's core is the photo's own.
    public var productIsLocked: Bool { coreMaximumDifference == 0 }

    public init(coreMaximumDifference: Int, frameShare: Double, isAdjusted: Bool = false, look: CompositeChecks? = nil) {
        self.coreMaximumDifference = coreMaximumDifference
        self.frameShare = frameShare
        self.isAdjusted = isAdjusted
        self.look = look
    }
}
