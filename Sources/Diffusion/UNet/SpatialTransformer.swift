import Tensor

/// Attention over the positions of a feature map and to the prompt
/// (diffusers `models/transformers/transformer_2d.py`, `Transformer2DModel`).
struct SpatialTransformer {
    /// The prompt's keys and values, one a layer.
    typealias Context = [AttentionLayer.Context]

    /// What the configuration says of the transformers of a block.
    struct Architecture {
        let channels: Int
        let contextChannels: Int
        let heads: Int
        let layers: Int
        let groups: Int
    }

    private let norm: GroupNorm
    private let inputProjection: Linear
    private let layers: [TransformerLayer]
    private let outputProjection: Linear

    init(_ weights: Weights, _ architecture: Architecture) throws {
        let channels = architecture.channels
        norm = try weights.groupNorm("norm", groups: architecture.groups, channels: channels, epsilon: 1e-6)
        // A 1x1 convolution is the same as a linear layer at every position, so both kinds of file load here.
        inputProjection = try weights.linear("proj_in", inputs: channels, outputs: channels)
        layers = try (0..<architecture.layers).map { try TransformerLayer(weights.scope("transformer_blocks.\($0)"), architecture) }
        outputProjection = try weights.linear("proj_out", inputs: channels, outputs: channels)
    }

    var layerCount: Int { layers.count }

    /// Keys and values of the prompt's `states`, `[batch, tokens, contextChannels]`.
    func context(from states: Tensor) throws -> Context {
        try layers.map { try $0.crossAttention.context(from: states) }
    }

    /// - Parameters:
    ///   - x: `[batch, height, width, channels]`
    ///   - guide: where in the picture which tokens are heard
    ///   - cancellation: polled between the parts of every layer, for SDXL has many in one transformer
    /// - Throws: `CancellationError`
    func callAsFunction(_ x: Tensor, context: Context, guide: AttentionGuide?, cancellation: CancellationFlag) throws -> Tensor {
        let level = guide?.level(height: x.shape[1], width: x.shape[2])
        let sequence = [x.shape[0], x.shape[1] * x.shape[2], x.shape[3]]
        var hidden = try inputProjection(norm(x).reshaped(sequence), as: x.precision)
        for (layer, context) in zip(layers, context) {
            hidden = try layer(hidden, context: context, guide: level, cancellation: cancellation)
        }
        return try outputProjection(hidden, adding: x.reshaped(sequence)).reshaped(x.shape)
    }
}

/// Self-attention, cross-attention and a gated perceptron, each with a shortcut
/// (diffusers `models/attention.py`, `BasicTransformerBlock` with `GEGLU`).
struct TransformerLayer {
    private let selfNorm: LayerNorm
    private let selfAttention: AttentionLayer
    private let crossNorm: LayerNorm
    let crossAttention: AttentionLayer
    private let perceptronNorm: LayerNorm
    private let gate: Linear
    private let contraction: Linear

    init(_ weights: Weights, _ architecture: SpatialTransformer.Architecture) throws {
        let channels = architecture.channels
        selfNorm = try weights.layerNorm("norm1", channels: channels)
        selfAttention = try AttentionLayer(
            weights.scope("attn1"), channels: channels, contextChannels: channels, heads: architecture.heads)
        crossNorm = try weights.layerNorm("norm2", channels: channels)
        crossAttention = try AttentionLayer(
            weights.scope("attn2"), channels: channels, contextChannels: architecture.contextChannels, heads: architecture.heads)
        perceptronNorm = try weights.layerNorm("norm3", channels: channels)
        gate = try weights.linear("ff.net.0.proj", inputs: channels, outputs: 8 * channels)
        contraction = try weights.linear("ff.net.2", inputs: 4 * channels, outputs: channels)
    }

    /// - Parameter x: `[batch, positions, channels]`
    func callAsFunction(
        _ x: Tensor, context: AttentionLayer.Context, guide: AttentionGuide.Level?, cancellation: CancellationFlag
    ) throws -> Tensor {
        try cancellation.check()
        let normed = try selfNorm(x)
        var hidden = try selfAttention(normed, context: selfAttention.context(from: normed), adding: x)
        try cancellation.check()
        hidden = try crossAttention(crossNorm(hidden), context: context, guide: guide, adding: hidden)
        try cancellation.check()
        return try contraction(geglu(gate(perceptronNorm(hidden))), adding: hidden)
    }
}
