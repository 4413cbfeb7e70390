import Foundation
import GRDB
import Synchronization

extension Catalogue {
    /// How often a process says that it still works on its jobs, in seconds.
    public static let heartbeatInterval: Double = 10

    /// Puts a batch at the end of the queue. It belongs to this process, until it dies.
    public func enqueue(productID: Int64, settings: GenerationSettings, count: Int) throws -> Job {
        let owner = try StableJSON.encode(ProcessIdentity.current)
        return try write { db in
            try db.execute(
                sql: """
                    INSERT INTO job (productID, settings, count, state, createdAt, owner, heartbeat) VALUES (?, ?, ?, 'queued', ?, ?, ?)
                    """,
                arguments: [productID, try StableJSON.encode(settings), count, Date(), owner, Date().timeIntervalSince1970])
            let id = db.lastInsertedRowID
            try db.execute(sql: "UPDATE job SET position = MAX(id, (SELECT MAX(position) FROM job) + 1) WHERE id = ?", arguments: [id])
            return try Self.job(db, id: id)
        }
    }

    /// Puts this process's unfinished jobs into the given order, so that a later process takes them up in it.
    public func reorder(_ jobIDs: [Int64]) throws {
        try write { db in
            let places = try jobIDs.compactMap { try Double.fetchOne(db, sql: "SELECT position FROM job WHERE id = ?", arguments: [$0]) }
            for (job, place) in zip(jobIDs, places.sorted()) {
                try db.execute(sql: "UPDATE job SET position = ? WHERE id = ?", arguments: [place, job])
            }
        }
    }

    /// Gives one of this process's unfinished jobs another priority.
    /// - Throws: ``CatalogueError/unknownJob(_:)`` where the job is another's, or finished already.
    public func setPriority(_ priority: Job.Priority, of jobID: Int64) throws {
        try write { db in
            guard let entry = try Self.unfinished(db).first(where: { $0.job.id == jobID }), entry.owner == ProcessIdentity.current else {
                throw CatalogueError.unknownJob(jobID)
            }
            try db.execute(sql: "UPDATE job SET priority = ? WHERE id = ?", arguments: [priority.rawValue, jobID])
        }
    }

    /// One job.
    /// - Throws: ``CatalogueError/unknownJob(_:)``.
    public func job(id: Int64) throws -> Job {
        try read { db in try Self.job(db, id: id) }
    }

    /// All jobs ever, oldest first.
    public func jobs() throws -> [Job] {
        try read { db in try Row.fetchAll(db, sql: "SELECT * FROM job ORDER BY id").map(Job.init) }
    }

    /// The unfinished jobs that belong to this process, oldest first.
    public func ownJobs() throws -> [Job] {
        try read { db in try Self.unfinished(db).filter { $0.owner == ProcessIdentity.current }.map(\.job) }
    }

    /// The jobs that a process which died left unfinished, oldest first. They can be taken on or discarded.
    public func interruptedJobs() throws -> [Job] {
        try read { db in try Self.unfinished(db).filter(\.isAbandoned).map(\.job) }
    }

    /// Makes interrupted jobs this process's own, at the picture they had come to: queued again, or paused as they were.
    /// - Returns: those that could be had; another process may have been quicker.
    @discardableResult
    public func adoptInterruptedJobs(_ ids: [Int64]? = nil) throws -> [Job] {
        let owner = try StableJSON.encode(ProcessIdentity.current)
        return try write { db in
            try Self.unfinished(db).filter { $0.isAbandoned && ids?.contains($0.job.id) ?? true }.map { entry in
                try db.execute(
                    sql: """
                        UPDATE job SET state = CASE state WHEN 'paused' THEN 'paused' ELSE 'queued' END, owner = ?, heartbeat = ? WHERE id = ?
                        """,
                    arguments: [owner, Date().timeIntervalSince1970, entry.job.id])
                return try Self.job(db, id: entry.job.id)
            }
        }
    }

