import CNcurses
import Foundation

/// Asks a terminal what it can do without taking it over: for `doctor`.
enum TerminalInquiry {
    static func run(pictures choice: PictureChoice) -> TerminalReport {
        let environment = ProcessInfo.processInfo.environment
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            return TerminalReport.make(
                answers: CapabilityProbe.Answers(), choice: choice, colourDepth: .none, rows: 0, columns: 0, reportedPixels: (0, 0),
                environment: environment, isTerminal: false)
        }
        var size = winsize()
        _ = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size)
        return TerminalReport.make(
            answers: ask(), choice: choice, colourDepth: colourDepth(environment), rows: Int(size.ws_row), columns: Int(size.ws_col),
            reportedPixels: (Int(size.ws_xpixel), Int(size.ws_ypixel)), environment: environment)
    }

    private static func colourDepth(_ environment: [String: String]) -> ColourDepth {
        if StudioTerminal.wantsNoColours { return .none }
        let names = Screen.descriptions(for: environment["TERM"] ?? "")
        guard names.contains(where: { setupterm($0, STDOUT_FILENO, nil) == OK }) else { return .none }
        let count = tigetnum("colors")
        return count >= 256 ? .indexed256 : count >= 8 ? .eight : .none
    }

    /// Sends the batch and reads until DA1's answer or the end of patience; what comes meanwhile is not echoed.
    private static func ask() -> CapabilityProbe.Answers {
        var probe = CapabilityProbe()
        var before = termios()
        guard tcgetattr(STDIN_FILENO, &before) == 0 else { return probe.answers }
        var quiet = before
        cfmakeraw(&quiet)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }

        TerminalOutput(descriptor: STDOUT_FILENO).write(CapabilityProbe.questions())
        var parser = InputParser()
        let deadline = Date().addingTimeInterval(CapabilityProbe.patience)
        while !probe.isComplete, deadline.timeIntervalSinceNow > 0 {
            var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&source, 1, Int32(max(1, deadline.timeIntervalSinceNow * 1000))) > 0 else { continue }
            var bytes = [UInt8](repeating: 0, count: 1024)
            let count = read(STDIN_FILENO, &bytes, bytes.count)
            guard count > 0 else { break }
            for case .reply(let reply) in parser.feed(bytes[..<count]) { _ = probe.take(reply) }
        }
        return probe.answers
    }
}
