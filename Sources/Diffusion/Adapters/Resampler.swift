import Tensor

/// The Plus adapter's projection: learnt queries read the image encoder's patches, layer after layer
/// (tencent-ailab/IP-Adapter `resampler.py`; diffusers `IPAdapterPlusImageProjection`).
struct Resampler {
    private struct Layer {
        let patchNorm: LayerNorm
        let queryNorm: LayerNorm
        let query: Linear
        let key: Linear
        let value: Linear
        let output: Linear
        let heads: Int
        let perceptronNorm: LayerNorm
        let expansion: Linear
        let contraction: Linear

        init(_ weights: Weights, channels: Int) throws {
            let attention = weights.scope("0")
            let inner = attention.shape(of: "to_q.weight")?.first ?? channels
            // Heads are 64 channels wide.
            heads = max(inner / 64, 1)
            patchNorm = try attention.layerNorm("norm1", channels: channels)
            queryNorm = try attention.layerNorm("norm2", channels: channels)
            query = try attention.linear("to_q", inputs: channels, outputs: inner, bias: false)
            // Keys stand before values in one matrix.
            let both = try attention.tensor("to_kv.weight", shape: [2 * inner, channels])
            let half = inner * channels
            let (keys, values) = both.withUnsafeBuffer { (Array($0[..<half]), Array($0[half...])) }
            key = try Linear(weight: Tensor(keys, shape: [inner, channels]), bias: nil)
            value = try Linear(weight: Tensor(values, shape: [inner, channels]), bias: nil)
            output = try attention.linear("to_out", inputs: inner, outputs: channels, bias: false)
            let perceptron = weights.scope("1")
            let hidden = perceptron.shape(of: "1.weight")?.first ?? 4 * channels
            perceptronNorm = try perceptron.layerNorm("0", channels: channels)
            expansion = try perceptron.linear("1", inputs: channels, outputs: hidden, bias: false)
            contraction = try perceptron.linear("3", inputs: hidden, outputs: channels, bias: false)
        }

        func callAsFunction(_ latents: Tensor, patches: Tensor) throws -> Tensor {
            let normed = try queryNorm(latents)
            let read = joinedTokens([try patchNorm(patches), normed])
            let attended = try attention(query: query(normed), key: key(read), value: value(read), heads: heads)
            let hidden = try output(attended, adding: latents)
            return try contraction(expansion(perceptronNorm(hidden), activation: .gelu), adding: hidden)
        }
    }

    /// `[1, tokens, channels]`
    private let latents: Tensor
    private let inputProjection: Linear
    private let layers: [Layer]
    private let outputProjection: Linear
    private let outputNorm: LayerNorm

    var inputChannels: Int { inputProjection.inputChannels }

    init(_ weights: Weights, outputs: Int) throws {
        let shape = weights.shape(of: "latents") ?? []
        let count = shape.count == 3 ? shape[1] : 16
        let channels = shape.count == 3 ? shape[2] : 1
        latents = try weights.tensor("latents", shape: [1, count, channels])
        let inputs = weights.shape(of: "proj_in.weight")?.last ?? 1
        inputProjection = try weights.linear("proj_in", inputs: inputs, outputs: channels)
        layers = try (0...).prefix { weights.contains("layers.\($0).0.to_q.weight") }
            .map { try Layer(weights.scope("layers.\($0)"), channels: channels) }
        outputProjection = try weights.linear("proj_out", inputs: channels, outputs: outputs)
        outputNorm = try weights.layerNorm("norm_out", channels: outputs)
    }

    /// - Parameter patches: `[1, patches, channels]`
    /// - Returns: `[1, tokens, outputs]`
    func callAsFunction(_ patches: Tensor) throws -> Tensor {
        let read = try inputProjection(patches)
        return try outputNorm(outputProjection(layers.reduce(latents) { try $1($0, patches: read) }))
    }
}

/// Sequences one after another along their tokens; all are `[1, tokens, channels]`.
func joinedTokens(_ sequences: [Tensor]) -> Tensor {
    guard sequences.count > 1, let channels = sequences.first?.shape.last else { return sequences.first ?? Tensor(shape: [1, 0, 0]) }
    let joined = stackedBatch(sequences.map { $0.reshaped([$0.count / channels, channels]) })
    return joined.reshaped([1, joined.shape[0], channels])
}
