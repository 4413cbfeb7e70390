import Tensor

/// Puts the UNet's blocks together as its configuration says
/// (the loops of diffusers' `UNet2DConditionModel.__init__` and `unet_2d_blocks.py`).
struct UNetBuilder {
    let weights: Weights
    let configuration: UNetConfiguration

    func downBlock(_ index: Int) throws -> DownBlock {
        let weights = weights.scope("down_blocks.\(index)")
        let channels = configuration.blockOutChannels
        let outputs = channels[index]
        let layers = try (0..<configuration.layersPerBlock[index]).map { layer in
            try self.layer(
                layer, weights, inputs: layer == 0 ? channels[max(index - 1, 0)] : outputs, outputs: outputs,
                transformer: configuration.downBlockKinds[index] == .crossAttention ? index : nil)
        }
        let isLast = index == channels.count - 1
        // Without padding diffusers pads the right and the bottom by one before it strides.
        let padding =
            configuration.downsamplePadding == 0 ? Padding2D(top: 0, left: 0, bottom: 1, right: 1) : .all(configuration.downsamplePadding)
        return DownBlock(
            layers: layers,
            downsampler: isLast
                ? nil : try weights.convolution("downsamplers.0.conv", inputs: outputs, outputs: outputs, stride: 2, padding: padding))
    }

    func midBlock() throws -> MidBlock {
        let weights = weights.scope("mid_block")
        let last = configuration.blockOutChannels.count - 1
        let channels = configuration.blockOutChannels[last]
        return MidBlock(
            first: try layer(0, weights, inputs: channels, outputs: channels, transformer: last),
            second: try layer(1, weights, inputs: channels, outputs: channels, transformer: nil))
    }

    func upBlock(_ index: Int) throws -> UpBlock {
        let weights = weights.scope("up_blocks.\(index)")
        // Counted from the lowest resolution; `level` is the down block at the same one.
        let last = configuration.blockOutChannels.count - 1
        let level = last - index
        let outputs = configuration.blockOutChannels[level]
        let below = configuration.blockOutChannels[min(level + 1, last)]
        let above = configuration.blockOutChannels[max(level - 1, 0)]
        let count = configuration.layersPerBlock[level] + 1
        let layers = try (0..<count).map { layer in
            let skip = layer == count - 1 ? above : outputs
            return try self.layer(
                layer, weights, inputs: (layer == 0 ? below : outputs) + skip, outputs: outputs,
                transformer: configuration.upBlockKinds[index] == .crossAttention ? level : nil)
        }
        return UpBlock(
            layers: layers,
            upsampler: level == 0 ? nil : try weights.convolution("upsamplers.0.conv", inputs: outputs, outputs: outputs))
    }

    /// - Parameter transformer: the level whose settings the layer's transformer has; nil for a layer without
    private func layer(_ index: Int, _ weights: Weights, inputs: Int, outputs: Int, transformer level: Int?) throws -> UNetLayer {
        let residual = try ResidualBlock(
            weights.scope("resnets.\(index)"), inputs: inputs, outputs: outputs,
            timeChannels: TimestepEmbedding.embeddingChannels(configuration), groups: configuration.normGroups,
            epsilon: configuration.normEpsilon)
        let transformer = try level.map { level in
            try SpatialTransformer(
                weights.scope("attentions.\(index)"),
                SpatialTransformer.Architecture(
                    channels: outputs, contextChannels: configuration.crossAttentionChannels[level],
                    heads: configuration.headsPerBlock[level], layers: configuration.transformerLayersPerBlock[level],
                    groups: configuration.normGroups))
        }
        return UNetLayer(residual: residual, transformer: transformer)
    }
}
