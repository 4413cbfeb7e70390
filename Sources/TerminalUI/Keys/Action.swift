/// Everything that a key or the command palette can ask of the studio's screen.
enum Action: String, CaseIterable, Sendable {
    // Moving
    case focusNext, focusPrevious, up, down, left, right, pageUp, pageDown, first, last
    case previousCandidate, nextCandidate
    case activate, edit, filter, leave, mark

    // Changing parameters
    case increase, decrease, clearValue, resetParameters, copyDraft, finishing, paintMask
    case builder, presets, externalEditor

    // Generating
    case generate, generateAll, vary, repaint, cancel, cancelAll, pause, moveUp, moveDown
    case pauseTask, moreUrgent, lessUrgent

    // Reviewing
    case approve, reject, undo, redo
    case rate, label, note
    case compare, beforeAfter, zoom, fullSize, filterProducts, filterCategory, sortProducts

    // Files
    case export, importFiles, rescan

    // The program
    case help, tour, palette, nextTheme, redraw, suspend, quit
}

/// A part of the screen that can have the focus, in the order in which Tab goes through them.
enum Pane: Int, CaseIterable, Sendable {
    case products, categories, prompt, negative, parameters, candidates, tasks

    var title: String {
        switch self {
        case .products: "Products"
        case .categories: "Category"
        case .prompt: "Prompt"
        case .negative: "Negative"
        case .parameters: "Parameters"
        case .candidates: "Candidates"
        case .tasks: "Tasks"
        }
    }

    /// True for the panes that hold text to be typed.
    var isEditor: Bool { self == .prompt || self == .negative }
}
