import Foundation

/// What the files of a `tokenizer` folder say, in either of the two forms they come in: `vocab.json` with `merges.txt`,
/// or a single `tokenizer.json`.
struct TokenizerFiles {
    let vocabulary: [String: Int]
    let merges: [(String, String)]
    let addedTokens: [AddedTokens.Token]
    let startToken: String
    let endToken: String
    let paddingToken: String
    let unknownToken: String
    /// Tokens a prompt, the two that frame it included; nil where the files set no limit.
    let maximumTokens: Int?
    /// Where they are, for messages.
    let path: String

    init(
        vocabulary: [String: Int], merges: [(String, String)], addedTokens: [AddedTokens.Token], startToken: String, endToken: String,
        paddingToken: String, unknownToken: String, maximumTokens: Int?, path: String
    ) {
        self.vocabulary = vocabulary
        self.merges = merges
        self.addedTokens = addedTokens
        self.startToken = startToken
        self.endToken = endToken
        self.paddingToken = paddingToken
        self.unknownToken = unknownToken
        self.maximumTokens = maximumTokens
        self.path = path
    }

    /// - Throws: `ModelError`
    init(folder: URL) throws {
        path = folder.path
        let combined = folder.appending(path: "tokenizer.json")
        let settings =
            try ConfigurationFile.decodeIfPresent(Settings.self, at: folder.appending(path: "tokenizer_config.json")) ?? Settings()
        let special = try ConfigurationFile.decodeIfPresent(Settings.self, at: folder.appending(path: "special_tokens_map.json"))
        startToken = settings.bosToken?.content ?? special?.bosToken?.content ?? "<|startoftext|>"
        endToken = settings.eosToken?.content ?? special?.eosToken?.content ?? "<|endoftext|>"
        paddingToken = settings.padToken?.content ?? special?.padToken?.content ?? "<|endoftext|>"
        unknownToken = settings.unkToken?.content ?? special?.unkToken?.content ?? "<|endoftext|>"
        // Without a limit of its own transformers writes 1e30.
        maximumTokens = settings.modelMaxLength.flatMap { $0 < 100_000 ? Int($0) : nil }

        let separate = folder.appending(path: "vocab.json")
        if FileManager.default.fileExists(atPath: combined.path) {
            let tokenizer = try ConfigurationFile.decode(Combined.self, at: combined)
            vocabulary = tokenizer.model.vocab
            merges = try tokenizer.model.merges.map { try $0.pair(path: combined.path) }
            addedTokens = tokenizer.addedTokens
        } else if FileManager.default.fileExists(atPath: separate.path) {
            vocabulary = try JSONVocabulary.read(separate)
            merges = try Self.readMerges(folder.appending(path: "merges.txt"))
            let extra = folder.appending(path: "added_tokens.json")
            let added = FileManager.default.fileExists(atPath: extra.path) ? try JSONVocabulary.read(extra) : [:]
            addedTokens = added.map { AddedTokens.Token(content: $0.key, identifier: $0.value, isNormalized: true) }
        } else {
            throw ModelError.missingFile(
                path: separate.path, advice: "The tokenizer needs vocab.json and merges.txt, or tokenizer.json.")
        }
    }

    static func readMerges(_ url: URL) throws -> [(String, String)] {
        guard let text = String(data: try ConfigurationFile.contents(of: url), encoding: .utf8) else {
            throw ModelError.badConfiguration(path: url.path, problem: "is not UTF-8 text")
        }
        var merges: [(String, String)] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("#version") || line.isEmpty { continue }
            let pieces = line.split(separator: " ")
            guard pieces.count == 2 else {
                throw ModelError.badConfiguration(path: url.path, problem: "line \(number + 1) is not a pair of pieces")
            }
            merges.append((String(pieces[0]), String(pieces[1])))
        }
        return merges
    }
}

/// `tokenizer_config.json` and `special_tokens_map.json`.
private struct Settings: Decodable {
    /// A special token: a string, or an object that holds it.
    struct SpecialToken: Decodable {
        let content: String

        private enum CodingKeys: String, CodingKey { case content }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                content = text
            } else {
                content = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .content)
            }
        }
    }

    var bosToken: SpecialToken?
    var eosToken: SpecialToken?
    var padToken: SpecialToken?
    var unkToken: SpecialToken?
    var modelMaxLength: Double?
}

/// `tokenizer.json`, as far as CLIP's tokenizer varies.
private struct Combined: Decodable {
    struct Model: Decodable {
        let vocab: [String: Int]
        let merges: [MergeRule]

        private enum CodingKeys: String, CodingKey { case type, vocab, merges, endOfWordSuffix }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            let type = try values.decodeIfPresent(String.self, forKey: .type) ?? "BPE"
            let suffix = try values.decodeIfPresent(String.self, forKey: .endOfWordSuffix)
            guard type == "BPE", suffix == BytePairEncoding.wordEnd else {
                throw ConfigurationProblem("the engine runs CLIP's byte-pair tokenizer, not this \(type)")
            }
            vocab = try values.decode(JSONVocabulary.self, forKey: .vocab).tokens
            merges = try values.decode([MergeRule].self, forKey: .merges)
        }
    }

    private struct Added: Decodable {
        let id: Int
        let content: String
        let normalized: Bool?
    }

    private enum CodingKeys: String, CodingKey { case model, addedTokens }

    let model: Model
    let addedTokens: [AddedTokens.Token]

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        model = try values.decode(Model.self, forKey: .model)
        addedTokens = try (values.decodeIfPresent([Added].self, forKey: .addedTokens) ?? []).map {
            AddedTokens.Token(content: $0.content, identifier: $0.id, isNormalized: $0.normalized ?? true)
        }
    }
}

/// A merge as older files write it, `"a b"`, or as newer ones do, `["a", "b"]`.
private struct MergeRule: Decodable {
    private let pieces: [String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        pieces = try (try? container.decode([String].self)) ?? container.decode(String.self).split(separator: " ").map(String.init)
    }

    func pair(path: String) throws -> (String, String) {
        guard pieces.count == 2 else { throw ModelError.badConfiguration(path: path, problem: "a merge is not a pair: \(pieces)") }
        return (pieces[0], pieces[1])
    }
}

/// A table from piece to identifier, whose keys are text and must not be touched by the decoder's key strategy.
private struct JSONVocabulary: Decodable {
    let tokens: [String: Int]

    init(from decoder: any Decoder) throws {
        tokens = try decoder.singleValueContainer().decode([String: Int].self)
    }

    static func read(_ url: URL) throws -> [String: Int] {
        try ConfigurationFile.decode(JSONVocabulary.self, at: url).tokens
    }
}
