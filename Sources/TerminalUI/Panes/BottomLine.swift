import Studio

extension StudioView {
    /// The last row: a message where there is one, otherwise the keys of the focused pane.
    mutating func drawBottomLine() {
        let line = CellRectangle(row: layout.hintRow, column: 1, rows: 1, columns: layout.columns - 2)
        if let message = interface.notice ?? state.message {
            drawMessage(message, in: line)
        } else {
            drawHints(in: line)
        }
    }

    private mutating func drawMessage(_ message: StatusMessage, in line: CellRectangle) {
        let (mark, role): (String, Theme.Role) =
            switch message.severity {
            case .info: ("✓", .approved)
            case .warning: ("!", .warning)
            case .error: ("✗", .rejected)
            }
        frame.grid.fill(line, style: theme[.text])
        var column = 1
        column += put("\(mark) ", role, in: line, row: 0, column: column)
        column += put(message.text, message.severity == .info ? .text : role, in: line, row: 0, column: column)
        if let advice = message.advice { put(" – \(advice)", .muted, in: line, row: 0, column: column) }
    }

    private mutating func drawHints(in line: CellRectangle) {
        let hints = currentHints
        let last = hints.last
        let reserved = last.map { Self.width(of: $0) } ?? 0
        var column = 1
        for hint in hints.dropLast() {
            guard column + Self.width(of: hint) + reserved <= line.columns - 1 else { continue }
            column = put(hint: hint, in: line, column: column)
        }
        if let last, column + reserved <= line.columns { _ = put(hint: last, in: line, column: column) }
    }

    private mutating func put(hint: (key: String, word: String), in line: CellRectangle, column: Int) -> Int {
        var column = column
        column += put(" \(hint.key)", .key, in: line, row: 0, column: column)
        column += put(" \(hint.word) ", .muted, in: line, row: 0, column: column)
        return column
    }

    private static func width(of hint: (key: String, word: String)) -> Int {
        DisplayText.width(of: hint.key) + DisplayText.width(of: hint.word) + 3
    }

    /// Keys and words for what has the focus; the last one is kept when there is no room for all.
    private var currentHints: [(key: String, word: String)] {
        if interface.popup != nil { return [("Esc", "back")] }
        if interface.isEditing {
            return [
                ("Esc", "done"), ("Tab", "next pane"), (Keymap.generateFromEditor.label, "generate"), ("Ctrl-/", "undo"),
                ("Ctrl-W", "delete word"),
                ("Enter", "new line"),
            ]
        }
        if let pane = interface.filtering {
            return [("Enter", pane == .categories ? "choose" : "keep"), ("↑ ↓", "move"), ("Esc", "clear")]
        }
        if interface.typedValue != nil { return [("Enter", "set"), ("Esc", "leave as it was")] }
        return interface.keymap.hints(for: interface.focus).filter { isUseful($0.action) }.map {
            ($0.keys.first?.label ?? "", $0.hint ?? "")
        }
    }

    /// Hints speak only of what can be done now.
    private func isUseful(_ action: Action) -> Bool {
        switch action {
        case .approve, .reject, .vary: state.selectedCandidate?.progress == .finished
        case .compare: state.candidates.filter { $0.progress == .finished }.count > 1
        case .undo: state.canUndo
        case .cancel: !state.tasks.isEmpty
        case .importFiles: state.products.isEmpty
        case .export: state.totals.approved > 0
        case .generate: state.selectedProduct != nil
        default: true
        }
    }
}
