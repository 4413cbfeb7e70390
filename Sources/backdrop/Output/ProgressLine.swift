import Foundation
import Studio
import TerminalUI

/// The last line of a terminal, redrawn as work goes on. Where standard error is no terminal it shows nothing.
final class ProgressLine {
    private let isTerminal: Bool
    private var isDrawn = false

    init() {
        isTerminal = isatty(STDERR_FILENO) != 0 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        if isTerminal { DisplayText.activateLocale() }
    }

    /// Shows how far the queue is.
    func show(_ state: StudioState) {
        guard isTerminal else { return }
        if let task = state.runningTask {
            draw(Self.text(task, of: state))
        } else if let work = state.fileWork {
            draw("\(work.kind == .importing ? "importing" : "exporting") \(work.done)/\(work.total)  \(work.name)")
        } else if case .loading = state.model.readiness {
            draw("loading \(state.model.name)")
        }
    }

    /// Writes a line that stays, above the progress.
    func say(_ line: String) {
        clear()
        Console.note(line)
    }

    /// Takes the progress away.
    func clear() {
        guard isDrawn else { return }
        isDrawn = false
        Console.write("\r\u{1B}[K", to: STDERR_FILENO)
    }

    private func draw(_ text: String) {
        isDrawn = true
        Console.write("\r" + DisplayText.truncated(text, to: max(20, Self.columns - 1)) + "\u{1B}[K", to: STDERR_FILENO)
    }

    private static let barLength = 20

    private static func text(_ task: TaskItem, of state: StudioState) -> String {
        let filled = Int((task.fraction * Double(barLength)).rounded(.down))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: barLength - filled)
        var parts = [
            "\(state.name(of: task.productID)) \(min(task.done + 1, task.count))/\(task.count)", bar, "\(task.step)/\(task.steps)",
        ]
        if let perStep = task.secondsPerStep { parts.append("\(Console.duration(perStep))/step") }
        if let left = state.secondsLeft { parts.append("\(Console.duration(left)) left") }
        return parts.joined(separator: "  ")
    }

    private static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
