import Foundation

/// A pipe by which other threads and signal handlers wake the thread that polls.
final class WakePipe: Sendable {
    /// Readable while something waits.
    let readEnd: Int32
    let writeEnd: Int32

    /// - Throws: `ScreenError.system` where no pipe can be had.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ScreenError.system("pipe", errno) }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Wakes the reader. A full pipe is awake already.
    func ring() {
        var byte: UInt8 = 0
        _ = write(writeEnd, &byte, 1)
    }

    /// Everything written since the last call.
    func take() -> [UInt8] {
        var result: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 64)
        while true {
            let count = read(readEnd, &bytes, bytes.count)
            guard count > 0 else { return result }
            result += bytes[..<count]
        }
    }
}
