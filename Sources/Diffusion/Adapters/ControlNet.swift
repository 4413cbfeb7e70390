import Tensor

/// What ControlNets add to a UNet: one map for each of its skips, and one for its middle.
struct ControlResiduals {
    /// In the order in which the UNet's way down leaves its maps.
    let skips: [Tensor]
    let middle: Tensor

    static func + (left: ControlResiduals, right: ControlResiduals) throws -> ControlResiduals {
        ControlResiduals(
            skips: try zip(left.skips, right.skips).map { try add($0, $1) }, middle: try add(left.middle, right.middle))
    }
}

/// A copy of a UNet's way down that sees a control picture: edges, depth, a pose
/// (arXiv 2302.05543; diffusers `models/controlnets/controlnet.py`, `ControlNetModel`).
final class ControlNet {
    let configuration: UNetConfiguration
    private let inputConvolution: Convolution2D
    private let timeEmbedding: TimestepEmbedding
    private let addedEmbedding: AddedEmbedding?
    private let hintEncoder: ControlHintEncoder
    private let downBlocks: [DownBlock]
    private let midBlock: MidBlock
    private let skipProjections: [Linear]
    private let middleProjection: Linear

    /// - Throws: `ModelError` where weights and configuration do not fit; `CancellationError`
    init(_ weights: Weights, _ configuration: UNetConfiguration) throws {
        self.configuration = configuration
        let builder = UNetBuilder(weights: weights, configuration: configuration)
        let channels = configuration.blockOutChannels
        inputConvolution = try weights.convolution("conv_in", inputs: configuration.inChannels, outputs: channels[0])
        timeEmbedding = try TimestepEmbedding(weights.scope("time_embedding"), configuration)
        addedEmbedding = try configuration.addedConditions.map {
            try AddedEmbedding(weights.scope("add_embedding"), $0, configuration)
        }
        hintEncoder = try ControlHintEncoder(weights.scope("controlnet_cond_embedding"), outputs: channels[0])
        downBlocks = try channels.indices.map(builder.downBlock)
        midBlock = try builder.midBlock()
        // As many as the way down leaves maps: the input's, one a layer, one a halving.
        var widths = [channels[0]]
        for (level, width) in channels.enumerated() {
            let count = configuration.layersPerBlock[level] + (level == channels.count - 1 ? 0 : 1)
            widths += Array(repeating: width, count: count)
        }
        skipProjections = try widths.enumerated().map { try weights.linear("controlnet_down_blocks.\($0)", inputs: $1, outputs: $1) }
        let last = channels[channels.count - 1]
        middleProjection = try weights.linear("controlnet_mid_block", inputs: last, outputs: last)
    }

    /// Prepares a prompt for any number of steps; `states` are `[batch, tokens, channels]`.
    func prepare(_ states: Tensor, pooled: Tensor?, sizes: [Int]) throws -> UNet.PromptContext {
        let layers = downBlocks.flatMap(\.layers) + [midBlock.first]
        var context = UNet.PromptContext(
            contexts: try layers.compactMap(\.transformer).map { try $0.context(from: states) }, batch: states.shape[0], states: states)
        if let addedEmbedding, let pooled { context.added = try addedEmbedding(pooled, sizes: sizes) }
        return context
    }

    /// The control picture as features, once for all steps.
    ///
    /// - Parameter picture: `[1, height, width, 3]`, 0...1
    /// - Returns: `[1, height / 8, width / 8, channels]`
    func hint(_ picture: Tensor) throws -> Tensor { try hintEncoder(picture) }

    /// - Parameters:
    ///   - sample: `[batch, height, width, 4]`, as the UNet sees it
    ///   - hint: from `hint(_:)`
    ///   - scale: multiplies all that is added
    /// - Throws: `CancellationError`
    func callAsFunction(
        _ sample: Tensor, timestep: Float, prompt: UNet.PromptContext, hint: Tensor, scale: Float, cancellation: CancellationFlag
    ) throws -> ControlResiduals {
        let time = try timeEmbedding(timestep, batch: sample.shape[0], adding: prompt.added)
        var conditions = UNetConditions(time: time, prompt: prompt, cancellation: cancellation)
        var hidden = try add(inputConvolution(sample), repeatedBatch(hint, count: sample.shape[0]))
        var skips = [hidden]
        for block in downBlocks { hidden = try block(hidden, skips: &skips, &conditions) }
        hidden = try midBlock(hidden, &conditions)
        return ControlResiduals(
            skips: try zip(skips, skipProjections).map { skip, projection in mapped(try projection(skip)) { $0 * scale } },
            middle: mapped(try middleProjection(hidden)) { $0 * scale })
    }
}

/// Strided convolutions from a picture to the latent's resolution (diffusers `ControlNetConditioningEmbedding`).
struct ControlHintEncoder {
    private let convolutions: [Convolution2D]

    init(_ weights: Weights, outputs: Int) throws {
        guard let first = weights.shape(of: "conv_in.weight")?.first else {
            _ = try weights.tensor("conv_in.weight", shape: [16, 3, 3, 3])
            convolutions = []
            return
        }
        var convolutions = [try weights.convolution("conv_in", inputs: 3, outputs: first)]
        var channels = first
        var index = 0
        // Pairs: one that keeps the size, one that strides and widens.
        while let shape = weights.shape(of: "blocks.\(index).weight"), let next = shape.first {
            convolutions.append(
                try weights.convolution("blocks.\(index)", inputs: channels, outputs: next, stride: index % 2 == 0 ? 1 : 2))
            channels = next
            index += 1
        }
        convolutions.append(try weights.convolution("conv_out", inputs: channels, outputs: outputs))
        self.convolutions = convolutions
    }

    func callAsFunction(_ picture: Tensor) throws -> Tensor {
        var hidden = picture
        for convolution in convolutions.dropLast() { hidden = try convolution(hidden, activation: .silu) }
        return try convolutions[convolutions.count - 1](hidden)
    }
}
