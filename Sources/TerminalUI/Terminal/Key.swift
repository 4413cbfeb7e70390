/// One key press, as a terminal can report it.
public struct Key: Hashable, Sendable {
    public var code: Code
    public var modifiers: Modifiers

    public init(_ code: Code, _ modifiers: Modifiers = []) {
        self.code = code
        self.modifiers = modifiers
    }

    /// A key that types `character`.
    public static func character(_ character: Character, _ modifiers: Modifiers = []) -> Key {
        Key(.character(character), modifiers)
    }

    /// Ctrl and a letter.
    public static func control(_ letter: Character) -> Key { Key(.character(letter), .control) }

    /// What was pressed.
    public enum Code: Hashable, Sendable {
        case character(Character)
        case enter, escape, tab, backspace, delete, insert
        case up, down, left, right, home, end, pageUp, pageDown
        case function(Int)
    }

    /// What was held.
    public struct Modifiers: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        public static let shift = Modifiers(rawValue: 1)
        public static let alt = Modifiers(rawValue: 2)
        public static let control = Modifiers(rawValue: 4)
    }

    /// The character that the key types into a text, if it does.
    public var typed: Character? {
        if case .character(let character) = code, modifiers.isDisjoint(with: [.control, .alt]) { return character }
        return nil
    }

    /// How hints and help write the key.
    public var label: String {
        var label = ""
        if modifiers.contains(.control) { label += "Ctrl-" }
        if modifiers.contains(.alt) { label += "Alt-" }
        if modifiers.contains(.shift) { label += "Shift-" }
        switch code {
        case .character(" "): label += "Space"
        // What terminals send for Ctrl and the slash, too; easier to find, and an underscore is lost at the bottom of the screen.
        case .character("_") where modifiers.contains(.control): label += "/"
        case .character(let character): label += modifiers.contains(.control) ? character.uppercased() : String(character)
        case .enter: label += "Enter"
        case .escape: label += "Esc"
        case .tab: label += "Tab"
        case .backspace: label += "Backspace"
        case .delete: label += "Del"
        case .insert: label += "Ins"
        case .up: label += "↑"
        case .down: label += "↓"
        case .left: label += "←"
        case .right: label += "→"
        case .home: label += "Home"
        case .end: label += "End"
        case .pageUp: label += "PgUp"
        case .pageDown: label += "PgDn"
        case .function(let number): label += "F\(number)"
        }
        return label
    }
}
