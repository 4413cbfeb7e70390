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
        column += put(interface.language.message(message.text), message.severity == .info ? .text : role, in: line, row: 0, column: column)
        if let advice = message.advice { put(" – " + interface.language.message(advice), .muted, in: line, row: 0, column: column) }
    }

    private mutating func drawHints(in line: CellRectangle) {
        let hints = currentHints
        // The way to everything else stays: commands and help, the last two.
        let last = hints.suffix(2)
        let reserved = last.reduce(0) { $0 + Self.width(of: $1) }
        var column = 1
        for hint in hints.dropLast(2) {
            guard column + Self.width(of: hint) + reserved <= line.columns - 1 else { continue }
            column = put(hint: hint, in: line, column: column)
        }
        for hint in last where column + Self.width(of: hint) <= line.columns { column = put(hint: hint, in: line, column: column) }
    }

    private mutating func put(hint: (key: String, word: String), in line: CellRectangle, column first: Int) -> Int {
        var column = first
        column += put(" \(hint.key)", .key, in: line, row: 0, column: column)
        column += put(" \(hint.word) ", .muted, in: line, row: 0, column: column)
        if let key = Key(label: hint.key) { interface.hintPlaces.append((key, line.column + first..<line.column + column)) }
        return column
    }

    private static func width(of hint: (key: String, word: String)) -> Int {
        DisplayText.width(of: hint.key) + DisplayText.width(of: hint.word) + 3
    }

    /// Keys and words for what has the focus; the last two are kept when there is no room for all.
    private var currentHints: [(key: String, word: String)] {
        if interface.popup != nil { return [("Esc", say("back"))] }
        if interface.brush != nil {
            return interface.keymap.brushBindings.compactMap { binding in binding.hint.map { (binding.keys.first?.label ?? "", say($0)) } }
        }
        if interface.isEditing {
            return [
                (Keymap.label(for: .leave), say("done")), (Keymap.label(for: .generate), say("generate")), ("→", say("take phrase")),
                (Keymap.label(for: .suggest), say("next phrase")), (Keymap.label(for: .presets), say("presets")),
                (Keymap.label(for: .builder), say("builder")), (Keymap.label(for: .older), say("history")), ("Ctrl-/", say("undo")),
                ("Tab", say("next pane")),
            ]
        }
        if let pane = interface.filtering {
            return [("Enter", pane == .categories ? say("choose") : say("keep")), ("↑ ↓", say("move")), ("Esc", say("clear"))]
        }
        if interface.typedValue != nil { return [("Enter", say("set")), ("Esc", say("leave as it was"))] }
        if interface.magnification != nil {
            return [("←↓↑→", say("move")), (interface.keymap.label(for: .fullSize) ?? "z", say("larger")), ("Esc", say("whole picture"))]
        }
        return interface.keymap.hints(for: interface.focus).filter { isUseful($0.action) }.map {
            ($0.keys.first?.label ?? "", say($0.hint ?? ""))
        }
    }

    /// Hints speak only of what can be done now.
    private func isUseful(_ action: Action) -> Bool {
        switch action {
        case .fullSize, .approve, .reject, .vary: state.selectedCandidate?.progress == .finished
        case .compare: state.candidates.filter { $0.progress == .finished }.count > 1
        case .undo: state.canUndo
        case .cancel: !state.tasks.isEmpty || state.fileWork != nil || state.cutting != nil
        case .pauseTask, .moreUrgent, .lessUrgent: !state.tasks.isEmpty
        case .importFiles: state.products.isEmpty
        case .export: state.totals.approved > 0
        case .generate: state.selectedProduct != nil
        default: true
        }
    }
}
