import Foundation
import GRDB

/// What SQLite says, in the catalogue's own words.
enum DatabaseFailure {
    /// `error` as a ``CatalogueError`` where it is SQLite's, itself otherwise.
    static func translated(_ error: any Error, database: URL) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let path = database.path
        switch error.resultCode {
        case .SQLITE_FULL:
            return CatalogueError.diskFull(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return CatalogueError.locked(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return CatalogueError.damaged(path: path, detail: error.message ?? "not a database")
        case .SQLITE_READONLY:
            return CatalogueError.readOnly(path: path)
        case .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            return folderFailure(database) ?? CatalogueError.database(path: path, detail: error.message ?? "\(error)")
        default:
            return CatalogueError.database(path: path, detail: error.message ?? "\(error)")
        }
    }

    /// SQLite's "disk I/O error" and "unable to open database file" hide their reason; the folder shows it.
    private static func folderFailure(_ database: URL) -> CatalogueError? {
        let folder = database.deletingLastPathComponent().path
        var disk = statvfs()
        if statvfs(folder, &disk) == 0 {
            if UInt(disk.f_flag) & UInt(ST_RDONLY) != 0 { return .readOnly(path: folder) }
            // A write-ahead log and its index need a few pages of 4 KiB, and the index grows by 32 KiB (sqlite.org/walformat.html).
            if UInt64(disk.f_bavail) * UInt64(disk.f_frsize) < 64 * 1024 { return .diskFull(path: folder) }
        }
        if access(folder, W_OK) != 0 {
            let reason = errno
            return reason == EROFS || reason == EACCES
                ? .readOnly(path: folder) : .folderUnusable(path: folder, reason: String(cString: strerror(reason)))
        }
        if access(database.path, F_OK) == 0, access(database.path, R_OK | W_OK) != 0 { return .readOnly(path: database.path) }
        return nil
    }
}
