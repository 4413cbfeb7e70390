import Tensor

/// The network that predicts the noise in a latent (diffusers `unet_2d_condition.py`, `UNet2DConditionModel`).
final class UNet {
    let configuration: UNetConfiguration
    private let inputConvolution: Convolution2D
    private let timeEmbedding: TimestepEmbedding
    private let downBlocks: [DownBlock]
    private let midBlock: MidBlock?
    private let upBlocks: [UpBlock]
    private let outputNorm: GroupNorm
    private let outputConvolution: Convolution2D

    /// A prompt as the UNet uses it: keys and values for every transformer, in the order they run.
    struct PromptContext {
        let contexts: [SpatialTransformer.Context]
        let batch: Int
    }

    /// - Throws: `ModelError` where weights and configuration do not fit; `CancellationError`
    init(_ weights: Weights, _ configuration: UNetConfiguration) throws {
        self.configuration = configuration
        let builder = UNetBuilder(weights: weights, configuration: configuration)
        let channels = configuration.blockOutChannels[0]
        inputConvolution = try weights.convolution("conv_in", inputs: configuration.inChannels, outputs: channels)
        timeEmbedding = try TimestepEmbedding(weights.scope("time_embedding"), configuration)
        downBlocks = try configuration.blockOutChannels.indices.map(builder.downBlock)
        midBlock = configuration.hasMidBlock ? try builder.midBlock() : nil
        upBlocks = try configuration.blockOutChannels.indices.map(builder.upBlock)
        outputNorm = try weights.groupNorm(
            "conv_norm_out", groups: configuration.normGroups, channels: channels, epsilon: configuration.normEpsilon)
        outputConvolution = try weights.convolution("conv_out", inputs: channels, outputs: configuration.outChannels)
    }

    /// Prepares a prompt for any number of steps.
    ///
    /// - Parameter states: the text encoder's hidden states, `[batch, tokens, channels]`
    func prepare(_ states: Tensor) throws -> PromptContext {
        let layers = downBlocks.flatMap(\.layers) + (midBlock.map { [$0.first] } ?? []) + upBlocks.flatMap(\.layers)
        return PromptContext(contexts: try layers.compactMap(\.transformer).map { try $0.context(from: states) }, batch: states.shape[0])
    }

    /// Predicts noise, or velocity.
    ///
    /// - Parameters:
    ///   - sample: `[batch, height, width, inChannels]`, height and width multiples of 2 to the number of halvings
    ///   - timestep: in units of the training schedule
    ///   - prompt: of the same batch
    /// - Returns: `[batch, height, width, outChannels]`
    /// - Throws: `CancellationError`
    func callAsFunction(_ sample: Tensor, timestep: Float, prompt: PromptContext, cancellation: CancellationFlag) throws -> Tensor {
        var conditions = UNetConditions(
            time: try timeEmbedding(timestep, batch: sample.shape[0]), contexts: prompt.contexts, cancellation: cancellation)
        var hidden = try inputConvolution(configuration.centerInputSample ? mapped(sample) { 2 * $0 - 1 } : sample)
        var skips = [hidden]
        for block in downBlocks { hidden = try block(hidden, skips: &skips, &conditions) }
        if let midBlock { hidden = try midBlock(hidden, &conditions) }
        for block in upBlocks { hidden = try block(hidden, skips: &skips, &conditions) }
        return try outputConvolution(outputNorm(hidden, activation: .silu))
    }
}
