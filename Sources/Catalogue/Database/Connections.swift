import Foundation
import GRDB

/// The catalogue's two connections to its database.
final class Connections: Sendable {
    /// The one that writes.
    let writer: DatabaseQueue
    /// Reads while the other writes: WAL shows it the last commit.
    let reader: DatabaseQueue

    /// How long one attempt to write waits for another process, seconds; `Catalogue` makes as many as its patience allows.
    private static let attempt = 0.1

    /// Opens both connections, switches a new database to WAL and brings its tables up to date.
    ///
    /// Not GRDB's `DatabasePool`: it asks Foundation for the log's size, which looks up the file's owner through the
    /// name service, over a socket.
    /// - Parameter busyTimeout: how long each waits for another process, in seconds.
    /// - Throws: ``CatalogueError``, and SQLite's own errors.
    init(_ database: URL, busyTimeout: Double) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(busyTimeout)
        configuration.label = "catalogue.writer"
        let lock = FolderLock(database.deletingLastPathComponent(), patience: busyTimeout)
        defer { lock.unlock() }
        writer = try DatabaseQueue(path: database.path, configuration: configuration)
        try writer.writeWithoutTransaction { db in
            let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
            guard mode == "wal" else {
                throw CatalogueError.database(path: database.path, detail: "this file system cannot hold a write-ahead log")
            }
            // Not NORMAL, as is usual with WAL: that may lose the last commits in a power cut, and a decision on the screen must not be lost.
            try db.execute(sql: "PRAGMA synchronous = FULL")
            let verdict = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
            guard verdict == "ok" else {
                throw CatalogueError.damaged(path: database.path, detail: verdict.replacingOccurrences(of: "\n", with: " "))
            }
        }
        let migrator = Schema.migrator
        guard try !writer.read(migrator.hasBeenSuperseded) else { throw CatalogueError.tooNew(path: database.path) }
        try migrator.migrate(writer)
        try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = \(Int(min(busyTimeout, Self.attempt) * 1000))") }
        configuration.label = "catalogue.reader"
        reader = try DatabaseQueue(path: database.path, configuration: configuration)
    }
}
