/// Text laid out in lines of a given width, with the way back from cluster index to place.
public struct WrappedText: Equatable, Sendable {
    /// One line on the screen: clusters `start..<end`, without the line break or the space it was broken at.
    public struct Line: Equatable, Sendable {
        public let start: Int
        public let end: Int
    }

    /// At least one line; a text that ends in a line break, or fills its last line, has an empty one after it for the cursor.
    public let lines: [Line]
    private let characters: [Character]
    private let width: Int

    /// Breaks `characters` into lines of at most `width` columns, after a space where one is near, anywhere in Japanese text.
    public init(_ characters: [Character], width: Int) {
        self.characters = characters
        self.width = max(2, width)
        var lines: [Line] = []
        var start = 0
        var columns = 0
        var breakAfter: Int?
        var index = 0
        while index < characters.count {
            let character = characters[index]
            if character.isNewline {
                lines.append(Line(start: start, end: index))
                start = index + 1
                columns = 0
                breakAfter = nil
                index += 1
                continue
            }
            let next = DisplayText.width(of: character)
            if columns + next > self.width {
                if character == " " {
                    // The space that does not fit hangs over the edge and starts nothing.
                    lines.append(Line(start: start, end: index))
                    start = index + 1
                    index += 1
                } else if let place = breakAfter, place > start, next < 2 {
                    lines.append(Line(start: start, end: place))
                    start = place
                    index = place
                } else {
                    lines.append(Line(start: start, end: index))
                    start = index
                }
                columns = 0
                breakAfter = nil
                continue
            }
            columns += next
            if character == " " || next == 2 { breakAfter = index + 1 }
            index += 1
        }
        lines.append(Line(start: start, end: characters.count))
        if columns >= self.width { lines.append(Line(start: characters.count, end: characters.count)) }
        self.lines = lines
    }

    /// Row and column of the place before cluster `index`.
    public func position(of index: Int) -> (row: Int, column: Int) {
        let row = lines.lastIndex { $0.start <= index } ?? 0
        let line = lines[row]
        let column = characters[line.start..<min(max(index, line.start), line.end)].reduce(0) { $0 + DisplayText.width(of: $1) }
        if column >= width, row + 1 < lines.count { return (row + 1, 0) }
        return (row, min(column, width - 1))
    }

    /// The cluster at or before `column` of `row`, clamped to the text.
    public func index(row: Int, column: Int) -> Int {
        let line = lines[min(max(0, row), lines.count - 1)]
        var used = 0
        for index in line.start..<line.end {
            let next = DisplayText.width(of: characters[index])
            if used + next > column { return index }
            used += next
        }
        return line.end
    }

    /// The text of one line.
    public func text(ofLine row: Int) -> String {
        String(characters[lines[row].start..<lines[row].end])
    }
}
