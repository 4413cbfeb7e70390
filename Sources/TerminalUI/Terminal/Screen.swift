import CNcurses
import Foundation

/// Why the terminal cannot be used.
public enum ScreenError: Error, Equatable, CustomStringConvertible, LocalizedError {
    case notATerminal
    case unknownTerminal(String)
    case system(String, Int32)

    public var description: String {
        switch self {
        case .notATerminal:
            "The studio needs a terminal on standard input and output. Without one, use “backdrop generate”, “approve” and “export”."
        case .unknownTerminal(let name):
            "The terminal type “\(name)” is not known here, nor is xterm-256color. Install ncurses-term, or set TERM to xterm."
        case .system(let call, let code): "The terminal cannot be set up: \(call): \(String(cString: strerror(code)))."
        }
    }

    public var errorDescription: String? { description }
}

/// How many colours text can have.
public enum ColourDepth: String, Sendable {
    case none, eight, indexed256
}

/// The terminal as ncurses sees it: takes it over, shows grids, gives it back. To be used from one thread only.
final class Screen {
    /// Rows and columns now.
    private(set) var rows: Int
    private(set) var columns: Int
    let colourDepth: ColourDepth
    /// The terminal description in use; not always `$TERM`, see `init`.
    let terminalName: String
    let output: TerminalOutput
    let inputDescriptor: Int32 = STDIN_FILENO
    let outputDescriptor: Int32 = STDOUT_FILENO

    private let handle: OpaquePointer
    private let window: UnsafeMutablePointer<WINDOW>
    private let settings: termios
    private var pairs: [ColourPair: Int32] = [:]
    private var shown: CellGrid?
    private var isActive = false

    private struct ColourPair: Hashable {
        var foreground: Int
        var background: Int
    }

    /// Bracketed paste, focus reports, presses and wheel in SGR form.
    private static let modesOn = "\u{1B}[?2004h\u{1B}[?1004h\u{1B}[?1002h\u{1B}[?1006h"
    private static let modesOff = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1004l\u{1B}[?2004l"
    /// What a crash handler writes: ends a half-written picture, leaves every mode, the alternate screen and any colour.
    static let emergencyBytes = "\u{1B}\\\u{1B}[?2026l" + modesOff + "\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l\u{1B}[?25h\r\n"

    /// Unchanged cells between changed ones that ncurses would sooner write again than jump over in one update: as much as a jump costs. A
    /// picture as narrow as that, which it knows nothing of, would be wiped; what lies on both sides is updated on its own.
    private static let leastJump = 5

    /// Takes the terminal over. Where `$TERM` is unknown on this machine (SSH from a newer one), xterm-256color is assumed.
    /// - Throws: `ScreenError`.
    init(withoutColours: Bool) throws {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw ScreenError.notATerminal }
        DisplayText.activateLocale()
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { throw ScreenError.system("tcgetattr", errno) }
        self.settings = settings

        let wanted = ProcessInfo.processInfo.environment["TERM"] ?? ""
        guard let (name, handle) = Self.open(Self.descriptions(for: wanted)), let window = backdrop_standard_window() else {
            throw ScreenError.unknownTerminal(DisplayText.sanitised(wanted))
        }
        terminalName = name
        self.handle = handle
        self.window = window
        output = TerminalOutput(descriptor: STDOUT_FILENO)

        set_escdelay(25)
        raw()
        noecho()
        nonl()
        // ncurses may move lines and characters about only where it knows what stands there, and it does not know of pictures.
        idlok(window, false)
        idcok(window, false)
        scrollok(window, false)
        leaveok(window, false)
        if !withoutColours, has_colors(), start_color() == OK {
            use_default_colors()
            colourDepth = backdrop_colour_count() >= 256 ? .indexed256 : .eight
        } else {
            colourDepth = .none
        }
        rows = Int(getmaxy(window))
        columns = Int(getmaxx(window))
        curs_set(0)
        isActive = true
        werase(window)
        clearok(window, true)
        wrefresh(window)
        output.write(Self.modesOn)
    }

    deinit {
        stop()
        delscreen(handle)
    }

    /// The terminal descriptions to try for a value of `$TERM`. Whatever calls itself plain xterm today has 256 colours, while the
    /// description of that name has eight.
    static func descriptions(for name: String) -> [String] {
        name == "xterm" ? ["xterm-256color", name] : [name, "xterm-256color"]
    }

    private static func open(_ names: [String]) -> (String, OpaquePointer)? {
        for name in names where !name.isEmpty {
            if let handle = backdrop_open_screen(name) { return (name, handle) }
        }
        return nil
    }

    /// The settings that the terminal had before.
    var originalSettings: termios { settings }

    // MARK: Showing

