import Foundation
import Studio

extension Interface {
    /// Takes one thing that arrived from the terminal.
    /// - Returns: what is to be done, in order.
    mutating func handle(_ event: InputParser.Event, state: StudioState) -> [Effect] {
        switch event {
        case .key(let key):
            notice = nil
            var effects = state.message == nil ? [] : [Effect.perform(.dismissMessage)]
            effects += handle(key, state: state)
            return effects
        case .paste(let text):
            return paste(text)
        case .mouse(let mouse):
            return handle(mouse, state: state)
        case .focus, .reply:
            return []
        }
    }

    private mutating func handle(_ key: Key, state: StudioState) -> [Effect] {
        // Esc and a letter in quick succession arrive like Alt and that letter; where that means nothing, it was Esc first.
        if key.modifiers.contains(.alt), !means(key) {
            var letter = key
            letter.modifiers.remove(.alt)
            return handle(Key(.escape), state: state) + handle(letter, state: state)
        }
        if key == .control("z") { return [.suspend] }
        if key == .control("l") { return [.redraw] }
        if popup != nil { return handlePopup(key, state: state) }
        if brush != nil { return handleBrush(key, state: state) }
        if isEditing { return handleEditing(key, state: state) }
        if let pane = filtering { return handleFilter(key, pane: pane, state: state) }
        if !compared.isEmpty, let effects = pick(key) { return effects }
        if focus == .parameters, !isFinishing, let effects = handleTypedValue(key) { return effects }
        guard let action = keymap.action(for: key, in: focus) else { return [] }
        if action == .rate, let stars = key.typed?.wholeNumberValue { return [.perform(.rate(stars))] }
        if action == .label {
            let keys = keymap.bindings.first { $0.action == .label }?.keys ?? []
            let label = keys.firstIndex(of: key).flatMap { CandidateItem.Label.allCases.dropFirst($0).first }
            return label.map { [.perform(.label($0))] } ?? []
        }
        if magnification != nil, let pan = panning(key) { return perform(pan, state: state) }
        return perform(action, state: state)
    }

    /// While a picture is larger than its place, arrows and their letters move in it, whatever else they do in the pane.
    private func panning(_ key: Key) -> Action? {
        let moves: [Action] = [.up, .down, .left, .right]
        return keymap.bindings.first { moves.contains($0.action) && $0.scopes.contains(.everywhere) && $0.keys.contains(key) }?.action
    }

    /// While candidates stand side by side: a digit chooses one and ends the comparison, or means nothing; nil for any other key.
    private mutating func pick(_ key: Key) -> [Effect]? {
        guard let number = key.typed?.wholeNumberValue else { return nil }
        guard compared.indices.contains(number - 1) else { return [] }
        let chosen = compared[number - 1]
        compared = []
        return [.perform(.selectCandidate(chosen))]
    }

    /// Whether a key with Alt does something here.
    private func means(_ key: Key) -> Bool {
        let isText = isEditing || filtering != nil || popup != nil
        if isEditing, keymap.composeAction(for: key) != nil { return true }
        return isText ? keymap.operation(for: key) != nil : keymap.action(for: key, in: focus) != nil
    }

    private mutating func paste(_ text: String) -> [Effect] {
        switch popup {
        case .palette(var palette):
            palette.pattern.perform(.paste(DisplayText.sanitised(text)))
            popup = .palette(palette)
        case .importing(var form):
            form.path.perform(.paste(DisplayText.sanitised(text).trimmingCharacters(in: .whitespaces)))
            popup = .importing(form)
        case .builder(var builder):
            builder.slots[builder.slot].perform(.paste(DisplayText.sanitised(text)))
            popup = .builder(builder)
        case .presets(var list):
            list.pattern.perform(.paste(DisplayText.sanitised(text)))
            popup = .presets(list)
        case .note(var note):
            note.perform(.paste(DisplayText.sanitised(text)))
            popup = .note(note)
        case .some:
            break
        case nil:
            if isEditing { editor.perform(.paste(text)) }
        }
        return []
    }

    // MARK: Typing

    private mutating func handleEditing(_ key: Key, state: StudioState) -> [Effect] {
        if key == Key(.tab) { return perform(.focusNext, state: state) }
        if key == Key(.tab, .shift) { return perform(.focusPrevious, state: state) }
        if let action = keymap.composeAction(for: key) { return compose(action, state: state) }
        let before = editor
        defer { if editor != before { lookForPhrases(state) } }
        if let operation = keymap.operation(for: key) {
            if operation == .right || operation == .lineEnd, editor.cursor == editor.characters.count, accept() { return [] }
            editor.perform(operation)
        } else if key.code == .up || key.code == .down {
            moveInText(by: key.code == .up ? -1 : 1)
        } else if let character = key.typed {
            editor.perform(.insert(String(character)))
        }
        return []
    }

