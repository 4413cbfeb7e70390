import Tensor

/// Multi-head attention between the positions of a feature map, or from them to the prompt
/// (diffusers `models/attention_processor.py`, `Attention`).
struct AttentionLayer {
    /// Keys and values of a prompt, computed once and used at every step.
    struct Context {
        /// `[batch, tokens, channels]`
        let key: Tensor
        /// `[batch, tokens, channels]`
        let value: Tensor
        /// Pictures that are attended to beside the prompt.
        var pictures: [Picture] = []
    }

    /// Keys and values of a picture for attention of its own, whose result is added to the prompt's
    /// (decoupled cross attention, IP-Adapter, arXiv 2308.06721, equation 5).
    struct Picture {
        /// `[batch, picture tokens, channels]`
        let key: Tensor
        /// `[batch, picture tokens, channels]`
        let value: Tensor
        let scale: Float
    }

    private let heads: Int
    private let query: Linear
    private let key: Linear
    private let value: Linear
    private let output: Linear

    /// - Parameter contextChannels: channels of what is attended to
    init(_ weights: Weights, channels: Int, contextChannels: Int, heads: Int) throws {
        self.heads = heads
        query = try weights.linear("to_q", inputs: channels, outputs: channels, bias: false)
        key = try weights.linear("to_k", inputs: contextChannels, outputs: channels, bias: false)
        value = try weights.linear("to_v", inputs: contextChannels, outputs: channels, bias: false)
        output = try weights.linear("to_out.0", inputs: channels, outputs: channels)
    }

    /// What `states`, `[batch, tokens, contextChannels]`, offers to attend to.
    func context(from states: Tensor) throws -> Context {
        Context(key: try key(states), value: try value(states))
    }

    /// - Parameters:
    ///   - x: `[batch, positions, channels]`
    ///   - guide: where in the picture which tokens are heard; nil for everything everywhere
    ///   - residual: added to the result, in the shape of `x`
    func callAsFunction(_ x: Tensor, context: Context, guide: AttentionGuide.Level? = nil, adding residual: Tensor) throws -> Tensor {
        let query = try query(x)
        let mask = guide?.tokenBias.map(AttentionMask.additive) ?? .none
        let attended = try attention(query: query, key: context.key, value: context.value, heads: heads, mask: mask)
        guard !context.pictures.isEmpty else { return try output(attended, adding: residual) }
        // What adapters add is float32 throughout.
        let (exactQuery, sum) = (query.converted(to: .float32), attended.converted(to: .float32))
        for picture in context.pictures {
            let seen = try attention(query: exactQuery, key: picture.key, value: picture.value, heads: heads)
            accumulate(seen, scale: picture.scale, coverage: guide?.pictureCoverage, into: sum)
        }
        return try output(sum, adding: residual)
    }

    /// Adds `seen`, `[batch, positions, channels]`, times scale and the coverage of each position to `sum` in place.
    private func accumulate(_ seen: Tensor, scale: Float, coverage: [Float]?, into sum: Tensor) {
        let (positions, channels) = (seen.shape[1], seen.shape[2])
        seen.withUnsafeBuffer { seen in
            sum.withUnsafeMutableBuffer { sum in
                for row in 0..<seen.count / channels {
                    let weight = scale * (coverage?[row % positions] ?? 1)
                    for index in row * channels..<(row + 1) * channels { sum[index] += weight * seen[index] }
                }
            }
        }
    }
}
