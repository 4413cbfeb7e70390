import Catalogue
import Diffusion
import Foundation
import Imaging
import Studio
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

    @Test(
        "What the lower rooms say comes in Japanese with its names and numbers",
        arguments: [
            CatalogueError.noCatalogue(folder: "/f") as any Error, CatalogueError.folderUnusable(path: "/f", reason: "r"),
            CatalogueError.readOnly(path: "/f"), CatalogueError.diskFull(path: "/f"), CatalogueError.locked(path: "/f"),
            CatalogueError.damaged(path: "/f", detail: "r"), CatalogueError.tooNew(path: "/f"), CatalogueError.unknownProduct("/f"),
            CatalogueError.unknownReference("/f"), CatalogueError.unknownCandidate("/f"), CatalogueError.unknownJob(7),
            StudioError.noDescriptor(reason: "r"), StudioError.noModel, StudioError.notFinished, StudioError.referenceGone(name: "/f"),
            StudioError.productChanged(name: "/f", difference: 3), StudioError.unknownSampler(name: "/f"),
            StudioError.productGone(name: "/f"), Imaging.PictureError.unreadable(file: "/f", reason: "r"),
            Imaging.PictureError.empty(file: "/f"), Imaging.PictureError.unknownFormat(file: "/f", looksLike: "a WebP"),
            Imaging.PictureError.tooLarge(file: "/f", width: 99_999, height: 8),
            Imaging.PictureError.damaged(file: "/f", format: .png, reason: "r"),
            Imaging.PictureError.notWritten(file: "/f", reason: "r"), ModelError.missingFolder(path: "/f"),
            ModelError.missingFile(path: "/f", advice: "r"), ModelError.pickledWeights(path: "/f"),
            ModelError.corruptWeights(path: "/f", tensor: "t", problem: "r"),
            ModelError.corruptWeights(path: "/f", tensor: nil, problem: "r"),
            ModelError.missingTensor(path: "/f", tensor: "t"),
            ModelError.wrongShape(path: "/f", tensor: "t", expected: [1, 2], found: [3]), ModelError.notFinite(path: "/f", tensor: "t"),
        ])
    func errors(error: any Error) {
        let english = "\(error)"
        let japanese = Language.japanese.message(english)
        #expect(japanese.contains { "ぁ"..."ん" ~= $0 }, "“\(english)” stays “\(japanese)”")
        for value in ["/f", "(3)", "99999", "[1, 2]", "WebP"] where english.contains(value) { #expect(japanese.contains(value)) }
        #expect(Language.english.message(english) == english)
    }

    @Test("What came of an import is said in Japanese, part by part; what nobody knows stays as it is")
    func reports() {
        #expect(Language.japanese.message("3 imported, 2 already here") == "3点取り込みました、2点は取り込み済み")
        #expect(Language.japanese.message("1 imported, 1 refused: a.png: is empty (0 bytes). Copy the picture again.").contains("空です"))
        #expect(Language.japanese.message("something, else") == "something, else")
    }

    @Test("The locale chooses the language")
    func locale() {
        #expect(Language.preferred(environment: ["LANG": "ja_JP.UTF-8"]) == .japanese)
        #expect(Language.preferred(environment: ["LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"]) == .english)
        #expect(Language.preferred(environment: [:]) == .english)
    }
}
