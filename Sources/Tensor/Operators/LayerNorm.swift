import Kernels

/// Layer normalisation over the last axis.
public final class LayerNorm {
    private let scale, shift: Tensor
    private let epsilon: Float
    private let precision: Precision

    /// - Parameters:
    ///   - scale: `[channels]`.
    ///   - shift: `[channels]`.
    ///   - epsilon: added to the variance.
    ///   - precision: of the result.
    public init(scale: Tensor, shift: Tensor, epsilon: Float, precision: Precision = .float32) {
        self.scale = scale
        self.shift = shift
        self.epsilon = epsilon
        self.precision = precision
    }

    /// - Parameter x: `[…, channels]`.
    /// - Returns: the normalised, scaled and shifted input, shaped like `x`.
    /// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)``.
    public func callAsFunction(_ x: Tensor) throws -> Tensor {
        guard let channels = x.shape.last, x.count > 0, scale.shape == [channels], shift.shape == [channels] else {
            throw TensorError.shapeMismatch(
                operator: "LayerNorm", shapes: [x.shape, scale.shape, shift.shape], expected: "[…, channels], [channels], [channels]")
        }
        let result = Tensor(shape: x.shape, precision: precision)
        OperatorClock.shared.measure(.layerNorm) {
            kernels_layer_norm(
                x.address, x.precision.element, result.address, precision.element, x.count / channels, channels, scale.pointer,
                shift.pointer, epsilon)
        }
        return result
    }
}
