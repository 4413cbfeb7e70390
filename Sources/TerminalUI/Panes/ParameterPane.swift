import Diffusion
import Foundation
import Studio

extension StudioView {
    /// The parameters, as a column or as one line.
    mutating func drawParameters() {
        if layout.kind == .full {
            title([(interface.isFinishing ? say("Adjust") : say("Parameters"), titleRole(.parameters))], above: layout.parameters)
            if interface.isFinishing { drawFinishColumn() } else { drawParameterColumn() }
        } else if interface.isFinishing {
            drawFinishLine()
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
        put(say("Model"), .muted, in: area, row: row, column: 2)
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
            interface.parameterRows[row] = parameter
            put(say(parameter.title), .muted, in: area, row: row, column: indent, background: ground)
            if ground != nil, let typed = interface.typedValue {
                let used = put(typed, .accent, in: area, row: row, column: valueColumn, background: ground)
                frame.cursor = (area.row + row, min(area.endColumn - 1, area.column + valueColumn + used))
            } else {
                put(
                    parameter.value(in: state, language: interface.language), isIdle ? .muted : .text, in: area, row: row,
                    column: valueColumn, background: ground)
                if ground != nil {
                    put("‹", .accent, in: area, row: row, column: valueColumn - 2, background: ground)
                    put("›", .accent, in: area, row: row, column: area.columns - 2, background: ground)
                }
            }
            row += 1
        }
        let end = drawChecks(in: area, from: row + 1, valueColumn: valueColumn)
        drawReference(in: area, from: end + 1)
    }

    /// The brand picture that is followed, where there is room for one that can be judged.
    private mutating func drawReference(in area: CellRectangle, from row: Int) {
        guard let name = state.draft.parameters.referenceName, area.rows - row >= 8 else { return }
        put(say("Reference"), .title, in: area, row: row, column: 2)
        let place = CellRectangle(
            row: area.row + row + 1, column: area.column + 2, rows: min(area.rows - row - 2, 14), columns: area.columns - 4)
        guard let shown = picture(.reference(name), place) else { return }
        frame.pictures.append(
            PictureSlot(
                place: .reference, area: place, identity: "\(shown.subject)#\(shown.revision)", quality: .finished, image: shown.image))
    }

    private var modelState: (String, Theme.Role) {
        switch state.model.readiness {
        case .missing: (say("missing"), .rejected)
        case .described: ("", .muted)
        case .loading: (say("loading…"), .warning)
        case .ready: ("", .muted)
        case .failed: (say("cannot be used"), .rejected)
        }
    }

    /// What is known of the shown candidate.
    /// - Returns: the row after it.
    private mutating func drawChecks(in area: CellRectangle, from first: Int, valueColumn: Int) -> Int {
        guard let candidate = state.selectedCandidate, candidate.progress == .finished else { return first }
        var row = first
        func line(_ name: String, _ value: String, _ role: Theme.Role) {
            put(say(name), .muted, in: area, row: row, column: 2)
            put(value, role, in: area, row: row, column: valueColumn)
            row += 1
        }
        put(say("Candidate {}", candidate.number), .title, in: area, row: row, column: 2)
        row += 1
        if let by = candidate.decidedBy, let at = candidate.decidedAt {
            line(
                candidate.verdict == .approved ? "Approved" : "Rejected", Self.moment(at),
                candidate.verdict == .approved ? .approved : .rejected)
            line("By", by, .text)
        }
        if let label = candidate.label { line("Label", "● " + say(label.rawValue), Self.role(of: label)) }
        if candidate.rating > 0 { line("Rating", Self.stars(candidate.rating), .warning) }
        if let note = candidate.note { line("Note", note, .text) }
        line("Seed", String(candidate.seed), .text)
        if let summary = candidate.summary {
            let sampler = SchedulerKind(rawValue: summary.settings.sampler)?.displayName ?? summary.settings.sampler
            line("Made with", "\(summary.settings.steps) × \(sampler)", .text)
            line("Took", duration(summary.seconds), .text)
        }
        for check in state.selectedCheckLines {
            switch check.isGood {
            case true?: line(check.name, "\(say(check.value)) ✓", .approved)
            case false?: line(check.name, "\(say(check.value)) !", check.name == "Product" ? .rejected : .warning)
            case nil: line(check.name, say(check.value), .text)
            }
        }
        return row
    }

    /// A moment by the machine's clock: the time of day, for another day its date.
    static func moment(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = Calendar.current.isDateInToday(date) ? "HH:mm" : "yyyy-MM-dd HH:mm"
        return formatter.string(from: date)
    }

    /// Stars, given and not.
    static func stars(_ rating: Int) -> String {
        String(repeating: "★", count: min(5, max(0, rating))) + String(repeating: "☆", count: 5 - min(5, max(0, rating)))
    }

    private mutating func drawParameterLine() {
        let area = layout.parameters
        var column = 1
        for parameter in ParameterRow.allCases {
            var text = parameter.shortValue(in: state, language: interface.language)
            if text.isEmpty && !isMarked(parameter) { continue }
            if text.isEmpty { text = parameter.value(in: state, language: interface.language) }
            if isMarked(parameter) {
                if let typed = interface.typedValue { text = "\(say(parameter.title).lowercased()) \(typed)" }
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
    func duration(_ seconds: Double) -> String {
        if seconds < 9.95 { return say("{} s", (seconds * 10).rounded() / 10) }
        let whole = Int(seconds.rounded())
        if whole < 60 { return say("{} s", whole) }
        if whole < 3600 { return say("{} min {} s", whole / 60, whole % 60) }
        return say("{} h {} min", whole / 3600, whole % 3600 / 60)
    }
}
