import CVTerm
import Foundation

/// A program beside the tests, without a terminal: started with no signal blocked, waited for by `waitpid`, and ended with its owner.
public final class ChildProcess {
    private let process: pid_t
    private var waitStatus: Int32?
    private let outputEnd: Int32

    /// Why a program could not be started.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameter environment: all of it.
    public init(_ executable: String, _ arguments: [String], environment: [String: String]) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Failure(description: "no pipe: \(String(cString: strerror(errno)))") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Dispatch's threads block signals, and a program inherits that from the one that starts it.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let words = ([executable] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var started: pid_t = 0
        let status = posix_spawn(&started, executable, &actions, &attributes, words, variables)
        process = started
        outputEnd = ends[0]
        guard status == 0 else {
            waitStatus = 0
            throw Failure(description: "\(executable) cannot be started: \(String(cString: strerror(status)))")
        }
    }

    deinit {
        end()
        close(outputEnd)
    }

    /// Whether it has not ended yet.
    public var isRunning: Bool {
        if waitStatus != nil { return false }
        var status: Int32 = 0
        if waitpid(process, &status, WNOHANG) == process { waitStatus = status }
        return waitStatus == nil
    }

    /// What it writes next, to its standard output or errors; empty at the end.
    public func read() -> Data {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Foundation.read(outputEnd, &bytes, bytes.count)
            if count > 0 { return Data(bytes[..<count]) }
            if count == 0 || errno != EINTR { return Data() }
        }
    }

    /// All that it writes until it ends, and its exit status.
    public func finish() -> (output: Data, status: Int32) {
        var all = Data()
        while true {
            let more = read()
            if more.isEmpty { break }
            all += more
        }
        while isRunning { usleep(2_000) }
        return (all, waitStatus ?? 0)
    }

    /// Asks it to end, and insists after five seconds.
    public func end() {
        guard isRunning else { return }
        kill(process, SIGTERM)
        let deadline = Date().addingTimeInterval(5)
        while isRunning, Date() < deadline { usleep(5_000) }
        guard isRunning else { return }
        kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        waitStatus = status
    }
}
