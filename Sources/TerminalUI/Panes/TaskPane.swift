import Studio

extension StudioView {
    /// What is being painted, what waits, and how the catalogue stands.
    mutating func drawTasks() {
        let area = layout.tasks
        title([(say("Tasks"), titleRole(.tasks)), (state.tasks.count > 1 ? " \(state.tasks.count)" : "", .muted)], above: area)
        let totals = drawTotals()
        // A single line belongs to what is being painted.
        let errand = errand
        let showsErrand = errand != nil && (state.tasks.isEmpty || area.rows > 1)
        if let errand, showsErrand { draw(errand, row: area.rows - 1) }
        guard !state.tasks.isEmpty else {
            if showsErrand, area.rows == 1 { return }
            let offer = state.resumeOffer.map {
                say("{} pictures of the last time wait; “resume” in the commands paints them", $0.candidatesLeft)
            }
            let room = CellRectangle(row: area.row, column: area.column, rows: 1, columns: area.columns - totals - 2)
            put(offer ?? say("nothing is being painted"), .muted, in: room, row: 0, column: 1)
            return
        }
        let visible = interface.taskCursor.visible(rows: area.rows - (showsErrand ? 1 : 0), count: state.tasks.count)
        for (row, index) in visible.enumerated() {
            drawTask(state.tasks[index], index: index, row: row, width: row == 0 ? area.columns - totals - 2 : area.columns)
        }
    }

    /// What is done beside painting: in words, how much of it 0…1, and as a count.
    private typealias Errand = (words: String, fraction: Double, count: String)

    /// The cutout that somebody waits for before files: it takes a second.
    private var errand: Errand? {
        if let cutting = state.cutting {
            return (
                say("cutting out {}", state.name(of: cutting.productID)), cutting.fraction,
                "\(Int((cutting.fraction * 100).rounded(.down))) %"
            )
        }
        return state.fileWork.map { work in
            (
                work.kind == .importing ? say("importing {}", work.name) : say("exporting {}", work.name),
                Double(work.done) / Double(max(1, work.total)), "\(work.done)/\(work.total)"
            )
        }
    }

    private mutating func draw(_ errand: Errand, row: Int) {
        put(DisplayText.fitted(errand.words, to: 33), .text, in: layout.tasks, row: row, column: 1)
        let used = putBar(errand.fraction, columns: 16, row: row, column: 35)
        put(" \(errand.count)", .muted, in: layout.tasks, row: row, column: 35 + used)
    }

    private mutating func drawTask(_ task: TaskItem, index: Int, row: Int, width: Int) {
        let area = CellRectangle(row: layout.tasks.row, column: layout.tasks.column, rows: layout.tasks.rows, columns: width)
        let isMarked = interface.focus == .tasks && index == interface.taskCursor.index
        let ground: Theme.Role? = isMarked && interface.popup == nil ? .selection : nil
        if let ground { fill(row: row, of: area, ground) }
        if ground != nil { put("▌", .accent, in: area, row: row, background: ground) }

        // Columns of fixed width, so that nothing moves when a number changes.
        let isWide = width >= 84
        let nameWidth = isWide ? 26 : 14
        var column = 1
        var name = state.name(of: task.productID)
        switch task.priority {
        case .high: name = "▲ " + name
        case .low: name = "▼ " + name
        case .normal: break
        }
        put(
            DisplayText.fitted(name, to: nameWidth), task.priority == .low ? .muted : .text, in: area, row: row, column: column,
            background: ground)
        if task.priority == .high { put("▲", .accent, in: area, row: row, column: column, background: ground) }
        column += nameWidth + 1
        guard task.stage == .running else {
            let word = state.queueIsPaused || task.isPaused ? say("paused") : say("waits")
            put(say("{}, {} to paint", word, task.count - task.done), .muted, in: area, row: row, column: column, background: ground)
            return
        }
        let bar = min(isWide ? 24 : 10, max(0, width - column - 12))
        column += putBar(task.fraction, columns: bar, row: row, column: column, background: ground) + 1
        let stop: [(String, Theme.Role, Int)] = task.isPaused ? [(say("stops after this"), .warning, 18)] : []
        let facts: [(String, Theme.Role, Int)] =
            stop + [
                ("\(task.done + 1)/\(task.count)", .text, 6), (say("step {}/{}", task.step, task.steps), .text, 12),
                (task.secondsPerStep.map { pace($0) } ?? "", .muted, 13),
                (task.secondsLeft.map { say("{} left", duration($0)) } ?? "", .muted, 17),
            ]
        for (text, role, columns) in facts where column + DisplayText.width(of: text) <= width {
            put(text, role, in: area, row: row, column: column, background: ground)
            column += max(columns, DisplayText.width(of: text) + 2)
        }
    }

    /// A bar of blocks. Returns its width.
    private mutating func putBar(_ fraction: Double, columns: Int, row: Int, column: Int, background: Theme.Role? = nil) -> Int {
        let done = Int((fraction * Double(columns)).rounded(.down))
        put(
            String(repeating: "█", count: max(0, min(columns, done))), .progress, in: layout.tasks, row: row, column: column,
            background: background)
        put(
            String(repeating: "░", count: max(0, columns - done)), .rule, in: layout.tasks, row: row, column: column + done,
            background: background)
        return columns
    }

    /// Decisions in the whole catalogue, at the right. Returns the columns used.
    private mutating func drawTotals() -> Int {
        let totals = state.totals
        let parts: [(String, Theme.Role)] =
            layout.columns >= 110
            ? [
                (say("approved {}", totals.approved), .approved), (" · ", .rule), (say("rejected {}", totals.rejected), .muted),
                (" · ", .rule),
                (say("{} open", totals.open), .text),
            ]
            : [("\(totals.approved)✓", .approved), (" \(totals.rejected)✗", .muted), (" \(totals.open)?", .text)]
        let width = parts.reduce(0) { $0 + DisplayText.width(of: $1.0) }
        var column = layout.tasks.columns - width - 1
        for (text, role) in parts { column += put(text, role, in: layout.tasks, row: 0, column: column) }
        return width
    }

    private func pace(_ seconds: Double) -> String {
        let hundredths = Int((seconds * 100).rounded())
        return say("{} s/step", "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)")
    }
}
