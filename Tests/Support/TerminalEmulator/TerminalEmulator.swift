import CVTerm

/// A terminal in memory: libvterm's screen, and beside it what libvterm lacks, sixel pictures and answers to questions.
public final class TerminalEmulator {
    /// What the terminal says it can do.
    public struct Abilities: Sendable {
        public var sixel = true
        public var synchronisedOutput = true
        /// Pixels of a cell.
        public var cellWidth = 8
        public var cellHeight = 16
        /// False for one that answers nothing at all.
        public var answers = true

        public init() {}
    }

    /// A sixel picture that was sent.
    public struct Picture: Equatable, Sendable {
        /// Where the cursor stood, from 0.
        public let row: Int
        public let column: Int
        /// Pixels, from its raster attributes.
        public let width: Int
        public let height: Int
        /// Everything between `ESC P` and `ESC \`.
        public let payload: [UInt8]
        /// False if it was cut short.
        public let isWhole: Bool
    }

    public private(set) var rows: Int
    public private(set) var columns: Int
    public var abilities: Abilities
    /// Every picture since the start, in order.
    public private(set) var pictures: [Picture] = []
    /// Private modes that are set.
    public private(set) var modes: Set<Int> = []

    private let terminal: OpaquePointer
    private var pending: [UInt8] = []

    public init(rows: Int, columns: Int, abilities: Abilities = Abilities()) {
        self.rows = rows
        self.columns = columns
        self.abilities = abilities
        terminal = backdrop_vterm_new(Int32(rows), Int32(columns))
    }

    deinit { backdrop_vterm_free(terminal) }

    /// Changes the window's size.
    public func resize(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        backdrop_vterm_resize(terminal, Int32(rows), Int32(columns))
    }

    /// Takes what a program wrote. Returns the terminal's answers.
    public func feed(_ bytes: [UInt8]) -> [UInt8] {
        pending += bytes
        var answers: [UInt8] = []
        var plain: [UInt8] = []
        var position = 0
        func flush() {
            backdrop_vterm_write(terminal, plain, plain.count)
            plain = []
        }
        scan: while position < pending.count {
            guard pending[position] == 0x1B else {
                plain.append(pending[position])
                position += 1
                continue
            }
            guard position + 1 < pending.count else { break }
            switch pending[position + 1] {
            case UInt8(ascii: "P"):
                guard let end = endOfString(from: position + 2) else { break scan }
                flush()
                take(picture: Array(pending[position + 2..<end]))
                position = end + 2
            case UInt8(ascii: "["):
                guard let end = pending[(position + 2)...].firstIndex(where: { (0x40...0x7E).contains($0) }) else { break scan }
                let sequence = String(decoding: pending[position + 2...end], as: UTF8.self)
                if let answer = answer(to: sequence) {
                    answers += Array(answer.utf8)
                } else {
                    note(sequence)
                    plain += pending[position...end]
                }
                position = end + 1
            default:
                plain.append(pending[position])
                plain.append(pending[position + 1])
                position += 2
            }
        }
        flush()
        pending.removeFirst(position)
        return abilities.answers ? answers : []
    }

    private func endOfString(from start: Int) -> Int? {
        var position = start
        while position + 1 < pending.count {
            if pending[position] == 0x1B, pending[position + 1] == UInt8(ascii: "\\") { return position }
            position += 1
        }
        return nil
    }

    private func note(_ sequence: String) {
        guard sequence.hasPrefix("?"), let last = sequence.last, last == "h" || last == "l" else { return }
        for mode in sequence.dropFirst().dropLast().split(separator: ";").compactMap({ Int($0) }) {
            if last == "h" { modes.insert(mode) } else { modes.remove(mode) }
        }
    }

    /// The answer to a question, "" for one that this terminal leaves unanswered; nil for what is none.
    private func answer(to sequence: String) -> String? {
        switch sequence {
        case "c": return abilities.sixel ? "\u{1B}[?64;4;22c" : "\u{1B}[?64;22c"
        case "5n": return "\u{1B}[0n"
        case "16t": return "\u{1B}[6;\(abilities.cellHeight);\(abilities.cellWidth)t"
        case "?2026$p": return "\u{1B}[?2026;\(abilities.synchronisedOutput ? 2 : 0)$y"
        case "?1;1;0S": return abilities.sixel ? "\u{1B}[?1;0;256S" : ""
        case "?2;1;0S": return abilities.sixel ? "\u{1B}[?2;0;\(columns * abilities.cellWidth);\(rows * abilities.cellHeight)S" : ""
        case "?2;4;0S": return abilities.sixel ? "\u{1B}[?2;0;4000;4000S" : ""
        default: return nil
        }
    }

    private func take(picture payload: [UInt8]) {
        guard let start = payload.firstIndex(of: UInt8(ascii: "q")) else { return }
        var numbers: [Int] = []
        if payload.dropFirst(start + 1).first == UInt8(ascii: "\"") {
            let attributes = payload.dropFirst(start + 2).prefix { $0 == UInt8(ascii: ";") || (0x30...0x39).contains($0) }
            numbers = String(decoding: attributes, as: UTF8.self).split(separator: ";").compactMap { Int($0) }
        }
        var row: Int32 = 0
        var column: Int32 = 0
        backdrop_vterm_cursor(terminal, &row, &column)
        let width = numbers.count == 4 ? numbers[2] : 0
        let height = numbers.count == 4 ? numbers[3] : 0
        let bands = payload.filter { $0 == UInt8(ascii: "-") }.count
        pictures.append(
            Picture(
                row: Int(row), column: Int(column), width: width, height: height, payload: payload,
                isWhole: bands + 1 >= height / 6))
    }

    // MARK: Reading the screen

    /// What a row reads, without trailing spaces.
    public func text(ofRow row: Int) -> String {
        var result = ""
        for column in 0..<columns {
            let cell = backdrop_vterm_cell_at(terminal, Int32(row), Int32(column))
            guard cell.width > 0 else { continue }
            var scalars = String.UnicodeScalarView()
            withUnsafeBytes(of: cell.characters) { bytes in
                for value in bytes.bindMemory(to: UInt32.self).prefix(while: { $0 != 0 }) {
                    if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
                }
            }
            result += scalars.isEmpty ? " " : String(scalars)
        }
        while result.last == " " { result.removeLast() }
        return result
    }

    /// All rows.
    public var text: String { (0..<rows).map { text(ofRow: $0) }.joined(separator: "\n") }

    /// Whether a text stands anywhere within one row.
    public func shows(_ text: String) -> Bool { (0..<rows).contains { self.text(ofRow: $0).contains(text) } }

    /// Palette index of a cell's background, -1 for the terminal's own.
    public func background(row: Int, column: Int) -> Int {
        Int(backdrop_vterm_cell_at(terminal, Int32(row), Int32(column)).background)
    }

    /// Palette index of a cell's text, -1 for the terminal's own.
    public func foreground(row: Int, column: Int) -> Int {
        Int(backdrop_vterm_cell_at(terminal, Int32(row), Int32(column)).foreground)
    }

    public var cursor: (row: Int, column: Int) {
        var row: Int32 = 0
        var column: Int32 = 0
        backdrop_vterm_cursor(terminal, &row, &column)
        return (Int(row), Int(column))
    }

    public var cursorIsVisible: Bool { backdrop_vterm_cursor_is_visible(terminal) }
    public var isAlternate: Bool { backdrop_vterm_is_alternate(terminal) }
}
