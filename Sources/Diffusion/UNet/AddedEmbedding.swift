import Tensor

/// Tells SDXL the whole prompt in one vector and for what size of picture it is
/// (diffusers `unet_2d_condition.py`, `get_aug_embed` with `text_time`).
struct AddedEmbedding {
    private let conditions: UNetConfiguration.AddedConditions
    private let flipSinToCos: Bool
    private let freqShift: Float
    private let first: Linear
    private let second: Linear

    init(_ weights: Weights, _ conditions: UNetConfiguration.AddedConditions, _ configuration: UNetConfiguration) throws {
        self.conditions = conditions
        flipSinToCos = configuration.flipSinToCos
        freqShift = configuration.freqShift
        let outputs = TimestepEmbedding.embeddingChannels(configuration)
        first = try weights.linear("linear_1", inputs: conditions.inputChannels, outputs: outputs)
        second = try weights.linear("linear_2", inputs: outputs, outputs: outputs)
    }

    /// - Parameters:
    ///   - pooled: `[batch, pooledChannels]`
    ///   - sizes: original height and width, top and left of the crop, target height and width, in pixels; the same for all
    /// - Returns: `[batch, timeChannels]`
    func callAsFunction(_ pooled: Tensor, sizes: [Int]) throws -> Tensor {
        let waves = sizes.flatMap {
            TimestepEmbedding.sinusoids(
                of: Float($0), channels: conditions.numberChannels, flipSinToCos: flipSinToCos, freqShift: freqShift)
        }
        let repeated = repeatedBatch(Tensor(waves, shape: [1, waves.count]), count: pooled.shape[0])
        return try second(first(concatenateChannels([pooled, repeated]), activation: .silu))
    }
}
