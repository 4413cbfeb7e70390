import Foundation
import Studio

/// What the screen adds to the studio's state: focus, cursors, texts being edited, popups. A value that changes only through the
/// functions that take keys, so that every key can be tested without a terminal.
struct Interface: Sendable {
    let keymap: Keymap
    /// What the screen speaks.
    var language: Language
    var layout: StudioLayout
    var focus: Pane = .products
    /// True while keys type into the focused prompt.
    var isEditing = false
    var popup: Popup? {
        didSet { if case .palette = popup {} else { paletteMemory = nil } }
    }
    /// What the palette offers, put together when it opens, and what of it fits what is typed.
    var paletteMemory: PaletteMemory?

    var promptEditor = TextEditor()
    var negativeEditor = TextEditor()
    /// First line of each text that is shown.
    var promptOffset = 0
    var negativeOffset = 0
    /// The product that the texts belong to.
    private(set) var editedProduct: ProductID?
    /// What the studio was told last.
    private var toldPrompt = ""
    private var toldNegative = ""

    var productCursor = ListCursor()
    var categoryCursor = ListCursor()
    var taskCursor = ListCursor()
    var candidateOffset = 0
    var parameter: ParameterRow = .steps
    /// The parameter pane shows how the product is finished instead of how it is painted.
    var isFinishing = false
    var finish: FinishRow = .anchor
    /// The mask is being painted.
    var brush: MaskBrush?
    /// Digits typed for the chosen parameter.
    var typedValue: String?

    var productFilter = TextEditor()
    var categoryFilter = TextEditor()
    /// The list whose filter takes the keys.
    var filtering: Pane?

    /// The photo is shown instead of what was made of it.
    var showsPhoto = false
    /// Candidates that are looked at side by side; empty most of the time.
    var compared: [CandidateKey] = []
    /// Which products are listed, and in which order.
    var selection = ProductSelection()

    /// Where the mouse finds what was drawn last.
    var candidatePlaces: [(key: CandidateKey, area: CellRectangle)] = []
    var parameterRows: [Int: ParameterRow] = [:]
    var hintPlaces: [(key: Key, columns: Range<Int>)] = []
    var popupArea = CellRectangle(row: 0, column: 0, rows: 0, columns: 0)

    /// A message of the screen itself, shown like one of the studio's.
    var notice: StatusMessage?

    /// Help with the words of the prompt being typed.
    var composition = Composition()
    /// The picture at its own size or larger; nil shows all of it.
    var magnification: Magnification?
    /// Products that a command is for, all at once.
    var marked: Set<ProductID> = []
    /// Pixels of a cell where the terminal shows pictures, and so thumbnails in the product list.
    var cell: (width: Int, height: Int)?
    /// The product list is being scrolled: its thumbnails wait until it rests.
    var isScrolling = false
    /// Names of the themes that there are.
    var themes: [String] = []

    init(rows: Int, columns: Int, keymap: Keymap = .standard, language: Language = .english) {
        self.keymap = keymap
        self.language = language
        layout = StudioLayout(rows: rows, columns: columns)
    }

    /// Takes over the window's size.
    mutating func resize(rows: Int, columns: Int) {
        layout = StudioLayout(rows: rows, columns: columns, zoomed: layout.zoomed)
    }

    /// Gives the focused pane the whole screen, or takes it back.
    mutating func toggleZoom() {
        layout = StudioLayout(rows: layout.rows, columns: layout.columns, zoomed: layout.zoomed == nil ? focus : nil)
    }

    // MARK: Texts

    /// Takes over what the studio knows where nothing newer is being typed. To be called after every change of state.
    mutating func follow(_ state: StudioState) {
        if editedProduct != state.selectedProductID {
            brush = nil
            // What was typed before there was any product is for the first one.
            let isFirst = editedProduct == nil && !promptEditor.characters.isEmpty && state.draft.prompt.isEmpty
            editedProduct = state.selectedProductID
            if !isFirst { load(state.draft) }
        } else {
            if promptEditor.text == toldPrompt, state.draft.prompt != toldPrompt { load(state.draft) }
            if negativeEditor.text == toldNegative, state.draft.negativePrompt != toldNegative { load(state.draft) }
        }
        let products = visibleProducts(state)
        if let position = products.firstIndex(where: { $0.id == state.selectedProductID }) { productCursor.index = position }
        taskCursor.move(by: 0, count: state.tasks.count)
        if popup == nil, state.resumeOffer != nil, !hasSeenResumeOffer {
            hasSeenResumeOffer = true
            popup = .resume
        }
        if popup == nil, state.products.isEmpty, mayWelcome, !hasWelcomed {
            hasWelcomed = true
            popup = .welcome(photos: looseFiles(state).count)
        }
        if case .welcome = popup, !state.products.isEmpty { popup = nil }
        if case .resume = popup, state.resumeOffer == nil { popup = nil }
        if !marked.isEmpty { marked.formIntersection(state.products.map(\.id)) }
        compared.removeAll { key in !state.candidates.contains { $0.key == key } }
        if compared.count < 2 { compared = [] }
    }

