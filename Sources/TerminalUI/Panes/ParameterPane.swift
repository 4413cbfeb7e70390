import Diffusion
import Studio

extension StudioView {
    /// The parameters, as a column or as one line.
    mutating func drawParameters() {
        if layout.kind == .full {
            title([("Parameters", titleRole(.parameters))], above: layout.parameters)
            drawParameterColumn()
        } else {
            drawParameterLine()
        }
    }

    private func isMarked(_ row: ParameterRow) -> Bool {
        interface.focus == .parameters && interface.popup == nil && interface.parameter == row
    }

    mutating func drawParameterColumn() {
        let area = layout.parameters
        let valueColumn = 15
        var row = 1
        put("Model", .muted, in: area, row: row, column: 2)
        let (word, role) = modelState
        put(state.model.name, .text, in: area, row: row, column: valueColumn)
        if !word.isEmpty {
            row += 1
            put(word, role, in: area, row: row, column: valueColumn)
        }
        row += 2
        for parameter in ParameterRow.allCases {
            let ground: Theme.Role? = isMarked(parameter) ? .selection : nil
            if let ground { fill(row: row, of: area, ground) }
            if ground != nil { put("▌", .accent, in: area, row: row, background: ground) }
            let isIdle = parameter == .strength && state.draft.parameters.referenceName == nil
            let indent = parameter == .strength ? 3 : 2
            put(parameter.title, .muted, in: area, row: row, column: indent, background: ground)
            if ground != nil, let typed = interface.typedValue {
                let used = put(typed, .accent, in: area, row: row, column: valueColumn, background: ground)
                frame.cursor = (area.row + row, min(area.endColumn - 1, area.column + valueColumn + used))
            } else {
                put(parameter.value(in: state), isIdle ? .muted : .text, in: area, row: row, column: valueColumn, background: ground)
                if ground != nil {
                    put("‹", .accent, in: area, row: row, column: valueColumn - 2, background: ground)
                    put("›", .accent, in: area, row: row, column: area.columns - 2, background: ground)
                }
            }
            row += 1
        }
        drawChecks(in: area, from: row + 1, valueColumn: valueColumn)
    }

    private var modelState: (String, Theme.Role) {
        switch state.model.readiness {
        case .missing: ("missing", .rejected)
        case .described: ("", .muted)
        case .loading: ("loading…", .warning)
        case .ready: ("", .muted)
        case .failed: ("cannot be used", .rejected)
        }
    }

    /// What is known of the shown candidate.
    private mutating func drawChecks(in area: CellRectangle, from first: Int, valueColumn: Int) {
        guard let candidate = state.selectedCandidate, candidate.progress == .finished else { return }
        var row = first
        func line(_ name: String, _ value: String, _ role: Theme.Role) {
            put(name, .muted, in: area, row: row, column: 2)
            put(value, role, in: area, row: row, column: valueColumn)
            row += 1
        }
        put("Candidate \(candidate.number)", .title, in: area, row: row, column: 2)
        row += 1
        if candidate.rating > 0 { line("Rating", Self.stars(candidate.rating), .warning) }
        if let note = candidate.note { line("Note", note, .text) }
        line("Seed", String(candidate.seed), .text)
        if let summary = candidate.summary {
            let sampler = SchedulerKind(rawValue: summary.settings.sampler)?.displayName ?? summary.settings.sampler
            line("Made with", "\(summary.settings.steps) × \(sampler)", .text)
            line("Took", Self.duration(summary.seconds), .text)
        }
        for check in state.selectedCheckLines {
            switch check.isGood {
            case true?: line(check.name, "\(check.value) ✓", .approved)
            case false?: line(check.name, "\(check.value) !", check.name == "Product" ? .rejected : .warning)
            case nil: line(check.name, check.value, .text)
            }
        }
    }

    /// Stars, given and not.
    static func stars(_ rating: Int) -> String {
        String(repeating: "★", count: min(5, max(0, rating))) + String(repeating: "☆", count: 5 - min(5, max(0, rating)))
    }

    private mutating func drawParameterLine() {
        let area = layout.parameters
        var column = 1
        for parameter in ParameterRow.allCases {
            var text = parameter.shortValue(in: state)
            if text.isEmpty && !isMarked(parameter) { continue }
            if text.isEmpty { text = parameter.value(in: state) }
            if isMarked(parameter) {
                if let typed = interface.typedValue { text = "\(parameter.title.lowercased()) \(typed)" }
                let used = put(" \(text) ", .selection, in: area, row: 0, column: column)
                if interface.typedValue != nil { frame.cursor = (area.row, min(area.endColumn - 1, area.column + column + used - 1)) }
                column += used + 1
            } else {
                column +=
                    put(" \(text) ", parameter == .seed || parameter == .reference ? .muted : .text, in: area, row: 0, column: column) + 1
            }
            if column >= area.columns - 2 { return }
        }
    }

    /// A time in few characters: `0.6 s`, `48 s`, `1 min 20 s`.
    static func duration(_ seconds: Double) -> String {
        if seconds < 9.95 { return "\((seconds * 10).rounded() / 10) s" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
