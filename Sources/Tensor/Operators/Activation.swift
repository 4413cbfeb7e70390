import Kernels

/// The functions that networks apply to every number.
public enum Activation: Sendable, Hashable, CaseIterable {
    /// x
    case none
    /// x · sigmoid(x), also called swish
    case silu
    /// x · sigmoid(1.702 x), as in CLIP
    case quickGELU
    /// x · (1 + erf(x / √2)) / 2, the exact form
    case gelu
    /// max(x, 0)
    case relu

    /// The same function in the kernels.
    var kernel: kernels_activation {
        switch self {
        case .none: kernels_activation_none
        case .silu: kernels_activation_silu
        case .quickGELU: kernels_activation_quick_gelu
        case .gelu: kernels_activation_gelu
        case .relu: kernels_activation_relu
        }
    }
}

/// Applies `activation` to every number.
public func activate(_ x: Tensor, _ activation: Activation) -> Tensor {
    let result = Tensor(shape: x.shape)
    OperatorClock.shared.measure(.elementwise) { kernels_activate(x.pointer, result.pointer, x.count, activation.kernel) }
    return result
}

/// The slope of the sigmoid in quick GELU (Hendrycks and Gimpel, "Gaussian Error Linear Units", section 2).
let quickGELUSlope: Float = 1.702