    private mutating func accept() -> Bool {
        var changed = editor
        guard composition.accept(into: &changed) else { return false }
        editor = changed
        return true
    }

    private mutating func lookForPhrases(_ state: StudioState) {
        guard focus == .prompt else { return }
        composition.forgetPlace()
        composition.look(editor, library: state.prompts.library)
    }

    private mutating func compose(_ action: ComposeAction, state: StudioState) -> [Effect] {
        switch action {
        case .leave:
            isEditing = false
            composition = Composition()
            return tellText()
        case .generate: return perform(.generate, state: state)
        case .suggest, .suggestBefore:
            if composition.options.isEmpty {
                composition.look(editor, library: state.prompts.library)
            } else {
                composition.move(by: action == .suggest ? 1 : -1)
            }
        case .older, .newer:
            let distance = action == .older ? 1 : -1
            if let text = composition.recall(by: distance, from: editor.text, history: state.promptHistory) {
                editor.replaceAll(with: text)
            }
        case .builder: return perform(.builder, state: state)
        case .presets: return perform(.presets, state: state)
        case .externalEditor: return perform(.externalEditor, state: state)
        }
        return []
    }

    private mutating func moveInText(by rows: Int) {
        let text = WrappedText(editor.characters, width: textArea(of: focus).columns)
        let place = text.position(of: editor.cursor)
        let target = place.row + rows
        if target < 0 {
            editor.move(to: 0)
        } else if target >= text.lines.count {
            editor.move(to: editor.characters.count)
        } else {
            editor.move(to: text.index(row: target, column: place.column))
        }
    }

    /// Where a text stands: a column inside its pane at both sides.
    func textArea(of pane: Pane) -> CellRectangle { layout.area(of: pane).inset(rows: 0, columns: 1) }

    private mutating func handleFilter(_ key: Key, pane: Pane, state: StudioState) -> [Effect] {
        switch key.code {
        case .escape:
            setFilter(TextEditor(), of: pane)
            filtering = nil
        case .enter, .tab:
            filtering = nil
            if pane == .categories, key.code == .enter { return perform(.activate, state: state) }
        case .up: return perform(.up, state: state)
        case .down: return perform(.down, state: state)
        default:
            var editor = pane == .categories ? categoryFilter : productFilter
            if let operation = keymap.operation(for: key) {
                editor.perform(operation)
            } else if let character = key.typed {
                editor.perform(.insert(String(character)))
            }
            setFilter(editor, of: pane)
            return moveToFirstMatch(pane, state: state)
        }
        return []
    }

    private mutating func setFilter(_ editor: TextEditor, of pane: Pane) {
        if pane == .categories { categoryFilter = editor } else { productFilter = editor }
    }

    private mutating func moveToFirstMatch(_ pane: Pane, state: StudioState) -> [Effect] {
        if pane == .categories {
            let pattern = categoryFilter.text
            categoryCursor.index = visibleCategories(state).firstIndex { pattern.isEmpty || Self.matches($0, pattern) } ?? 0
            return []
        }
        let products = visibleProducts(state)
        guard let first = products.first, !products.contains(where: { $0.id == state.selectedProductID }) else { return [] }
        return tellText() + [.perform(.selectProduct(first.id))]
    }

    /// Digits for the chosen parameter; nil where the key is none of them.
    private mutating func handleTypedValue(_ key: Key) -> [Effect]? {
        if var typed = typedValue {
            switch key.code {
            case .backspace:
                typed.removeLast()
                typedValue = typed.isEmpty ? nil : typed
                return []
            case .escape:
                typedValue = nil
                return []
            case .enter, .up, .down, .tab:
                typedValue = nil
                guard let change = parameter.change(typed: typed) else {
                    notice = StatusMessage(.warning, "“\(typed)” is no value for \(parameter.title.lowercased())")
                    return []
                }
                let effects: [Effect] = [.perform(.setParameter(change))]
                if key.code == .enter { return effects }
                if key.code == .tab { focus(on: key.modifiers.contains(.shift) ? .negative : .candidates) }
                if key.code != .tab { moveParameter(by: key.code == .up ? -1 : 1) }
                return effects
            default:
                break
            }
        }
        guard parameter.takesNumber, let character = key.typed, character.isASCII,
            character.isNumber || (character == "." && typedValue != nil)
        else { return nil }
        if (typedValue ?? "").count < 20 { typedValue = (typedValue ?? "") + String(character) }
        return []
    }

    mutating func moveParameter(by distance: Int) {
        if isFinishing {
            let last = FinishRow.allCases.count - 1
            finish = FinishRow(rawValue: min(max(0, finish.rawValue + distance), last)) ?? finish
            return
        }
        let count = ParameterRow.allCases.count
        parameter = ParameterRow(rawValue: min(max(0, parameter.rawValue + distance), count - 1)) ?? parameter
    }
}
