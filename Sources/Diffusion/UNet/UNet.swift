import Tensor

/// The network that predicts the noise in a latent (diffusers `unet_2d_condition.py`, `UNet2DConditionModel`).
final class UNet {
    let configuration: UNetConfiguration
    private let inputConvolution: Convolution2D
    private let timeEmbedding: TimestepEmbedding
    private let addedEmbedding: AddedEmbedding?
    private let downBlocks: [DownBlock]
    private let midBlock: MidBlock?
    private let upBlocks: [UpBlock]
    private let outputNorm: GroupNorm
    private let outputConvolution: Convolution2D

    /// A prompt as the UNet uses it: keys and values for every transformer, in the order they run.
    struct PromptContext {
        let contexts: [SpatialTransformer.Context]
        let batch: Int
        /// The states it was made from, `[batch, tokens, channels]`.
        let states: Tensor
        /// What SDXL adds to the timestep's embedding, `[batch, timeChannels]`.
        var added: Tensor?
        /// Where in the picture which tokens are heard.
        var guide: AttentionGuide?
        /// Heard by models distilled with guidance only.
        var guidanceScale: Float = 1
    }

    /// What the levels below the highest resolution made of a call, for later calls to use again: neighbouring steps differ little there
    /// (DeepCache, arXiv 2312.00858).
    final class DeepFeatures {
        /// The input of the last up block, `[batch, height, width, channels]`.
        fileprivate var hidden: Tensor?

        init() {}
    }

    /// - Throws: `ModelError` where weights and configuration do not fit; `CancellationError`
    init(_ weights: Weights, _ configuration: UNetConfiguration) throws {
        self.configuration = configuration
        let builder = UNetBuilder(weights: weights, configuration: configuration)
        let channels = configuration.blockOutChannels[0]
        // Where numbers come in and go out, and for the timestep, a few more bits cost next to nothing.
        let exact = weights.multiplied(in: .float32)
        inputConvolution = try exact.convolution("conv_in", inputs: configuration.inChannels, outputs: channels)
        timeEmbedding = try TimestepEmbedding(exact.scope("time_embedding"), configuration)
        addedEmbedding = try configuration.addedConditions.map {
            try AddedEmbedding(exact.scope("add_embedding"), $0, configuration)
        }
        downBlocks = try configuration.blockOutChannels.indices.map(builder.downBlock)
        midBlock = configuration.hasMidBlock ? try builder.midBlock() : nil
        upBlocks = try configuration.blockOutChannels.indices.map(builder.upBlock)
        outputNorm = try exact.groupNorm(
            "conv_norm_out", groups: configuration.normGroups, channels: channels, epsilon: configuration.normEpsilon)
        outputConvolution = try exact.convolution("conv_out", inputs: channels, outputs: configuration.outChannels)
    }

    /// Prepares a prompt for any number of steps.
    ///
    /// - Parameters:
    ///   - states: the text encoder's hidden states, `[batch, tokens, channels]`
    ///   - pictures: what IP-Adapters make of style pictures, each of the same batch
    func prepare(_ states: Tensor, pictures: [PicturePrompt] = []) throws -> PromptContext {
        let down = downBlocks.flatMap(\.layers).compactMap(\.transformer)
        let middle = [midBlock?.first.transformer].compactMap { $0 }
        let up = upBlocks.flatMap(\.layers).compactMap(\.transformer)
        // IP-Adapter files number the layers in the order in which diffusers' UNet lists its modules: down, up, middle.
        let downCount = down.reduce(0) { $0 + $1.layerCount }
        let upCount = up.reduce(0) { $0 + $1.layerCount }
        var contexts: [SpatialTransformer.Context] = []
        for (transformers, first) in [(down, 0), (middle, downCount + upCount), (up, downCount)] {
            var layer = first
            for transformer in transformers {
                contexts.append(
                    try transformer.context(from: states).map { context in
                        defer { layer += 1 }
                        var context = context
                        context.pictures = try pictures.map { try $0.attention(layer: layer) }
                        return context
                    })
            }
        }
        return PromptContext(contexts: contexts, batch: states.shape[0], states: states)
    }

