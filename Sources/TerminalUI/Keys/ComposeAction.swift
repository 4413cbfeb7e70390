/// What keys do while a prompt is typed, besides changing the text.
enum ComposeAction: String, CaseIterable, Sendable {
    case leave, generate
    case suggest, suggestBefore
    case older, newer
    case builder, presets, externalEditor
}

extension Keymap {
    /// A key that holds while a prompt is typed.
    struct ComposeBinding: Sendable {
        let action: ComposeAction
        let keys: [Key]
        let title: String

        var label: String { keys.map(\.label).joined(separator: " ") }

        init(_ action: ComposeAction, _ keys: Key..., does title: String) {
            self.action = action
            self.keys = keys
            self.title = title
        }
    }

    static let compose: [ComposeBinding] = [
        ComposeBinding(.leave, Key(.escape), .control("c"), does: "Done; keys are commands again"),
        ComposeBinding(.generate, .control("g"), does: "Generate without leaving the text"),
        ComposeBinding(.suggest, .control("n"), does: "The next phrase that could follow; → at the end takes it"),
        ComposeBinding(.suggestBefore, .control("p"), does: "The phrase before"),
        ComposeBinding(.older, Key(.up, .alt), Key(.up, .control), does: "The prompt painted before this one"),
        ComposeBinding(.newer, Key(.down, .alt), Key(.down, .control), does: "The prompt painted after it"),
        ComposeBinding(.builder, .control("t"), does: "The prompt as a form of five slots"),
        ComposeBinding(.presets, .control("o"), does: "Presets for trades and seasons"),
        ComposeBinding(.externalEditor, .control("x"), does: "The text in $VISUAL or $EDITOR"),
    ]

    /// What `key` does while a prompt is typed, besides editing.
    func composeAction(for key: Key) -> ComposeAction? {
        Self.compose.first { $0.keys.contains(key) }?.action
    }

    /// The first key of an action, as hints write it.
    static func label(for action: ComposeAction) -> String {
        compose.first { $0.action == action }?.keys.first?.label ?? ""
    }
}
