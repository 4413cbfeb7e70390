import Foundation
import Tensor
import Testing

@testable import Diffusion

@Suite("Prompts")
struct PromptTests {
    private let tokenizer: CLIPTokenizer
    private let encoder: PromptEncoder
    private let model: FamilyModel

    init() throws {
        model = try FamilyModel("prompts")
        let blueprint = try ModelBlueprint(directory: Golden.tinyModel)
        tokenizer = try blueprint.makeTokenizer(.tokenizer)
        let text = try CLIPTextModel(Weights(blueprint.openWeights(.textEncoder), cancellation: nil), blueprint.textEncoder)
        encoder = try PromptEncoder(
            [PromptEncoder.Branch(component: .textEncoder, tokenizer: tokenizer, model: text)],
            embeddings: [TextualInversion(model.folder.appending(path: "brandlight.safetensors"))], zeroesEmptyNegative: false)
    }

    private func states(_ prompts: String...) throws -> Tensor {
        try encoder(PromptEncoder.Request(prompts: prompts, syntax: .webUI, skippedLayers: 0), cancellation: CancellationFlag()).states
    }

    private func compare(_ prompt: String, _ name: String) throws {
        let error = relativeError(try states(prompt), try model.golden().tensor(name))
        noteError("prompt \(name)", error)
        #expect(error < 1e-4, "\(name): relative error \(error)")
    }

    @Test("Emphasis scales the states and keeps their mean; BREAK begins a chunk")
    func emphasis() throws {
        try compare("a (bottle) [on] (white:1.5) ((marble table)), soft", "emphasis")
        try compare("a bottle BREAK on (marble:1.2)", "break")
    }

    @Test("A long prompt is cut at its last comma, and nothing of it is lost")
    func long() throws {
        try compare(Array(repeating: "soft window light on marble,", count: 15).joined(separator: " "), "long")
    }

    @Test("A learnt word's vectors take the place of tokens, with its emphasis")
    func embedding() throws {
        try compare("a bottle in (BrandLight:1.3) light", "embedding")
    }

    /// The examples that WebUI's own parser documents.
    @Test(
        "WebUI's examples",
        arguments: [
            ("normal text", [("normal text", 1.0)]),
            ("an (important) word", [("an ", 1.0), ("important", 1.1), (" word", 1.0)]),
            ("(unbalanced", [("unbalanced", 1.1)]),
            ("\\(literal\\]", [("(literal]", 1.0)]),
            ("(unnecessary)(parens)", [("unnecessaryparens", 1.1)]),
            (
                "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
                [
                    ("a ", 1.0), ("house", 1.573), (" ", 1.1), ("on", 1.0), (" a ", 1.1), ("hill", 0.55), (", sun, ", 1.1), ("sky", 1.4641),
                    (".", 1.1),
                ]
            ),
            ("ratio 3:2 ] )", [("ratio 3:2 ] )", 1.0)]), ("", [("", 1.0)]), ("(x:abc)", [("x:abc", 1.1)]),
        ])
    func syntax(_ example: (prompt: String, parts: [(String, Double)])) {
        let parts = WeightedPrompt(example.prompt, syntax: .webUI).parts
        #expect(parts.count == example.parts.count)
        for (part, expected) in zip(parts, example.parts) {
            guard case .text(let text, let weight) = part else {
                Issue.record("a break in \(example.prompt)")
                continue
            }
            #expect(text == expected.0 && abs(Double(weight) - expected.1) < 1e-5)
        }
    }

    @Test("Plain prompts keep their brackets")
    func plain() {
        #expect(WeightedPrompt("a (b:1.2) BREAK", syntax: .plain).parts == [.text("a (b:1.2) BREAK", weight: 1)])
    }

    @Test("Prompts of different length are made equally long")
    func padding() throws {
        let states = try states("a", Array(repeating: "table", count: 90).joined(separator: " "))
        #expect(states.shape[0] == 2 && states.shape[1] % 77 == 0 && states.shape[1] > 77)
    }

    @Test("Named words are found in every chunk")
    func occurrences() throws {
        let tokens = PromptChunks(WeightedPrompt("a bottle BREAK bottle, bot", syntax: .webUI), tokenizer: tokenizer).chunks.flatMap(
            \.tokens)
        let named = try #require(encoder.occurrences(of: ["bottle"], in: [tokens]).first)
        let pattern = tokenizer.tokens(of: "bottle")
        #expect(named.filter { $0 }.count == 2 * pattern.count)
        #expect(zip(named, tokens).filter(\.0).map(\.1) == pattern + pattern)
    }

    @Test("CLIP's own vocabulary, which ships for single files, gives CLIP's identifiers")
    func shippedVocabulary() throws {
        let clip = try CLIPTokenizer(TokenizerFiles.clip(padding: nil), maximumTokens: 77)
        #expect(clip.identifierLimit == 49408)
        // openai/CLIP: tokenize("a photo of a cat"), tokenize("a diagram").
        #expect(Array(clip.encode("a photo of a cat").prefix(7)) == [49406, 320, 1125, 539, 320, 2368, 49407])
        #expect(Array(clip.encode("a diagram").prefix(4)) == [49406, 320, 22697, 49407])
        #expect(clip.encode("").last == 49407)
        #expect(try CLIPTokenizer(TokenizerFiles.clip(padding: "!"), maximumTokens: 77).encode("").last == 0)
    }
}
