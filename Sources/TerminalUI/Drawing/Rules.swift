/// The thin rules between panes, joined where they meet.
///
/// Rules are collected as segments and drawn at once, so that each crossing gets the character that fits its four arms.
struct Rules {
    private struct Arms: OptionSet {
        let rawValue: UInt8
        static let up = Arms(rawValue: 1)
        static let down = Arms(rawValue: 2)
        static let left = Arms(rawValue: 4)
        static let right = Arms(rawValue: 8)
    }

    private struct Place: Hashable {
        let row: Int
        let column: Int
    }

    private var arms: [Place: Arms] = [:]

    /// A horizontal rule through both ends.
    mutating func addHorizontal(row: Int, from first: Int, to last: Int) {
        guard first <= last else { return }
        for column in first...last {
            var set: Arms = []
            if column > first { set.insert(.left) }
            if column < last { set.insert(.right) }
            arms[Place(row: row, column: column), default: []].formUnion(set)
        }
    }

    /// A vertical rule through both ends.
    mutating func addVertical(column: Int, from first: Int, to last: Int) {
        guard first <= last else { return }
        for row in first...last {
            var set: Arms = []
            if row > first { set.insert(.up) }
            if row < last { set.insert(.down) }
            arms[Place(row: row, column: column), default: []].formUnion(set)
        }
    }

    /// The four sides of a rectangle.
    mutating func addFrame(_ area: CellRectangle) {
        guard area.rows > 1, area.columns > 1 else { return }
        addHorizontal(row: area.row, from: area.column, to: area.endColumn - 1)
        addHorizontal(row: area.endRow - 1, from: area.column, to: area.endColumn - 1)
        addVertical(column: area.column, from: area.row, to: area.endRow - 1)
        addVertical(column: area.endColumn - 1, from: area.row, to: area.endRow - 1)
    }

    func draw(into grid: inout CellGrid, style: Style) {
        for (place, set) in arms {
            grid.draw(Self.character(for: set), row: place.row, column: place.column, style: style)
        }
    }

    private static func character(for arms: Arms) -> String {
        switch arms {
        case [.up, .down, .left, .right]: "┼"
        case [.up, .down, .right]: "├"
        case [.up, .down, .left]: "┤"
        case [.left, .right, .down]: "┬"
        case [.left, .right, .up]: "┴"
        case [.down, .right]: "┌"
        case [.down, .left]: "┐"
        case [.up, .right]: "└"
        case [.up, .left]: "┘"
        case [.up, .down], [.up], [.down]: "│"
        default: "─"
        }
    }
}
