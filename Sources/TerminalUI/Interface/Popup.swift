import Studio

/// What lies over the panes and takes the keys.
enum Popup: Equatable, Sendable {
    /// The keys; the number of lines scrolled down.
    case help(scroll: Int)
    case palette(Palette)
    case export
    case importing(ImportForm)
    /// Words about the shown candidate.
    case note(TextEditor)
    /// Something is still being painted.
    case quit
    /// An earlier run left jobs.
    case resume

    /// The command palette: a pattern and a mark in what fits it.
    struct Palette: Equatable, Sendable {
        var pattern = TextEditor()
        var cursor = ListCursor()
    }

    /// The import dialog: a path being typed.
    struct ImportForm: Equatable, Sendable {
        var path = TextEditor()
        /// Brand pictures instead of product photos.
        var isReference = false
        var problem: String?
        /// What Tab found to go on with.
        var completions: [String] = []
    }
}

/// One line of the command palette.
struct PaletteEntry: Sendable {
    let title: String
    /// The key that does the same, for learning it.
    let key: String
    let target: Target

    enum Target: Sendable {
        case action(Action)
        case command(Command)
        case focus(Pane)
    }
}

/// What the screen's owner must do after keys were handled.
enum Effect: Equatable, Sendable {
    case perform(Command)
    /// Everything on the screen anew.
    case redraw
    case suspend
    case quit
    /// Text for the clipboard of the terminal's user (OSC 52).
    case copy(String)
}
