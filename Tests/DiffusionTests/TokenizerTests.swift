import Foundation
import Testing

@testable import Diffusion

@Suite("CLIP's tokenizer")
struct TokenizerTests {
    struct Case: Decodable, CustomTestStringConvertible {
        let prompt: String
        let ids: [Int]

        var testDescription: String { String(prompt.prefix(40)) }
    }

    static let cases: [Case] = {
        let data = try? Data(contentsOf: Golden.folder.appending(path: "tokens.json"))
        return data.flatMap { try? JSONDecoder().decode([Case].self, from: $0) } ?? []
    }()

    private let tokenizer: CLIPTokenizer

    init() throws {
        tokenizer = try CLIPTokenizer(folder: Golden.tinyModel.appending(path: "tokenizer"), maximumTokens: 77)
    }

    @Test("There are cases to compare")
    func casesExist() {
        #expect(Self.cases.count >= 30)
    }

    @Test("Tokens are those of transformers", arguments: cases)
    func tokens(_ example: Case) {
        #expect(tokenizer.tokens(of: example.prompt) == Array(example.ids.dropFirst().dropLast()))
    }

    @Test("A prompt is framed, padded, and cut to 75 tokens", arguments: cases)
    func framing(_ example: Case) throws {
        let encoded = tokenizer.encode(example.prompt)
        #expect(encoded.count == 77)
        let start = try #require(example.ids.first)
        let end = try #require(example.ids.last)
        let kept = example.ids.dropFirst().dropLast().prefix(75)
        #expect(encoded == [start] + kept + Array(repeating: end, count: 76 - kept.count))
    }

    @Test("tokenizer.json gives the same tokens as vocab.json and merges.txt")
    func combinedFile() throws {
        let copy = try ModelCopy()
        let vocabulary = try JSONSerialization.jsonObject(with: Data(contentsOf: copy.file("tokenizer/vocab.json")))
        let merges = try String(contentsOf: copy.file("tokenizer/merges.txt"), encoding: .utf8).split(separator: "\n").dropFirst()
        let ids = try #require(vocabulary as? [String: Int])
        let file: [String: Any] = [
            "added_tokens": ["<|startoftext|>", "<|endoftext|>"].map {
                ["content": $0, "id": ids[$0] ?? -1, "normalized": false] as [String: Any]
            },
            "model": [
                "type": "BPE", "end_of_word_suffix": "</w>", "vocab": ids,
                "merges": merges.map { $0.split(separator: " ").map(String.init) },
            ],
        ]
        try JSONSerialization.data(withJSONObject: file).write(to: copy.file("tokenizer/tokenizer.json"))
        try copy.remove("tokenizer/vocab.json")
        try copy.remove("tokenizer/merges.txt")
        let combined = try CLIPTokenizer(folder: copy.file("tokenizer"), maximumTokens: 77)
        for example in Self.cases {
            #expect(combined.encode(example.prompt) == tokenizer.encode(example.prompt), "\(example.prompt)")
        }
    }

    @Test("Added tokens are found whole, whatever their case, and the longest wins")
    func addedTokens() throws {
        let copy = try ModelCopy()
        try Data(#"{"<shoes>": 600, "<shoes>!": 601}"#.utf8).write(to: copy.file("tokenizer/added_tokens.json"))
        let extended = try CLIPTokenizer(folder: copy.file("tokenizer"), maximumTokens: 77)
        let table = tokenizer.tokens(of: "table")
        #expect(extended.tokens(of: "table<SHOES>table") == table + [600] + table)
        #expect(extended.tokens(of: "<shoes>! <shoes>") == [601, 600])
        #expect(extended.identifierLimit == 602)
    }

    @Test("A merge outside the vocabulary is named")
    func strangeMerge() throws {
        let copy = try ModelCopy()
        try copy.edit("tokenizer/merges.txt") { $0 += Data("\nxylo phone\n".utf8) }
        let error = try #require(try copy.loadingError())
        #expect(error.description.contains("xylo phone"))
    }

    @Test("A very long word takes no noticeable time")
    func longWord() {
        let duration = ContinuousClock().measure { _ = tokenizer.tokens(of: String(repeating: "table", count: 2000)) }
        #expect(duration < .seconds(1))
    }
}