    /// Cross-attention layers in all.
    var crossAttentionCount: Int {
        (downBlocks.flatMap(\.layers) + (midBlock.map { [$0.first] } ?? []) + upBlocks.flatMap(\.layers))
            .reduce(0) { $0 + ($1.transformer?.layerCount ?? 0) }
    }

    /// What SDXL is told beside the timestep; nil for models that aren't.
    ///
    /// - Parameters:
    ///   - pooled: the pooled prompt, `[batch, pooledChannels]`
    ///   - sizes: original height and width, top and left of the crop, target height and width, in pixels
    func added(_ pooled: Tensor?, sizes: [Int]) throws -> Tensor? {
        guard let addedEmbedding, let pooled else { return nil }
        return try addedEmbedding(pooled, sizes: sizes)
    }

    /// Predicts noise, or velocity.
    ///
    /// - Parameters:
    ///   - sample: `[batch, height, width, inChannels]`, height and width multiples of 2 to the number of halvings
    ///   - timestep: in units of the training schedule
    ///   - prompt: of the same batch
    ///   - control: what ControlNets add
    ///   - deep: filled by this call; nil keeps nothing
    /// - Returns: `[batch, height, width, outChannels]`
    /// - Throws: `CancellationError`
    func callAsFunction(
        _ sample: Tensor, timestep: Float, prompt: PromptContext, control: ControlResiduals? = nil, filling deep: DeepFeatures? = nil,
        cancellation: CancellationFlag
    ) throws -> Tensor {
        var conditions = try conditions(timestep, prompt, cancellation)
        var hidden = try entered(sample)
        var skips = [hidden]
        for block in downBlocks { hidden = try block(hidden, skips: &skips, &conditions) }
        if let midBlock { hidden = try midBlock(hidden, &conditions) }
        if let control {
            skips = try zip(skips, control.skips).map { try add($0, $1) }
            hidden = try add(hidden, control.middle)
        }
        for (index, block) in upBlocks.enumerated() {
            if index == upBlocks.count - 1 { deep?.hidden = hidden }
            hidden = try block(hidden, skips: &skips, &conditions)
        }
        return try outputConvolution(outputNorm(hidden, activation: .silu))
    }

    /// The same at the highest resolution only, with what an earlier call left in `deep` for the levels below; nil where that call was of
    /// another size, or the model has no levels below.
    func shallow(
        _ sample: Tensor, timestep: Float, prompt: PromptContext, using deep: DeepFeatures, cancellation: CancellationFlag
    ) throws -> Tensor? {
        guard upBlocks.count > 1, let first = downBlocks.first, let last = upBlocks.last, let below = deep.hidden,
            below.shape[0] == sample.shape[0], below.shape[1] == sample.shape[1], below.shape[2] == sample.shape[2]
        else { return nil }
        var conditions = try conditions(timestep, prompt, cancellation)
        let entered = try entered(sample)
        var skips = [entered]
        _ = try first.layers(entered, skips: &skips, &conditions)
        conditions.skip(toLast: last.layers.count { $0.transformer != nil })
        return try outputConvolution(outputNorm(last(below, skips: &skips, &conditions), activation: .silu))
    }

    private func conditions(_ timestep: Float, _ prompt: PromptContext, _ cancellation: CancellationFlag) throws -> UNetConditions {
        let rows = prompt.added?.shape[0] ?? 1
        let time = try timeEmbedding(timestep, batch: rows, guidanceScale: prompt.guidanceScale, adding: prompt.added)
        return UNetConditions(time: time, prompt: prompt, cancellation: cancellation)
    }

    private func entered(_ sample: Tensor) throws -> Tensor {
        try inputConvolution(configuration.centerInputSample ? mapped(sample) { 2 * $0 - 1 } : sample)
    }
}
