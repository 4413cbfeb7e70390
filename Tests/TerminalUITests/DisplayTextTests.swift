import Testing

@testable import TerminalUI

@Suite("Text as cells")
struct DisplayTextTests {
    @Test(
        "Columns as a terminal counts them",
        arguments: [
            ("abc", 3), ("光", 2), ("ボトル", 6), ("é", 1), ("e\u{301}", 1), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇯🇵", 2), ("ｱ", 1), ("한", 2),
            ("", 0),
        ])
    func widths(text: String, columns: Int) {
        #expect(DisplayText.width(of: text) == columns)
        #expect(text.flatMap { DisplayText.cells(of: $0) }.reduce(0) { $0 + $1.width } == columns)
    }

    @Test("Cutting never exceeds the room, never splits a wide character, and says that something is missing")
    func cutting() {
        let text = "朝の光 on oak 👩‍👩‍👧‍👦 end"
        for room in 0...40 {
            let cut = DisplayText.truncated(text, to: room)
            #expect(DisplayText.width(of: cut) <= room)
            if room >= DisplayText.width(of: text) { #expect(cut == text) } else if room > 0 { #expect(cut.hasSuffix("…")) }
            #expect(DisplayText.width(of: DisplayText.fitted(text, to: room)) == room)
            #expect(DisplayText.width(of: DisplayText.fitted("x", to: room, alignment: .trailing)) == room)
        }
    }

    @Test("Nothing that steers a terminal or hides survives; joiners within a character do")
    func sanitising() {
        var hostile = ""
        for value in Array(0x00...0x1F) + Array(0x7F...0x9F) + [0x61C, 0x200B, 0x200E, 0x202E, 0x2066, 0xFEFF, 0xE0041] {
            if let scalar = Unicode.Scalar(UInt32(value)) { hostile.unicodeScalars.append(scalar) }
        }
        #expect(DisplayText.sanitised("a" + hostile + "b").allSatisfy { $0 == "a" || $0 == "b" || $0 == " " })
        #expect(!DisplayText.sanitised(hostile, keepingLineBreaks: true).contains("\u{1B}"))
        #expect(DisplayText.sanitised("👩‍👧 が") == "👩‍👧 が")
    }

    @Test("Lines break after spaces, anywhere in Japanese, and every place leads back to itself")
    func wrapping() {
        let text = WrappedText(Array("a soft morning light 朝の光が差し込む木の机 end"), width: 12)
        #expect(text.text(ofLine: 0) == "a soft ")
        for line in text.lines.indices { #expect(DisplayText.width(of: text.text(ofLine: line)) <= 12) }
        #expect(text.lines.indices.map { text.text(ofLine: $0) }.joined() == "a soft morning light 朝の光が差し込む木の机 end")
        let characters = Array("one two\nthree 光 four\n\nfive")
        for width in 2...30 {
            let wrapped = WrappedText(characters, width: width)
            for index in 0...characters.count {
                let place = wrapped.position(of: index)
                #expect(place.column < width && wrapped.lines.indices.contains(place.row))
                let back = wrapped.index(row: place.row, column: place.column)
                // The space that a line was broken at stands nowhere; it leads to the break.
                #expect(abs(back - index) <= 1, "width \(width), index \(index)")
            }
        }
    }

    @Test("A grid cuts at its edges and repairs halves of wide characters")
    func grid() {
        var grid = CellGrid(rows: 2, columns: 6, style: Style())
        #expect(grid.draw("光光光光", row: 0, column: 1, style: Style()) == 4)
        #expect(grid.text(ofRow: 0) == " 光光")
        grid.draw("x", row: 0, column: 2, style: Style())
        #expect(grid.text(ofRow: 0) == "  x光")
        grid.draw("y", row: 0, column: 3, style: Style())
        #expect(grid.text(ofRow: 0) == "  xy")
        grid.draw("abc", row: 1, column: -2, style: Style())
        #expect(grid.text(ofRow: 1) == "c")
        grid.draw("nowhere", row: 7, column: 0, style: Style())
        grid.fill(CellRectangle(row: -3, column: -3, rows: 20, columns: 20), style: Style())
        #expect(grid.text(ofRow: 0).isEmpty && grid.text(ofRow: 1).isEmpty)
    }
}
