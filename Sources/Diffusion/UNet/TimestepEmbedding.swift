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

    /// Channels of the embedding: four times those of the first block.
    static func embeddingChannels(_ configuration: UNetConfiguration) -> Int { configuration.blockOutChannels[0] * 4 }

    init(_ weights: Weights, _ configuration: UNetConfiguration) throws {
        channels = configuration.blockOutChannels[0]
        flipSinToCos = configuration.flipSinToCos
        freqShift = configuration.freqShift
        let embedding = Self.embeddingChannels(configuration)
        first = try weights.linear("linear_1", inputs: channels, outputs: embedding)
        second = try weights.linear("linear_2", inputs: embedding, outputs: embedding)
    }

    /// The embedding with the SiLU that every residual block applies first: `[batch, 4 channels]`, all rows alike.
    func callAsFunction(_ timestep: Float, batch: Int) throws -> Tensor {
        let waves = Self.sinusoids(of: timestep, channels: channels, flipSinToCos: flipSinToCos, freqShift: freqShift)
        let embedded = try second(first(Tensor(waves, shape: [1, channels]), activation: .silu), activation: .silu)
        return batch == 1 ? embedded : repeatedBatch(embedded, count: batch)
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
