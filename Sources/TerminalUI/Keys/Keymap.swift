/// Which keys do what. The hint line, the help popup and the palette are made from this same table, so they cannot disagree.
struct Keymap: Sendable {
    /// Where a binding holds.
    enum Scope: Hashable, Sendable {
        /// In every pane, unless that pane has a binding of its own for the key, and never while text is typed.
        case everywhere
        case pane(Pane)
    }

    struct Binding: Sendable {
        let action: Action
        let keys: [Key]
        let scopes: [Scope]
        /// A word or two for the hint line; nil keeps it out.
        let hint: String?
        /// A sentence for help and palette.
        let title: String

        /// How hints and help write the keys.
        var label: String { keys.map(\.label).joined(separator: " ") }
    }

    /// A key of the text editors.
    struct EditorBinding: Sendable {
        let operation: TextEditor.Operation
        let keys: [Key]
        let title: String

        var label: String { keys.map(\.label).joined(separator: " ") }
    }

    /// A key while the mask is painted.
    struct BrushBinding: Sendable {
        let action: BrushAction
        let keys: [Key]
        /// A word or two for the hint line; nil keeps it out.
        let hint: String?
        let title: String

        var label: String { keys.map(\.label).joined(separator: " ") }
    }

    /// In the order in which help lists them and hints are shown.
    let bindings: [Binding]
    let editorBindings: [EditorBinding]
    let brushBindings: [BrushBinding]

    /// What `key` asks for while `pane` has the focus.
    func action(for key: Key, in pane: Pane) -> Action? {
        bindings.first { $0.keys.contains(key) && $0.scopes.contains(.pane(pane)) }?.action
            ?? bindings.first { $0.keys.contains(key) && $0.scopes.contains(.everywhere) }?.action
    }

    /// What `key` does to a text.
    func operation(for key: Key) -> TextEditor.Operation? {
        editorBindings.first { $0.keys.contains(key) }?.operation
    }

    /// What `key` does to the mask that is painted.
    func brushAction(for key: Key) -> BrushAction? {
        brushBindings.first { $0.keys.contains(key) }?.action
    }

    /// The keys that start `action` in `pane` or everywhere, as hints write them; only the first, to be short.
    func label(for action: Action) -> String? {
        bindings.first { $0.action == action }?.keys.first?.label
    }

    /// The bindings that the hint line shows for `pane`: its own first. A general one whose key means something else there is left out.
    func hints(for pane: Pane) -> [Binding] {
        let own = bindings.filter { $0.hint != nil && $0.scopes.contains(.pane(pane)) }
        let general = bindings.filter { binding in
            binding.hint != nil && binding.scopes.contains(.everywhere) && !own.contains { $0.action == binding.action }
                && binding.keys.first.flatMap { action(for: $0, in: pane) } == binding.action
        }
        return own + general
    }

