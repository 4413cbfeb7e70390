/// The text of one prompt field and the cursor in it, edited by grapheme cluster. Knows nothing of the screen.
public struct TextEditor: Equatable, Sendable {
    /// The text as grapheme clusters.
    public private(set) var characters: [Character]
    /// Index of the cluster that the cursor stands before, `0...characters.count`.
    public private(set) var cursor: Int

    private var past: [Snapshot] = []
    private var future: [Snapshot] = []
    private var lastEdit: EditKind?
    private var killed = ""

    private struct Snapshot: Equatable, Sendable {
        let characters: [Character]
        let cursor: Int
    }

    private enum EditKind: Equatable, Sendable { case typing, deleting, other }

    /// An editor that holds `text`, its cursor at the end.
    public init(_ text: String = "") {
        characters = Array(DisplayText.sanitised(text, keepingLineBreaks: true))
        cursor = characters.count
    }

    /// The text as it stands.
    public var text: String { String(characters) }

    /// One change or move, as a key asks for it.
    public enum Operation: Equatable, Sendable {
        case insert(String)
        case paste(String)
        case deleteBackward, deleteForward, deleteWordBackward, deleteWordForward, deleteToLineStart, deleteToLineEnd, yank
        case left, right, wordLeft, wordRight, lineStart, lineEnd, textStart, textEnd
        case undo, redo
    }

    /// Performs `operation`; moves beyond an end stay there.
    public mutating func perform(_ operation: Operation) {
        switch operation {
        case .insert(let text): insert(text, kind: .typing)
        case .paste(let text): insert(text, kind: .other)
        case .deleteBackward: delete(from: cursor - 1, to: cursor, kind: .deleting)
        case .deleteForward: delete(from: cursor, to: cursor + 1, kind: .deleting)
        case .deleteWordBackward: kill(from: wordStart(before: cursor), to: cursor)
        case .deleteWordForward: kill(from: cursor, to: wordEnd(after: cursor))
        case .deleteToLineStart: kill(from: lineStart, to: cursor)
        case .deleteToLineEnd: kill(from: cursor, to: max(lineEnd, min(cursor + 1, characters.count)))
        case .yank: insert(killed, kind: .other)
        case .left: move(to: cursor - 1)
        case .right: move(to: cursor + 1)
        case .wordLeft: move(to: wordStart(before: cursor))
        case .wordRight: move(to: wordEnd(after: cursor))
        case .lineStart: move(to: lineStart)
        case .lineEnd: move(to: lineEnd)
        case .textStart: move(to: 0)
        case .textEnd: move(to: characters.count)
        case .undo: step(from: \.past, to: \.future)
        case .redo: step(from: \.future, to: \.past)
        }
    }

    /// Puts another text in the place of the whole, as one step for undo.
    public mutating func replaceAll(with text: String) {
        remember(.other)
        characters = Array(DisplayText.sanitised(text, keepingLineBreaks: true))
        cursor = characters.count
        lastEdit = nil
    }

    /// Puts the cursor before cluster `index`.
    public mutating func move(to index: Int) {
        cursor = min(max(0, index), characters.count)
        lastEdit = nil
    }

    // MARK: Changes

    private mutating func insert(_ raw: String, kind: EditKind) {
        let text = DisplayText.sanitised(raw, keepingLineBreaks: true)
        guard !text.isEmpty else { return }
        // A new word starts a new undo step, so that undo takes back words rather than a whole paragraph.
        let startsWord = kind == .typing && text.first?.isWhitespace == true && cursor > 0 && !characters[cursor - 1].isWhitespace
        remember(startsWord ? .other : kind)
        // A combining mark joins the cluster before it, so the clusters are counted again.
        let before = String(characters[..<cursor]) + text
        let after = String(characters[cursor...])
        let end = before.utf8.count
        characters = Array(before + after)
        var bytes = 0
        cursor = characters.count
        for (index, character) in characters.enumerated() {
            if bytes >= end {
                cursor = index
                break
            }
            bytes += character.utf8.count
        }
        lastEdit = kind
    }

    private mutating func kill(from start: Int, to end: Int) {
        let range = max(0, start)..<min(max(start, end), characters.count)
        if !range.isEmpty { killed = String(characters[range]) }
        delete(from: start, to: end, kind: .other)
    }

    private mutating func delete(from start: Int, to end: Int, kind: EditKind) {
        let start = max(0, start)
        let end = min(end, characters.count)
        guard start < end else { return }
        remember(kind)
        let before = String(characters[..<start])
        characters = Array(before + String(characters[end...]))
        cursor = min(start, characters.count)
        lastEdit = kind
    }

    private mutating func remember(_ kind: EditKind) {
        if kind == .other || kind != lastEdit {
            past.append(Snapshot(characters: characters, cursor: cursor))
            if past.count > 500 { past.removeFirst() }
        }
        future.removeAll()
    }

    private mutating func step(from source: WritableKeyPath<Self, [Snapshot]>, to destination: WritableKeyPath<Self, [Snapshot]>) {
        guard let snapshot = self[keyPath: source].popLast() else { return }
        self[keyPath: destination].append(Snapshot(characters: characters, cursor: cursor))
        characters = snapshot.characters
        cursor = snapshot.cursor
        lastEdit = nil
    }

    // MARK: Places

    private var lineStart: Int {
        var index = cursor
        while index > 0, !characters[index - 1].isNewline { index -= 1 }
        return index
    }

    private var lineEnd: Int {
        var index = cursor
        while index < characters.count, !characters[index].isNewline { index += 1 }
        return index
    }

    private func wordStart(before index: Int) -> Int {
        var index = index
        while index > 0, WordClass(characters[index - 1]) == .space { index -= 1 }
        guard index > 0 else { return 0 }
        let kind = WordClass(characters[index - 1])
        while index > 0, WordClass(characters[index - 1]) == kind { index -= 1 }
        return index
    }

    private func wordEnd(after index: Int) -> Int {
        var index = index
        while index < characters.count, WordClass(characters[index]) == .space { index += 1 }
        guard index < characters.count else { return index }
        let kind = WordClass(characters[index])
        while index < characters.count, WordClass(characters[index]) == kind { index += 1 }
        return index
    }
}

/// What a cluster counts as when the cursor moves by words. Japanese has no spaces, so a change of script ends a word.
enum WordClass: Equatable {
    case space, punctuation, hiragana, katakana, ideograph, emoji, other

    init(_ character: Character) {
        guard let scalar = character.unicodeScalars.first else {
            self = .other
            return
        }
        switch scalar.value {
        case _ where character.isWhitespace: self = .space
        case 0x3041...0x309F: self = .hiragana
        case 0x30A0...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .katakana
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF, 0x3005, 0x3007: self = .ideograph
        case _ where character.isLetter || character.isNumber || scalar == "_": self = .other
        case _ where scalar.properties.isEmojiPresentation: self = .emoji
        default: self = .punctuation
        }
    }
}
