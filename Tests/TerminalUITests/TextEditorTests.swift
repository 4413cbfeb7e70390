import Testing

@testable import TerminalUI

@Suite("Editing text")
struct TextEditorTests {
    private func editor(_ text: String, _ operations: TextEditor.Operation...) -> TextEditor {
        var editor = TextEditor(text)
        for operation in operations { editor.perform(operation) }
        return editor
    }

    @Test("What people see as one character is one: marks, joined emoji, flags, hangul")
    func graphemes() {
        for character in ["é", "e\u{301}", "👩‍👩‍👧‍👦", "🇯🇵", "👍🏽", "한", "が", "ก็"] {
            let before = editor("ab" + character)
            #expect(before.cursor == 3)
            #expect(editor("ab" + character, .deleteBackward).text == "ab", "\(character)")
            #expect(editor("ab" + character, .left, .deleteForward).text == "ab", "\(character)")
        }
    }

    @Test("A mark that is typed joins the character before it")
    func combining() {
        let accented = editor("e", .insert("\u{301}"))
        #expect(accented.text == "e\u{301}")
        #expect(accented.characters.count == 1 && accented.cursor == 1)
        #expect(editor("e", .insert("\u{301}"), .undo).text == "e")
    }

    @Test("Words: spaces, punctuation, and in Japanese the change of script part them")
    func words() {
        var editor = TextEditor("soft light, 朝の光とカップ")
        var stops: [Int] = []
        while editor.cursor > 0 {
            editor.perform(.wordLeft)
            stops.append(editor.cursor)
        }
        #expect(stops == [16, 15, 14, 13, 12, 10, 5, 0])
        editor.perform(.wordRight)
        #expect(editor.cursor == 4)
        editor.perform(.deleteWordForward)
        #expect(editor.text == "soft, 朝の光とカップ")
        #expect(self.editor("oak table ", .deleteWordBackward).text == "oak ")
    }

    @Test("Lines: to their ends, and cutting to them")
    func lines() {
        #expect(editor("one\ntwo", .lineStart).cursor == 4)
        #expect(editor("one\ntwo", .textStart, .lineEnd).cursor == 3)
        #expect(editor("one\ntwo", .deleteToLineStart).text == "one\n")
        #expect(editor("one\ntwo", .textStart, .deleteToLineEnd).text == "\ntwo")
        #expect(editor("one\ntwo", .textStart, .deleteToLineEnd, .deleteToLineEnd).text == "two")
        #expect(editor("one\ntwo", .deleteToLineStart, .textStart, .yank).text == "twoone\n")
    }

    @Test("Undo takes back a word of typing at a time, every other change by itself; redo brings it back")
    func undo() {
        var editor = TextEditor()
        for character in "warm oak" { editor.perform(.insert(String(character))) }
        editor.perform(.undo)
        #expect(editor.text == "warm")
        editor.perform(.undo)
        #expect(editor.text.isEmpty)
        editor.perform(.undo)
        editor.perform(.redo)
        editor.perform(.redo)
        editor.perform(.redo)
        #expect(editor.text == "warm oak")
        editor.perform(.paste(" table"))
        editor.perform(.deleteWordBackward)
        editor.perform(.undo)
        #expect(editor.text == "warm oak table" && editor.cursor == 14)
        editor.perform(.undo)
        #expect(editor.text == "warm oak")
        editor.perform(.insert("!"))
        editor.perform(.redo)
        #expect(editor.text == "warm oak!", "what was undone before a new change must not come back")
    }

    @Test("At the ends nothing happens")
    func ends() {
        let empty = editor("", .deleteBackward, .deleteForward, .left, .right, .wordLeft, .wordRight, .undo, .redo, .yank)
        #expect(empty.text.isEmpty && empty.cursor == 0)
        #expect(editor("ab", .right, .deleteForward).text == "ab")
    }

    @Test("What could steer a terminal never gets into a text; line breaks and tabs come in as such")
    func sanitising() {
        #expect(editor("", .paste("a\u{1B}[31mb\u{7}\u{202E}c\u{9B}2Jd")).text == "a[31mbc2Jd")
        #expect(editor("", .paste("one\r\ntwo\rthree\u{2028}four\tfive")).text == "one\ntwo\nthree\nfour five")
        #expect(TextEditor("x\u{0}y\u{200B}z").text == "xyz")
    }

    @Test("Random edits never lose the cursor, and undoing them all gives the beginning")
    func randomEdits() {
        let operations: [TextEditor.Operation] = [
            .insert("a"), .insert(" "), .insert("光"), .insert("\u{301}"), .insert("\n"), .insert("👍"), .insert("🏽"), .paste("two words"),
            .deleteBackward, .deleteForward, .deleteWordBackward, .deleteWordForward, .deleteToLineStart, .deleteToLineEnd, .yank, .left,
            .right, .wordLeft, .wordRight, .lineStart, .lineEnd, .textStart, .textEnd,
        ]
        var state: UInt64 = 42
        for _ in 0..<40 {
            var editor = TextEditor("start 始め")
            for _ in 0..<120 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                editor.perform(operations[Int(state >> 33) % operations.count])
                #expect((0...editor.characters.count).contains(editor.cursor))
                #expect(Array(editor.text) == editor.characters)
            }
            for _ in 0..<200 { editor.perform(.undo) }
            #expect(editor.text == "start 始め")
        }
    }
}
