import Foundation

/// How pictures are shown.
public enum PictureMode: String, CaseIterable, Sendable {
    case kitty
    case iterm2
    case sixel
    case sextant
    case halfblock
    case colours256 = "256"
    case text
}

/// What the user asked for with `--pictures`.
public enum PictureChoice: String, CaseIterable, Sendable {
    case auto, kitty, iterm2, sixel, sextant, halfblock, text
    case colours256 = "256"

    /// The mode that is forced, if one is.
    var mode: PictureMode? { PictureMode(rawValue: rawValue) }
}

/// What was found out about the terminal, and what the studio makes of it. `backdrop doctor` prints it.
public struct TerminalReport: Equatable, Sendable {
    /// `$TERM`.
    public let terminal: String
    /// Whether there is a terminal at all.
    public let isTerminal: Bool
    /// tmux, screen or nothing.
    public let multiplexer: String?
    public let rows: Int
    public let columns: Int
    /// How pictures will be shown.
    public let mode: PictureMode
    /// Why, in one sentence.
    public let reason: String
    /// Pixels of a cell and where they were learnt.
    public let cell: CellSize
    public let cellSource: String
    /// Colour registers for sixel.
    public let colourRegisters: Int
    /// Largest sixel picture, pixels.
    public let largestPicture: (width: Int, height: Int)
    public let synchronisedOutput: Bool
    /// What the terminal calls itself (XTVERSION), where it does.
    public let program: String?
    /// Whether the terminal answered within two seconds.
    public let answered: Bool

    public static func == (left: Self, right: Self) -> Bool {
        left.lines == right.lines && left.mode == right.mode
    }

    /// One line a fact, for `doctor`.
    public var lines: [String] {
        guard isTerminal else { return ["no terminal: the studio cannot run here, the other commands can"] }
        return [
            "terminal \(terminal)\(program.map { ", \($0)" } ?? "")\(multiplexer.map { " in \($0)" } ?? ""), \(columns)x\(rows)"
                + (answered ? "" : "; it did not answer questions within \(Int(CapabilityProbe.patience)) s"),
            "pictures: \(mode.rawValue), because \(reason)",
            "cell: \(Self.number(cell.width))x\(Self.number(cell.height)) pixels, from \(cellSource)",
            "sixel: \(colourRegisters) colours, at most \(largestPicture.width)x\(largestPicture.height) pixels",
            "synchronised updates: \(synchronisedOutput ? "yes" : "no")",
        ]
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(format: "%.1f", value)
    }

    /// Decides from answers and surroundings.
    static func make(
        answers: CapabilityProbe.Answers, choice: PictureChoice, colourDepth: ColourDepth, rows: Int, columns: Int,
        reportedPixels: (width: Int, height: Int), environment: [String: String], isTerminal: Bool = true
    ) -> TerminalReport {
        let term = DisplayText.sanitised(environment["TERM"] ?? "")
        let multiplexer = multiplexer(environment)
        let (mode, reason) = decide(
            answers: answers, choice: choice, colourDepth: colourDepth, multiplexer: multiplexer, environment: environment)
        let (cell, source) = cellSize(answers: answers, rows: rows, columns: columns, reportedPixels: reportedPixels)
        let limit = answers.graphicsLimit ?? answers.graphicsArea
        return TerminalReport(
            terminal: term.isEmpty ? "unknown" : term, isTerminal: isTerminal, multiplexer: multiplexer, rows: rows, columns: columns,
            mode: mode, reason: reason, cell: cell, cellSource: source, colourRegisters: min(256, answers.colourRegisters ?? 256),
            // Terminals without XTSMGRAPHICS accept at least VT340's 800x480; those we know accept a screen full.
            largestPicture: limit ?? (2000, 2000), synchronisedOutput: answers.synchronisedOutput ?? false, program: answers.program,
            answered: answers.attributes != nil)
    }

    /// tmux, screen or nothing, by what they set for programs that run in them.
    static func multiplexer(_ environment: [String: String]) -> String? {
        let term = environment["TERM"] ?? ""
        if environment["TMUX"] != nil || term.hasPrefix("tmux") { return "tmux" }
        return environment["STY"] != nil || term.hasPrefix("screen") ? "screen" : nil
    }

