import Foundation
import GRDB

extension Catalogue {
    /// Gives a candidate stars, 0 to take them away; more than 5 are 5.
    /// - Returns: the candidate as it is now.
    /// - Throws: ``CatalogueError/unknownCandidate(_:)``.
    @discardableResult
    public func rate(_ candidateID: Int64, stars: Int) throws -> Candidate {
        try change(candidateID, "rating", to: min(max(0, stars), 5))
    }

    /// Writes a note on a candidate; nil or nothing but spaces takes it away.
    /// - Returns: the candidate as it is now.
    /// - Throws: ``CatalogueError/unknownCandidate(_:)``.
    @discardableResult
    public func annotate(_ candidateID: Int64, note: String?) throws -> Candidate {
        let words = note?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        return try change(candidateID, "note", to: words.isEmpty ? nil : words)
    }

    /// Puts a coloured label on a candidate; nil takes it off.
    /// - Returns: the candidate as it is now.
    /// - Throws: ``CatalogueError/unknownCandidate(_:)``.
    @discardableResult
    public func label(_ candidateID: Int64, _ label: CandidateLabel?) throws -> Candidate {
        try change(candidateID, "label", to: label?.rawValue)
    }

    /// Keeps which checks of a candidate warn. They are forgotten when its product is treated or filed otherwise.
    /// - Parameter warnings: the checks' names, without commas.
    /// - Returns: the candidate as it is now.
    /// - Throws: ``CatalogueError/unknownCandidate(_:)``.
    @discardableResult
    public func keep(warnings: [String], of candidateID: Int64) throws -> Candidate {
        try change(candidateID, "warnings", to: warnings.joined(separator: ","))
    }

    static func forgetWarnings(_ db: Database, productID: Int64) throws {
        try db.execute(sql: "UPDATE candidate SET warnings = NULL WHERE productID = ?", arguments: [productID])
    }

    private func change(_ candidateID: Int64, _ column: String, to value: (any DatabaseValueConvertible)?) throws -> Candidate {
        try write { db in
            try db.execute(sql: "UPDATE candidate SET \(column) = ? WHERE id = ?", arguments: [value, candidateID])
            guard let candidate = try Self.candidate(db, id: candidateID) else {
                throw CatalogueError.unknownCandidate("\(candidateID)")
            }
            return candidate
        }
    }
}
