import Studio

extension StudioView {
    /// The popup over everything, if one is open. Pictures that it would cover are taken away: text over sixel is not the same
    /// everywhere, and the space is erased before the popup is drawn.
    mutating func drawPopup() {
        guard let popup = interface.popup else { return }
        switch popup {
        case .help(let scroll): drawHelp(scroll: scroll)
        case .palette(let palette): drawPalette(palette)
        case .export: drawExport()
        case .importing(let form): drawImport(form)
        case .note(let note): drawNote(note)
        case .builder(let builder): drawBuilder(builder)
        case .presets(let list): drawPresets(list)
        case .welcome(let photos): drawWelcome(photos)
        case .tour(let step): drawTour(step)
        case .quit:
            drawDialog(
                title: say("Quit"),
                lines: [
                    (say("A picture is still being painted."), .text), (say("It is offered again at the next start."), .muted),
                ], keys: [("q", say("quit now")), ("Esc", say("stay"))])
        case .resume:
            let left = state.resumeOffer?.candidatesLeft ?? 0
            drawDialog(
                title: say("Go on?"),
                lines: [
                    (
                        left == 1
                            ? say("The studio ended with one picture still to paint.")
                            : say("The studio ended with {} pictures still to paint.", left), .text
                    ),
                    (say("Nothing that was finished or decided is lost."), .muted),
                ], keys: [("Enter", say("go on")), ("d", say("forget them")), ("Esc", say("later"))])
        }
    }

    /// Opens a framed area in the middle of the screen and returns its inside.
    mutating func openPopup(title: String, rows: Int, columns: Int) -> CellRectangle {
        let outer = layout.body.inset(rows: 1, columns: 2).centred(rows: rows + 2, columns: columns + 4)
        frame.pictures.removeAll { $0.area.intersects(outer) }
        frame.cursor = nil
        interface.popupArea = outer
        frame.grid.fill(outer, style: theme[.text])
        var rules = Rules()
        rules.addFrame(outer)
        rules.draw(into: &frame.grid, style: theme[.muted])
        let inner = outer.inset(rows: 1, columns: 2)
        self.title([(title, .accent)], above: inner, column: -1)
        return inner
    }

    mutating func drawDialog(title: String, lines: [(String, Theme.Role)], keys: [(String, String)]) {
        let keyWidth = keys.reduce(0) { $0 + DisplayText.width(of: $1.0) + DisplayText.width(of: $1.1) + 4 }
        let width = max(keyWidth, lines.map { DisplayText.width(of: $0.0) }.max() ?? 0)
        let area = openPopup(title: title, rows: lines.count + 4, columns: max(38, width))
        for (row, line) in lines.enumerated() { put(line.0, line.1, in: area, row: row + 1) }
        putKeys(keys, in: area, row: lines.count + 2)
    }

    mutating func putKeys(_ keys: [(String, String)], in area: CellRectangle, row: Int) {
        var column = 0
        for (key, word) in keys {
            column += put(key, .key, in: area, row: row, column: column)
            column += put(" \(word)   ", .muted, in: area, row: row, column: column)
        }
    }

    private mutating func drawHelp(scroll: Int) {
        let entries = HelpText.entries(interface.keymap)
        let (wanted, between) = (96, 4)
        let isWide = layout.columns >= 2 * wanted + between + 8
        let columns = min(wanted, layout.columns - 8)
        let keyColumns = columns < wanted ? 15 : 20
        // Two columns are parted where a section begins.
        let half = entries.indices.dropFirst(entries.count / 2).first { if case .heading = entries[$0] { true } else { false } }
        let length = isWide ? half ?? (entries.count + 1) / 2 : entries.count
        let area = openPopup(
            title: say("Keys"), rows: min(length, layout.rows - 6), columns: isWide ? 2 * wanted + between : columns)
        let shown = area.rows * (isWide ? 2 : 1)
        let first = min(scroll, max(0, entries.count - shown))
        interface.popup = .help(scroll: first)
        for (position, entry) in entries[first..<min(entries.count, first + shown)].enumerated() {
            let row = position % area.rows
            let left = position < area.rows ? 0 : wanted + between
            switch entry {
            case .heading(let text): put(say(text), .title, in: area, row: row, column: left)
            case .gap: break
            case .key(let keys, let text):
                put(DisplayText.fitted(keys, to: keyColumns, alignment: .trailing), .key, in: area, row: row, column: left)
                put(say(text), .text, in: area, row: row, column: left + keyColumns + 2)
            }
        }
        if first > 0 { put("↑", .muted, in: area, row: 0, column: area.columns - 1) }
        if first + shown < entries.count { put("↓", .muted, in: area, row: area.rows - 1, column: area.columns - 1) }
    }

    private mutating func drawPalette(_ palette: Popup.Palette) {
        var palette = palette
        let matches = interface.paletteMatches(palette, state: state)
        let area = openPopup(
            title: say("Commands"), rows: min(max(16, layout.rows * 2 / 5), layout.rows - 6),
            columns: min(max(76, layout.columns * 2 / 5), layout.columns - 10))
        put(":", .key, in: area, row: 0)
        let used = put(palette.pattern.text, .text, in: area, row: 0, column: 2)
        let cursor = DisplayText.width(of: String(palette.pattern.characters[..<palette.pattern.cursor]))
        frame.cursor = (area.row, area.column + 2 + min(used, cursor))
        let list = CellRectangle(row: area.row + 2, column: area.column, rows: area.rows - 2, columns: area.columns)
        let visible = palette.cursor.visible(rows: list.rows, count: matches.count)
        interface.popup = .palette(palette)
        for (row, index) in visible.enumerated() {
            let (entry, positions) = matches[index]
            let ground: Theme.Role? = index == palette.cursor.index ? .selection : nil
            if let ground { fill(row: row, of: list, ground) }
            var column = 1
            for (offset, character) in DisplayText.truncated(entry.title, to: list.columns - 12).enumerated() {
                column += put(
                    String(character), positions.contains(offset) ? .match : .text, in: list, row: row, column: column, background: ground)
            }
            put(entry.key.leftPadded(to: 9), .key, in: list, row: row, column: list.columns - 10, background: ground)
        }
        if matches.isEmpty { put(say("no command fits"), .muted, in: list, row: 0, column: 1) }
    }

