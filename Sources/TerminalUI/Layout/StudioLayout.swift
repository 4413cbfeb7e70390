/// Where everything stands on a screen of a given size. Pure arithmetic; `SCREENS.md`'s sketch in numbers.
struct StudioLayout: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// Three columns, thumbnails in the strip.
        case full
        /// Two columns; products and categories share one as tabs, parameters are one line, candidates marks on a rule.
        case compact
        /// Too small to work in; a friendly message.
        case tooSmall
    }

    /// Below this nothing sensible fits.
    static let smallest = (rows: 20, columns: 60)

    let kind: Kind
    /// The pane that has the whole screen, if one has.
    let zoomed: Pane?
    let rows: Int
    let columns: Int

    /// What is inside each pane, without rules and titles.
    private(set) var products = CellRectangle(row: 0, column: 0, rows: 0, columns: 0)
    private(set) var categories = CellRectangle(row: 0, column: 0, rows: 0, columns: 0)
    private(set) var stage = CellRectangle(row: 0, column: 0, rows: 0, columns: 0)
    private(set) var strip = CellRectangle(row: 0, column: 0, rows: 0, columns: 0)
    private(set) var parameters = CellRectangle(row: 0, column: 0, rows: 0, columns: 0)
    private(set) var prompt = CellRectangle(row: 0, column: 0, rows: 0, columns: 0)
    private(set) var negative = CellRectangle(row: 0, column: 0, rows: 0, columns: 0)
    private(set) var tasks = CellRectangle(row: 0, column: 0, rows: 0, columns: 0)
    /// The rules, each from end to end, as (row, first column, last column) and (column, first row, last row).
    private(set) var horizontalRules: [[Int]] = []
    private(set) var verticalRules: [[Int]] = []

    init(rows: Int, columns: Int, zoomed pane: Pane? = nil) {
        self.rows = rows
        self.columns = columns
        let fits = rows >= Self.smallest.rows && columns >= Self.smallest.columns
        zoomed = fits ? pane : nil
        if let zoomed {
            kind = rows >= 30 && columns >= 110 ? .full : .compact
            arrangeZoomed(zoomed)
        } else if rows < Self.smallest.rows || columns < Self.smallest.columns {
            kind = .tooSmall
        } else if rows >= 30, columns >= 110 {
            kind = .full
            arrangeFull()
        } else {
            kind = .compact
            arrangeCompact()
        }
    }

    /// The row of the hints, the last one. No picture ever reaches it.
    var hintRow: Int { rows - 1 }
    /// Everything above the hints.
    var body: CellRectangle { CellRectangle(row: 0, column: 0, rows: max(0, rows - 1), columns: columns) }

    /// The inside of `pane`.
    func area(of pane: Pane) -> CellRectangle {
        switch pane {
        case .products: products
        case .categories: categories
        case .prompt: prompt
        case .negative: negative
        case .parameters: parameters
        case .candidates: strip
        case .tasks: tasks
        }
    }

    private mutating func arrangeFull() {
        let right = columns - 1
        let leftWidth = min(42, max(28, columns * 25 / 100))
        let rightWidth = min(36, max(32, columns * 19 / 100))
        let leftRule = leftWidth + 1
        let rightRule = right - rightWidth - 1
        let taskRows = rows >= 56 ? 3 : rows >= 42 ? 2 : 1
        let negativeRows = rows >= 44 ? 2 : 1
        let promptRows = rows >= 56 ? 4 : rows >= 40 ? 3 : 2
        let stripRows = rows >= 56 ? 9 : rows >= 44 ? 7 : rows >= 36 ? 5 : 4

        let tasksRule = hintRow - taskRows - 1
        let negativeRule = tasksRule - negativeRows - 1
        let promptRule = negativeRule - promptRows - 1
        let stripRule = promptRule - stripRows - 1
        let categoriesRule = 1 + (promptRule - 1) * 55 / 100

        products = CellRectangle(row: 1, column: 1, rows: categoriesRule - 1, columns: leftWidth)
        categories = CellRectangle(row: categoriesRule + 1, column: 1, rows: promptRule - categoriesRule - 1, columns: leftWidth)
        let centre = rightRule - leftRule - 1
        stage = CellRectangle(row: 1, column: leftRule + 1, rows: stripRule - 1, columns: centre)
        strip = CellRectangle(row: stripRule + 1, column: leftRule + 1, rows: stripRows, columns: centre)
        parameters = CellRectangle(row: 1, column: rightRule + 1, rows: tasksRule - 1, columns: rightWidth)
        prompt = CellRectangle(row: promptRule + 1, column: 1, rows: promptRows, columns: rightRule - 1)
        negative = CellRectangle(row: negativeRule + 1, column: 1, rows: negativeRows, columns: rightRule - 1)
        tasks = CellRectangle(row: tasksRule + 1, column: 1, rows: taskRows, columns: right - 1)

        horizontalRules = [
            [0, 0, right], [categoriesRule, 0, leftRule], [stripRule, leftRule, rightRule], [promptRule, 0, rightRule],
            [negativeRule, 0, rightRule], [tasksRule, 0, right], [hintRow, 0, right],
        ]
        verticalRules = [[0, 0, hintRow], [leftRule, 0, promptRule], [rightRule, 0, tasksRule], [right, 0, hintRow]]
    }

    /// One pane, and the rule with the candidates' marks below a picture.
    private mutating func arrangeZoomed(_ pane: Pane) {
        let right = columns - 1
        let inside = CellRectangle(row: 1, column: 1, rows: hintRow - 1, columns: right - 1)
        horizontalRules = [[0, 0, right], [hintRow, 0, right]]
        verticalRules = [[0, 0, hintRow], [right, 0, hintRow]]
        switch pane {
        case .products:
            stage = CellRectangle(row: 1, column: 1, rows: hintRow - 2, columns: right - 1)
            strip = CellRectangle(row: hintRow - 1, column: 2, rows: 1, columns: right - 3)
            horizontalRules.append([hintRow - 1, 0, right])
        case .candidates:
            strip = inside
            // Where candidates are compared.
            stage = inside
        case .categories: categories = inside
        case .prompt: prompt = inside
        case .negative: negative = inside
        case .parameters: parameters = inside
        case .tasks: tasks = inside
        }
    }

    private mutating func arrangeCompact() {
        let right = columns - 1
        let leftWidth = min(32, max(20, columns * 32 / 100))
        let leftRule = leftWidth + 1
        let promptRows = rows >= 28 ? 3 : rows >= 22 ? 2 : 1
        let tasksRule = hintRow - 2
        let promptRule = tasksRule - promptRows - 1
        let parametersRow = promptRule - 1
        let stripRule = parametersRow - 1

        products = CellRectangle(row: 1, column: 1, rows: stripRule - 1, columns: leftWidth)
        categories = products
        stage = CellRectangle(row: 1, column: leftRule + 1, rows: stripRule - 1, columns: right - leftRule - 1)
        // The candidates' marks stand on the rule below the picture.
        strip = CellRectangle(row: stripRule, column: leftRule + 2, rows: 1, columns: right - leftRule - 3)
        parameters = CellRectangle(row: parametersRow, column: 1, rows: 1, columns: right - 1)
        prompt = CellRectangle(row: promptRule + 1, column: 1, rows: promptRows, columns: right - 1)
        negative = prompt
        tasks = CellRectangle(row: tasksRule + 1, column: 1, rows: 1, columns: right - 1)

        horizontalRules = [[0, 0, right], [stripRule, 0, right], [promptRule, 0, right], [tasksRule, 0, right], [hintRow, 0, right]]
        verticalRules = [[0, 0, hintRow], [leftRule, 0, stripRule], [right, 0, hintRow]]
    }
}
