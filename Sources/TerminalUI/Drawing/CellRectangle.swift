/// A rectangle of character cells; rows count down from 0, columns to the right from 0.
public struct CellRectangle: Equatable, Hashable, Sendable {
    public var row: Int
    public var column: Int
    public var rows: Int
    public var columns: Int

    public init(row: Int, column: Int, rows: Int, columns: Int) {
        self.row = row
        self.column = column
        self.rows = max(0, rows)
        self.columns = max(0, columns)
    }

    /// The first row below.
    public var endRow: Int { row + rows }
    /// The first column to the right.
    public var endColumn: Int { column + columns }
    /// True where there is no cell in it.
    public var isEmpty: Bool { rows == 0 || columns == 0 }

    /// Whether the two share a cell.
    public func intersects(_ other: CellRectangle) -> Bool {
        row < other.endRow && other.row < endRow && column < other.endColumn && other.column < endColumn && !isEmpty && !other.isEmpty
    }

    /// Whether the cell lies inside.
    public func contains(row: Int, column: Int) -> Bool {
        row >= self.row && row < endRow && column >= self.column && column < endColumn
    }

    /// The rectangle without `rows` at top and bottom and `columns` at both sides.
    public func inset(rows: Int, columns: Int) -> CellRectangle {
        CellRectangle(
            row: row + rows, column: column + columns, rows: self.rows - 2 * rows, columns: self.columns - 2 * columns)
    }

    /// A rectangle of the given size in the middle of this one, no larger than it.
    public func centred(rows: Int, columns: Int) -> CellRectangle {
        let rows = min(rows, self.rows)
        let columns = min(columns, self.columns)
        return CellRectangle(
            row: row + (self.rows - rows) / 2, column: column + (self.columns - columns) / 2, rows: rows, columns: columns)
    }
}
