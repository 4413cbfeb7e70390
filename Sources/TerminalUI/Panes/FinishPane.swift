import Imaging
import Studio

extension StudioView {
    /// The parameter pane's second page: placing, ground, background and mask.
    mutating func drawFinishColumn() {
        let area = layout.parameters
        let valueColumn = 15
        let treatment = state.treatment
        var lines: [(row: FinishRow?, heading: String)] = []
        for row in FinishRow.allCases {
            if let heading = row.heading {
                if !lines.isEmpty { lines.append((nil, "")) }
                lines.append((nil, heading))
            }
            lines.append((row, ""))
        }
        let isFocused = interface.focus == .parameters && interface.popup == nil
        let marked = lines.firstIndex { $0.row == interface.finish } ?? 0
        let first = max(0, min(lines.count - area.rows, marked - area.rows / 2))
        for (row, line) in lines.dropFirst(first).prefix(area.rows).enumerated() {
            guard let entry = line.row else {
                put(say(line.heading), .title, in: area, row: row, column: 2)
                continue
            }
            let ground: Theme.Role? = isFocused && entry == interface.finish ? .selection : nil
            if let ground {
                fill(row: row, of: area, ground)
                put("▌", .accent, in: area, row: row, background: ground)
            }
            put(say(entry.title), .muted, in: area, row: row, column: 2, background: ground)
            put(say(entry.value(in: treatment)), .text, in: area, row: row, column: valueColumn, background: ground)
            if ground != nil {
                put("‹", .accent, in: area, row: row, column: valueColumn - 2, background: ground)
                put("›", .accent, in: area, row: row, column: area.columns - 2, background: ground)
            }
        }
    }

    /// The same in one line: the chosen entry and its neighbours.
    mutating func drawFinishLine() {
        let area = layout.parameters
        let treatment = state.treatment
        var column = 1
        for row in FinishRow.allCases where row.rawValue >= interface.finish.rawValue {
            let role: Theme.Role = row == interface.finish ? .selection : .muted
            column += put(" \(say(row.title)) \(say(row.value(in: treatment))) ", role, in: area, row: 0, column: column) + 1
            if column >= area.columns - 2 { return }
        }
    }
}
