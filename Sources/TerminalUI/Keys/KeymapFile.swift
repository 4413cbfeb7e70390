import Foundation
import Studio

/// Why a keymap file cannot be used.
public enum KeymapError: Error, Equatable, CustomStringConvertible, LocalizedError {
    case unreadable(path: String)
    case badLine(path: String, line: Int, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let path): "The keymap \(path) cannot be read as UTF-8 text: save it as UTF-8, or remove it."
        case .badLine(let path, let line, let reason): "The keymap \(path) is wrong in line \(line): \(reason)."
        }
    }

    public var errorDescription: String? { description }
}

extension Keymap {
    /// The standard keys with those of the user's file `keys` over them.
    /// - Throws: `KeymapError`.
    static func load(configuration: URL? = Configuration.folder()) throws -> Keymap {
        guard let file = configuration?.appendingPathComponent("keys"), FileManager.default.fileExists(atPath: file.path) else {
            return .standard
        }
        guard let data = try? Data(contentsOf: file), let text = String(data: data, encoding: .utf8) else {
            throw KeymapError.unreadable(path: file.path)
        }
        return try Keymap.standard.changed(by: text, path: file.path)
    }

    /// This table with other keys. Each line reads `action = key key …`; for an action that panes have keys of their own for,
    /// `pane.action = …` changes those, and `action = …` the ones that hold everywhere. A key that is taken from another action must
    /// be given up there: two meanings in one place are an error.
    /// - Throws: `KeymapError.badLine`.
    func changed(by text: String, path: String) throws -> Keymap {
        var changed = bindings
        var lines: [Int: Int] = [:]
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = raw.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            func bad(_ reason: String) -> KeymapError { .badLine(path: path, line: index + 1, reason: reason) }
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else { throw bad("expected “action = keys”") }
            let words = parts[0].split(separator: ".").map(String.init)
            guard let name = words.last, let action = Action(rawValue: name) else { throw bad("“\(parts[0])” is no action") }
            var pane: Pane?
            if words.count > 1 {
                pane = Pane.allCases.first { "\($0)" == words[0] }
                guard pane != nil else { throw bad("“\(words[0])” is no pane") }
            }
            let keys = try parts[1].split(separator: " ").map { word in
                guard let key = Key(label: String(word)) else {
                    throw bad("“\(word)” is no key such as g, Ctrl-G, Alt-x, F5, Space or Enter")
                }
                return key
            }
            guard !keys.isEmpty else { throw bad("an action needs a key") }
            let place = changed.firstIndex { binding in
                binding.action == action && (pane.map { binding.scopes.contains(.pane($0)) } ?? binding.scopes.contains(.everywhere))
            }
            guard let place = place ?? (pane == nil ? changed.firstIndex { $0.action == action } : nil) else {
                throw bad("\(action.rawValue) has no key in \(words[0])")
            }
            changed[place] = changed[place].with(keys)
            lines[place] = index + 1
        }
        for place in lines.keys.sorted() {
            let binding = changed[place]
            for (other, rival) in changed.enumerated() where other != place && !Set(rival.scopes).isDisjoint(with: binding.scopes) {
                if let key = binding.keys.first(where: rival.keys.contains) {
                    throw KeymapError.badLine(
                        path: path, line: lines[place] ?? 0,
                        reason: "\(key.label) is \(rival.action.rawValue) already: give that other keys first")
                }
            }
        }
        return Keymap(bindings: changed, editorBindings: editorBindings, brushBindings: brushBindings)
    }
}

extension Keymap.Binding {
    /// The same with other keys.
    fileprivate func with(_ keys: [Key]) -> Self {
        Self(action: action, keys: keys, scopes: scopes, hint: hint, title: title)
    }
}

extension Key {
    /// The key that a label names: the opposite of `label`, with words for the arrows.
    init?(label: String) {
        var rest = Substring(label)
        var modifiers: Modifiers = []
        let prefixes: [(String, Modifiers)] = [("Ctrl-", .control), ("Alt-", .alt), ("Shift-", .shift)]
        var goesOn = true
        while goesOn {
            goesOn = false
            for (prefix, modifier) in prefixes where rest.hasPrefix(prefix) && rest.count > prefix.count {
                rest = rest.dropFirst(prefix.count)
                modifiers.insert(modifier)
                goesOn = true
            }
        }
        let named: [String: Code] = [
            "Space": .character(" "), "Enter": .enter, "Esc": .escape, "Tab": .tab, "Backspace": .backspace, "Del": .delete, "Ins": .insert,
            "Up": .up, "Down": .down, "Left": .left, "Right": .right, "↑": .up, "↓": .down, "←": .left, "→": .right, "Home": .home,
            "End": .end, "PgUp": .pageUp, "PgDn": .pageDown,
        ]
        if let code = named[String(rest)] {
            self.init(code, modifiers)
        } else if rest.count > 1, rest.hasPrefix("F"), let number = Int(rest.dropFirst()), (1...12).contains(number) {
            self.init(.function(number), modifiers)
        } else if rest.count == 1, let character = rest.first {
            let isControl = modifiers.contains(.control)
            let code = isControl && character == "/" ? "_" : isControl ? Character(character.lowercased()) : character
            self.init(.character(code), modifiers)
        } else {
            return nil
        }
    }
}
