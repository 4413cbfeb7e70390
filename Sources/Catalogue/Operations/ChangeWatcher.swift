import Foundation
import GRDB
import Synchronization

/// Tells whether anybody but this catalogue has changed the database since it was last asked: another process, or another
/// ``Catalogue`` on the same folder. Cheap enough to ask a few times a second.
public final class ChangeWatcher: Sendable {
    private let catalogue: Catalogue
    private let seen: Synchronization.Mutex<Int64>

    init(_ catalogue: Catalogue) throws {
        self.catalogue = catalogue
        seen = Synchronization.Mutex(try catalogue.foreignVersion())
    }

    /// True once after every change.
    /// - Throws: ``CatalogueError``.
    public func hasChanged() throws -> Bool {
        let version = try catalogue.foreignVersion()
        return seen.withLock { seen in
            defer { seen = version }
            return version != seen
        }
    }
}

extension Catalogue {
    /// A watcher that knows the catalogue as it is now.
    /// - Throws: ``CatalogueError``.
    public func watchChanges() throws -> ChangeWatcher { try ChangeWatcher(self) }

    /// SQLite counts for each connection the commits of all others (sqlite.org/pragma.html#pragma_data_version). Those of this
    /// catalogue are all made by its writing connection, so that one sees only what others do.
    fileprivate func foreignVersion() throws -> Int64 {
        do {
            return try connected().writer.read { db in try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
        } catch {
            throw DatabaseFailure.translated(error, database: Self.database(in: folder))
        }
    }
}
