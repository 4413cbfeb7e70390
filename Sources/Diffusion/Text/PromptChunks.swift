import Foundation

/// A prompt of any length in chunks that the text encoder takes, each framed and padded
/// (AUTOMATIC1111/stable-diffusion-webui `modules/sd_hijack_clip.py`, `tokenize_line`).
struct PromptChunks {
    struct Chunk: Equatable {
        /// As many as the encoder takes: start, words, end, padding.
        var tokens: [Int]
        /// How much each token counts; 1 for the frame and the padding.
        var weights: [Float]
    }

    private(set) var chunks: [Chunk] = []

    /// A chunk that overflows is cut at its last comma, if that stands among this many tokens before the end.
    private static let commaReach = 20

    private var tokens: [Int] = []
    private var weights: [Float] = []
    private var lastComma: Int?

    /// - Parameter embeddings: learnt words by what stands for them in the prompt
    init(_ prompt: WeightedPrompt, tokenizer: CLIPTokenizer, embeddings: [String: [Int]] = [:]) {
        let room = tokenizer.maximumTokens - 2
        let comma = tokenizer.tokens(of: ",").last
        for part in prompt.parts {
            switch part {
            case .chunkBreak:
                close(tokenizer)
            case .text(let text, let weight):
                for unit in tokenizer.units(of: text, embeddings: embeddings) {
                    if unit.count == 1, unit.first == comma {
                        lastComma = tokens.count
                    } else if tokens.count == room, let comma = lastComma, tokens.count - comma <= Self.commaReach {
                        moveRest(after: comma + 1, tokenizer)
                    }
                    // A learnt word of several vectors stays whole, where a chunk can hold it.
                    if tokens.count + unit.count > room { close(tokenizer) }
                    let kept = unit.prefix(room)
                    tokens += kept
                    weights += Array(repeating: weight, count: kept.count)
                }
            }
        }
        if !tokens.isEmpty || chunks.isEmpty { close(tokenizer) }
    }

    /// An empty chunk, to make prompts equally long.
    static func empty(_ tokenizer: CLIPTokenizer) -> Chunk {
        PromptChunks(WeightedPrompt("", syntax: .plain), tokenizer: tokenizer).chunks[0]
    }

    private mutating func moveRest(after position: Int, _ tokenizer: CLIPTokenizer) {
        let rest = (Array(tokens[position...]), Array(weights[position...]))
        tokens.removeSubrange(position...)
        weights.removeSubrange(position...)
        close(tokenizer)
        (tokens, weights) = rest
    }

    private mutating func close(_ tokenizer: CLIPTokenizer) {
        let padding = tokenizer.maximumTokens - tokens.count - 2
        chunks.append(
            Chunk(
                tokens: [tokenizer.startToken] + tokens + [tokenizer.endToken] + Array(repeating: tokenizer.paddingToken, count: padding),
                weights: [1] + weights + Array(repeating: 1, count: padding + 1)))
        (tokens, weights, lastComma) = ([], [], nil)
    }
}

extension CLIPTokenizer {
    /// The tokens of a text, one by one but for learnt words, whose vectors belong together.
    fileprivate func units(of text: String, embeddings: [String: [Int]]) -> [[Int]] {
        guard let (range, vectors) = Self.firstEmbedding(in: text, embeddings) else { return tokens(of: text).map { [$0] } }
        return tokens(of: String(text[..<range.lowerBound])).map { [$0] } + [vectors]
            + units(of: String(text[range.upperBound...]), embeddings: embeddings)
    }

    /// The first learnt word, whatever its case, that no letter or digit touches; of those at one place the longest.
    private static func firstEmbedding(in text: String, _ embeddings: [String: [Int]]) -> (Range<String.Index>, [Int])? {
        var found: (Range<String.Index>, [Int])?
        for (word, vectors) in embeddings.sorted(by: { $0.key.count > $1.key.count }) {
            var start = text.startIndex
            while let range = text.range(of: word, options: .caseInsensitive, range: start..<text.endIndex) {
                let before = range.lowerBound == text.startIndex ? nil : text[text.index(before: range.lowerBound)]
                let after = range.upperBound == text.endIndex ? nil : text[range.upperBound]
                if ![before, after].contains(where: { $0.map { $0.isLetter || $0.isNumber } ?? false }) {
                    if found.map({ range.lowerBound < $0.0.lowerBound }) ?? true { found = (range, vectors) }
                    break
                }
                start = range.upperBound
            }
        }
        return found
    }
}
