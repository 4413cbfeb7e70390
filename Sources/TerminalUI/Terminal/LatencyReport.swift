import Foundation

/// How long keys and pictures take on the user's own line: from a recording of the studio, or asked of the terminal now.
public struct LatencyReport: Equatable, Sendable {
    /// Times of one kind, milliseconds.
    public struct Times: Equatable, Sendable {
        public let count: Int
        public let median: Double
        /// 99 of 100 were faster.
        public let late: Double
        public let most: Double

        /// Nil where nothing was measured.
        init?(_ values: [Double]) {
            guard let last = values.max() else { return nil }
            let sorted = values.sorted()
            count = sorted.count
            median = sorted[count / 2]
            late = sorted[min(count - 1, count * 99 / 100)]
            most = last
        }

        public var description: String {
            String(format: "p50 %.1f ms, p99 %.1f ms, most %.1f ms of %d", median, late, most, count)
        }
    }

    /// Why there is no report.
    public enum Problem: Error, Equatable, CustomStringConvertible, LocalizedError {
        case unreadable(path: String)
        case noTerminal
        case noAnswer

        public var description: String {
            switch self {
            case .unreadable(let path): "\(path) is no recording: make one with backdrop studio --record FILE."
            case .noTerminal: "There is no terminal to measure: run this on the line that is slow."
            case .noAnswer: "The terminal answers no questions: record a session with backdrop studio --record FILE instead."
            }
        }

        public var errorDescription: String? { description }
    }

    /// From a key's arrival to the last byte of the screen that answers it.
    public var screen: Times?
    /// From a key's arrival to the terminal's word that it has that screen.
    public var echo: Times?
    /// Over the line and back, with nothing else on it.
    public var line: Times?
    /// From a picture's first byte to the terminal's word that it has drawn it.
    public var picture: Times?
    /// Bytes of a picture, in the middle.
    public var pictureBytes: Int?

    /// One line a fact.
    public var lines: [String] {
        var result: [String] = []
        if let line { result.append("the line there and back: \(line.description)") }
        if let screen { result.append("key to screen written: \(screen.description)") }
        if let echo { result.append("key to screen arrived: \(echo.description)") }
        if let picture { result.append("picture sent to picture drawn: \(picture.description)") }
        if let pictureBytes { result.append("bytes of a picture: \(pictureBytes) in the middle") }
        return result
    }

    /// Reads what `backdrop studio --record` wrote.
    /// - Throws: `LatencyReport.Problem`.
    public init(recording file: URL) throws {
        guard let data = FileManager.default.contents(atPath: file.path) else { throw Problem.unreadable(path: file.path) }
        let decoder = JSONDecoder()
        let entries = data.split(separator: UInt8(ascii: "\n")).compactMap { try? decoder.decode(SessionRecorder.Entry.self, from: $0) }
        guard !entries.isEmpty else { throw Problem.unreadable(path: file.path) }
        func times(_ kind: SessionRecorder.Entry.Kind) -> Times? { Times(entries.filter { $0.kind == kind }.compactMap(\.ms)) }
        screen = times(.screen)
        echo = times(.echo)
        picture = times(.taken)
        let sizes = entries.filter { $0.kind == .picture }.compactMap(\.bytes).sorted()
        pictureBytes = sizes.isEmpty ? nil : sizes[sizes.count / 2]
    }

    /// Asks the terminal on standard input and output so many times for its attributes, one question after the other's answer.
    /// - Throws: `LatencyReport.Problem`.
    public init(asking rounds: Int) throws {
        var before = termios()
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, tcgetattr(STDIN_FILENO, &before) == 0 else {
            throw Problem.noTerminal
        }
        var quiet = before
        cfmakeraw(&quiet)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
        let output = TerminalOutput(descriptor: STDOUT_FILENO)
        var values: [Double] = []
        for _ in 0..<rounds {
            let start = TerminalLoop.now
            output.write("\u{1B}[c")
            guard Self.waitForAnswer(patience: CapabilityProbe.patience) else { break }
            values.append((TerminalLoop.now - start) * 1000)
        }
        guard let times = Times(values) else { throw Problem.noAnswer }
        line = times
    }

    private static func waitForAnswer(patience: Double) -> Bool {
        var parser = InputParser()
        let deadline = TerminalLoop.now + patience
        while TerminalLoop.now < deadline {
            var source = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&source, 1, Int32(max(1, (deadline - TerminalLoop.now) * 1000))) > 0 else { continue }
            var bytes = [UInt8](repeating: 0, count: 1024)
            let count = read(STDIN_FILENO, &bytes, bytes.count)
            guard count > 0 else { return false }
            for case .reply(.deviceAttributes) in parser.feed(bytes[..<count]) { return true }
        }
        return false
    }
}
