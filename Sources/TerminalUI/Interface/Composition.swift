import Studio

/// Help with the words of a prompt: what could follow, and what was written before.
struct Composition: Equatable, Sendable {
    /// Phrases of the catalogue's own prompts, taken when typing began.
    var ownPhrases: [String] = []
    /// Phrases that could follow, and which of them is offered.
    private(set) var options: [String] = []
    private(set) var choice = 0
    /// The place in the history: 0 is what is being typed, 1 the latest prompt.
    private(set) var age = 0
    /// What was being typed when the history was opened.
    private var typed = ""

    /// The phrase on offer.
    var suggestion: String? { options.indices.contains(choice) ? options[choice] : nil }

    /// What is typed of the phrase in which the cursor stands, where that is the end of it.
    static func beginning(in editor: TextEditor) -> String? {
        let next = editor.characters.indices.contains(editor.cursor) ? editor.characters[editor.cursor] : ","
        guard ",、\n".contains(next) else { return nil }
        let before = editor.characters[..<editor.cursor]
        let start = before.lastIndex { ",、\n".contains($0) }.map { $0 + 1 } ?? 0
        let text = String(before[start...]).trimmingPrefix(while: \.isWhitespace)
        let least = text.first?.isASCII == false ? 1 : 2
        return text.count >= least ? String(text) : nil
    }

    /// Looks for what could follow the cursor. To be called after every change of the text.
    mutating func look(_ editor: TextEditor, library: PromptLibrary) {
        choice = 0
        options = Self.beginning(in: editor).map { library.completions(of: $0, own: ownPhrases) } ?? []
    }

    mutating func move(by distance: Int) {
        guard !options.isEmpty else { return }
        choice = (choice + distance + options.count) % options.count
    }

    /// Puts the phrase on offer into the text. Returns whether there was one.
    mutating func accept(into editor: inout TextEditor) -> Bool {
        guard let suggestion, let beginning = Self.beginning(in: editor) else { return false }
        for _ in 0..<beginning.count { editor.perform(.deleteBackward) }
        editor.perform(.paste(suggestion))
        options = []
        return true
    }

    /// The part of the phrase on offer that is not typed yet, for showing it behind the cursor; a phrase that begins otherwise is
    /// shown whole, after an arrow.
    func ghost(in editor: TextEditor) -> String? {
        guard let suggestion, let beginning = Self.beginning(in: editor) else { return nil }
        if suggestion.lowercased().hasPrefix(beginning.lowercased()) { return String(suggestion.dropFirst(beginning.count)) }
        return " → " + suggestion
    }

    /// The prompt `distance` places further back in the history (negative: nearer), nil at its end.
    mutating func recall(by distance: Int, from current: String, history: [String]) -> String? {
        if age == 0 { typed = current }
        let past = history.filter { $0 != typed }
        let target = age + distance
        guard (0...past.count).contains(target) else { return nil }
        age = target
        options = []
        return target == 0 ? typed : past[target - 1]
    }

    /// The text was changed by hand: it is the new present.
    mutating func forgetPlace() { age = 0 }
}
