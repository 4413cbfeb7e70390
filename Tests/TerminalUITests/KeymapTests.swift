import Testing

@testable import TerminalUI

@Suite("Keys")
struct KeymapTests {
    private let keymap = Keymap.standard

    @Test("No key means two things in one place")
    func unambiguous() {
        let scopes: [Keymap.Scope] = [.everywhere] + Pane.allCases.map(Keymap.Scope.pane)
        for scope in scopes {
            var seen: [Key: Action] = [:]
            for binding in keymap.bindings where binding.scopes.contains(scope) {
                for key in binding.keys {
                    #expect(seen[key] == nil, "\(key.label) is \(binding.action) and \(seen[key].map { "\($0)" } ?? "") in \(scope)")
                    seen[key] = binding.action
                }
            }
        }
        var operations: Set<Key> = []
        for binding in keymap.editorBindings {
            for key in binding.keys { #expect(operations.insert(key).inserted, "\(key.label) edits in two ways") }
        }
        for key in Keymap.compose.flatMap(\.keys) { #expect(operations.insert(key).inserted, "\(key.label) edits in two ways") }
        #expect(Set(Keymap.compose.map(\.action)) == Set(ComposeAction.allCases))
    }

    @Test("Every action has a key, and every key leads to its action where it says so")
    func reachable() {
        for action in Action.allCases {
            #expect(keymap.bindings.contains { $0.action == action && !$0.keys.isEmpty }, "\(action) has no key")
        }
        for binding in keymap.bindings {
            let panes = Pane.allCases.filter { binding.scopes.contains(.pane($0)) }
            for key in binding.keys {
                for pane in panes { #expect(keymap.action(for: key, in: pane) == binding.action) }
                if panes.isEmpty {
                    #expect(
                        Pane.allCases.contains { keymap.action(for: key, in: $0) == binding.action }, "\(key.label) is hidden everywhere")
                }
            }
        }
    }

    @Test("Help lists every binding with its keys and its sentence, made from the same table")
    func help() {
        let lines = HelpText.entries(keymap).compactMap { entry -> String? in
            if case .key(let keys, let text) = entry { "\(keys): \(text)" } else { nil }
        }
        for binding in keymap.bindings { #expect(lines.contains("\(binding.label): \(binding.title)")) }
        for binding in keymap.editorBindings { #expect(lines.contains("\(binding.label): \(binding.title)")) }
    }

    @Test("A pane's own hints come first, and help is always among them")
    func hints() {
        for pane in Pane.allCases {
            let hints = keymap.hints(for: pane)
            #expect(hints.last?.action == .help)
            let own = hints.prefix { $0.scopes.contains(.pane(pane)) }
            #expect(!hints.dropFirst(own.count).contains { $0.scopes.contains(.pane(pane)) })
            for hint in hints {
                guard let key = hint.keys.first else { continue }
                #expect(keymap.action(for: key, in: pane) == hint.action, "the hint \(key.label) is wrong in \(pane)")
            }
        }
    }

    @Test("Decisions are made with the keys that photographers use")
    func review() {
        for pane in Pane.allCases where !pane.isEditor {
            #expect(keymap.action(for: .character("p"), in: pane) == .approve)
            #expect(keymap.action(for: .character("x"), in: pane) == .reject)
            #expect(keymap.action(for: .character("u"), in: pane) == .undo)
        }
    }
}
