import Foundation
import Testing

@testable import Studio

@Suite("Prompts from slots, presets and a library")
struct PromptTests {
    private var resources: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sources/Studio/Resources")
    }

    @Test("What ships can be read: presets for every trade and season, phrases for every slot in both languages")
    func shipped() {
        let shelf = PromptShelf(folders: [resources])
        #expect(shelf.problems.isEmpty)
        #expect(shelf.presets.count >= 14)
        for word in ["Fashion", "Interiors", "Food", "Education", "Cosmetics", "Electronics", "Spring", "Summer", "Autumn", "Winter"] {
            #expect(shelf.presets.contains { $0.name.hasPrefix(word) }, "no preset for \(word)")
        }
        for preset in shelf.presets {
            #expect(!preset.slots.prompt.isEmpty && !preset.nameJapanese.isEmpty)
            // Every phrase is one that the library offers too.
            for slot in PromptSlots.Slot.allCases where !preset.slots[slot].isEmpty {
                #expect(shelf.library.slot(of: preset.slots[slot]) == slot, "\(preset.id): \(preset.slots[slot])")
            }
        }
        for slot in PromptSlots.Slot.allCases {
            let phrases = shelf.library.phrases[slot] ?? []
            #expect(phrases.count >= 10)
            #expect(phrases.allSatisfy { !$0.japanese.isEmpty })
        }
    }

    @Test("A prompt goes into slots and comes out the same, in either language")
    func roundTrip() {
        let library = PromptShelf(folders: [resources]).library
        let english = "on a white marble table, with flowers, blush pink background, golden hour sunlight, long shadows, warm tones"
        var slots = PromptSlots(parsing: english, library: library)
        #expect(slots[.subject] == "on a white marble table")
        #expect(slots[.light] == "golden hour sunlight, long shadows")
        #expect(slots.prompt == english)
        slots[.detail] = ""
        #expect(!slots.prompt.contains(", ,"))
        let japanese = "新雪の上、松の枝を添えて、ぼけた森、曇り空の柔らかい光"
        #expect(PromptSlots(parsing: japanese, library: library).prompt == japanese)
        #expect(PromptSlots(parsing: "my own words, and more", library: library)[.subject] == "my own words")
    }

    @Test("A preset fills what it names and leaves the rest")
    func preset() throws {
        let preset = try PromptPreset(parsing: "name = X\nlight = neon\nnegative = text\n", id: "x", path: "x")
        var slots = PromptSlots()
        slots[.subject] = "on slate"
        slots[.light] = "sun"
        #expect(slots.applying(preset).prompt == "on slate, neon")
        #expect(preset.negativePrompt == "text" && preset.group == "own")
    }

    @Test("Completion offers phrases that begin so, then those with such a word, the catalogue's own first")
    func completion() {
        let library = PromptShelf(folders: [resources]).library
        let offers = library.completions(of: "soft w", own: ["soft wool cloth"])
        #expect(offers.first == "soft wool cloth")
        #expect(offers.contains("soft window light from the left"))
        #expect(library.completions(of: "marble").contains("on a white marble table"))
        #expect(library.completions(of: "松").first == "松の枝を添えて")
        #expect(library.completions(of: "").isEmpty)
        #expect(!library.completions(of: "minimal").contains("minimal"), "what stands there already is no offer")
    }

    @Test("A wrong line is named with file and number; the user's files come over ours, and one bad file takes nothing away")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("backdrop-prompts-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder.appendingPathComponent("presets"), withIntermediateDirectories: true)
        func write(_ text: String, _ name: String) throws {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        try write("name = Mine\nsubject = on my desk\n", "presets/cosmetics-marble.preset")
        try write("name = Bad\nlihgt = neon\n", "presets/bad.preset")
        try write("[light]\nby torchlight | 松明の光\n", "prompt-library.txt")
        let shelf = PromptShelf(folders: [resources, folder])
        #expect(shelf.presets.first { $0.id == "cosmetics-marble" }?.name == "Mine")
        #expect(shelf.library.completions(of: "by torch") == ["by torchlight"])
        #expect(shelf.problems.count == 1)
        #expect(shelf.problems.first?.contains("bad.preset is wrong in line 2") == true)
    }

    @Test("The history holds what was painted, the latest first and each once")
    func history() {
        var state = StudioState(
            catalogueName: "spring", model: ModelInfo(name: "m", nativeSize: 64, fingerprint: "", parameterCount: 0, readiness: .described))
        var candidates: [CandidateItem] = []
        for (id, prompt) in [(1, "on oak"), (2, "on slate"), (3, "on oak"), (4, "")] {
            candidates.append(
                CandidateItem(
                    key: .stored(CandidateID(id)), productID: 1, number: id, progress: .finished, seed: 1,
                    summary: CandidateSummary(
                        settings: .init(
                            prompt: prompt, steps: 1, guidance: 1, seed: 1, sampler: "ddim", aspect: .square, width: 8, height: 8,
                            modelName: "m", modelFingerprint: "", engineVersion: "1"), seconds: 1, fileName: "")))
        }
        state.apply(.catalogueChanged(CatalogueView(candidates: [1: candidates])))
        #expect(state.promptHistory == ["on oak", "on slate"])
        state.remember("on slate")
        #expect(state.promptHistory == ["on slate", "on oak"])
    }

    @Test("What the model understands of the words follows them, and is silent where it does not paint by them")
    func reading() throws {
        let session = try TestCatalogue().session(.success(.test()), isInteractive: true)
        func terms() -> [String]? { session.state.promptReading?.terms.map(\.english) }
        #expect(terms() == nil)
        session.perform(.setPrompt("on an oak table, with lemons"))
        #expect(terms() == ["wood", "lemon"])
        session.perform(.setPrompt("award winning"))
        #expect(terms() == [])
        session.perform(.setParameter(.layout(.off)))
        #expect(terms() == nil)
    }
}
