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
    /// The prompt as a form.
    case builder(Builder)
    /// Presets, to be found by typing.
    case presets(Palette)
    /// The catalogue is empty; so many photos lie in the folder itself.
    case welcome(photos: Int)
    /// What to do first, step by step from 0.
    case tour(Int)
    /// Something is still being painted.
    case quit
    /// An earlier run left jobs.
    case resume

    /// The command palette: a pattern and a mark in what fits it.
    struct Palette: Equatable, Sendable {
        var pattern = TextEditor()
        var cursor = ListCursor()
    }

    /// The five slots being filled in.
    struct Builder: Equatable, Sendable {
        var slots: [TextEditor]
        var slot = 0
        /// The phrase of the library that is marked, nil while the text itself is.
        var marked: Int?
        /// Of a preset that was put in.
        var negativePrompt: String?

        init(_ slots: PromptSlots) {
            self.slots = PromptSlots.Slot.allCases.map { TextEditor(slots[$0]) }
        }

        /// What stands in the slots.
        var filled: PromptSlots {
            var result = PromptSlots()
            for (slot, editor) in zip(PromptSlots.Slot.allCases, slots) { result[slot] = editor.text }
            return result
        }
    }

    /// The import dialog: a path being typed.
    struct ImportForm: Equatable, Sendable {
        var path = TextEditor()
        var kind = Kind.photos
        var problem: String?
        /// What Tab found to go on with.
        var completions: [String] = []

        /// What is brought in.
        enum Kind: CaseIterable, Sendable {
            case photos, brandPictures
            /// The selected product's.
            case mask

            /// The one that Shift-Tab goes on to.
            var next: Kind { self == .photos ? .brandPictures : self == .brandPictures ? .mask : .photos }

            /// What the dialog is called.
            var title: String {
                switch self {
                case .photos: "Import photos"
                case .brandPictures: "Import brand pictures"
                case .mask: "Import the product's mask"
                }
            }

            /// The hint that leads to it.
            var instead: String {
                switch self {
                case .photos: "photos instead"
                case .brandPictures: "brand pictures instead"
                case .mask: "a mask instead"
                }
            }
        }
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
        case effect(Effect)
        case filter(ProductSelection.Filter)
        case order(ProductSelection.Order)
        /// The products of a category.
        case listing(String)
        /// Opens the import dialog for the selected product's mask.
        case maskImport
        case language(Language)
    }
}

/// The palette's lines, and those that fit a pattern: ten thousand products are not looked through again for every screen.
struct PaletteMemory: Sendable {
    let entries: [PaletteEntry]
    let pattern: String
    let matches: [(item: PaletteEntry, positions: [Int])]
}

/// What the screen's owner must do after keys were handled.
enum Effect: Equatable, Sendable {
    case perform(Command)
    /// Everything on the screen anew.
    case redraw
    case suspend
    case quit
    /// A prompt in the user's own editor.
    case openEditor(Pane)
    /// Other colours, by name.
    case theme(String)
    /// The theme after the one in use.
    case nextTheme
    /// Something to be known again at the next start.
    case keep(String, for: String)
    /// Text for the clipboard of the terminal's user (OSC 52).
    case copy(String)
}