    /// Cancels interrupted jobs; what they had finished stays.
    /// - Returns: those that were cancelled.
    @discardableResult
    public func discardInterruptedJobs(_ ids: [Int64]? = nil) throws -> [Job] {
        try write { db in
            try Self.unfinished(db).filter { $0.isAbandoned && ids?.contains($0.job.id) ?? true }.map { entry in
                try db.execute(sql: "UPDATE job SET state = 'cancelled' WHERE id = ?", arguments: [entry.job.id])
                return try Self.job(db, id: entry.job.id)
            }
        }
    }

    /// Moves one of this process's jobs to another state.
    /// - Parameter message: why it failed.
    /// - Throws: ``CatalogueError/unknownJob(_:)`` where the job is another's, or finished already.
    @discardableResult
    public func setState(_ state: Job.State, of jobID: Int64, message: String? = nil) throws -> Job {
        try write { db in
            guard let entry = try Self.unfinished(db).first(where: { $0.job.id == jobID }), entry.owner == ProcessIdentity.current else {
                throw CatalogueError.unknownJob(jobID)
            }
            try db.execute(
                sql: "UPDATE job SET state = ?, message = ?, heartbeat = ? WHERE id = ?",
                arguments: [state.rawValue, message, Date().timeIntervalSince1970, jobID])
            return try Self.job(db, id: jobID)
        }
    }

    /// Says that this process still works on its jobs. Call it as often as convenient, say at every denoising step: it
    /// writes once in ``heartbeatInterval`` at most. Only processes on other machines depend on it.
    public func heartbeat() throws {
        let now = Date().timeIntervalSince1970
        guard beats.isDue(now: now, interval: Self.heartbeatInterval) else { return }
        let owner = try StableJSON.encode(ProcessIdentity.current)
        try write { db in
            try db.execute(
                sql: "UPDATE job SET heartbeat = ? WHERE owner = ? AND state IN ('queued', 'running', 'paused')", arguments: [now, owner])
        }
    }

    static func unfinishedJobs(_ db: Database) throws -> [Job] { try unfinished(db).map(\.job) }

    /// One more picture of a job is stored; the last one finishes it.
    static func countPicture(_ db: Database, jobID: Int64) throws {
        try db.execute(
            sql: """
                UPDATE job SET done = done + 1, state = CASE WHEN done + 1 >= count THEN 'done' ELSE state END, heartbeat = ?
                WHERE id = ? AND done < count
                """,
            arguments: [Date().timeIntervalSince1970, jobID])
        guard db.changesCount == 1 else { throw CatalogueError.unknownJob(jobID) }
    }

    private static func job(_ db: Database, id: Int64) throws -> Job {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM job WHERE id = ?", arguments: [id]) else {
            throw CatalogueError.unknownJob(id)
        }
        return try Job(row: row)
    }

    private struct QueueEntry {
        let job: Job
        let owner: ProcessIdentity?
        let heartbeat: Double

        var isAbandoned: Bool { owner.map { !$0.isAlive(heartbeat: heartbeat) } ?? true }
    }

    private static func unfinished(_ db: Database) throws -> [QueueEntry] {
        try Row.fetchAll(db, sql: "SELECT * FROM job WHERE state IN ('queued', 'running', 'paused') ORDER BY priority DESC, position, id")
            .map { row in
                let owner: String? = row["owner"]
                return QueueEntry(
                    job: try Job(row: row), owner: owner.flatMap { try? StableJSON.decode(ProcessIdentity.self, from: $0) },
                    heartbeat: row["heartbeat"])
            }
    }
}

/// Lets a heartbeat through once in a while.
final class HeartbeatLimiter: Sendable {
    private let last = Synchronization.Mutex<Double>(0)

    func isDue(now: Double, interval: Double) -> Bool {
        last.withLock { last in
            guard now - last >= interval else { return false }
            last = now
            return true
        }
    }
}
