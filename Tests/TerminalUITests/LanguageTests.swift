import Foundation
import Testing

@testable import TerminalUI

@Suite("The screen in two languages")
struct LanguageTests {
    @Test("Every sentence that the screen says has a Japanese one with the same places to fill")
    func complete() throws {
        let folder = Workbench.root.appendingPathComponent("Sources/TerminalUI")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var sentences = Set(Keymap.standard.bindings.flatMap { [$0.title, $0.hint].compactMap { $0 } })
        sentences.formUnion(Keymap.standard.editorBindings.map(\.title) + Keymap.compose.map(\.title) + Pane.allCases.map(\.title))
        sentences.formUnion(ParameterRow.allCases.map(\.title) + TourStep.allCases.map(\.title))
        sentences.formUnion(ProductSelection.Filter.allCases.map(\.rawValue) + ProductSelection.Order.allCases.map(\.rawValue))
        let call = try Regex(#"(?:say|language)\("((?:[^"\\]|\\")+)""#)
        for case let file as URL in files where file.pathExtension == "swift" {
            for match in try String(contentsOf: file, encoding: .utf8).matches(of: call) {
                let sentence = String(match.output[1].substring ?? "")
                if !sentence.contains("\\(") { sentences.insert(sentence) }
            }
        }
        #expect(sentences.count > 250)
        for sentence in sentences.sorted() {
            guard let japanese = Japanese.words[sentence] else {
                Issue.record("no Japanese for “\(sentence)”")
                continue
            }
            #expect(places(in: japanese) == places(in: sentence), "“\(sentence)” and “\(japanese)” have not the same places")
        }
    }

    private func places(in text: String) -> Int { text.filter { $0 == "{" }.count }

    @Test("Sentences are filled in order, or by number")
    func filling() {
        #expect(Language.english("{} of {}: {}", 1, 5, "x") == "1 of 5: x")
        #expect(Language.english("no such {2} {1}", "a", "b") == "no such b a")
        #expect(Language.japanese("{} left", "3") == "残り3")
        #expect(Language.japanese("never said") == "never said")
    }

    @Test("The locale chooses the language")
    func locale() {
        #expect(Language.preferred(environment: ["LANG": "ja_JP.UTF-8"]) == .japanese)
        #expect(Language.preferred(environment: ["LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"]) == .english)
        #expect(Language.preferred(environment: [:]) == .english)
    }
}
