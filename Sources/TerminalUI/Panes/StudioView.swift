import Studio

/// One screen, drawn: its cells, the pictures that belong into it, and the cursor.
struct Frame: Sendable {
    var grid: CellGrid
    var pictures: [PictureSlot] = []
    /// Where the real cursor stands; nil hides it.
    var cursor: (row: Int, column: Int)?
}

/// Draws the studio. A function of what it is given, but for the lists' offsets, which it keeps in the interface.
struct StudioView {
    let state: StudioState
    let theme: Theme
    /// A picture for an area, as large as that allows; nil while it is being made.
    let picture: (PictureSubject, CellRectangle) -> StudioPicture?
    var interface: Interface
    var frame: Frame

    var layout: StudioLayout { interface.layout }

    /// A sentence in the screen's language.
    func say(_ english: String, _ values: any CustomStringConvertible...) -> String {
        interface.language.fill(english, values)
    }

    /// Draws everything.
    static func draw(
        _ state: StudioState, interface: inout Interface, theme: Theme, picture: @escaping (PictureSubject, CellRectangle) -> StudioPicture?
    ) -> Frame {
        let layout = interface.layout
        var view = StudioView(
            state: state, theme: theme, picture: picture, interface: interface,
            frame: Frame(grid: CellGrid(rows: layout.rows, columns: layout.columns, style: theme[.text])))
        if layout.kind == .tooSmall {
            view.drawTooSmall()
        } else {
            view.interface.candidatePlaces = []
            view.interface.parameterRows = [:]
            view.interface.hintPlaces = []
            view.drawRules()
            if let pane = layout.zoomed { view.drawZoomed(pane) } else { view.drawPanes() }
            view.drawBottomLine()
            view.drawPopup()
        }
        // What is looked at comes before what helps to find it.
        let lists = view.frame.pictures.filter(\.isList)
        view.frame.pictures = view.frame.pictures.filter { !$0.isList } + lists
        interface = view.interface
        return view.frame
    }

    private mutating func drawPanes() {
        drawLeftColumn()
        drawStage()
        drawStrip()
        drawParameters()
        drawTexts()
        drawTasks()
    }

    // MARK: Pieces that panes share

    /// Draws text cut to an area's width, `column` columns inside it. Returns the columns used.
    @discardableResult
    mutating func put(_ text: String, _ role: Theme.Role, in area: CellRectangle, row: Int, column: Int = 0, background: Theme.Role? = nil)
        -> Int
    {
        guard row >= 0, row < area.rows, column < area.columns else { return 0 }
        var style = theme[role]
        if let background { style = onto(background, style) }
        return frame.grid.draw(
            DisplayText.truncated(DisplayText.sanitised(text), to: area.columns - column), row: area.row + row,
            column: area.column + column,
            style: style, limit: area.columns - column)
    }

    /// `style` on the ground of another role; a ground that is only an attribute is added.
    func onto(_ ground: Theme.Role, _ style: Style) -> Style {
        Style(
            foreground: style.foreground == theme[.text].foreground ? theme[ground].foreground : style.foreground,
            background: theme[ground].background, attributes: style.attributes.union(theme[ground].attributes))
    }

    /// Fills one line of an area.
    mutating func fill(row: Int, of area: CellRectangle, _ role: Theme.Role) {
        guard row >= 0, row < area.rows else { return }
        frame.grid.fill(CellRectangle(row: area.row + row, column: area.column, rows: 1, columns: area.columns), style: theme[role])
    }

    /// A title on the rule above a pane. Returns the column after it.
    @discardableResult
    mutating func title(_ parts: [(String, Theme.Role)], above area: CellRectangle, column: Int = 0) -> Int {
        var position = area.column + column
        let end = area.endColumn - 1
        position += frame.grid.draw(" ", row: area.row - 1, column: position, style: theme[.rule], limit: max(0, end - position))
        for (text, role) in parts {
            let room = end - position
            guard room > 0 else { break }
            let cut = DisplayText.truncated(DisplayText.sanitised(text), to: room)
            position += frame.grid.draw(cut, row: area.row - 1, column: position, style: theme[role], limit: room)
        }
        position += frame.grid.draw(" ", row: area.row - 1, column: position, style: theme[.rule], limit: 1)
        return position
    }

    /// The role of a pane's title.
    func titleRole(_ pane: Pane) -> Theme.Role { interface.focus == pane && interface.popup == nil ? .accent : .title }

    /// Text in the middle of an area, a line each.
    mutating func putCentred(_ lines: [(String, Theme.Role)], in area: CellRectangle) {
        let first = max(0, (area.rows - lines.count) / 2)
        for (index, line) in lines.enumerated() {
            let text = DisplayText.truncated(line.0, to: area.columns)
            put(text, line.1, in: area, row: first + index, column: max(0, (area.columns - DisplayText.width(of: text)) / 2))
        }
    }

    private mutating func drawRules() {
        var rules = Rules()
        for rule in layout.horizontalRules { rules.addHorizontal(row: rule[0], from: rule[1], to: rule[2]) }
        for rule in layout.verticalRules { rules.addVertical(column: rule[0], from: rule[1], to: rule[2]) }
        rules.draw(into: &frame.grid, style: theme[.rule])
    }

    private mutating func drawTooSmall() {
        let area = CellRectangle(row: 0, column: 0, rows: layout.rows, columns: layout.columns)
        let (rows, columns) = StudioLayout.smallest
        putCentred(
            [
                (say("Window {}×{}", layout.columns, layout.rows), .text), (say("needed {}×{}", columns, rows), .text),
                (say("Enlarge it, or q"), .muted),
            ], in: area)
    }
}
