import Tensor

/// What flows through the UNet beside the feature map: the timestep, the prompt, and the wish to stop.
struct UNetConditions {
    /// SiLU of the timestep's embedding, `[1, timeChannels]` for all of the batch.
    let time: Tensor
    /// The prompt's keys and values for each transformer, in the order in which the transformers run.
    let contexts: [SpatialTransformer.Context]
    let guide: AttentionGuide?
    let cancellation: CancellationFlag
    private var transformersRun = 0

    init(time: Tensor, prompt: UNet.PromptContext, cancellation: CancellationFlag) {
        self.time = time
        contexts = prompt.contexts
        guide = prompt.guide
        self.cancellation = cancellation
    }

    /// The context of the transformer that runs next.
    mutating func nextContext() -> SpatialTransformer.Context {
        defer { transformersRun += 1 }
        return contexts[transformersRun]
    }

    /// Leaves out all transformers but the last `count`.
    mutating func skip(toLast count: Int) {
        transformersRun = contexts.count - count
    }
}

/// A residual block and, where the architecture has one, the transformer after it.
struct UNetLayer {
    private let residual: ResidualBlock
    let transformer: SpatialTransformer?

    init(residual: ResidualBlock, transformer: SpatialTransformer?) {
        self.residual = residual
        self.transformer = transformer
    }

    /// - Parameter x: `[batch, height, width, inputs]`
    /// - Returns: `[batch, height, width, outputs]`
    func callAsFunction(_ x: Tensor, _ conditions: inout UNetConditions) throws -> Tensor {
        try conditions.cancellation.check()
        let hidden = try residual(x, time: conditions.time)
        guard let transformer else { return hidden }
        try conditions.cancellation.check()
        return try transformer(hidden, context: conditions.nextContext(), guide: conditions.guide, cancellation: conditions.cancellation)
    }
}

/// Layers at one resolution, then half of it (diffusers `unet_2d_blocks.py`, `DownBlock2D` and `CrossAttnDownBlock2D`).
struct DownBlock {
    let layers: [UNetLayer]
    private let downsampler: Convolution2D?

    init(layers: [UNetLayer], downsampler: Convolution2D?) {
        self.layers = layers
        self.downsampler = downsampler
    }

    /// Leaves every intermediate map in `skips` for the way up.
    func callAsFunction(_ x: Tensor, skips: inout [Tensor], _ conditions: inout UNetConditions) throws -> Tensor {
        let hidden = try layers(x, skips: &skips, &conditions)
        guard let downsampler else { return hidden }
        let halved = try downsampler(hidden, as: hidden.precision)
        skips.append(halved)
        return halved
    }

    /// The block without its downsampler.
    func layers(_ x: Tensor, skips: inout [Tensor], _ conditions: inout UNetConditions) throws -> Tensor {
        try layers.reduce(x) { hidden, layer in
            let result = try layer(hidden, &conditions)
            skips.append(result)
            return result
        }
    }
}

/// Layers at the lowest resolution (diffusers `UNetMidBlock2DCrossAttn`).
struct MidBlock {
    let first: UNetLayer
    let second: UNetLayer

    func callAsFunction(_ x: Tensor, _ conditions: inout UNetConditions) throws -> Tensor {
        try second(first(x, &conditions), &conditions)
    }
}

/// Layers that take the maps of the way down beside their input, then twice the resolution
/// (diffusers `UpBlock2D` and `CrossAttnUpBlock2D`).
struct UpBlock {
    let layers: [UNetLayer]
    private let upsampler: Convolution2D?

    init(layers: [UNetLayer], upsampler: Convolution2D?) {
        self.layers = layers
        self.upsampler = upsampler
    }

    /// Takes one map from the end of `skips` for each layer.
    func callAsFunction(_ x: Tensor, skips: inout [Tensor], _ conditions: inout UNetConditions) throws -> Tensor {
        var hidden = x
        for layer in layers {
            hidden = try layer(concatenateChannels([hidden, skips.removeLast()]), &conditions)
        }
        if let upsampler { hidden = try upsampler(upsampleNearest2x(hidden), as: hidden.precision) }
        return hidden
    }
}
