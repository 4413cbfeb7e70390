import Kernels

/// Group normalisation over feature maps, channels last.
public final class GroupNorm {
    private let groups: Int
    private let scale, shift: Tensor
    private let epsilon: Float
    private let precision: Precision

    /// - Parameters:
    ///   - groups: how many groups the channels fall into; must divide them.
    ///   - scale: `[channels]`.
    ///   - shift: `[channels]`.
    ///   - epsilon: added to the variance.
    ///   - precision: of the result.
    public init(groups: Int, scale: Tensor, shift: Tensor, epsilon: Float, precision: Precision = .float32) {
        self.groups = groups
        self.scale = scale
        self.shift = shift
        self.epsilon = epsilon
        self.precision = precision
    }

    /// - Parameter x: `[batch, …, channels]`; the statistics cover everything between and one group of the channels.
    /// - Returns: the activation of the normalised, scaled and shifted input, shaped like `x`.
    /// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)``.
    public func callAsFunction(_ x: Tensor, activation: Activation = .none) throws -> Tensor {
        guard let channels = x.shape.last, x.shape.count >= 2, x.count > 0, groups > 0, channels % groups == 0,
            scale.shape == [channels], shift.shape == [channels]
        else {
            throw TensorError.shapeMismatch(
                operator: "GroupNorm", shapes: [x.shape, scale.shape, shift.shape],
                expected: "[batch, …, channels], [channels], [channels] with channels in \(groups) equal groups")
        }
        let batch = x.shape[0]
        let positions = x.count / batch / channels
        let result = Tensor(shape: x.shape, precision: precision)
        let scratch = TensorStorage(
            bytes: kernels_group_norm_scratch(batch, positions, channels) * MemoryLayout<Double>.stride)
        scratch.withMemory(of: Double.self) { scratch in
            OperatorClock.shared.measure(.groupNorm) {
                kernels_group_norm(
                    x.address, x.precision.element, result.address, precision.element, batch, positions, channels, groups,
                    scale.pointer, shift.pointer, epsilon, activation.kernel, scratch)
            }
        }
        return result
    }
}
