import Studio

extension StudioView {
    /// Prompt and negative prompt: one above the other, or as tabs.
    mutating func drawTexts() {
        if layout.kind == .full {
            let end = title([(say("Prompt"), titleRole(.prompt))], above: layout.prompt)
            let below = title([(say("Negative"), titleRole(.negative))], above: layout.negative)
            drawTokens(after: end)
            drawReading(after: below, row: layout.negative.row - 1)
            drawText(.prompt)
            drawText(.negative)
        } else {
            let isPrompt = interface.textTab == .prompt
            let end = title(
                [
                    (say("Prompt"), isPrompt ? titleRole(.prompt) : .muted), (" · ", .rule),
                    (say("Negative"), isPrompt ? .muted : titleRole(.negative)),
                ], above: layout.prompt)
            drawTokens(after: end)
            // The rule below is that of the tasks, whose title and number it leaves room for.
            if isPrompt { drawReading(after: layout.tasks.column + DisplayText.width(of: say("Tasks")) + 6, row: layout.tasks.row - 1) }
            drawText(isPrompt ? .prompt : .negative)
        }
    }

    /// How much of what the text encoder reads at a time is used, at the right end of the rule.
    mutating func drawTokens(after column: Int) {
        guard let tokens = state.promptTokens else { return }
        // A longer prompt is read in chunks, each of them as long as the first.
        let chunks = max(1, (tokens.used + tokens.limit - 1) / max(1, tokens.limit))
        let count = chunks > 1 ? say("{}/{} tokens in {} chunks", tokens.used, tokens.limit * chunks, chunks) : nil
        let text = " " + (count ?? say("{}/{} tokens", tokens.used, tokens.limit)) + " "
        let start = layout.prompt.endColumn - 1 - DisplayText.width(of: text)
        guard start > column else { return }
        frame.grid.draw(text, row: layout.prompt.row - 1, column: start, style: theme[tokens.used > tokens.limit ? .warning : .muted])
    }

    /// What the model understands of the prompt, at the right end of the rule below it.
    private mutating func drawReading(after column: Int, row: Int) {
        let room = layout.prompt.endColumn - 2 - column
        guard let reading = state.promptReading, room > 12 else { return }
        let terms = reading.terms.map { interface.language == .japanese ? $0.japanese : $0.english }
        let words = terms.isEmpty ? say("names no scene: plain paper") : terms.joined(separator: " · ")
        let text = " " + DisplayText.truncated(words, to: room - 2) + " "
        frame.grid.draw(
            text, row: row, column: layout.prompt.endColumn - 1 - DisplayText.width(of: text),
            style: theme[terms.isEmpty ? .warning : .muted])
    }

    mutating func drawText(_ pane: Pane) {
        let area = interface.textArea(of: pane)
        let editor = pane == .prompt ? interface.promptEditor : interface.negativeEditor
        let isFocused = interface.focus == pane
        let isTyping = isFocused && interface.isEditing && interface.popup == nil
        if editor.characters.isEmpty {
            let words =
                pane == .prompt ? say("Describe the scene around the product, in any language.") : say("What should not be in the picture.")
            put(words, .muted, in: area, row: 0)
            if isTyping { frame.cursor = (area.row, area.column) }
            return
        }
        let text = WrappedText(editor.characters, width: area.columns)
        let place = text.position(of: editor.cursor)
        var offset = pane == .prompt ? interface.promptOffset : interface.negativeOffset
        offset = isTyping ? min(max(offset, place.row - area.rows + 1), place.row) : isFocused ? offset : 0
        offset = max(0, min(offset, text.lines.count - 1))
        if pane == .prompt { interface.promptOffset = offset } else { interface.negativeOffset = offset }
        for row in 0..<min(area.rows, text.lines.count - offset) {
            put(text.text(ofLine: offset + row), pane == .prompt ? .text : .title, in: area, row: row)
        }
        markWeights(of: editor, in: text, offset: offset, area: area)
        if isTyping, pane == .prompt, let ghost = interface.composition.ghost(in: editor) {
            put(ghost, .muted, in: area, row: place.row - offset, column: place.column)
        }
        if text.lines.count - offset > area.rows, !isTyping {
            frame.grid.draw("…", row: area.endRow - 1, column: area.endColumn, style: theme[.muted])
        }
        if isTyping { frame.cursor = (area.row + place.row - offset, area.column + place.column) }
    }

    /// Brackets and numbers that weigh words stand out; a bracket without a partner is a warning.
    private mutating func markWeights(of editor: TextEditor, in text: WrappedText, offset: Int, area: CellRectangle) {
        let weights = WeightMarks(editor.characters)
        for (indices, role) in [(weights.marks, Theme.Role.key), (weights.unbalanced, .warning)] {
            for index in indices {
                let place = text.position(of: index)
                guard (offset..<offset + area.rows).contains(place.row) else { continue }
                put(String(editor.characters[index]), role, in: area, row: place.row - offset, column: place.column)
            }
        }
    }
}
