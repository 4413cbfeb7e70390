import Foundation

/// What can go wrong with a project folder. Every message is one line that says what, where, and what to do.
public enum CatalogueError: Error, Equatable, CustomStringConvertible, LocalizedError {
    /// The folder holds no `backdrop.sqlite`, and the caller did not ask for a new one.
    case noCatalogue(folder: String)
    /// The folder cannot be opened or made; `reason` is the system's own word (for example "Not a directory").
    case folderUnusable(path: String, reason: String)
    /// The folder, or the disk that it is on, does not take writes.
    case readOnly(path: String)
    /// No room for what had to be written; nothing was kept of it.
    case diskFull(path: String)
    /// Another process held the database for longer than the busy timeout.
    case locked(path: String)
    /// The database file is not a database, or its pages contradict each other.
    case damaged(path: String, detail: String)
    /// The database was written by a later version of Backdrop.
    case tooNew(path: String)
    /// A file could not be read or written; `reason` is the system's own word.
    case file(path: String, reason: String)
    /// A picture that is no picture, or one that Backdrop does not take.
    case picture(path: String, reason: String)
    /// No product of that name or number in this catalogue.
    case unknownProduct(String)
    /// No reference of that name in this catalogue.
    case unknownReference(String)
    /// No such candidate in this catalogue.
    case unknownCandidate(String)
    /// No such job in this catalogue, or it belongs to another running process.
    case unknownJob(Int64)
    /// Any other word of SQLite's.
    case database(path: String, detail: String)

    public var description: String {
        switch self {
        case .noCatalogue(let folder):
            return "\(folder) holds no catalogue yet: import photos into it with `backdrop import`, or open it with `backdrop studio`"
        case .folderUnusable(let path, let reason):
            return "the folder \(path) cannot be used (\(reason)): check the path and its permissions"
        case .readOnly(let path):
            return "\(path) is read-only: make it writable, or work on a copy of the catalogue"
        case .diskFull(let path):
            return "no space left on the disk of \(path): free some and try again; nothing was changed"
        case .locked(let path):
            return "\(path) is locked by another program: try again when it has finished"
        case .damaged(let path, let detail):
            return "\(path) is damaged (\(detail)): put a backup of it back, or move it away to start a new one; the pictures are untouched"
        case .tooNew(let path):
            return "\(path) was written by a newer Backdrop: update this one"
        case .file(let path, let reason):
            return "\(path): \(reason)"
        case .picture(let path, let reason):
            return "\(path): \(reason)"
        case .unknownProduct(let name):
            return "no product \(name) in this catalogue: `backdrop list` shows them"
        case .unknownReference(let name):
            return "no reference picture \(name) in this catalogue: put it into references/ first"
        case .unknownCandidate(let name):
            return "no candidate \(name) in this catalogue: `backdrop list` shows them"
        case .unknownJob(let id):
            return "no job \(id) that this process could take on"
        case .database(let path, let detail):
            return "\(path): \(detail)"
        }
    }

    public var errorDescription: String? { description }
}
