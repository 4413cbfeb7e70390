import Foundation
import Imaging
import TerminalEmulator

/// A real xterm, or another terminal, on a display without a screen, a program in it, keys and screenshots.
///
/// Everything it starts it ends itself, by process; the display has a number of its own.
final class XtermDesk {
    private let display: ChildProcess
    private let terminal: ChildProcess
    private let name: String
    private let window: String

    /// Why there is no desk.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Which terminal it is.
    enum Terminal: String {
        case xterm, mlterm

        /// No border and no bar: the window is its cells. xterm takes pictures as large as its settings say.
        func looks(rows: Int, columns: Int) -> [String] {
            switch self {
            case .xterm:
                [
                    "-ti", "vt340", "-xrm", "XTerm*numColorRegisters: 256", "-xrm", "XTerm*maxGraphicSize: 2000x2000", "-fa",
                    "DejaVu Sans Mono", "-fs", "10", "-b", "0", "-bw", "0", "+sb", "-geometry", "\(columns)x\(rows)+0+0", "-T", "studio",
                ]
            case .mlterm:
                ["--geometry", "\(columns)x\(rows)+0+0", "--fontsize", "14", "--sbmod", "none", "--borderless", "--title", "studio"]
            }
        }
    }

    /// Starts Xvfb and the terminal with `arguments` running in it.
    init(_ kind: Terminal = .xterm, rows: Int, columns: Int, running arguments: [String], environment: [String: String]) throws {
        display = try Self.start(
            "Xvfb", ["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-nocursor", "-noreset"])
        // The server writes its number when it is ready for clients.
        let line = String(decoding: display.read(), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard Int(line) != nil else { throw Failure(description: "Xvfb did not start") }
        name = ":\(line)"
        terminal = try Self.start(
            kind.rawValue, kind.looks(rows: rows, columns: columns) + ["-e"] + arguments,
            environment: environment.merging(["DISPLAY": name]) { $1 })
        var found = ""
        let deadline = Date().addingTimeInterval(60)
        while found.isEmpty, Date() < deadline, terminal.isRunning {
            found =
                (try? Self.output(of: "xdotool", ["search", "--onlyvisible", "--name", "."], display: name)).flatMap {
                    String(data: $0, encoding: .utf8)?.split(separator: "\n").first.map(String.init)
                } ?? ""
            if found.isEmpty { usleep(50_000) }
        }
        window = found
        guard !found.isEmpty else {
            terminal.end()
            throw Failure(description: "\(kind.rawValue) showed no window: \(String(decoding: terminal.finish().output, as: UTF8.self))")
        }
        // Without a window manager nobody else gives it the keys. A window that is just being mapped refuses them.
        while true {
            do {
                try control("windowfocus", window)
                break
            } catch  where terminal.isRunning && Date() < deadline {
                usleep(50_000)
            }
        }
    }

    deinit {
        terminal.end()
        display.end()
    }

    /// Whether the program in the terminal still runs.
    var isRunning: Bool { terminal.isRunning }

    /// Presses keys, by the names that X gives them.
    func press(_ keys: String...) throws { try press(some: keys) }

    func press(some keys: [String]) throws {
        try control(["key", "--clearmodifiers", "--delay", "20"] + keys)
    }

    /// Types ASCII text.
    func type(_ text: String) throws {
        try control(["type", "--clearmodifiers", "--delay", "20", text])
    }

    /// Changes the window's size, in pixels.
    func resize(width: Int, height: Int) throws {
        try control("windowsize", "--sync", window, "\(width)", "\(height)")
    }

    /// The window's size in pixels.
    func size() throws -> (width: Int, height: Int) {
        let words = String(
            decoding: try Self.output(of: "xdotool", ["getwindowgeometry", "--shell", window], display: name), as: UTF8.self)
        func value(_ key: String) -> Int {
            words.split(separator: "\n").first { $0.hasPrefix(key + "=") }.flatMap { Int($0.dropFirst(key.count + 1)) } ?? 0
        }
        return (value("WIDTH"), value("HEIGHT"))
    }

    /// What the window shows.
    func screenshot() throws -> RasterImage {
        let dump = try Self.output(of: "xwd", ["-silent", "-id", window], display: name)
        guard let image = Self.image(fromWindowDump: [UInt8](dump)) else { throw Failure(description: "xwd wrote no 24-bit picture") }
        return image
    }

    /// Takes screenshots until one is as wanted.
    /// - Returns: it, or nil when `seconds` have gone by.
    func waitForScreenshot(seconds: Double = 60, where isWanted: (RasterImage) -> Bool) throws -> RasterImage? {
        let deadline = Date().addingTimeInterval(seconds)
        while Date() < deadline {
            let image = try screenshot()
            if isWanted(image) { return image }
            usleep(30_000)
        }
        return nil
    }

    /// Takes screenshots until the window has not changed for a second and a half: longer than pictures rest between frames.
    func waitForRest(seconds: Double = 60) throws -> RasterImage {
        var last = try screenshot()
        var since = Date()
        _ = try waitForScreenshot(seconds: seconds) { image in
            if image != last { (last, since) = (image, Date()) }
            return Date().timeIntervalSince(since) > 1.5
        }
        return last
    }

    private func control(_ arguments: String...) throws { try control(arguments) }

    private func control(_ arguments: [String]) throws {
        _ = try Self.output(of: "xdotool", arguments, display: name)
    }

    /// An X window dump (X11/XWDFile.h): a big-endian header, a colour table, rows of blue, green, red and a byte of nothing.
    private static func image(fromWindowDump bytes: [UInt8]) -> RasterImage? {
        func field(_ index: Int) -> Int {
            bytes[(index * 4)..<(index * 4 + 4)].reduce(0) { $0 << 8 | Int($1) }
        }
        guard bytes.count > 100, field(1) == 7, field(11) == 32 else { return nil }
        let (width, height, lineBytes) = (field(4), field(5), field(12))
        let start = field(0) + field(19) * 12
        guard bytes.count >= start + height * lineBytes else { return nil }
        var image = RasterImage(width: width, height: height, fill: RGBA(0, 0, 0, 255))
        for y in 0..<height {
            for x in 0..<width {
                let source = start + y * lineBytes + x * 4
                image[x, y] = RGBA(bytes[source + 2], bytes[source + 1], bytes[source], 255)
            }
        }
        return image
    }

    private static func start(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> ChildProcess {
        try ChildProcess(
            "/usr/bin/\(program)", arguments,
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"].merging(environment) { $1 })
    }

    private static func output(of program: String, _ arguments: [String], display: String) throws -> Data {
        let (output, status) = try start(program, arguments, environment: ["DISPLAY": display]).finish()
        guard status == 0 else { throw Failure(description: "\(program) \(arguments) failed") }
        return output
    }
}
