import Foundation
import GRDB

extension Catalogue {
    /// Records a verdict on candidates, as one step for undo. Candidates that already have it are left out.
    /// - Returns: what was recorded; empty when nothing changed.
    /// - Throws: ``CatalogueError/unknownCandidate(_:)``; then nothing is recorded.
    @discardableResult
    public func decide(_ candidateIDs: [Int64], _ verdict: Verdict) throws -> [Decision] {
        try write { db in
            var changed: [Int64] = []
            for id in candidateIDs {
                guard let candidate = try Self.candidate(db, id: id) else { throw CatalogueError.unknownCandidate("\(id)") }
                if candidate.decision != verdict, !changed.contains(id) { changed.append(id) }
            }
            guard !changed.isEmpty else { return [] }
            try db.execute(
                sql: #"UPDATE decision SET state = 'dropped' WHERE "by" = ? AND state = 'undone'"#, arguments: [user])
            let step = try Int64.fetchOne(db, sql: "SELECT COALESCE(MAX(step), 0) + 1 FROM decision") ?? 1
            for id in changed {
                try db.execute(
                    sql: #"INSERT INTO decision (candidateID, step, verdict, "by", at) VALUES (?, ?, ?, ?, ?)"#,
                    arguments: [id, step, verdict.rawValue, user, Date()])
                try Self.settleVerdict(db, candidateID: id)
            }
            return try Self.decisions(db, step: step)
        }
    }

    /// Records a verdict on one candidate, see ``decide(_:_:)-(_,Verdict)``.
    @discardableResult
    public func decide(_ candidateID: Int64, _ verdict: Verdict) throws -> [Decision] {
        try decide([candidateID], verdict)
    }

    /// Takes back this user's last step; other people's decisions stand. The history outlives the process.
    /// - Returns: what was taken back; empty when there is nothing left.
    @discardableResult
    public func undo() throws -> [Decision] {
        try write { db in
            guard let step = try Self.undoStep(db, user: user) else { return [] }
            return try Self.move(db, step: step, to: .undone)
        }
    }

    /// Brings back the step that this user took back last, unless something else was decided since.
    /// - Returns: what stands again; empty when there is nothing.
    @discardableResult
    public func redo() throws -> [Decision] {
        try write { db in
            guard let step = try Self.redoStep(db, user: user) else { return [] }
            return try Self.move(db, step: step, to: .standing)
        }
    }

    /// Every decision on one candidate or on all, oldest first, those taken back included.
    public func decisions(candidateID: Int64? = nil) throws -> [Decision] {
        try read { db in
            let filter = candidateID.map { "WHERE candidateID = \($0)" } ?? ""
            return try Row.fetchAll(db, sql: "SELECT * FROM decision \(filter) ORDER BY id").map(Decision.init)
        }
    }

    static func undoStep(_ db: Database, user: String) throws -> Int64? {
        try Int64.fetchOne(db, sql: #"SELECT MAX(step) FROM decision WHERE "by" = ? AND state = 'standing'"#, arguments: [user])
    }

    static func redoStep(_ db: Database, user: String) throws -> Int64? {
        try Int64.fetchOne(db, sql: #"SELECT MIN(step) FROM decision WHERE "by" = ? AND state = 'undone'"#, arguments: [user])
    }

    private static func move(_ db: Database, step: Int64, to state: DecisionState) throws -> [Decision] {
        try db.execute(
            sql: "UPDATE decision SET state = ?, undoneAt = ? WHERE step = ?",
            arguments: [state.rawValue, state == .undone ? Date() : nil, step])
        let decisions = try decisions(db, step: step)
        for decision in decisions { try settleVerdict(db, candidateID: decision.candidateID) }
        return decisions
    }

    private static func decisions(_ db: Database, step: Int64) throws -> [Decision] {
        try Row.fetchAll(db, sql: "SELECT * FROM decision WHERE step = ? ORDER BY id", arguments: [step]).map(Decision.init)
    }

    /// The last decision that stands is the candidate's.
    private static func settleVerdict(_ db: Database, candidateID: Int64) throws {
        let verdict = """
            COALESCE((SELECT verdict FROM decision WHERE candidateID = candidate.id AND state = 'standing' ORDER BY id DESC LIMIT 1), 'open')
            """
        try db.execute(sql: "UPDATE candidate SET decision = \(verdict) WHERE id = ?", arguments: [candidateID])
    }
}
