import Foundation

/// Lets one process at a time set a catalogue up: two that switch a new database to WAL and migrate it at the same
/// moment would trip over each other. Advisory, and gone with the process; where the file system knows no locks, there is none.
struct FolderLock {
    private let descriptor: Int32

    /// - Parameter patience: seconds to wait. Opening takes milliseconds: whoever holds the lock for longer is stuck, and
    ///   SQLite's own locks decide.
    init(_ folder: URL, patience: Double) {
        descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        let end = Date().addingTimeInterval(patience)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR, Date() < end {
            usleep(10_000)
        }
    }

    func unlock() {
        if descriptor >= 0 { close(descriptor) }
    }
}
