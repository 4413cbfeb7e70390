import Foundation
import GRDB
import Synchronization

/// A designer's project folder and the SQLite database in it.
///
///     spring-catalogue/
///       products/        photos as the designer put them there (never changed)
///       references/      brand style pictures
///       candidates/      generated pictures, one PNG each, settings embedded
///       exports/         the approved set, as exported
///       backdrop.sqlite  everything else
///
/// Every function may be called from any thread, and two processes may have the same folder open. Every function that
/// writes does so in one transaction, and has reached the disk when it returns. All of them throw ``CatalogueError``.
public final class Catalogue: Sendable {
    /// The project folder.
    public let folder: URL
    /// Whose decisions this process records, see ``currentUser()``.
    public let user: String
    let readPhoto: @Sendable (URL) throws -> PhotoFacts
    /// Nil after closing. Whoever has taken it out may use it to the end.
    private let connections: Synchronization.Mutex<Connections?>
    let beats = HeartbeatLimiter()

    /// How long a write waits for another process before it gives up, in seconds: none holds the lock for longer than one file takes to write.
    public static let usualBusyTimeout: Double = 5
    let busyTimeout: Double
    /// How long writes of the calling thread wait instead, in seconds: a thread that answers keys must not wait long.
    @TaskLocal public static var patience: Double?

    /// Opens the catalogue in `folder`.
    ///
    /// - Parameters:
    ///   - folder: the project folder.
    ///   - creating: makes the folder and an empty catalogue where there is none; otherwise that is an error.
    ///   - user: whose name stands beside decisions.
    ///   - busyTimeout: how long a write waits for another process, in seconds.
    ///   - readPhoto: looks into a photo before it is taken in; tests may pass a cheaper one.
    /// - Throws: ``CatalogueError``.
    public init(
        folder: URL, creating: Bool = true, user: String = Catalogue.currentUser(), busyTimeout: Double = Catalogue.usualBusyTimeout,
        readPhoto: @escaping @Sendable (URL) throws -> PhotoFacts = PhotoFacts.read
    ) throws {
        self.folder = folder.standardizedFileURL
        self.user = SafeName.displayable(user)
        self.busyTimeout = busyTimeout
        self.readPhoto = readPhoto
        let database = Self.database(in: self.folder)
        if creating {
            for name in ["", "products", "references", "candidates", "exports"] {
                try FileBytes.makeFolder(self.folder.appendingPathComponent(name, isDirectory: true))
            }
        } else {
            try Self.requireCatalogue(database)
        }
        do {
            connections = Synchronization.Mutex(try Connections(database, busyTimeout: busyTimeout))
        } catch {
            throw DatabaseFailure.translated(error, database: database)
        }
        try removePartials()
    }

    deinit { close() }

    /// Gathers everything into the one database file and lets go of it. Nothing is lost without: the log beside the
    /// database is read by the next process. Every later call throws.
    public func close() {
        let last = connections.withLock { connections in
            defer { connections = nil }
            return connections
        }
        // Another process that reads may prevent it; then it will do it.
        _ = try? last?.writer.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    /// The database file of the catalogue in `folder`.
    public static func database(in folder: URL) -> URL {
        folder.appendingPathComponent("backdrop.sqlite")
    }

    /// The name to record beside decisions: `BACKDROP_USER` where several people share one account, else the login name.
    public static func currentUser() -> String {
        let environment = ProcessInfo.processInfo.environment
        for name in [environment["BACKDROP_USER"], environment["USER"]] {
            if let name, !name.isEmpty { return name }
        }
        // getpwuid(3) would ask the name service over a socket, which Backdrop never opens.
        let accounts = (try? String(contentsOfFile: "/etc/passwd", encoding: .utf8)) ?? ""
        let identifier = String(getuid())
        for account in accounts.split(separator: "\n") {
            let fields = account.split(separator: ":", omittingEmptySubsequences: false)
            if fields.count > 2, fields[2] == identifier { return String(fields[0]) }
        }
        return "user \(identifier)"
    }

    /// Reads in one consistent view of the database.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try connected().reader.read(body)
        } catch {
            throw DatabaseFailure.translated(error, database: Self.database(in: folder))
        }
    }

    /// Writes in one transaction, which holds the write lock of all processes from its beginning.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let deadline = ContinuousClock.now + .seconds(Self.patience ?? busyTimeout)
        while true {
            do {
                return try connected().writer.write(body)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline {
                continue  // Between two attempts other threads have their turn, some with less patience.
            } catch {
                throw DatabaseFailure.translated(error, database: Self.database(in: folder))
            }
        }
    }

    /// Whether another process holds the database, so that nothing can be written now.
    /// - Throws: ``CatalogueError`` where something else is wrong with it.
    public func isLocked() throws -> Bool {
        do {
            try Self.$patience.withValue(0) { try write { _ in } }
            return false
        } catch CatalogueError.locked {
            return true
        }
    }

    private static func requireCatalogue(_ database: URL) throws {
        if access(database.path, F_OK) == 0 { return }
        let reason = errno
        let folder = database.deletingLastPathComponent().path
        if access(folder, X_OK) == 0 { throw CatalogueError.noCatalogue(folder: folder) }
        throw CatalogueError.folderUnusable(path: folder, reason: String(cString: strerror(errno == 0 ? reason : errno)))
    }

    func connected() throws -> Connections {
        guard let connections = connections.withLock({ $0 }) else {
            throw CatalogueError.folderUnusable(path: folder.path, reason: "it was closed")
        }
        return connections
    }

    /// Removes half-written files of processes that died.
    private func removePartials() throws {
        try write { db in
            let products = try String.fetchAll(db, sql: "SELECT name FROM product")
            for name in ["products", "references", "exports"] { FileBytes.removePartials(in: subfolder(name)) }
            for name in products { FileBytes.removePartials(in: subfolder("candidates").appendingPathComponent(name, isDirectory: true)) }
        }
    }

    func subfolder(_ name: String) -> URL {
        folder.appendingPathComponent(name, isDirectory: true)
    }
}
