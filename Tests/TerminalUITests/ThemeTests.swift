import Foundation
import Testing

@testable import TerminalUI

@Suite("Themes")
struct ThemeTests {
    static let files: [URL] = {
        let folder = Workbench.root.appendingPathComponent("themes")
        let all = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return all.filter { $0.pathExtension == "theme" }.sorted { $0.path < $1.path }
    }()

    @Test("There are enough to choose from, and each can be named on the command line")
    func bundled() throws {
        #expect(Self.files.count >= 6)
        for file in Self.files {
            let name = file.deletingPathExtension().lastPathComponent
            #expect(try Theme.load(named: name) == Theme(contentsOf: file))
        }
    }

    @Test("What is built in is the dark theme's file")
    func builtIn() throws {
        #expect(try Theme(contentsOf: Workbench.root.appendingPathComponent("themes/dark.theme")) == .builtIn)
    }

    @Test("Text can be read on its ground, also after colours were rounded to 256 and the chosen line is marked", arguments: files)
    func contrast(file: URL) throws {
        let theme = try Theme(contentsOf: file)
        for role in Theme.Role.allCases where role != .rule {
            for ground in [Theme.Role.text, .selection, .quietSelection] {
                let (text, back) = (theme[role].foreground, theme[ground].background)
                guard case .rgb = text, case .rgb = back else { continue }
                let needed = role == .muted || ground != .text ? 2.4 : 3.8
                #expect(Self.contrast(text, back) >= needed, "\(role.rawValue) on \(ground.rawValue): \(Self.contrast(text, back))")
            }
        }
        #expect(theme[.selection] != theme[.text], "the chosen line looks like any other")
        #expect(theme[.accent] != theme[.title], "the focus cannot be seen")
    }

    /// WCAG 2.1's contrast ratio, 1...21.
    private static func contrast(_ one: Colour, _ other: Colour) -> Double {
        func luminance(_ colour: Colour) -> Double {
            guard case .rgb(let red, let green, let blue) = colour else { return 0 }
            func linear(_ value: UInt8) -> Double {
                let share = Double(value) / 255
                return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
            }
            return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        }
        let (bright, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (bright + 0.05) / (dark + 0.05)
    }

    @Test("A mistake in a file is named with its line")
    func mistakes() {
        for (text, line) in [("text = #12345", 1), ("name = X\nink = #ffffff", 2), ("text = #ffffff blink", 1), ("\n\nnonsense", 3)] {
            let error = #expect(throws: ThemeError.self) { try Theme(parsing: text, path: "my.theme") }
            #expect(error?.description.contains("line \(line)") == true)
        }
        #expect(throws: ThemeError.self) { try Theme.load(named: "no-such-theme") }
    }

    @Test("Without colours nothing has any, and what only colour told apart is told otherwise")
    func withoutColours() {
        let plain = Theme.builtIn.withoutColours
        for role in Theme.Role.allCases { #expect(plain[role].foreground == .standard && plain[role].background == .standard) }
        #expect(plain[.selection] != plain[.text] && plain[.accent] != plain[.muted])
    }
}
