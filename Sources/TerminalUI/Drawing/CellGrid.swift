/// A whole screen as a value: what every cell shows. Panes draw into it; `Screen` hands it to ncurses; tests read it.
public struct CellGrid: Equatable, Sendable {
    /// One cell. The right half of a full-width character has an empty `text`.
    public struct Cell: Equatable, Sendable {
        public var text: String
        public var style: Style
    }

    public let rows: Int
    public let columns: Int
    /// Row-major.
    public private(set) var cells: [Cell]

    /// A grid of spaces.
    public init(rows: Int, columns: Int, style: Style) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
        cells = Array(repeating: Cell(text: " ", style: style), count: self.rows * self.columns)
    }

    /// The cells of one row.
    public func row(_ row: Int) -> ArraySlice<Cell> {
        cells[row * columns..<(row + 1) * columns]
    }

    /// What a row reads, without trailing spaces.
    public func text(ofRow row: Int) -> String {
        var text = self.row(row).map(\.text).joined()
        while text.last == " " { text.removeLast() }
        return text
    }

    /// Draws `text` from the given cell on, cut at `limit` columns and at the grid's edge. Returns the columns used.
    @discardableResult
    public mutating func draw(_ text: String, row: Int, column: Int, style: Style, limit: Int = .max) -> Int {
        guard row >= 0, row < rows else { return 0 }
        let end = min(columns, limit == .max ? columns : column + limit)
        var position = column
        for character in text {
            for cell in DisplayText.cells(of: character) {
                if position + cell.width > end { return position - column }
                if position >= 0 { put(cell, row: row, column: position, style: style) }
                position += cell.width
            }
        }
        return position - column
    }

    /// Fills a rectangle with spaces.
    public mutating func fill(_ area: CellRectangle, style: Style) {
        for row in max(0, area.row)..<max(max(0, area.row), min(rows, area.endRow)) {
            for column in max(0, area.column)..<max(max(0, area.column), min(columns, area.endColumn)) {
                put(DisplayText.Cell(text: " ", width: 1), row: row, column: column, style: style)
            }
        }
    }

    /// Changes the style of cells that are already drawn.
    public mutating func restyle(_ area: CellRectangle, _ change: (inout Style) -> Void) {
        for row in max(0, area.row)..<max(max(0, area.row), min(rows, area.endRow)) {
            for column in max(0, area.column)..<max(max(0, area.column), min(columns, area.endColumn)) {
                change(&cells[row * columns + column].style)
            }
        }
    }

    private mutating func put(_ cell: DisplayText.Cell, row: Int, column: Int, style: Style) {
        let index = row * columns + column
        // Half of a full-width character that is about to be overwritten leaves a space, as on a real terminal.
        if cells[index].text.isEmpty, column > 0 { cells[index - 1].text = " " }
        let last = index + cell.width - 1
        if column + cell.width < columns, cells[last + 1].text.isEmpty { cells[last + 1].text = " " }
        cells[index] = Cell(text: cell.text, style: style)
        if cell.width == 2 { cells[index + 1] = Cell(text: "", style: style) }
    }
}
