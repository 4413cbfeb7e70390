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
        func failure(_ code: Int32) -> PictureError { .notWritten(file: path, reason: String(cString: strerror(code))) }
        let (descriptor, problem) = unfinished.withLock { unfinished -> (Int32, Int32) in
            let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
            if descriptor >= 0 { unfinished = partial }
            return (descriptor, errno)
        }
        guard descriptor >= 0 else { throw failure(problem) }
        var code = put(data, into: descriptor)
        if close(descriptor) != 0, code == 0 { code = errno }
        code = unfinished.withLock { [code] unfinished in
            unfinished = nil
            if code == 0, rename(partial, target.path) == 0 { return 0 }
            let reason = code == 0 ? errno : code
            unlink(partial)
            return reason
        }
        if code != 0 { throw failure(code) }
    }

    /// - Returns: why not all of it could be written; 0 where all was.
    private static func put(_ data: Data, into descriptor: Int32) -> Int32 {
        data.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                rest = rest.dropFirst(count)
            }
            return 0
        }
    }

    /// Takes away what is half written and ends the program; no file is begun or finished any more.
    static func abandon(_ end: () -> Never) -> Never {
        unfinished.withLock { unfinished in
            if let unfinished { unlink(unfinished) }
            end()
        }
    }
}
