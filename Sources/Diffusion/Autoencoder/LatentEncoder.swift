import Tensor

/// From picture to latent distribution (diffusers `models/autoencoders/vae.py`, `Encoder`).
struct LatentEncoder {
    private struct Block {
        let layers: [ResidualBlock]
        let downsampler: Convolution2D?
    }

    private let inputConvolution: Convolution2D
    private let blocks: [Block]
    private let midBlock: AutoencoderMidBlock
    private let outputNorm: GroupNorm
    private let outputConvolution: Convolution2D

    init(_ weights: Weights, _ configuration: AutoencoderKLConfiguration) throws {
        let channels = configuration.blockOutChannels
        let groups = configuration.normGroups
        let last = channels.count - 1
        let exact = weights.multiplied(in: .float32)
        inputConvolution = try exact.convolution("conv_in", inputs: configuration.inChannels, outputs: channels[0])
        blocks = try channels.indices.map { index in
            let weights = weights.scope("down_blocks.\(index)")
            let outputs = channels[index]
            let layers = try (0..<configuration.layersPerBlock).map { layer in
                try ResidualBlock.autoencoder(
                    weights.scope("resnets.\(layer)"), inputs: layer == 0 ? channels[max(index - 1, 0)] : outputs, outputs: outputs,
                    groups: groups)
            }
            // The encoder pads only the right and the bottom before it strides.
            let downsampler =
                index == last
                ? nil
                : try weights.convolution(
                    "downsamplers.0.conv", inputs: outputs, outputs: outputs, stride: 2,
                    padding: Padding2D(top: 0, left: 0, bottom: 1, right: 1))
            return Block(layers: layers, downsampler: downsampler)
        }
        midBlock = try AutoencoderMidBlock(weights.scope("mid_block"), configuration)
        outputNorm = try exact.groupNorm("conv_norm_out", groups: groups, channels: channels[last], epsilon: 1e-6)
        outputConvolution = try exact.convolution("conv_out", inputs: channels[last], outputs: 2 * configuration.latentChannels)
    }

    /// - Parameter picture: `[batch, height, width, 3]`, -1...1
    /// - Returns: mean and log variance, `[batch, height / scale, width / scale, 2 latentChannels]`
    func callAsFunction(_ picture: Tensor, cancellation: CancellationFlag) throws -> Tensor {
        var hidden = try inputConvolution(picture)
        for block in blocks {
            for layer in block.layers {
                try cancellation.check()
                hidden = try layer(hidden)
            }
            try cancellation.check()
            if let downsampler = block.downsampler { hidden = try downsampler(hidden, as: hidden.precision) }
        }
        try cancellation.check()
        hidden = try midBlock(hidden, cancellation: cancellation)
        return try outputConvolution(outputNorm(hidden, activation: .silu))
    }
}
