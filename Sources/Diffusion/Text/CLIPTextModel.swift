import Tensor

/// Turns tokens into the hidden states that the UNet attends to (transformers `models/clip/modeling_clip.py`, `CLIPTextModel`).
final class CLIPTextModel {
    let configuration: TextEncoderConfiguration
    /// `[vocabulary, channels]`
    private let tokenEmbedding: Tensor
    /// `[maximumTokens, channels]`
    private let positionEmbedding: Tensor
    private let layers: [CLIPEncoderLayer]
    private let finalNorm: LayerNorm

    /// - Throws: `ModelError` where weights and configuration do not fit; `CancellationError`
    init(_ weights: Weights, _ configuration: TextEncoderConfiguration) throws {
        self.configuration = configuration
        // Files written by transformers before version 5 have the names under `text_model`.
        let weights = weights.contains("text_model.final_layer_norm.weight") ? weights.scope("text_model") : weights
        let channels = configuration.hiddenSize
        tokenEmbedding = try weights.tensor("embeddings.token_embedding.weight", shape: [configuration.vocabularySize, channels])
        positionEmbedding = try weights.tensor("embeddings.position_embedding.weight", shape: [configuration.maximumTokens, channels])
        layers = try (0..<configuration.layerCount).map { try CLIPEncoderLayer(weights.scope("encoder.layers.\($0)"), configuration) }
        finalNorm = try weights.layerNorm("final_layer_norm", channels: channels, epsilon: configuration.layerNormEpsilon)
    }

    /// The last hidden states, after the final norm.
    ///
    /// - Parameter tokens: at most `maximumTokens` identifiers, each within the vocabulary
    /// - Returns: `[1, tokens, channels]`
    /// - Throws: `CancellationError`
    func callAsFunction(_ tokens: [Int], cancellation: CancellationFlag) throws -> Tensor {
        var hidden = embedded(tokens)
        for layer in layers {
            try cancellation.check()
            hidden = try layer(hidden)
        }
        return try finalNorm(hidden)
    }

    private func embedded(_ tokens: [Int]) -> Tensor {
        let channels = configuration.hiddenSize
        let result = Tensor(shape: [1, tokens.count, channels])
        tokenEmbedding.withUnsafeBuffer { words in
            positionEmbedding.withUnsafeBuffer { positions in
                result.withUnsafeMutableBuffer { result in
                    for (position, token) in tokens.enumerated() {
                        for channel in 0..<channels {
                            result[position * channels + channel] =
                                words[token * channels + channel] + positions[position * channels + channel]
                        }
                    }
                }
            }
        }
        return result
    }
}

/// Causal self-attention and a perceptron, each behind a norm and beside a shortcut (`CLIPEncoderLayer`).
struct CLIPEncoderLayer {
    private let heads: Int
    private let activation: Activation
    private let attentionNorm: LayerNorm
    private let query: Linear
    private let key: Linear
    private let value: Linear
    private let output: Linear
    private let perceptronNorm: LayerNorm
    private let expansion: Linear
    private let contraction: Linear

    init(_ weights: Weights, _ configuration: TextEncoderConfiguration) throws {
        let channels = configuration.hiddenSize
        let epsilon = configuration.layerNormEpsilon
        heads = configuration.headCount
        activation =
            switch configuration.hiddenActivation {
            case .quickGELU: .quickGELU
            case .gelu: .gelu
            }
        attentionNorm = try weights.layerNorm("layer_norm1", channels: channels, epsilon: epsilon)
        query = try weights.linear("self_attn.q_proj", inputs: channels, outputs: channels)
        key = try weights.linear("self_attn.k_proj", inputs: channels, outputs: channels)
        value = try weights.linear("self_attn.v_proj", inputs: channels, outputs: channels)
        output = try weights.linear("self_attn.out_proj", inputs: channels, outputs: channels)
        perceptronNorm = try weights.layerNorm("layer_norm2", channels: channels, epsilon: epsilon)
        expansion = try weights.linear("mlp.fc1", inputs: channels, outputs: configuration.intermediateSize)
        contraction = try weights.linear("mlp.fc2", inputs: configuration.intermediateSize, outputs: channels)
    }

    /// - Parameter x: `[batch, tokens, channels]`
    func callAsFunction(_ x: Tensor) throws -> Tensor {
        let normed = try attentionNorm(x)
        let attended = try attention(query: query(normed), key: key(normed), value: value(normed), heads: heads, mask: .causal)
        let hidden = try output(attended, adding: x)
        return try contraction(expansion(perceptronNorm(hidden), activation: activation), adding: hidden)
    }
}