    /// Shows `grid`, and the cursor at `cursor` where there is one.
    func present(_ grid: CellGrid, cursor: (row: Int, column: Int)?) {
        guard isActive else { return }
        curs_set(0)
        let before = shown.flatMap { $0.rows == grid.rows && $0.columns == grid.columns ? $0 : nil }
        // ncurses scrolls regions when it finds lines moved, whatever idlok says, and tears pictures apart that stand there. Updated
        // one by one no line is ever found elsewhere: where it was, it still is.
        leaveok(window, true)
        for row in 0..<min(grid.rows, rows) {
            let cells = grid.row(row)
            if let before, before.row(row) == cells { continue }
            let known = before.map { Array($0.row(row)) }
            var unchanged = 0
            for (column, cell) in cells.enumerated() {
                if let known {
                    if known[column] == cell {
                        unchanged += 1
                    } else {
                        if unchanged >= Self.leastJump { wrefresh(window) }
                        unchanged = 0
                    }
                }
                if !cell.text.isEmpty, column < columns { put(cell, row: row, column: column) }
            }
            if before != nil { wrefresh(window) }
        }
        leaveok(window, false)
        shown = grid
        if let cursor { wmove(window, Int32(cursor.row), Int32(cursor.column)) }
        wrefresh(window)
        if cursor != nil { curs_set(1) }
    }

    private func put(_ cell: CellGrid.Cell, row: Int, column: Int) {
        var characters = cell.text.unicodeScalars.prefix(5).map(\.value)
        characters.append(0)
        backdrop_put_cell(
            window, Int32(row), Int32(column), characters, attributes(of: cell.style), pair(for: cell.style))
    }

    private func attributes(of style: Style) -> attr_t {
        var result: attr_t = 0
        if style.attributes.contains(.bold) { result |= backdrop_attribute_bold() }
        if style.attributes.contains(.dim) { result |= backdrop_attribute_dim() }
        if style.attributes.contains(.italic) { result |= backdrop_attribute_italic() }
        if style.attributes.contains(.underline) { result |= backdrop_attribute_underline() }
        if style.attributes.contains(.reverse) { result |= backdrop_attribute_reverse() }
        return result
    }

    private func index(of colour: Colour) -> Int {
        switch colourDepth {
        case .none: -1
        case .eight: colour.nearestOf8 ?? -1
        case .indexed256: colour.nearestOf256 ?? -1
        }
    }

    private func pair(for style: Style) -> Int32 {
        var key = ColourPair(foreground: index(of: style.foreground), background: index(of: style.background))
        // Where few colours make text and ground the same, readable is better than right.
        if key.foreground == key.background, key.foreground >= 0 { key.foreground = key.background == 7 ? 0 : 7 }
        if key.foreground < 0, key.background < 0 { return 0 }
        if let pair = pairs[key] { return pair }
        let next = Int32(pairs.count + 1)
        guard next < backdrop_colour_pair_count(),
            init_extended_pair(next, Int32(key.foreground), Int32(key.background)) == OK
        else { return 0 }
        pairs[key] = next
        return next
    }

    /// The escape sequence that selects the background of `style`, for spaces written outside ncurses.
    func backgroundSequence(of style: Style) -> String {
        let index = index(of: style.background)
        if index < 0 { return "\u{1B}[0m" }
        return colourDepth == .indexed256 ? "\u{1B}[0;48;5;\(index)m" : "\u{1B}[0;\(40 + index)m"
    }

    // MARK: Wiping, resizing, pausing

    /// Overwrites every cell with explicit spaces, which is what erases pictures everywhere, and forgets what was shown.
    func wipe(background: Style) {
        var bytes = "\u{1B}7" + backgroundSequence(of: background)
        let blank = String(repeating: " ", count: columns)
        for row in 1...max(1, rows) { bytes += "\u{1B}[\(row);1H" + blank }
        output.write(bytes + "\u{1B}8")
        shown = nil
        clearok(window, true)
    }

    /// Asks the system for the window's size and takes it over. Returns whether it changed.
    @discardableResult
    func takeSize() -> Bool {
        var size = winsize()
        guard ioctl(outputDescriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else { return false }
        guard Int(size.ws_row) != rows || Int(size.ws_col) != columns else { return false }
        rows = Int(size.ws_row)
        columns = Int(size.ws_col)
        resizeterm(Int32(rows), Int32(columns))
        shown = nil
        return true
    }

    /// Pixels of the text area as the terminal driver knows them; (0, 0) where it does not.
    var reportedPixels: (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(outputDescriptor, UInt(TIOCGWINSZ), &size) == 0 else { return (0, 0) }
        return (Int(size.ws_xpixel), Int(size.ws_ypixel))
    }

    /// Gives the terminal back for a while; `resume` takes it again.
    func suspend() {
        guard isActive else { return }
        wipe(background: Style())
        output.write(Self.modesOff)
        curs_set(1)
        endwin()
        // Some terminals restore with the main screen a cursor that was hidden when they left it.
        output.write("\u{1B}[?25h")
        isActive = false
    }

    /// Takes the terminal again after `suspend`.
    func resume() {
        guard !isActive else { return }
        isActive = true
        reset_prog_mode()
        takeSize()
        shown = nil
        clearok(window, true)
        wrefresh(window)
        output.write(Self.modesOn)
    }

    /// Takes the terminal's settings again after another program, or a stop that could not be caught, may have changed them.
    func reclaim() {
        guard isActive else { return }
        reset_prog_mode()
        output.write(Self.modesOn)
        shown = nil
        clearok(window, true)
    }

    /// Gives the terminal back for good, as it was.
    func stop() {
        guard isActive else { return }
        suspend()
        var settings = settings
        tcsetattr(inputDescriptor, TCSADRAIN, &settings)
    }
}
