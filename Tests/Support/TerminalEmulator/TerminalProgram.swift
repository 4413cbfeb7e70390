import CVTerm
import Foundation

/// A program that runs in a pseudo-terminal of its own, and the emulated terminal that it believes to be talking to.
public final class TerminalProgram {
    public let emulator: TerminalEmulator
    /// Everything that the program wrote.
    public private(set) var output: [UInt8] = []
    /// Its exit status once it has ended: as `waitpid` gives it.
    public private(set) var waitStatus: Int32?
    public let process: pid_t
    private var master: Int32

    /// Why a program could not be started.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Starts `executable` as the leader of a session on a new terminal.
    /// - Parameter environment: all of it; nothing of this process's is handed on.
    public init(
        _ executable: String, _ arguments: [String], environment: [String: String], rows: Int, columns: Int,
        abilities: TerminalEmulator.Abilities = TerminalEmulator.Abilities()
    ) throws {
        emulator = TerminalEmulator(rows: rows, columns: columns, abilities: abilities)
        var name = [CChar](repeating: 0, count: 128)
        master = backdrop_open_terminal(&name, name.count)
        guard master >= 0 else { throw Failure(description: "no pseudo-terminal: \(String(cString: strerror(errno)))") }
        let slave = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // Kept open while the program starts: a terminal without any user hangs up.
        let keeper = open(slave, O_RDWR | O_NOCTTY | O_CLOEXEC)
        defer { close(keeper) }
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that a session's leader opens becomes the session's.
        posix_spawn_file_actions_addopen(&actions, 0, slave, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Dispatch's threads block signals, and a program inherits that from the one that starts it.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, backdrop_spawn_session_flag() | Int16(POSIX_SPAWN_SETSIGMASK))

        let words = ([executable] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var started: pid_t = 0
        let status = posix_spawn(&started, executable, &actions, &attributes, words, variables)
        process = started
        guard status == 0 else {
            close(master)
            throw Failure(description: "\(executable) cannot be started: \(String(cString: strerror(status)))")
        }
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
    }

    deinit {
        if waitStatus == nil {
            kill(process, SIGKILL)
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
        if master >= 0 { close(master) }
    }

    /// Takes the terminal away, as a connection that breaks does.
    public func hangUp() {
        if master >= 0 { close(master) }
        master = -1
    }

    /// Takes what the program writes, and answers its questions, until `condition` holds.
    /// - Returns: whether it did within `seconds`.
    @discardableResult
    public func wait(seconds: Double = 30, until condition: () -> Bool) -> Bool {
        let deadline = Date().addingTimeInterval(seconds)
        while true {
            if condition() { return true }
            let left = deadline.timeIntervalSinceNow
            if left <= 0 || !pump(seconds: min(left, 0.2)) { return condition() }
        }
    }

    /// Waits for a text in one row of the screen.
    @discardableResult
    public func wait(for text: String, seconds: Double = 30) -> Bool {
        wait(seconds: seconds) { emulator.shows(text) }
    }

    /// Takes what comes for some time, whatever it is.
    public func settle(seconds: Double = 0.3) {
        wait(seconds: seconds) { false }
    }

    /// Waits for the program's end. Returns its exit status, or 128 and the signal's number; nil if it runs on.
    public func waitForEnd(seconds: Double = 30) -> Int32? {
        if master < 0 {
            let deadline = Date().addingTimeInterval(seconds)
            while !hasEnded, Date() < deadline { usleep(10_000) }
        } else {
            wait(seconds: seconds) { hasEnded }
        }
        // Its last words may still be on the way.
        while pump(seconds: 0), waitStatus != nil, hasWords {}
        guard let status = waitStatus else { return nil }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }

    private var hasWords: Bool {
        var source = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        return poll(&source, 1, 0) > 0 && source.revents & Int16(POLLIN) != 0
    }

    private var hasEnded: Bool {
        if waitStatus != nil { return true }
        var status: Int32 = 0
        if waitpid(process, &status, WNOHANG) == process { waitStatus = status }
        return waitStatus != nil
    }

    /// Types text and keys; see `Press`.
    public func type(_ text: String) { send(Array(text.utf8)) }

    /// Presses one key that is no character, and lets the program take it before the next: an escape needs time to be a key.
    public func press(_ key: Press) {
        send(Array(key.rawValue.utf8))
        settle(seconds: key == .escape ? 0.15 : 0.02)
    }

    public enum Press: String {
        case escape = "\u{1B}"
        case enter = "\r"
        case tab = "\t"
        case backTab = "\u{1B}[Z"
        case up = "\u{1B}[A"
        case down = "\u{1B}[B"
        case right = "\u{1B}[C"
        case left = "\u{1B}[D"
        case backspace = "\u{7F}"
        case redraw = "\u{0C}"
        case suspend = "\u{1A}"
    }

    /// Sends bytes as the terminal would.
    public func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if !pump(seconds: 0.05) { return }
        }
    }

    /// Changes the window's size, as a user does with a mouse.
    public func resize(rows: Int, columns: Int) {
        emulator.resize(rows: rows, columns: columns)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// The terminal's settings as the program left them.
    public var settings: termios {
        var settings = termios()
        tcgetattr(master, &settings)
        return settings
    }

    /// One read, and answers. False when the other side is gone.
    private func pump(seconds: Double) -> Bool {
        guard master >= 0 else { return false }
        var source = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&source, 1, Int32(seconds * 1000)) > 0 else { return true }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(master, &bytes, bytes.count)
        guard count > 0 else {
            if errno == EAGAIN || errno == EINTR { return true }
            // The program has closed its terminal; give it a moment to end.
            usleep(20_000)
            return !hasEnded && seconds > 0.01 && kill(process, 0) == 0
        }
        let taken = Array(bytes[..<count])
        output += taken
        let answers = emulator.feed(taken)
        if !answers.isEmpty { send(answers) }
        return true
    }
}
