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
}

/// The slope of the sigmoid in quick GELU (Hendrycks and Gimpel, "Gaussian Error Linear Units", section 2).
let quickGELUSlope: Float = 1.702
