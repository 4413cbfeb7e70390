import Tensor

/// Turns tokens into the hidden states that the UNet attends to (transformers `models/clip/modeling_clip.py`, `CLIPTextModel`).
final class CLIPTextModel {
    let configuration: TextEncoderConfiguration
    /// `[vocabulary, channels]`
    private let tokenEmbedding: MatrixRows
    /// Vectors of words that were added to the vocabulary.
    private var addedEmbeddings: [[Float]] = []
    /// `[maximumTokens, channels]`
    private let positionEmbedding: Tensor
    private let layers: [CLIPEncoderLayer]
    private let finalNorm: LayerNorm
    private let projection: Linear?

    /// What a prompt becomes.
    struct Encoding {
        /// `[1, tokens, channels]`
        let states: Tensor
        /// The whole prompt in one vector, `[1, projection]`; nil for an encoder without projection.
        let pooled: Tensor?
    }

    /// - Throws: `ModelError` where weights and configuration do not fit; `CancellationError`
    init(_ weights: Weights, _ configuration: TextEncoderConfiguration) throws {
        self.configuration = configuration
        projection = try configuration.projectionSize.map {
            try weights.linear("text_projection", inputs: configuration.hiddenSize, outputs: $0, bias: false)
        }
        // Files written by transformers before version 5 have the names under `text_model`.
        let weights = weights.contains("text_model.final_layer_norm.weight") ? weights.scope("text_model") : weights
        let channels = configuration.hiddenSize
        tokenEmbedding = try weights.rows("embeddings.token_embedding.weight", shape: [configuration.vocabularySize, channels])
        positionEmbedding = try weights.tensor("embeddings.position_embedding.weight", shape: [configuration.maximumTokens, channels])
        layers = try (0..<configuration.layerCount).map { try CLIPEncoderLayer(weights.scope("encoder.layers.\($0)"), configuration.layer) }
        finalNorm = try weights.multiplied(in: .float32).layerNorm(
            "final_layer_norm", channels: channels, epsilon: configuration.layerNormEpsilon)
    }

    /// The hidden states of one of the last layers.
    ///
    /// - Parameters:
    ///   - tokens: at most `maximumTokens` identifiers, each within the vocabulary
    ///   - skippedLayers: layers at the end whose output is not read; the first always is
    ///   - isNormalized: whether the final norm follows, as in SD 1.x and 2.x; SDXL reads the states without
    /// - Throws: `CancellationError`
    func encode(
        _ tokens: [Int], skippedLayers: Int = 0, isNormalized: Bool = true, cancellation: CancellationFlag
    ) throws -> Encoding {
        var hidden = try embedded(tokens)
        let read = max(layers.count - max(skippedLayers, 0), min(layers.count, 1))
        var states = hidden
        for (index, layer) in layers.enumerated() where index < read || projection != nil {
            try cancellation.check()
            hidden = try layer(hidden, mask: .causal)
            if index < read { states = hidden }
        }
        return Encoding(
            states: isNormalized ? try finalNorm(states) : states,
            pooled: try projection.map { try $0(pooled(finalNorm(hidden), tokens), as: .float32) })
    }

    /// The state at the end token, `[1, channels]`.
    private func pooled(_ states: Tensor, _ tokens: [Int]) -> Tensor {
        let words = tokens.filter { $0 < configuration.vocabularySize }
        let end = configuration.endToken == 2 ? words.max() : configuration.endToken
        let position = tokens.firstIndex { $0 == end } ?? 0
        let channels = configuration.hiddenSize
        return states.withUnsafeBuffer { Tensor(Array($0[position * channels..<(position + 1) * channels]), shape: [1, channels]) }
    }

    /// Adds vectors to the vocabulary; their identifiers follow those there are.
    ///
    /// - Parameter vectors: each as long as a hidden state
    func extendVocabulary(by vectors: [[Float]]) {
        addedEmbeddings += vectors
    }

    private func embedded(_ tokens: [Int]) throws -> Tensor {
        let channels = configuration.hiddenSize
        let result = Tensor(shape: [1, tokens.count, channels])
        for (position, token) in tokens.enumerated() {
            let word = token < tokenEmbedding.count ? try tokenEmbedding.row(token) : addedEmbeddings[token - tokenEmbedding.count]
            positionEmbedding.withUnsafeBuffer { positions in
                result.withUnsafeMutableBuffer { result in
                    for (index, number) in zip(position * channels..<(position + 1) * channels, word) {
                        result[index] = number + positions[index]
                    }
                }
            }
        }
        return result
    }
}
