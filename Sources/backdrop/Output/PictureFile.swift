import Foundation
import Imaging
import Synchronization

/// Pictures that a command writes where it was told to: whole or not at all.
enum PictureFile {
    /// The file in hand, under the name that it has until it is whole.
    private static let unfinished = Mutex<String?>(nil)

    /// - Throws: `PictureError.notWritten`, naming the file.
    static func write(_ data: Data, to path: String) throws {
        let target = URL(fileURLWithPath: path)
        let partial = target.deletingLastPathComponent()
            .appendingPathComponent(".\(target.lastPathComponent).\(getpid()).partial").path
        unfinished.withLock { $0 = partial }
        defer { unfinished.withLock { $0 = nil } }
        do {
            try data.write(to: URL(fileURLWithPath: partial))
        } catch {
            unlink(partial)
            let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            let reason = underlying.map { String(cString: strerror(Int32($0.code))) } ?? error.localizedDescription
            throw PictureError.notWritten(file: path, reason: reason)
        }
        guard rename(partial, target.path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(partial)
            throw PictureError.notWritten(file: path, reason: reason)
        }
    }

    /// Takes away what is half written, before the program ends in the middle of it.
    static func abandon() {
        unfinished.withLock { if let partial = $0 { unlink(partial) } }
    }
}
