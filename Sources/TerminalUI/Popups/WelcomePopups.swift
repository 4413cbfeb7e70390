import Studio

extension StudioView {
    /// What an empty catalogue begins with.
    mutating func drawWelcome(_ photos: Int) {
        let found =
            photos == 1 ? say("One photo lies in this folder.") : photos > 1 ? say("{} photos lie in this folder.", photos) : nil
        drawDialog(
            title: say("A new catalogue"),
            lines: [
                (found ?? say("There are no product photos here yet."), .text),
                (
                    photos > 0
                        ? say("They are copied into products/ and stay as they are.")
                        : say("PNG or JPEG, cut out or on a plain background."), .muted
                ),
            ],
            keys: (photos > 0 ? [("Enter", say("import them"))] : []) + [
                ("i", say("import from elsewhere")), ("F2", say("tour")), ("Esc", say("later")),
            ])
    }

    /// One step of the tour.
    mutating func drawTour(_ step: Int) {
        let steps = TourStep.allCases
        let shown = steps[min(max(0, step), steps.count - 1)]
        let lines = shown.lines(interface.keymap, language: interface.language)
        drawDialog(
            title: say("{} of {}: {}", step + 1, steps.count, say(shown.title)), lines: lines.map { ($0, .text) },
            keys: step + 1 < steps.count
                ? [("Enter", say("next")), ("Esc", say("enough"))] : [("Enter", say("to work"))])
    }
}

/// The tour: what a designer does, in the order in which it is done.
enum TourStep: Int, CaseIterable {
    case choose, say, paint, decide, export

    var title: String {
        switch self {
        case .choose: "Choose a product"
        case .say: "Say what you want"
        case .paint: "Paint"
        case .decide: "Decide"
        case .export: "Export"
        }
    }

    /// What to do, with the keys that do it now.
    func lines(_ keymap: Keymap, language: Language) -> [String] {
        func key(_ action: Action) -> String { keymap.label(for: action) ?? "" }
        switch self {
        case .choose:
            return [
                language("{} and {} go through the products, or the mouse does.", key(.down), key(.up)),
                language("{} goes to the next pane; its keys stand on the bottom line.", key(.focusNext)),
            ]
        case .say:
            return [
                language("In Category, Enter tells the model what the product is."),
                language("In Prompt, write in English or Japanese; {} has presets.", key(.presets)),
            ]
        case .paint:
            return [
                language("{} paints candidates, {} for the whole catalogue.", key(.generate), key(.generateAll)),
                language("Go on working meanwhile: nothing waits for it."),
            ]
        case .decide:
            return [
                language("{} approves, {} rejects; the next one is there at once.", key(.approve), key(.reject)),
                language("{} takes back. {} compares, 0 to 5 give stars.", key(.undo), key(.compare)),
            ]
        case .export:
            return [
                language("{} writes the approved set at full size, the product untouched.", key(.export)),
                language("{} finds any command, {} shows all keys.", key(.palette), key(.help)),
            ]
        }
    }
}
