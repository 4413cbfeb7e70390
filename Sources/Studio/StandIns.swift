// Stand-ins for types that the rooms below are about to land under these names; this file goes when they do.

/// What a person says of a candidate.
public enum Verdict: String, Codable, Sendable, CaseIterable { case open, approved, rejected }

/// The samplers on offer.
public enum SchedulerKind: String, Codable, CaseIterable, Sendable {
    case ddim
    case euler
    case dpmpp2m = "dpmpp_2m"

    /// The name that people know it by.
    public var displayName: String {
        switch self {
        case .ddim: "DDIM"
        case .euler: "Euler"
        case .dpmpp2m: "DPM++ 2M"
        }
    }
}

/// What became of the files that were offered to the catalogue.
public struct ImportReport: Sendable, Equatable {
    public struct Problem: Sendable, Equatable { public let file: String, message: String }
    public internal(set) var products: [String] = []
    public internal(set) var references: [String] = []
    public internal(set) var duplicates: [String] = []
    public internal(set) var changed: [String] = []
    public internal(set) var missing: [String] = []
    public internal(set) var ignored: [String] = []
    public internal(set) var problems: [Problem] = []
}
