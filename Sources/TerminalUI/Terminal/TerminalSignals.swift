import Foundation

/// Signals as readable bytes: each that arrives writes its number into a pipe that the main loop polls.
///
/// A self-pipe rather than `signalfd`, because that would need the signals blocked in every thread, also those that Dispatch
/// makes. Fatal signals restore the terminal first, so that a crash never leaves a broken shell behind.
final class TerminalSignals {
    private let pipe: WakePipe
    private var previous: [Int32: sigaction] = [:]

    private static let handled = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]
    private static let fatal = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGQUIT]

    /// - Throws: `ScreenError.system` where no pipe can be had.
    init() throws {
        pipe = try WakePipe()
    }

    /// Becomes readable when a signal has arrived.
    var descriptor: Int32 { pipe.readEnd }

    /// Starts listening. `restoring` are the bytes that a crash handler writes to `output`, `settings` what it sets there.
    func install(output: Int32, restoring: String, settings: termios) {
        signalPipe = pipe.writeEnd
        emergency.prepare(output: output, bytes: restoring, settings: settings)
        // Whoever started the program may have blocked them.
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        for signal in Self.handled { sigaddset(&unblocked, signal) }
        pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
        for signal in Self.handled {
            set(signal, flags: Int32(SA_RESTART)) { number in
                let saved = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = Foundation.write(signalPipe, &byte, 1)
                errno = saved
            }
        }
        for signal in Self.fatal {
            set(signal, flags: Int32(bitPattern: UInt32(SA_RESETHAND)) | Int32(SA_NODEFER)) { number in
                emergency.restore()
                raise(number)
            }
        }
        // Writing to a terminal that is gone is reported by the write itself.
        set(SIGPIPE, flags: 0, handler: SIG_IGN)
    }

    /// Gives every signal back to whoever had it.
    /// - Parameter ignoringHangUps: for work that goes on after the line went dead.
    func uninstall(ignoringHangUps: Bool = false) {
        for (signal, var action) in previous {
            if ignoringHangUps, signal == SIGHUP { action.__sigaction_handler.sa_handler = SIG_IGN }
            sigaction(signal, &action, nil)
        }
        previous.removeAll()
        emergency.disarm()
    }

    /// The signals that arrived since the last call, each once, in order of first arrival.
    func take() -> [Int32] {
        pipe.take().reduce(into: []) { result, byte in
            if !result.contains(Int32(byte)) { result.append(Int32(byte)) }
        }
    }

    /// Stops the process as Ctrl-Z would have done, its whole group with it, and returns when it goes on.
    func stopProcess() {
        var standard = sigaction()
        standard.__sigaction_handler.sa_handler = SIG_DFL
        var ours = sigaction()
        sigaction(SIGTSTP, &standard, &ours)
        kill(0, SIGTSTP)
        sigaction(SIGTSTP, &ours, nil)
    }

    private func set(_ signal: Int32, flags: Int32, handler: @escaping @convention(c) (Int32) -> Void) {
        set(signal, flags: flags, handler: Optional(handler))
    }

    private func set(_ signal: Int32, flags: Int32, handler: (@convention(c) (Int32) -> Void)?) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        action.sa_flags = flags
        var old = sigaction()
        sigaction(signal, &action, &old)
        if previous[signal] == nil { previous[signal] = old }
    }
}

/// Where the signal handlers write. Sound without a lock: written only before handlers are installed, an aligned 32-bit value.
nonisolated(unsafe) private var signalPipe: Int32 = -1

/// What a crash handler needs, allocated beforehand: a handler may not allocate. Sound without a lock: it is filled before the
/// handlers are installed and only read by them.
nonisolated(unsafe) private var emergency = Emergency()

private struct Emergency {
    private var output: Int32 = -1
    private var bytes: UnsafeMutableBufferPointer<UInt8>?
    private var settings = termios()

    mutating func prepare(output: Int32, bytes text: String, settings: termios) {
        disarm()
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = buffer.initialize(from: text.utf8)
        bytes = buffer
        self.settings = settings
        self.output = output
    }

    mutating func disarm() {
        output = -1
        bytes?.deallocate()
        bytes = nil
    }

    /// Async-signal-safe: `write` and `tcsetattr` only.
    func restore() {
        guard output >= 0, let bytes else { return }
        _ = Foundation.write(output, bytes.baseAddress, bytes.count)
        var settings = settings
        tcsetattr(output, TCSANOW, &settings)
    }
}