    private static func decide(
        answers: CapabilityProbe.Answers, choice: PictureChoice, colourDepth: ColourDepth, multiplexer: String?,
        environment: [String: String]
    ) -> (PictureMode, String) {
        if let mode = choice.mode { return (mode, "--pictures \(choice.rawValue) asks for it") }
        if colourDepth == .none { return (.text, "NO_COLOR is set or the terminal has no colours") }
        // A multiplexer answers for itself; a picture that it does not know would go astray.
        if answers.hasKitty, multiplexer == nil { return (.kitty, "the terminal answers the kitty graphics protocol") }
        if isITerm(answers, environment), multiplexer == nil { return (.iterm2, "the terminal is \(answers.program ?? "iTerm2")") }
        if answers.hasSixel { return (.sixel, "the terminal says that it draws sixel (DA1 lists 4)") }
        let without: String
        if multiplexer == "tmux" {
            without = "this tmux has no sixel (3.4 built with --enable-sixel has)"
        } else if answers.attributes == nil {
            without = "the terminal has not said that it draws sixel"
        } else {
            without = "the terminal says that it has no sixel"
        }
        if colourDepth == .eight { return (.text, "\(without), and it has only eight colours") }
        if isTrueColour(answers: answers, multiplexer: multiplexer, environment: environment) {
            if let program = answers.program?.lowercased(), multiplexer == nil,
                ["foot", "kitty", "wezterm", "ghostty", "contour"].contains(where: program.hasPrefix)
            {
                return (.sextant, "\(without); it draws sextants itself, six pixels a cell")
            }
            return (.halfblock, "\(without); half blocks show two pixels a cell")
        }
        return (.colours256, "\(without), and nothing says that it has more than 256 colours")
    }

    /// By its own word, or by what it sets for programs; `LC_TERMINAL` comes along over SSH.
    private static func isITerm(_ answers: CapabilityProbe.Answers, _ environment: [String: String]) -> Bool {
        if let program = answers.program { return program.hasPrefix("iTerm2") }
        return environment["TERM_PROGRAM"] == "iTerm.app" || environment["LC_TERMINAL"] == "iTerm2"
    }

    /// `COLORTERM` says so, or the terminal is one of those that do it without saying: tmux converts, and whoever answers newer
    /// questions, or calls itself more than a VT100 with AVO (`?1;2`), is recent enough.
    private static func isTrueColour(answers: CapabilityProbe.Answers, multiplexer: String?, environment: [String: String]) -> Bool {
        if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") { return true }
        if environment["TERM"]?.hasSuffix("-direct") == true || multiplexer == "tmux" { return true }
        if answers.synchronisedOutput != nil { return true }
        guard let attributes = answers.attributes else { return false }
        return attributes != [1, 2] && attributes != [1, 0] && attributes != [0]
    }

    /// The sixel area divided by the cells, then the terminal's own word, then the driver's, then a guess.
    static func cellSize(
        answers: CapabilityProbe.Answers, rows: Int, columns: Int, reportedPixels: (width: Int, height: Int)
    ) -> (CellSize, String) {
        func divided(_ pixels: (width: Int, height: Int)?) -> CellSize? {
            guard let pixels, rows > 0, columns > 0 else { return nil }
            // What does not divide evenly is the window's inner border.
            let size = CellSize(width: Double(pixels.width / columns), height: Double(pixels.height / rows))
            return size.isPlausible ? size : nil
        }
        // The area measures the window only where nothing else limits it, and then it divides evenly into cells.
        if let area = answers.graphicsArea, area.width % max(1, columns) == 0, area.height % max(1, rows) == 0,
            answers.graphicsLimit.map({ area.width < $0.width && area.height < $0.height }) ?? true, let size = divided(area)
        {
            return (size, "the sixel area (XTSMGRAPHICS)")
        }
        if let size = answers.cellSize { return (size, "the terminal (CSI 16 t)") }
        if let size = divided(reportedPixels) { return (size, "the window's size in pixels (TIOCGWINSZ)") }
        return (.assumed, "an assumption: the terminal does not tell")
    }
}
