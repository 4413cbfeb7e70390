import Tensor

/// From latent to picture (diffusers `models/autoencoders/vae.py`, `Decoder`).
struct LatentDecoder {
    private struct Block {
        let layers: [ResidualBlock]
        let upsampler: Convolution2D?
    }

    private let inputConvolution: Convolution2D
    private let midBlock: AutoencoderMidBlock
    private let blocks: [Block]
    private let outputNorm: GroupNorm
    private let outputConvolution: Convolution2D

    init(_ weights: Weights, _ configuration: AutoencoderKLConfiguration) throws {
        let channels = Array(configuration.blockOutChannels.reversed())
        let groups = configuration.normGroups
        let last = channels.count - 1
        let exact = weights.multiplied(in: .float32)
        inputConvolution = try exact.convolution("conv_in", inputs: configuration.latentChannels, outputs: channels[0])
        midBlock = try AutoencoderMidBlock(weights.scope("mid_block"), configuration)
        blocks = try channels.indices.map { index in
            let weights = weights.scope("up_blocks.\(index)")
            let outputs = channels[index]
            let layers = try (0...configuration.layersPerBlock).map { layer in
                try ResidualBlock.autoencoder(
                    weights.scope("resnets.\(layer)"), inputs: layer == 0 ? channels[max(index - 1, 0)] : outputs, outputs: outputs,
                    groups: groups)
            }
            return Block(
                layers: layers,
                upsampler: index == last ? nil : try weights.convolution("upsamplers.0.conv", inputs: outputs, outputs: outputs))
        }
        outputNorm = try exact.groupNorm("conv_norm_out", groups: groups, channels: channels[last], epsilon: 1e-6)
        outputConvolution = try exact.convolution("conv_out", inputs: channels[last], outputs: configuration.inChannels)
    }

    /// - Parameter latent: `[batch, height, width, latentChannels]`
    /// - Returns: `[batch, scale height, scale width, 3]`, about -1...1
    func callAsFunction(_ latent: Tensor, cancellation: CancellationFlag) throws -> Tensor {
        var hidden = try inputConvolution(latent)
        try cancellation.check()
        hidden = try midBlock(hidden, cancellation: cancellation)
        for block in blocks {
            for layer in block.layers {
                try cancellation.check()
                hidden = try layer(hidden)
            }
            try cancellation.check()
            if let upsampler = block.upsampler { hidden = try upsampler(upsampleNearest2x(hidden), as: hidden.precision) }
        }
        try cancellation.check()
        return try outputConvolution(outputNorm(hidden, activation: .silu))
    }
}
