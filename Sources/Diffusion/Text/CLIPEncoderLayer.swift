import Tensor

/// Self-attention and a perceptron, each behind a norm and beside a shortcut, of CLIP's text and image encoders
/// (transformers `models/clip/modeling_clip.py`, `CLIPEncoderLayer`).
struct CLIPEncoderLayer {
    /// What a configuration says of a layer.
    struct Architecture: Sendable {
        let channels: Int
        /// Channels between the two layers of the perceptron.
        let innerChannels: Int
        let heads: Int
        let activation: TextEncoderConfiguration.HiddenActivation
        let normEpsilon: Float
    }

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

    init(_ weights: Weights, _ architecture: Architecture) throws {
        let channels = architecture.channels
        let epsilon = architecture.normEpsilon
        heads = architecture.heads
        activation =
            switch architecture.activation {
            case .quickGELU: .quickGELU
            case .gelu: .gelu
            }
        attentionNorm = try weights.layerNorm("layer_norm1", channels: channels, epsilon: epsilon)
        query = try weights.linear("self_attn.q_proj", inputs: channels, outputs: channels)
        key = try weights.linear("self_attn.k_proj", inputs: channels, outputs: channels)
        value = try weights.linear("self_attn.v_proj", inputs: channels, outputs: channels)
        output = try weights.linear("self_attn.out_proj", inputs: channels, outputs: channels)
        perceptronNorm = try weights.layerNorm("layer_norm2", channels: channels, epsilon: epsilon)
        expansion = try weights.linear("mlp.fc1", inputs: channels, outputs: architecture.innerChannels)
        contraction = try weights.linear("mlp.fc2", inputs: architecture.innerChannels, outputs: channels)
    }

    /// - Parameters:
    ///   - x: `[batch, tokens, channels]`
    ///   - mask: causal for text, none for pictures
    func callAsFunction(_ x: Tensor, mask: AttentionMask) throws -> Tensor {
        let normed = try attentionNorm(x)
        let attended = try attention(query: query(normed), key: key(normed), value: value(normed), heads: heads, mask: mask)
        let hidden = try output(attended, adding: x)
        return try contraction(expansion(perceptronNorm(hidden), activation: activation), adding: hidden)
    }
}
