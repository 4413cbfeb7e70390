import Catalogue
import Foundation
import Studio

/// A candidate as scripts read it. Keys are only ever added.
struct CandidateRecord: Encodable {
    let product: String
    let candidate: Int
    let decision: String
    let path: String
    let seconds: Double
    let settings: GenerationSettings
    /// What `backdrop check` says of it; only where it was measured.
    var checks: [CheckLine]?
    /// The row in the catalogue.
    let id: CandidateID

    private enum CodingKeys: String, CodingKey { case product, candidate, decision, path, seconds, settings, checks }

    /// Nil for one that is still being painted.
    init?(_ item: CandidateItem, product: String, folder: URL) {
        guard let summary = item.summary, let id = item.key.storedID else { return nil }
        self.id = id
        self.product = product
        candidate = item.number
        decision = item.verdict.rawValue
        path = folder.appendingPathComponent(summary.fileName).path
        seconds = summary.seconds
        settings = summary.settings
    }

    /// The same for people.
    var line: String {
        "\(product) \(candidate)  \(decision)  seed \(settings.seed)  \(Console.duration(seconds))  \(path)"
    }
}

/// A product as scripts read it. Keys are only ever added.
struct ProductRecord: Encodable {
    let name: String
    let path: String
    let width: Int
    let height: Int
    let category: String?
    let warning: String?
    let approved: Int
    let rejected: Int
    let open: Int
    let candidates: [CandidateRecord]

    init(_ item: ProductItem, candidates: [CandidateItem], folder: URL) {
        name = item.name
        path = folder.appendingPathComponent("products").appendingPathComponent(item.fileName).path
        width = item.width
        height = item.height
        category = item.categoryIdentifier
        if case .warning(let text) = item.cutout { warning = text } else { warning = nil }
        approved = item.counts.approved
        rejected = item.counts.rejected
        open = item.counts.open
        self.candidates = candidates.compactMap { CandidateRecord($0, product: item.name, folder: folder) }
    }

    private enum CodingKeys: String, CodingKey {
        case name, path, width, height, category, warning, approved, rejected, open, candidates
    }

    /// Every key is always there, null where there is nothing.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(path, forKey: .path)
        try container.encode(width, forKey: .width)
        try container.encode(height, forKey: .height)
        try container.encode(category, forKey: .category)
        try container.encode(warning, forKey: .warning)
        try container.encode(approved, forKey: .approved)
        try container.encode(rejected, forKey: .rejected)
        try container.encode(open, forKey: .open)
        try container.encode(candidates, forKey: .candidates)
    }
}
