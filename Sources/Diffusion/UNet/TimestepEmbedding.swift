import Foundation
import Tensor

/// Tells the network how noisy its input is: sinusoids of the timestep through a two-layer perceptron
/// (diffusers `models/embeddings.py`, `get_timestep_embedding` and `TimestepEmbedding`).
struct TimestepEmbedding {
    private let channels: Int
    private let flipSinToCos: Bool
    private let freqShift: Float
    private let first: Linear
    private let second: Linear
    private let guidanceProjection: Linear?

    /// Channels of the embedding: four times those of the first block.
    static func embeddingChannels(_ configuration: UNetConfiguration) -> Int { configuration.blockOutChannels[0] * 4 }

    init(_ weights: Weights, _ configuration: UNetConfiguration) throws {
        channels = configuration.blockOutChannels[0]
        flipSinToCos = configuration.flipSinToCos
        freqShift = configuration.freqShift
        let embedding = Self.embeddingChannels(configuration)
        first = try weights.linear("linear_1", inputs: channels, outputs: embedding)
        second = try weights.linear("linear_2", inputs: embedding, outputs: embedding)
        guidanceProjection = try configuration.guidanceChannels.map {
            try weights.linear("cond_proj", inputs: $0, outputs: configuration.blockOutChannels[0], bias: false)
        }
    }

    /// The embedding with the SiLU that every residual block applies first.
    ///
    /// - Parameters:
    ///   - batch: how many rows, all alike but for `added`
    ///   - guidanceScale: heard by models distilled with guidance only
    ///   - added: what SDXL adds, `[batch, 4 channels]`
    /// - Returns: `[batch, 4 channels]`
    func callAsFunction(_ timestep: Float, batch: Int, guidanceScale: Float = 1, adding added: Tensor? = nil) throws -> Tensor {
        var waves = Tensor(
            Self.sinusoids(of: timestep, channels: channels, flipSinToCos: flipSinToCos, freqShift: freqShift), shape: [1, channels])
        if let guidanceProjection {
            waves = try guidanceProjection(Self.guidanceWaves(guidanceScale, channels: guidanceProjection.inputChannels), adding: waves)
        }
        let hidden = try first(waves, activation: .silu)
        return try second(batch == 1 ? hidden : repeatedBatch(hidden, count: batch), adding: added, activation: .silu)
    }

    /// diffusers `get_guidance_scale_embedding`, of the scale less one, as its pipelines call it: `[1, channels]`.
    private static func guidanceWaves(_ guidanceScale: Float, channels: Int) -> Tensor {
        // Sines before cosines, and frequencies that reach the last one.
        Tensor(sinusoids(of: (guidanceScale - 1) * 1000, channels: channels, flipSinToCos: false, freqShift: 1), shape: [1, channels])
    }

    /// Sines and cosines of the timestep at frequencies from 1 down to 1/10000.
    static func sinusoids(of timestep: Float, channels: Int, flipSinToCos: Bool, freqShift: Float) -> [Float] {
        let half = channels / 2
        let angles = (0..<half).map { index in
            timestep * exp(-log(Float(10000)) * Float(index) / (Float(half) - freqShift))
        }
        let sines = angles.map { Float(sin(Double($0))) }
        let cosines = angles.map { Float(cos(Double($0))) }
        return flipSinToCos ? cosines + sines : sines + cosines
    }
}
