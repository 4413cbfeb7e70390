import Tensor

/// A pair of prompts as the UNet takes them: one or two text encoders side by side, in chunks for any length.
final class PromptEncoder {
    /// A tokenizer with the encoder that reads it.
    struct Branch {
        let component: ModelComponent
        let tokenizer: CLIPTokenizer
        let model: CLIPTextModel
    }

    /// What is asked of the encoders.
    struct Request: Equatable {
        /// One prompt, or the negative one and the positive one.
        var prompts: [String]
        var syntax: PromptSyntax
        /// Layers at the encoders' end that are not read.
        var skippedLayers: Int
    }

    /// What comes out.
    struct Result {
        /// `[prompts, tokens, channels]`, the channels of both encoders side by side.
        let states: Tensor
        /// `[prompts, channels]`; nil for models that don't use it.
        let pooled: Tensor?
        /// The tokens of each prompt as the first encoder reads them, chunk after chunk.
        let tokens: [[Int]]
    }

    private let branches: [Branch]
    private let zeroesEmptyNegative: Bool
    /// Learnt words, for each branch.
    private var embeddings: [[String: [Int]]]

    /// Whether hidden states are read before the last layer and without the final norm, as SDXL does.
    private var isXL: Bool { branches.contains { $0.model.configuration.projectionSize != nil } }

    /// - Parameter zeroesEmptyNegative: an empty negative prompt counts as zeros (`force_zeros_for_empty_prompt`)
    init(_ branches: [Branch], embeddings files: [TextualInversion], zeroesEmptyNegative: Bool) throws {
        self.branches = branches
        self.zeroesEmptyNegative = zeroesEmptyNegative
        embeddings = try branches.map { branch in
            let configuration = branch.model.configuration
            var next = configuration.vocabularySize
            var words: [String: [Int]] = [:]
            for file in files {
                let vectors = try file.vectors(for: branch.component, width: configuration.hiddenSize)
                guard !vectors.isEmpty else { continue }
                branch.model.extendVocabulary(by: vectors)
                words[file.word] = Array(next..<next + vectors.count)
                next += vectors.count
            }
            return words
        }
    }

    /// - Throws: `CancellationError`
    func callAsFunction(_ request: Request, cancellation: CancellationFlag) throws -> Result {
        var states: [Tensor] = []
        var pooled: Tensor?
        var tokens: [[Int]] = []
        for (branch, embeddings) in zip(branches, embeddings) {
            var chunks = request.prompts.map {
                PromptChunks(WeightedPrompt($0, syntax: request.syntax), tokenizer: branch.tokenizer, embeddings: embeddings).chunks
            }
            let longest = chunks.map(\.count).max() ?? 1
            for index in chunks.indices {
                chunks[index] += Array(repeating: PromptChunks.empty(branch.tokenizer), count: longest - chunks[index].count)
            }
            if tokens.isEmpty { tokens = chunks.map { $0.flatMap(\.tokens) } }
            let encoded = try chunks.map { try $0.map { try encode($0, branch.model, request, cancellation) } }
            states.append(stackedBatch(encoded.map { joinedTokens($0.map(\.states)) }))
            let firsts = encoded.compactMap { $0.first?.pooled }
            if firsts.count == encoded.count { pooled = stackedBatch(firsts) }
        }
        let joined = try concatenateChannels(states)
        if zeroesEmptyNegative, request.prompts.count == 2, request.prompts[0].isEmpty {
            for tensor in [joined, pooled].compactMap({ $0 }) { zeroFirst(tensor) }
        }
        return Result(states: joined, pooled: pooled, tokens: tokens)
    }

    /// One chunk; emphasis scales its states and leaves their mean as it was (WebUI's `EmphasisOriginal`).
    private func encode(
        _ chunk: PromptChunks.Chunk, _ model: CLIPTextModel, _ request: Request, _ cancellation: CancellationFlag
    ) throws -> CLIPTextModel.Encoding {
        let encoding = try model.encode(
            chunk.tokens, skippedLayers: request.skippedLayers + (isXL ? 1 : 0), isNormalized: !isXL, cancellation: cancellation)
        guard chunk.weights.contains(where: { $0 != 1 }) else { return encoding }
        var values = encoding.states.values
        let channels = model.configuration.hiddenSize
        let before = values.reduce(Double(0)) { $0 + Double($1) }
        for (token, weight) in chunk.weights.enumerated() {
            for index in token * channels..<(token + 1) * channels { values[index] *= weight }
        }
        let after = values.reduce(Double(0)) { $0 + Double($1) }
        let ratio = after == 0 ? 1 : Float(before / after)
        return CLIPTextModel.Encoding(states: Tensor(values.map { $0 * ratio }, shape: encoding.states.shape), pooled: encoding.pooled)
    }

    private func zeroFirst(_ tensor: Tensor) {
        tensor.withUnsafeMutableBuffer { values in
            for index in 0..<values.count / 2 { values[index] = 0 }
        }
    }

    /// For each prompt of `tokens`, which tokens are part of one of `phrases`.
    func occurrences(of phrases: [String], in tokens: [[Int]]) -> [[Bool]] {
        let patterns = phrases.compactMap { phrase in branches.first.map { $0.tokenizer.tokens(of: phrase) } }.filter { !$0.isEmpty }
        return tokens.map { tokens in
            var named = [Bool](repeating: false, count: tokens.count)
            for pattern in patterns {
                for start in tokens.indices where tokens[start...].starts(with: pattern) {
                    for index in start..<start + pattern.count { named[index] = true }
                }
            }
            return named
        }
    }
}