    private mutating func drawExport() {
        let approved = state.products.filter { $0.counts.approved > 0 }
        let total = state.totals.approved
        let listed = approved.prefix(max(1, layout.rows - 16))
        let width = min(78, layout.columns - 10)
        let fetching = [state.lastExport?.copyCommand, state.lastExport?.synchroniseCommand].compactMap { $0 }
        let area = openPopup(title: say("Export"), rows: listed.count + fetching.count + (fetching.isEmpty ? 6 : 8), columns: width)
        if total == 0 {
            put(say("Nothing is approved yet: p approves the picture on the screen."), .text, in: area, row: 1)
            putKeys([("Esc", say("back"))], in: area, row: 3)
            return
        }
        put(
            (total == 1
                ? say("1 approved picture at full size into exports/, with a contact sheet.")
                : say("{} approved pictures at full size into exports/, with a contact sheet.", total)), .text, in: area,
            row: 1)
        var row = 3
        for product in listed {
            put("\(product.counts.approved)✓".leftPadded(to: 4), .approved, in: area, row: row)
            put(product.name, .text, in: area, row: row, column: 6)
            put("\(product.width)×\(product.height)".leftPadded(to: 11), .muted, in: area, row: row, column: area.columns - 12)
            row += 1
        }
        if approved.count > listed.count {
            row -= 1
            fill(row: row, of: area, .text)
            put("     " + say("and {} more", approved.count - listed.count + 1), .muted, in: area, row: row)
            row += 1
        }
        row += 1
        var keys = [("Enter", say("export")), ("Esc", say("back"))]
        if !fetching.isEmpty {
            put(say("The last export, to fetch from your own machine:"), .muted, in: area, row: row)
            for (index, line) in fetching.enumerated() { put(line, .text, in: area, row: row + 1 + index) }
            keys += zip(["y", "r"], [say("copy that line"), say("copy the rsync line")]).prefix(fetching.count)
            row += fetching.count + 2
        }
        putKeys(keys, in: area, row: row)
    }

    private mutating func drawNote(_ note: TextEditor) {
        let area = openPopup(
            title: say("Note on candidate {}", state.selectedCandidate?.number ?? 0), rows: 5, columns: min(72, layout.columns - 10))
        drawLine(note, in: area, row: 1)
        putKeys([("Enter", say("keep")), ("Esc", say("back"))], in: area, row: 3)
    }

    /// A line being typed, with the cursor in it; a long one shows its end.
    mutating func drawLine(_ editor: TextEditor, in area: CellRectangle, row: Int) {
        var shown = editor.text
        while DisplayText.width(of: shown) > area.columns - 3 { shown.removeFirst() }
        put("›", .key, in: area, row: row)
        put(shown, .text, in: area, row: row, column: 2)
        let behind = DisplayText.width(of: String(editor.characters[editor.cursor...]))
        frame.cursor = (area.row + row, area.column + 2 + max(0, DisplayText.width(of: shown) - behind))
    }

    private mutating func drawImport(_ form: Popup.ImportForm) {
        let area = openPopup(
            title: say(form.kind.title), rows: 8, columns: min(78, layout.columns - 10))
        put(
            form.kind == .mask
                ? say("A grey PNG as large as the photo: black is background, white is product.")
                : say("A file or folder of PNG and JPEG pictures; nothing looks into products/ again."), .muted, in: area, row: 0)
        drawLine(form.path, in: area, row: 2)
        if let problem = form.problem {
            put(interface.language.message(problem), .warning, in: area, row: 4)
        } else if !form.completions.isEmpty {
            put(form.completions.prefix(12).joined(separator: "  "), .muted, in: area, row: 4)
        }
        putKeys(
            [
                ("Enter", say("import")), ("Tab", say("complete")),
                ("Shift-Tab", say(form.kind.next.instead)), ("Esc", say("back")),
            ],
            in: area, row: 6)
    }
}

/// The help popup's lines, made from the keymap.
enum HelpText {
    enum Entry: Equatable {
        case heading(String)
        case key(String, String)
        case gap
    }

    static func entries(_ keymap: Keymap) -> [Entry] {
        var result: [Entry] = [.heading("Everywhere")]
        result += keymap.bindings.filter { $0.scopes.contains(.everywhere) }.map { .key($0.label, $0.title) }
        for pane in Pane.allCases where pane != .negative {
            let own = keymap.bindings.filter { $0.scopes.contains(.pane(pane)) }
            guard !own.isEmpty else { continue }
            result += [.gap, .heading(pane == .prompt ? "Prompt and negative prompt" : pane.title)]
            result += own.map { .key($0.label, $0.title) }
        }
        result += [.gap, .heading("While painting the mask")]
        result += keymap.brushBindings.map { .key($0.label, $0.title) }
        result += [.gap, .heading("While typing")]
        result += Keymap.compose.map { .key($0.label, $0.title) }
        result += keymap.editorBindings.map { .key($0.label, $0.title) }
        return result
    }
}
