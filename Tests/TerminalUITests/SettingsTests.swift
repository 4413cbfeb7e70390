import Foundation
import Testing

@testable import TerminalUI

@Suite("The user's own files")
struct SettingsTests {
    @Test("Settings are lines of name and value; what is wrong is named with its line")
    func settings() throws {
        let read = try Settings(parsing: "# mine\ntheme = light\npictures = kitty\nlanguage = ja\nhang-up = stop\nbell = off\n", path: "s")
        #expect(read.theme == "light" && read.pictures == .kitty && read.language == .japanese && read.hangUp == .stop && !read.bell)
        #expect(Settings().hangUp == .keep && Settings().bell)
        for (text, words) in [
            ("hang-up = maybe", "line 1: “maybe” is none of keep, stop"), ("\ncolour = red", "line 2: “colour” is none of"),
            ("theme", "line 1: expected"),
        ] {
            let problem = #expect(throws: Settings.Problem.self) { try Settings(parsing: text, path: "s") }
            #expect(problem?.description.contains(words) == true, "\(problem?.description ?? "")")
        }
    }

    @Test("A keymap file changes keys everywhere or in one pane, and help follows")
    func keymap() throws {
        let changed = try Keymap.standard.changed(by: "approve = w Enter\n# no\ntasks.cancel = D\nzoom = F5\n", path: "k")
        #expect(changed.action(for: .character("w"), in: .tasks) == .approve)
        #expect(changed.action(for: .character("p"), in: .tasks) == nil)
        #expect(changed.action(for: .character("D"), in: .tasks) == .cancel)
        #expect(changed.action(for: .control("c"), in: .products) == .cancel, "the pane's line changed the general key")
        #expect(changed.label(for: .zoom) == "F5")
        #expect(HelpText.entries(changed).contains(.key("w Enter", "Approve, and go to the next open candidate")))
    }

    @Test("A keymap that cannot work says why and where")
    func badKeymap() {
        for (text, words) in [
            ("aprove = a", "line 1: “aprove” is no action"), ("approve = Hyper-x", "line 1: “Hyper-x” is no key"),
            ("approve = x", "x is reject already"), ("attic.approve = a", "“attic” is no pane"), ("approve =", "expected “action = keys”"),
        ] {
            let problem = #expect(throws: KeymapError.self) { try Keymap.standard.changed(by: text, path: "k") }
            #expect(problem?.description.contains(words) == true, "\(text): \(problem?.description ?? "no error")")
        }
    }

    @Test("Every key's label names that key again")
    func labels() {
        for key in Keymap.standard.bindings.flatMap(\.keys) + Keymap.compose.flatMap(\.keys)
            + Keymap.standard.editorBindings.flatMap(\.keys)
        {
            #expect(Key(label: key.label) == key, "\(key.label)")
        }
    }

    @Test("A theme that is edited while it is in use shows at once, and a broken one says so and changes nothing")
    func liveTheme() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("backdrop-\(UUID().uuidString).theme")
        defer { try? FileManager.default.removeItem(at: file) }
        func write(_ text: String, age: Double) throws {
            try Data(text.utf8).write(to: file)
            try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: age)], ofItemAtPath: file.path)
        }
        try write("name = One\ntext = #111111 on #eeeeee\n", age: -20)
        let keeper = try ThemeKeeper(named: file.path, orElse: [])
        #expect(keeper.theme.name == "One" && !keeper.reload())
        try write("name = Two\ntext = #222222 on #eeeeee\n", age: -10)
        #expect(keeper.reload() && keeper.theme.name == "Two" && keeper.problem == nil)
        try write("name = Three\ntext = purplish\n", age: -5)
        #expect(keeper.reload() && keeper.theme.name == "Two" && keeper.problem?.contains("line 2") == true)
        #expect(throws: ThemeError.self) { try ThemeKeeper(named: "no-such-theme", orElse: []) }
        #expect(try ThemeKeeper(named: nil, orElse: ["no-such-theme"]).name == "dark")
    }

    @Test("The user's editor changes the text; one that fails leaves it")
    func editor() throws {
        #expect(try ExternalEditor.edit("moss", command: "sed -i s/moss/snow/").get() == "snow")
        #expect(throws: ExternalEditor.Failure.self) { try ExternalEditor.edit("moss", command: "no-such-editor 2>/dev/null").get() }
        #expect(throws: ExternalEditor.Failure.self) { try ExternalEditor.edit("moss", command: "false").get() }
        #expect(ExternalEditor.command(["EDITOR": "nano", "VISUAL": ""]) == "nano")
    }
}
