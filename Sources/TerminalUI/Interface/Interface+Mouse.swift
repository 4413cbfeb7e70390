import Studio

/// The mouse: a press gives the focus and chooses what lies under it, the wheel moves in what it turns over.
extension Interface {
    mutating func handle(_ mouse: InputParser.Mouse, state: StudioState) -> [Effect] {
        guard layout.kind != .tooSmall else { return [] }
        if popup != nil { return handlePopup(mouse, state: state) }
        if brush != nil { return handleBrush(mouse, state: state) }
        if mouse.kind == .drag { return [] }
        if mouse.kind != .press { return turn(up: mouse.kind == .wheelUp, mouse, state: state) }
        if mouse.row == layout.hintRow { return pressHint(column: mouse.column, state: state) }
        if !compared.isEmpty, layout.stage.contains(row: mouse.row, column: mouse.column) { return pickTile(mouse) }
        guard let pane = pane(atRow: mouse.row, column: mouse.column) else { return [] }
        var effects = tellText()
        let area = layout.area(of: pane)
        focus(on: pane)
        if isEditing { beginTyping(state) }
        switch pane {
        case .products:
            let products = visibleProducts(state)
            let index = productCursor.offset + (mouse.row - area.row - (productFilter.text.isEmpty ? 0 : 1)) / productLines
            if products.indices.contains(index) { effects.append(.perform(.selectProduct(products[index].id))) }
        case .categories:
            let before = categoryCursor.index
            let row = mouse.row - area.row - (categoryFilter.text.isEmpty ? 0 : 1)
            categoryCursor.index = min(max(0, categoryCursor.offset + row), max(0, visibleCategories(state).count - 1))
            // A second press on the marked line chooses it.
            if categoryCursor.index == before { effects += perform(.activate, state: state) }
        case .prompt, .negative:
            let offset = pane == .prompt ? promptOffset : negativeOffset
            let text = WrappedText(editor.characters, width: textArea(of: pane).columns)
            editor.move(to: text.index(row: offset + mouse.row - area.row, column: mouse.column - area.column - 1))
        case .parameters where isFinishing: break
        case .parameters:
            if let row = parameterRows[mouse.row - area.row] {
                let isSame = parameter == row
                parameter = row
                if isSame { effects += perform(mouse.column < area.column + area.columns / 2 ? .decrease : .increase, state: state) }
            }
        case .candidates:
            if let place = candidatePlaces.first(where: { $0.area.contains(row: mouse.row, column: mouse.column) }) {
                effects.append(.perform(.selectCandidate(place.key)))
            }
        case .tasks:
            taskCursor.index = min(max(0, taskCursor.offset + mouse.row - area.row), max(0, state.tasks.count - 1))
        }
        return effects
    }

    private mutating func turn(up: Bool, _ mouse: InputParser.Mouse, state: StudioState) -> [Effect] {
        if layout.stage.contains(row: mouse.row, column: mouse.column) {
            if magnification != nil { return perform(up ? .up : .down, state: state) }
            return perform(up ? .previousCandidate : .nextCandidate, state: state)
        }
        // The list under the pointer moves, wherever the focus is.
        guard let pane = pane(atRow: mouse.row, column: mouse.column), pane != focus, !isEditing else {
            return isEditing ? [] : perform(up ? .up : .down, state: state)
        }
        let before = focus
        focus = pane
        defer { focus = before }
        return perform(up ? .up : .down, state: state)
    }

    private mutating func handlePopup(_ mouse: InputParser.Mouse, state: StudioState) -> [Effect] {
        switch mouse.kind {
        case .wheelUp: return handlePopup(Key(.up), state: state)
        case .wheelDown: return handlePopup(Key(.down), state: state)
        case .drag: return []
        case .press:
            guard popupArea.contains(row: mouse.row, column: mouse.column) else { return handlePopup(Key(.escape), state: state) }
            guard case .palette(var palette) = popup else { return [] }
            let index = palette.cursor.offset + mouse.row - popupArea.row - 3
            guard mouse.row >= popupArea.row + 3, index < paletteMatches(palette, state: state).count else { return [] }
            palette.cursor.index = index
            popup = .palette(palette)
            return handlePopup(Key(.enter), state: state)
        }
    }

    private mutating func pressHint(column: Int, state: StudioState) -> [Effect] {
        guard let hint = hintPlaces.first(where: { $0.columns.contains(column) }) else { return [] }
        return handle(.key(hint.key), state: state)
    }

    private mutating func pickTile(_ mouse: InputParser.Mouse) -> [Effect] {
        guard let place = candidatePlaces.first(where: { $0.area.contains(row: mouse.row, column: mouse.column) }) else { return [] }
        compared = []
        return [.perform(.selectCandidate(place.key))]
    }

    private func pane(atRow row: Int, column: Int) -> Pane? {
        if let zoomed = layout.zoomed { return zoomed }
        let shown: [Pane] = layout.kind == .full ? Pane.allCases : [leftTab, textTab, .parameters, .candidates, .tasks]
        return shown.first { layout.area(of: $0).contains(row: row, column: column) }
    }
}
