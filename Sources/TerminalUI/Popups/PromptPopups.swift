import Studio

extension StudioView {
    /// The form of five slots, with phrases of the library below.
    mutating func drawBuilder(_ builder: Popup.Builder) {
        let slots = PromptSlots.Slot.allCases
        let listRows = min(8, max(3, layout.rows - 18))
        let area = openPopup(title: say("Prompt builder"), rows: slots.count + listRows + 6, columns: min(84, layout.columns - 10))
        let labelWidth = slots.map { DisplayText.width(of: say($0.rawValue)) }.max() ?? 0
        for (row, slot) in slots.enumerated() {
            let isChosen = row == builder.slot
            put(say(slot.rawValue), isChosen ? .accent : .muted, in: area, row: row)
            let field = CellRectangle(
                row: area.row, column: area.column + labelWidth + 2, rows: area.rows, columns: area.columns - labelWidth - 2)
            if isChosen {
                drawLine(builder.slots[row], in: field, row: row)
            } else {
                put(builder.slots[row].text, .text, in: field, row: row, column: 2)
            }
        }
        let phrases = interface.builderPhrases(builder, state: state)
        var cursor = ListCursor()
        cursor.index = builder.marked ?? 0
        let visible = cursor.visible(rows: listRows, count: phrases.count)
        for (row, index) in visible.enumerated() {
            let list = CellRectangle(row: area.row + slots.count + 1, column: area.column, rows: listRows, columns: area.columns)
            let ground: Theme.Role? = index == builder.marked ? .selection : nil
            if let ground { fill(row: row, of: list, ground) }
            put(phrases[index], ground == nil ? .muted : .text, in: list, row: row, column: labelWidth + 4, background: ground)
        }
        let prompt = builder.filled.prompt
        put(prompt.isEmpty ? say("The slots together make the prompt.") : prompt, .title, in: area, row: slots.count + listRows + 2)
        putKeys(
            [("Tab", say("next slot")), ("↑ ↓", say("phrases")), ("Enter", say("use")), ("Ctrl-G", say("generate")), ("Esc", say("back"))],
            in: area, row: slots.count + listRows + 4)
    }

    /// Presets, with the prompt that the marked one makes.
    mutating func drawPresets(_ before: Popup.Palette) {
        var list = before
        let matches = interface.presetMatches(list, state: state)
        let area = openPopup(title: say("Presets"), rows: min(22, layout.rows - 6), columns: min(84, layout.columns - 10))
        put("/", .key, in: area, row: 0)
        let used = put(list.pattern.text, .text, in: area, row: 0, column: 2)
        frame.cursor = (area.row, area.column + 2 + used)
        let rows = CellRectangle(row: area.row + 2, column: area.column, rows: area.rows - 7, columns: area.columns)
        let visible = list.cursor.visible(rows: rows.rows, count: matches.count)
        interface.popup = .presets(list)
        for (row, index) in visible.enumerated() {
            let (preset, positions) = matches[index]
            let ground: Theme.Role? = index == list.cursor.index ? .selection : nil
            if let ground { fill(row: row, of: rows, ground) }
            var column = 1
            for (offset, character) in interface.title(of: preset).enumerated() {
                column += put(
                    String(character), positions.contains(offset) ? .match : .text, in: rows, row: row, column: column, background: ground)
            }
            put(say(preset.group), .muted, in: rows, row: row, column: rows.columns - 12, background: ground)
        }
        if matches.isEmpty { put(say("no preset fits"), .muted, in: rows, row: 0, column: 1) }
        if matches.indices.contains(list.cursor.index) {
            let text = WrappedText(Array(matches[list.cursor.index].item.slots.prompt), width: area.columns)
            for row in 0..<min(2, text.lines.count) { put(text.text(ofLine: row), .title, in: area, row: area.rows - 4 + row) }
        }
        putKeys([("Enter", say("use")), ("Tab", say("as a form")), ("Esc", say("back"))], in: area, row: area.rows - 1)
    }
}