    private var hasSeenResumeOffer = false
    private var hasWelcomed = false
    /// The folder has been looked into: where nothing was found, there is nothing.
    var mayWelcome = false

    private mutating func load(_ draft: Draft) {
        if promptEditor.text != draft.prompt {
            promptEditor = TextEditor(draft.prompt)
            promptOffset = 0
        }
        if negativeEditor.text != draft.negativePrompt {
            negativeEditor = TextEditor(draft.negativePrompt)
            negativeOffset = 0
        }
        toldPrompt = draft.prompt
        toldNegative = draft.negativePrompt
    }

    /// Whether something was typed that the studio has not been told.
    var hasUntoldText: Bool {
        editedProduct != nil && (promptEditor.text != toldPrompt || negativeEditor.text != toldNegative)
    }

    /// The commands that tell the studio what was typed. To be performed before any other command, for that may change the product.
    mutating func tellText() -> [Effect] {
        guard editedProduct != nil else { return [] }
        var effects: [Effect] = []
        if promptEditor.text != toldPrompt {
            toldPrompt = promptEditor.text
            effects.append(.perform(.setPrompt(toldPrompt)))
        }
        if negativeEditor.text != toldNegative {
            toldNegative = negativeEditor.text
            effects.append(.perform(.setNegativePrompt(toldNegative)))
        }
        return effects
    }

    // MARK: What the lists show

    /// The products that pass the filter.
    func visibleProducts(_ state: StudioState) -> [ProductItem] {
        let pattern = productFilter.text
        let chosen = selection.applied(to: state.products, in: state.categories, keeping: state.selectedProductID)
        guard !pattern.isEmpty else { return chosen }
        return FuzzyMatch.filtered(chosen, pattern: pattern, text: \.name)
    }

    /// The categories that pass the filter, with the ones above them so that the tree stays readable.
    func visibleCategories(_ state: StudioState) -> [CategoryItem] {
        let pattern = categoryFilter.text
        let all = state.categories.items
        guard !pattern.isEmpty else { return all }
        var kept = Set(all.filter { Self.matches($0, pattern) }.map(\.identifier))
        for item in all where kept.contains(item.identifier) {
            var parent = item.parent
            while let name = parent, kept.insert(name).inserted { parent = state.categories[name]?.parent }
        }
        return all.filter { kept.contains($0.identifier) }
    }

    static func matches(_ item: CategoryItem, _ pattern: String) -> Bool {
        [item.name, item.nameJapanese, item.identifier].contains { FuzzyMatch.fits(pattern, in: $0) }
    }

    // MARK: Focus

    /// The pane shown in the left column of the compact layout.
    var leftTab: Pane { focus == .categories ? .categories : lastLeftTab }
    /// The text shown in the compact layout.
    var textTab: Pane { focus == .negative ? .negative : focus == .prompt ? .prompt : lastTextTab }
    private var lastLeftTab: Pane = .products
    private var lastTextTab: Pane = .prompt

    /// Gives `pane` the focus; a text starts to be edited at once.
    mutating func focus(on pane: Pane, editing: Bool = true) {
        focus = pane
        if layout.zoomed != nil { layout = StudioLayout(rows: layout.rows, columns: layout.columns, zoomed: pane) }
        isEditing = pane.isEditor && editing
        composition = Composition()
        filtering = nil
        typedValue = nil
        if pane == .products || pane == .categories { lastLeftTab = pane }
        if pane.isEditor { lastTextTab = pane }
    }

    /// The editor of the focused text.
    var editor: TextEditor {
        get { focus == .negative ? negativeEditor : promptEditor }
        set { if focus == .negative { negativeEditor = newValue } else { promptEditor = newValue } }
    }
}
