/// Turns the bytes that a terminal sends into keys, pastes, mouse presses and answers to questions.
///
/// Reading is ours rather than `wgetch`'s because answers to capability questions come in between keys and must never reach an
/// editor, however late they are. Sequences follow xterm's "Control Sequences" (ctlseqs).
public struct InputParser: Sendable {
    /// What arrived.
    public enum Event: Equatable, Sendable {
        case key(Key)
        /// Text pasted in bracketed mode, not yet sanitised.
        case paste(String)
        case mouse(Mouse)
        /// The terminal's window got or lost the focus.
        case focus(Bool)
        case reply(Reply)
    }

    /// A press or a turn of the wheel, in cells from 0.
    public struct Mouse: Equatable, Sendable {
        public enum Kind: Equatable, Sendable { case press, drag, wheelUp, wheelDown }
        public let kind: Kind
        public let row: Int
        public let column: Int
    }

    /// A terminal's answer.
    public enum Reply: Equatable, Sendable {
        /// DA1: `CSI ? … c`.
        case deviceAttributes([Int])
        /// XTSMGRAPHICS: `CSI ? item ; status ; values S`.
        case graphics(item: Int, status: Int, values: [Int])
        /// `CSI 6 ; height ; width t`: pixels of a cell.
        case cellSize(width: Int, height: Int)
        /// DECRPM: `CSI ? mode ; setting $ y`.
        case mode(Int, setting: Int)
        /// `APC G … ; OK ST`: the kitty graphics protocol is known, or answers with an error.
        case kittyGraphics(Bool)
        /// XTVERSION: `DCS > | text ST`.
        case name(String)
        /// `CSI 0 n`: everything before the question has been processed.
        case ready
        /// Any other answer; known only so that it is swallowed.
        case other
    }

    private var pending: [UInt8] = []
    private var paste: [UInt8]?

    /// A paste longer than this is cut, 1 MiB: no prompt is that long, and an endless one must not fill the memory.
    private static let longestPaste = 1 << 20
    /// A sequence longer than this is not one: its bytes are dropped.
    private static let longestSequence = 4096

    public init() {}

    /// True while an escape may be a key by itself or the start of a sequence; then call `flush` after a moment.
    public var isWaiting: Bool { paste == nil && !pending.isEmpty }

