/// A place in a list of which a part is shown, and which part.
struct ListCursor: Equatable, Sendable {
    /// The marked line.
    var index = 0
    /// The first line that is shown.
    private(set) var offset = 0

    /// Moves the mark by `distance`, staying within `count` lines.
    mutating func move(by distance: Int, count: Int) {
        index = min(max(0, index + distance), max(0, count - 1))
    }

    /// The part to show in `rows` lines: the mark is in it, and it moves only as far as it must.
    mutating func visible(rows: Int, count: Int) -> Range<Int> {
        index = min(max(0, index), max(0, count - 1))
        offset = Self.offset(keeping: offset, index: index, rows: rows, count: count)
        return offset..<min(count, offset + max(0, rows))
    }

    /// The offset nearest to `current` that shows `index` with a line around it.
    static func offset(keeping current: Int, index: Int, rows: Int, count: Int) -> Int {
        guard rows > 0, count > rows else { return 0 }
        let margin = rows > 4 ? 1 : 0
        var offset = current
        offset = min(offset, index - margin)
        offset = max(offset, index + margin - rows + 1)
        return min(max(0, offset), count - rows)
    }
}
