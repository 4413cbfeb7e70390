import Tensor

/// Two convolutions with group norms, around them a shortcut (diffusers `models/resnet.py`, `ResnetBlock2D`).
///
/// The UNet's are told the timestep; the autoencoder's are not.
struct ResidualBlock {
    private let firstNorm: GroupNorm
    private let firstConvolution: Convolution2D
    private let timeProjection: Linear?
    private let secondNorm: GroupNorm
    private let secondConvolution: Convolution2D
    private let shortcut: Linear?

    /// - Parameter timeChannels: channels of the timestep's embedding; nil for a block without
    init(_ weights: Weights, inputs: Int, outputs: Int, timeChannels: Int?, groups: Int, epsilon: Float) throws {
        guard inputs % groups == 0 else {
            throw ModelError.badConfiguration(path: "config.json", problem: "\(inputs) channels cannot be split into \(groups) groups")
        }
        firstNorm = try weights.groupNorm("norm1", groups: groups, channels: inputs, epsilon: epsilon)
        firstConvolution = try weights.convolution("conv1", inputs: inputs, outputs: outputs)
        timeProjection = try timeChannels.map { try weights.linear("time_emb_proj", inputs: $0, outputs: outputs) }
        secondNorm = try weights.groupNorm("norm2", groups: groups, channels: outputs, epsilon: epsilon)
        secondConvolution = try weights.convolution("conv2", inputs: outputs, outputs: outputs)
        shortcut = inputs == outputs ? nil : try weights.linear("conv_shortcut", inputs: inputs, outputs: outputs)
    }

    /// - Parameters:
    ///   - x: `[batch, height, width, inputs]`
    ///   - time: SiLU of the timestep's embedding, `[batch, timeChannels]`, or `[1, timeChannels]` for all of the batch
    /// - Returns: `[batch, height, width, outputs]`
    func callAsFunction(_ x: Tensor, time: Tensor? = nil) throws -> Tensor {
        let normed = try firstNorm(x, activation: .silu)
        let shift = try time.flatMap { time in try timeProjection.map { try $0(time, as: .float32) } }
        var hidden: Tensor
        if let shift, shift.shape[0] > 1 {
            hidden = try add(firstConvolution(normed, as: .float32), shift)
        } else {
            hidden = try firstConvolution(normed, shiftedBy: shift)
        }
        hidden = try secondNorm(hidden, activation: .silu)
        return try secondConvolution(hidden, adding: shortcut.map { try $0(x, as: x.precision) } ?? x)
    }
}
