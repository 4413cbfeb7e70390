import Foundation
import GRDB
import Synchronization

/// Tells whether anybody, in this process or another, has changed the catalogue since it was last asked. Cheap enough
/// to ask a few times a second.
public final class ChangeWatcher: Sendable {
    private let queue: DatabaseQueue
    private let database: URL
    private let seen: Synchronization.Mutex<Int64>

    init(database: URL, busyTimeout: Double) throws {
        var configuration = Configuration()
        configuration.label = "catalogue changes"
        configuration.busyMode = .timeout(busyTimeout)
        self.database = database
        queue = try DatabaseQueue(path: database.path, configuration: configuration)
        seen = Synchronization.Mutex(try Self.version(queue))
    }

    /// True once after every change.
    /// - Throws: ``CatalogueError``.
    public func hasChanged() throws -> Bool {
        do {
            let version = try Self.version(queue)
            return seen.withLock { seen in
                defer { seen = version }
                return version != seen
            }
        } catch {
            throw DatabaseFailure.translated(error, database: database)
        }
    }

    /// SQLite counts the commits of all other connections for each connection (sqlite.org/pragma.html#pragma_data_version).
    private static func version(_ queue: DatabaseQueue) throws -> Int64 {
        try queue.read { db in try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
    }
}

extension Catalogue {
    /// A watcher with a connection of its own, which knows the catalogue as it is now.
    public func watchChanges() throws -> ChangeWatcher {
        let database = Self.database(in: folder)
        do {
            return try ChangeWatcher(database: database, busyTimeout: busyTimeout)
        } catch {
            throw DatabaseFailure.translated(error, database: database)
        }
    }
}
