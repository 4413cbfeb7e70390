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
    ///   - residual: added to the result, in the shape of `x`
    func callAsFunction(_ x: Tensor, context: Context, adding residual: Tensor) throws -> Tensor {
        let attended = try attention(query: query(x), key: context.key, value: context.value, heads: heads)
        return try output(attended, adding: residual)
    }
}
