import Tensor

/// Single-head attention over all positions at the lowest resolution (diffusers `attention_processor.py`, `Attention` with a group norm).
struct AutoencoderAttention {
    private let norm: GroupNorm
    private let query: Linear
    private let key: Linear
    private let value: Linear
    private let output: Linear

    init(_ weights: Weights, channels: Int, groups: Int) throws {
        // Files written before diffusers 0.18 use the older names.
        let isOld = weights.contains("query.weight")
        norm = try weights.groupNorm("group_norm", groups: groups, channels: channels, epsilon: 1e-6)
        query = try weights.linear(isOld ? "query" : "to_q", inputs: channels, outputs: channels)
        key = try weights.linear(isOld ? "key" : "to_k", inputs: channels, outputs: channels)
        value = try weights.linear(isOld ? "value" : "to_v", inputs: channels, outputs: channels)
        output = try weights.linear(isOld ? "proj_attn" : "to_out.0", inputs: channels, outputs: channels)
    }

    /// - Parameter x: `[batch, height, width, channels]`
    func callAsFunction(_ x: Tensor) throws -> Tensor {
        let sequence = [x.shape[0], x.shape[1] * x.shape[2], x.shape[3]]
        let normed = try norm(x).reshaped(sequence)
        let attended = try attention(query: query(normed), key: key(normed), value: value(normed), heads: 1)
        return try output(attended, adding: x.reshaped(sequence)).reshaped(x.shape)
    }
}

/// The middle of encoder and decoder: two residual blocks around an attention (diffusers `UNetMidBlock2D`).
struct AutoencoderMidBlock {
    private let first: ResidualBlock
    private let attention: AutoencoderAttention?
    private let second: ResidualBlock

    init(_ weights: Weights, _ configuration: AutoencoderKLConfiguration) throws {
        let channels = configuration.blockOutChannels[configuration.blockOutChannels.count - 1]
        let groups = configuration.normGroups
        first = try .autoencoder(weights.scope("resnets.0"), inputs: channels, outputs: channels, groups: groups)
        attention =
            configuration.hasMidAttention
            ? try AutoencoderAttention(weights.scope("attentions.0"), channels: channels, groups: groups) : nil
        second = try .autoencoder(weights.scope("resnets.1"), inputs: channels, outputs: channels, groups: groups)
    }

    func callAsFunction(_ x: Tensor, cancellation: CancellationFlag) throws -> Tensor {
        var hidden = try first(x)
        try cancellation.check()
        if let attention { hidden = try attention(hidden) }
        try cancellation.check()
        return try second(hidden)
    }
}

extension ResidualBlock {
    /// A block without timestep and with the autoencoder's epsilon.
    static func autoencoder(_ weights: Weights, inputs: Int, outputs: Int, groups: Int) throws -> ResidualBlock {
        try ResidualBlock(weights, inputs: inputs, outputs: outputs, timeChannels: nil, groups: groups, epsilon: 1e-6)
    }
}