    /// Takes `bytes` and returns what is complete.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Event] {
        pending.append(contentsOf: bytes)
        return parse(final: false)
    }

    /// Takes what waits as it is: a lone escape is the Esc key.
    public mutating func flush() -> [Event] {
        parse(final: true)
    }

    /// Takes the beginning of an answer that never ended for what it then was: the Esc key, and keys after it.
    public mutating func giveUp() -> [Event] {
        guard isWaiting, pending[0] == 0x1B else { return [] }
        pending.removeFirst()
        return [.key(Key(.escape))] + parse(final: true)
    }

    private mutating func parse(final: Bool) -> [Event] {
        var events: [Event] = []
        var position = 0
        while position < pending.count {
            if paste != nil {
                guard let next = takePaste(from: position, events: &events) else { return events }
                position = next
                continue
            }
            let byte = pending[position]
            if byte == 0x1B {
                switch escape(at: position, final: final) {
                case .incomplete:
                    if pending.count - position > Self.longestSequence {
                        pending.removeAll()
                    } else {
                        pending.removeFirst(position)
                    }
                    return events
                case .event(let event, let length):
                    if let event { events.append(event) }
                    position += length
                case .pasteStart(let length):
                    position += length
                    paste = []
                }
            } else {
                guard let length = Self.utf8Length(byte) else {
                    position += 1
                    continue
                }
                guard position + length <= pending.count else {
                    if final { break }
                    pending.removeFirst(position)
                    return events
                }
                if let key = Self.key(for: pending[position..<position + length]) { events.append(.key(key)) }
                position += length
            }
        }
        pending.removeAll()
        return events
    }

    /// Moves bytes into the paste up to its end mark; returns where to go on, or nil if more must come.
    private mutating func takePaste(from start: Int, events: inout [Event]) -> Int? {
        let mark: [UInt8] = Array("\u{1B}[201~".utf8)
        var position = start
        while position < pending.count {
            if pending[position] == 0x1B {
                let rest = pending[position...]
                if rest.starts(with: mark) {
                    events.append(.paste(String(decoding: paste ?? [], as: UTF8.self)))
                    paste = nil
                    return position + mark.count
                }
                if mark.starts(with: rest) { break }
            }
            if let count = paste?.count, count < Self.longestPaste { paste?.append(pending[position]) }
            position += 1
        }
        pending.removeFirst(position)
        return nil
    }

    private enum Escape {
        case incomplete
        case event(Event?, length: Int)
        case pasteStart(length: Int)
    }

    private func escape(at start: Int, final: Bool) -> Escape {
        let alone = Escape.event(.key(Key(.escape)), length: 1)
        guard start + 1 < pending.count else { return final ? alone : .incomplete }
        let second = pending[start + 1]
        switch second {
        case UInt8(ascii: "["):
            return controlSequence(at: start, final: final)
        case UInt8(ascii: "O"):
            guard start + 2 < pending.count else {
                return final ? .event(.key(.character("O", .alt)), length: 2) : .incomplete
            }
            return .event(Self.cursorKey(pending[start + 2], modifiers: []).map(Event.key), length: 3)
        case UInt8(ascii: "P"), UInt8(ascii: "]"), UInt8(ascii: "_"):
            if start + 2 < pending.count, !Self.begins(string: second, with: pending[start + 2]) { return alone }
            return stringSequence(at: start, final: final)
        case 0x1B:
            return alone
        default:
            guard let length = Self.utf8Length(second) else { return .event(nil, length: 2) }
            guard start + 1 + length <= pending.count else { return final ? alone : .incomplete }
            guard var key = Self.key(for: pending[start + 1..<start + 1 + length]) else { return .event(nil, length: 1 + length) }
            key.modifiers.insert(.alt)
            return .event(.key(key), length: 1 + length)
        }
    }

    /// DCS, OSC and their like: swallowed to their terminator.
    private func stringSequence(at start: Int, final: Bool) -> Escape {
        var position = start + 2
        while position < pending.count {
            if pending[position] == 0x07 { return .event(.reply(.other), length: position + 1 - start) }
            if pending[position] == 0x1B {
                guard position + 1 < pending.count else { break }
                if pending[position + 1] == UInt8(ascii: "\\") {
                    return .event(.reply(Self.reply(inString: pending[(start + 1)..<position])), length: position + 2 - start)
                }
            }
            position += 1
        }
        guard final, pending.count == start + 2 else { return .incomplete }
        return .event(.key(.character(Character(Unicode.Scalar(pending[start + 1])), .alt)), length: 2)
    }

    /// Whether a terminal's answer of this kind can begin with `byte`. If not, it was the Esc key and a letter in one packet, and
    /// waiting for the end of such a string would swallow every key from there on.
    private static func begins(string introducer: UInt8, with byte: UInt8) -> Bool {
        switch introducer {
        case UInt8(ascii: "_"): byte == UInt8(ascii: "G")
        case UInt8(ascii: "P"): ">!+$".utf8.contains(byte) || (0x30...0x39).contains(byte)
        default: (0x30...0x39).contains(byte) || "lLI".utf8.contains(byte)
        }
    }

    /// What a string sequence says, from its introducer on.
    private static func reply(inString bytes: ArraySlice<UInt8>) -> Reply {
        let text = String(decoding: bytes, as: UTF8.self)
        if text.hasPrefix("P>|") { return .name(String(DisplayText.sanitised(String(text.dropFirst(3))).prefix(60))) }
        if text.hasPrefix("_G") { return .kittyGraphics(text.hasSuffix(";OK")) }
        return .other
    }

    private func controlSequence(at start: Int, final: Bool) -> Escape {
        var position = start + 2
        while position < pending.count, (0x20...0x3F).contains(pending[position]) { position += 1 }
        guard position < pending.count else {
            if final, pending.count == start + 2 { return .event(.key(.character("[", .alt)), length: 2) }
            // A sequence that stops half-way is a broken line, not keys: it is dropped.
            return final ? .event(nil, length: pending.count - start) : .incomplete
        }
        let length = position + 1 - start
        var body = pending[start + 2..<position]
        let terminator = pending[position]
        var mark: UInt8?
        if let first = body.first, (0x3C...0x3F).contains(first) {
            mark = first
            body = body.dropFirst()
        }
        let intermediates = body.filter { (0x20...0x2F).contains($0) }
        let numbers = body.filter { !(0x20...0x2F).contains($0) }.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }

        if mark == nil, terminator == UInt8(ascii: "~"), numbers.first == 200 { return .pasteStart(length: length) }
        return .event(Self.event(mark: mark, numbers: numbers, intermediates: intermediates, terminator: terminator), length: length)
    }

    private static func event(mark: UInt8?, numbers: [Int], intermediates: [UInt8], terminator: UInt8) -> Event? {
        let first = numbers.first ?? 0
        let modifiers = modifiers(numbers.count > 1 ? numbers[1] : 1)
        switch (mark, terminator) {
        case (UInt8(ascii: "?"), UInt8(ascii: "c")):
            return .reply(.deviceAttributes(numbers))
        case (UInt8(ascii: "?"), UInt8(ascii: "S")) where numbers.count >= 2:
            return .reply(.graphics(item: first, status: numbers[1], values: Array(numbers.dropFirst(2))))
        case (UInt8(ascii: "?"), UInt8(ascii: "y")) where intermediates == [UInt8(ascii: "$")] && numbers.count >= 2:
            return .reply(.mode(first, setting: numbers[1]))
        case (nil, UInt8(ascii: "t")):
            if first == 6, numbers.count == 3 { return .reply(.cellSize(width: numbers[2], height: numbers[1])) }
            return .reply(.other)
        case (nil, UInt8(ascii: "n")):
            return .reply(first == 0 ? .ready : .other)
        case (UInt8(ascii: "<"), UInt8(ascii: "M")) where numbers.count == 3:
            let place = (row: numbers[2] - 1, column: numbers[1] - 1)
            switch first & ~0x1C {
            case 0: return .mouse(Mouse(kind: .press, row: place.row, column: place.column))
            case 32: return .mouse(Mouse(kind: .drag, row: place.row, column: place.column))
            case 64: return .mouse(Mouse(kind: .wheelUp, row: place.row, column: place.column))
            case 65: return .mouse(Mouse(kind: .wheelDown, row: place.row, column: place.column))
            default: return nil
            }
        case (.some, _):
            return .reply(.other)
        case (nil, UInt8(ascii: "I")): return .focus(true)
        case (nil, UInt8(ascii: "O")): return .focus(false)
        case (nil, UInt8(ascii: "Z")): return .key(Key(.tab, .shift))
        case (nil, UInt8(ascii: "~")):
            return tildeKey(first, modifiers: modifiers).map(Event.key)
        case (nil, UInt8(ascii: "u")):
            guard let scalar = UInt32(exactly: first).flatMap(Unicode.Scalar.init) else { return nil }
            return key(for: ArraySlice(String(Character(scalar)).utf8)).map { .key(Key($0.code, $0.modifiers.union(modifiers))) }
        default:
            return cursorKey(terminator, modifiers: modifiers).map(Event.key)
        }
    }

    private static func modifiers(_ parameter: Int) -> Key.Modifiers {
        let bits = max(0, parameter - 1)
        var result: Key.Modifiers = []
        if bits & 1 != 0 { result.insert(.shift) }
        if bits & 2 != 0 { result.insert(.alt) }
        if bits & 4 != 0 { result.insert(.control) }
        return result
    }

    private static func cursorKey(_ byte: UInt8, modifiers: Key.Modifiers) -> Key? {
        switch byte {
        case UInt8(ascii: "A"): Key(.up, modifiers)
        case UInt8(ascii: "B"): Key(.down, modifiers)
        case UInt8(ascii: "C"): Key(.right, modifiers)
        case UInt8(ascii: "D"): Key(.left, modifiers)
        case UInt8(ascii: "H"): Key(.home, modifiers)
        case UInt8(ascii: "F"): Key(.end, modifiers)
        case UInt8(ascii: "M"): Key(.enter, modifiers)
        case UInt8(ascii: "P"): Key(.function(1), modifiers)
        case UInt8(ascii: "Q"): Key(.function(2), modifiers)
        case UInt8(ascii: "R"): Key(.function(3), modifiers)
        case UInt8(ascii: "S"): Key(.function(4), modifiers)
        default: nil
        }
    }

    private static func tildeKey(_ number: Int, modifiers: Key.Modifiers) -> Key? {
        switch number {
        case 1, 7: Key(.home, modifiers)
        case 2: Key(.insert, modifiers)
        case 3: Key(.delete, modifiers)
        case 4, 8: Key(.end, modifiers)
        case 5: Key(.pageUp, modifiers)
        case 6: Key(.pageDown, modifiers)
        case 11...15: Key(.function(number - 10), modifiers)
        case 17...21: Key(.function(number - 11), modifiers)
        case 23, 24: Key(.function(number - 12), modifiers)
        default: nil
        }
    }

    private static func utf8Length(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x00...0x7F: 1
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }

    /// The key for one encoded character; nil for bytes that are not UTF-8.
    private static func key(for bytes: ArraySlice<UInt8>) -> Key? {
        guard let byte = bytes.first else { return nil }
        if bytes.count == 1 {
            switch byte {
            case 0x0D, 0x0A: return byte == 0x0D ? Key(.enter) : .control("j")
            case 0x09: return Key(.tab)
            case 0x7F, 0x08: return Key(.backspace)
            case 0x1B: return Key(.escape)
            case 0x00: return .control(" ")
            case 0x01...0x1A: return .control(Character(Unicode.Scalar(byte + 0x60)))
            case 0x1C...0x1F: return .control(Character(Unicode.Scalar(byte + 0x40)))
            default: return .character(Character(Unicode.Scalar(byte)))
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self), let character = text.first else { return nil }
        if let scalar = character.unicodeScalars.first, scalar.properties.generalCategory == .control { return nil }
        return .character(character)
    }
}
