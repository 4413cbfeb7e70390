import Studio

/// The form of five slots, and the list of presets.
extension Interface {
    /// Phrases of the library for the slot being filled: those that fit what is typed, else all.
    func builderPhrases(_ builder: Popup.Builder, state: StudioState) -> [String] {
        let slot = PromptSlots.Slot.allCases[builder.slot]
        let typed = Composition.beginning(in: builder.slots[builder.slot]) ?? ""
        let fitting = state.prompts.library.completions(of: typed, in: slot)
        guard fitting.isEmpty else { return fitting }
        return (state.prompts.library.phrases[slot] ?? []).map { language == .japanese && !$0.japanese.isEmpty ? $0.japanese : $0.english }
    }

    mutating func handleBuilder(_ key: Key, _ before: Popup.Builder, state: StudioState) -> [Effect] {
        var builder = before
        let phrases = builderPhrases(builder, state: state)
        let count = PromptSlots.Slot.allCases.count
        switch key {
        case Key(.tab), Key(.tab, .shift):
            builder.slot = (builder.slot + (key.modifiers.isEmpty ? 1 : count - 1)) % count
            builder.marked = nil
        case Key(.down):
            builder.marked = min((builder.marked ?? -1) + 1, phrases.count - 1)
            if phrases.isEmpty { builder.marked = nil }
        case Key(.up): builder.marked = builder.marked.flatMap { $0 > 0 ? $0 - 1 : nil }
        case Key(.enter):
            guard let marked = builder.marked, phrases.indices.contains(marked) else {
                popup = nil
                return use(builder.filled, negative: builder.negativePrompt)
            }
            // The phrase takes the place of what was being typed of it, else it follows what stands there.
            var editor = builder.slots[builder.slot]
            editor.move(to: editor.characters.count)
            let typed = Composition.beginning(in: editor) ?? ""
            let isContinued = phrases[marked].lowercased().hasPrefix(typed.lowercased()) && !typed.isEmpty
            if isContinued { for _ in 0..<typed.count { editor.perform(.deleteBackward) } } else { editor = TextEditor() }
            editor.perform(.paste(phrases[marked]))
            builder.slots[builder.slot] = editor
            builder.marked = nil
            builder.slot = min(builder.slot + 1, count - 1)
        case .control("g"):
            popup = nil
            return use(builder.filled, negative: builder.negativePrompt) + [.perform(.generate(.selected))]
        case .control("o"):
            popup = nil
            return use(builder.filled, negative: builder.negativePrompt) + perform(.presets, state: state)
        default:
            edit(&builder.slots[builder.slot], with: key)
            builder.marked = nil
        }
        popup = .builder(builder)
        return []
    }

    /// Presets that fit what is typed, best first.
    func presetMatches(_ list: Popup.Palette, state: StudioState) -> [(item: PromptPreset, positions: [Int])] {
        // Either name finds it; the one that is shown comes first, so that its letters are marked.
        FuzzyMatch.ranked(state.prompts.presets, pattern: list.pattern.text) { self.title(of: $0) + " " + $0.name + " " + $0.nameJapanese }
    }

    /// What a preset is called in the list.
    func title(of preset: PromptPreset) -> String {
        language == .japanese && !preset.nameJapanese.isEmpty ? preset.nameJapanese : preset.name
    }

    mutating func handlePresets(_ key: Key, _ before: Popup.Palette, state: StudioState) -> [Effect] {
        var list = before
        let matches = presetMatches(list, state: state)
        switch key.code {
        case .up: list.cursor.move(by: -1, count: matches.count)
        case .down: list.cursor.move(by: 1, count: matches.count)
        case .enter, .tab:
            guard matches.indices.contains(list.cursor.index) else { return [] }
            let preset = matches[list.cursor.index].item
            let filled = PromptSlots(parsing: promptEditor.text, library: state.prompts.library).applying(preset)
            popup = nil
            if key.code == .enter { return use(filled, negative: preset.negativePrompt) }
            // Tab opens it as a form.
            var builder = Popup.Builder(filled)
            builder.negativePrompt = preset.negativePrompt
            popup = .builder(builder)
            return []
        default:
            edit(&list.pattern, with: key)
            if list.pattern.text != before.pattern.text { list.cursor = ListCursor() }
        }
        popup = .presets(list)
        return []
    }

    /// Puts a filled form into the prompt.
    private mutating func use(_ slots: PromptSlots, negative: String?) -> [Effect] {
        promptEditor.replaceAll(with: slots.prompt)
        promptOffset = 0
        if let negative { negativeEditor.replaceAll(with: negative) }
        composition = Composition()
        return tellText()
    }
}
