import Foundation

/// CLIP's tokenizer: a prompt becomes a fixed number of tokens, framed and padded
/// (transformers `models/clip/tokenization_clip.py`).
struct CLIPTokenizer: Sendable {
    private let encoding: BytePairEncoding
    private let addedTokens: AddedTokens
    let startToken: Int
    let endToken: Int
    let paddingToken: Int
    /// Tokens a prompt, the two that frame it included.
    let maximumTokens: Int
    /// One more than the largest identifier.
    let identifierLimit: Int

    /// - Parameters:
    ///   - folder: with `tokenizer.json`, or `vocab.json` and `merges.txt`
    ///   - maximumTokens: what the text encoder has positions for
    /// - Throws: `ModelError`
    init(folder: URL, maximumTokens: Int) throws {
        try self.init(TokenizerFiles(folder: folder), maximumTokens: maximumTokens)
    }

    /// - Parameter maximumTokens: what the text encoder has positions for
    /// - Throws: `ModelError`
    init(_ files: TokenizerFiles, maximumTokens: Int) throws {
        let added = Dictionary(files.addedTokens.map { ($0.content, $0.identifier) }, uniquingKeysWith: { first, _ in first })
        func identifier(_ token: String) -> Int? { added[token] ?? files.vocabulary[token] }
        func required(_ token: String) throws -> Int {
            guard let identifier = identifier(token) else {
                throw ModelError.badConfiguration(path: files.path, problem: "the vocabulary lacks its special token \(token)")
            }
            return identifier
        }
        startToken = try required(files.startToken)
        endToken = try required(files.endToken)
        paddingToken = try required(files.paddingToken)
        do {
            encoding = try BytePairEncoding(
                vocabulary: files.vocabulary, merges: files.merges, unknownToken: identifier(files.unknownToken))
        } catch let problem as ConfigurationProblem {
            throw ModelError.badConfiguration(path: files.path, problem: problem.description)
        }
        let special = [files.startToken, files.endToken, files.paddingToken, files.unknownToken].filter { added[$0] == nil }
        addedTokens = AddedTokens(
            files.addedTokens
                + special.compactMap { content in
                    identifier(content).map { AddedTokens.Token(content: content, identifier: $0, isNormalized: false) }
                })
        self.maximumTokens = min(files.maximumTokens ?? maximumTokens, maximumTokens)
        let identifiers = Array(files.vocabulary.values) + Array(added.values)
        guard let smallest = identifiers.min(), let largest = identifiers.max(), smallest >= 0, self.maximumTokens > 2 else {
            throw ModelError.badConfiguration(path: files.path, problem: "the vocabulary is empty or has negative identifiers")
        }
        identifierLimit = largest + 1
    }

    /// The tokens of a prompt, neither framed nor cut.
    func tokens(of prompt: String) -> [Int] {
        addedTokens.segments(of: prompt).flatMap { segment -> [Int] in
            switch segment {
            case .token(let identifier): [identifier]
            case .text(let text): WordSplitter.words(text).flatMap { encoding.tokens(of: ByteLetters.spell($0)) }
            }
        }
    }

    /// The tokens of all the texts of a prompt.
    func count(_ prompt: WeightedPrompt) -> Int {
        prompt.parts.reduce(0) { sum, part in
            if case .text(let text, _) = part { sum + tokens(of: text).count } else { sum }
        }
    }

    /// Exactly `maximumTokens` tokens: start, prompt (cut where it is too long), end, padding.
    func encode(_ prompt: String) -> [Int] {
        let framed = [startToken] + tokens(of: prompt).prefix(maximumTokens - 2) + [endToken]
        return framed + Array(repeating: paddingToken, count: maximumTokens - framed.count)
    }
}