    static let standard = Keymap(
        bindings: [
            // Reviewing
            Binding(.approve, .character("p"), hint: "approve", does: "Approve, and go to the next open candidate"),
            Binding(.reject, .character("x"), hint: "reject", does: "Reject, and go to the next open candidate"),
            Binding(.undo, .character("u"), hint: "undo", does: "Take the last decision back"),
            Binding(.redo, .control("r"), does: "Decide again what was taken back"),
            Binding(.vary, .character("v"), hint: "vary", does: "Paint more like this one, with other seeds"),
            Binding(.repaint, .character("V"), does: "This candidate's prompt, values and seed to change and paint again"),
            // Generating
            Binding(.generate, .character("g"), hint: "generate", does: "Paint candidates for this product"),
            Binding(.generateAll, .character("G"), does: "Paint for the marked products, else all without an approved one"),
            Binding(.cancel, .control("c"), hint: "cancel", does: "Cancel the marked task, else the running one"),
            Binding(.cancel, .character("c"), Key(.delete), in: [.tasks], does: "Cancel the marked task"),
            Binding(.cancelAll, .character("C"), does: "Cancel every task"),
            Binding(.pause, .character("P"), does: "Pause the queue after this picture, or go on"),
            // Files
            Binding(.export, .character("e"), hint: "export", does: "Export the approved candidates"),
            Binding(.importFiles, .character("i"), hint: "import", does: "Import photos or brand pictures"),
            Binding(.rescan, .character("R"), does: "Look for photos put into the folder by hand"),
            Binding(
                .rate, .character("0"), .character("1"), .character("2"), .character("3"), .character("4"), .character("5"),
                in: [.products, .categories, .candidates, .tasks], does: "That many stars for the shown candidate"),
            Binding(
                .label, .character("6"), .character("7"), .character("8"), .character("9"),
                in: [.products, .categories, .candidates, .tasks], does: "A red, yellow, green, blue label; again takes it off"),
            Binding(.note, .character("n"), does: "A note on the shown candidate"),
            // Looking
            Binding(.compare, .character("c"), hint: "compare", does: "Compare up to four candidates side by side; 1 to 4 picks one"),
            Binding(.beforeAfter, .character("b"), does: "The photo as it came, and back"),
            Binding(.zoom, .character("+"), hint: "zoom", does: "This pane over the whole screen, and back"),
            Binding(.fullSize, .character("z"), hint: "100 %", does: "The picture at 100 %, 200 %, and back; arrows move in it"),
            Binding(
                .filterProducts, .character("f"), does: "List all products, the undecided, unapproved, approved, starred, doubtful"),
            Binding(.sortProducts, .character("s"), does: "List by name, by what is undecided, by stars, by category, by warnings"),
            Binding(.mark, .character(" "), in: [.products], does: "Mark for G, or take the mark off"),
            Binding(.finishing, .character("a"), hint: "adjust", does: "Adjust: placing, shadow, light, background, mask; and back"),
            Binding(.paintMask, .character("m"), does: "Paint the mask: product and background by brush"),
            // Panes
            Binding(.edit, .character("i"), Key(.enter), in: [.prompt, .negative], hint: "edit", does: "Edit the text"),
            Binding(.builder, .character("B"), does: "The prompt as a form of five slots"),
            Binding(.presets, .character("T"), hint: "presets", does: "Presets for trades and seasons"),
            Binding(.externalEditor, .character("E"), in: [.prompt, .negative], does: "The text in $VISUAL or $EDITOR"),
            Binding(.moveUp, .character("K"), Key(.up, .shift), in: [.tasks], hint: "earlier", does: "Paint this one earlier"),
            Binding(.moveDown, .character("J"), Key(.down, .shift), in: [.tasks], hint: "later", does: "Paint this one later"),
            Binding(.pauseTask, .character(" "), in: [.tasks], hint: "pause", does: "Pause this one, or let it go on"),
            Binding(
                .moreUrgent, Key(.right), .character("l"), .character("+"), .character("="), in: [.tasks], hint: "more urgent",
                does: "More urgent: before all that are less"),
            Binding(
                .lessUrgent, Key(.left), .character("h"), .character("-"), in: [.tasks], hint: "less urgent",
                does: "Less urgent: after all that are more"),
            Binding(.filterCategory, .character("f"), in: [.categories], does: "List only the products of this category, or all again"),
            Binding(
                .activate, Key(.enter), .character(" "), in: [.categories], hint: "choose", does: "Choose the category for this product"),
            Binding(.filter, .character("/"), in: [.products, .categories], hint: "filter", does: "Filter the list by typing"),
            Binding(
                .decrease, Key(.left), .character("h"), .character("-"), in: [.parameters], hint: "less",
                does: "Less, or the value before; digits type one"),
            Binding(
                .increase, Key(.right), .character("l"), .character("+"), .character("="), in: [.parameters], hint: "more",
                does: "More, or the next value"),
            Binding(
                .clearValue, Key(.backspace), Key(.delete), in: [.parameters], hint: "default",
                does: "Back to the default, a random seed, no reference"),
            Binding(.activate, Key(.enter), in: [.parameters], does: "Keep the shown candidate's seed, or the next value"),
            Binding(.resetParameters, .character("0", .alt), in: [.parameters], does: "All parameters as the model recommends"),
            Binding(.copyDraft, .character("A"), does: "This prompt and these values for its category"),
            Binding(.previousCandidate, Key(.left), .character("h"), in: [.candidates, .products], does: "The candidate before"),
            Binding(.nextCandidate, Key(.right), .character("l"), in: [.candidates, .products], does: "The next candidate"),
            Binding(.activate, Key(.enter), in: [.products], does: "Go to the product's candidates"),
            // Moving
            Binding(.previousCandidate, .character("["), does: "The candidate before, from any pane"),
            Binding(.nextCandidate, .character("]"), does: "The next candidate, from any pane"),
            Binding(.up, Key(.up), .character("k"), does: "Up"),
            Binding(.down, Key(.down), .character("j"), does: "Down"),
            Binding(.left, Key(.left), .character("h"), does: "Left"),
            Binding(.right, Key(.right), .character("l"), does: "Right"),
            Binding(.pageUp, Key(.pageUp), .control("b"), does: "A page up"),
            Binding(.pageDown, Key(.pageDown), .control("f"), does: "A page down"),
            Binding(.first, Key(.home), .character("<"), does: "To the first"),
            Binding(.last, Key(.end), .character(">"), does: "To the last"),
            Binding(.focusNext, Key(.tab), hint: "next pane", does: "The next pane"),
            Binding(.focusPrevious, Key(.tab, .shift), does: "The pane before"),
            Binding(.leave, Key(.escape), does: "Leave a text, a filter, a popup, a message"),
            // The program
            Binding(.palette, .character(":"), hint: "commands", does: "Find any command by typing part of it"),
            Binding(.help, .character("?"), Key(.function(1)), hint: "help", does: "This list"),
            Binding(.tour, Key(.function(2)), does: "A tour in five steps"),
            Binding(.nextTheme, .character("t"), does: "The next theme"),
            Binding(.redraw, .control("l"), does: "Draw everything again"),
            Binding(.suspend, .control("z"), does: "Suspend; “fg” comes back"),
            Binding(.quit, .character("q"), does: "Quit; asks only while a picture is being painted"),
        ],
        editorBindings: [
            EditorBinding(.left, Key(.left), .control("b"), does: "A character to the left"),
            EditorBinding(.right, Key(.right), .control("f"), does: "A character to the right"),
            EditorBinding(.wordLeft, Key(.left, .control), Key(.left, .alt), .character("b", .alt), does: "A word to the left"),
            EditorBinding(.wordRight, Key(.right, .control), Key(.right, .alt), .character("f", .alt), does: "A word to the right"),
            EditorBinding(.lineStart, Key(.home), .control("a"), does: "To the start of the line"),
            EditorBinding(.lineEnd, Key(.end), .control("e"), does: "To the end of the line"),
            EditorBinding(.textStart, Key(.home, .control), .character("<", .alt), does: "To the start"),
            EditorBinding(.textEnd, Key(.end, .control), .character(">", .alt), does: "To the end"),
            EditorBinding(.deleteBackward, Key(.backspace), does: "Delete the character before"),
            EditorBinding(.deleteForward, Key(.delete), .control("d"), does: "Delete the character after"),
            EditorBinding(.deleteWordBackward, .control("w"), Key(.backspace, .alt), does: "Delete the word before"),
            EditorBinding(.deleteWordForward, .character("d", .alt), Key(.delete, .control), does: "Delete the word after"),
            EditorBinding(.deleteToLineStart, .control("u"), does: "Delete to the start of the line"),
            EditorBinding(.deleteToLineEnd, .control("k"), does: "Delete to the end of the line"),
            EditorBinding(.yank, .control("y"), does: "Put back what was deleted last"),
            EditorBinding(.undo, .control("_"), .character("u", .alt), does: "Undo"),
            EditorBinding(.redo, .control("r"), does: "Redo"),
            EditorBinding(.insert("\n"), Key(.enter), .control("j"), does: "A new line"),
        ],
        brushBindings: [
            BrushBinding(.dab, .character(" "), Key(.enter), hint: "paint", does: "Paint here; a click or drag on the picture does too"),
            BrushBinding(
                .toggle, .character("e"), Key(.tab), hint: "brush/eraser", does: "Product (white ring) or background (black ring)"),
            BrushBinding(.smaller, .character("["), .character("-"), hint: "smaller", does: "A smaller brush, as the wheel"),
            BrushBinding(.larger, .character("]"), .character("+"), hint: "larger", does: "A larger brush, as the wheel"),
            BrushBinding(.undo, .character("u"), Key(.backspace), hint: "undo", does: "Take the last dab back"),
            BrushBinding(.clear, .character("X"), does: "Take every dab back"),
            BrushBinding(.left, Key(.left), .character("h"), does: "Left"),
            BrushBinding(.right, Key(.right), .character("l"), does: "Right"),
            BrushBinding(.up, Key(.up), .character("k"), does: "Up"),
            BrushBinding(.down, Key(.down), .character("j"), does: "Down"),
            BrushBinding(.leave, Key(.escape), .character("m"), .character("q"), hint: "done", does: "Done"),
        ])

}

extension Keymap.Binding {
    /// A binding for every pane.
    init(_ action: Action, _ keys: Key..., hint: String? = nil, does title: String) {
        self.init(action: action, keys: keys, scopes: [.everywhere], hint: hint, title: title)
    }

    /// A binding for some panes.
    init(_ action: Action, _ keys: Key..., in panes: [Pane], hint: String? = nil, does title: String) {
        self.init(action: action, keys: keys, scopes: panes.map(Keymap.Scope.pane), hint: hint, title: title)
    }
}

extension Keymap.BrushBinding {
    init(_ action: BrushAction, _ keys: Key..., hint: String? = nil, does title: String) {
        self.init(action: action, keys: keys, hint: hint, title: title)
    }
}

extension Keymap.EditorBinding {
    init(_ operation: TextEditor.Operation, _ keys: Key..., does title: String) {
        self.init(operation: operation, keys: keys, title: title)
    }
}
