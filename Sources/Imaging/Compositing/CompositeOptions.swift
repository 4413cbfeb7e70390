/// How a product is joined to its background.
public struct CompositeOptions: Sendable, Hashable, Codable {
    /// The shadow that a product throws where the background shows none.
    public enum Shadow: Sendable, Hashable, Codable {
        /// As much as the background lacks: nothing where the model painted a shadow of its own.
        case automatic
        /// The same strength whatever the background shows: 0 (none) … 1 (a clear studio shadow) … 2.
        case fixed(Double)

        public static let none = Shadow.fixed(0)
    }

    public var shadow = Shadow.automatic
    /// How clearly a glossy floor mirrors the product: 0 (not at all) … 1 (like a dark mirror).
    public var reflection = 0.0
    /// How much of the background's light flows around the product's soft edge, 0...1. Core pixels are never touched.
    public var lightWrap = 0.0
    /// How far the product's exposure and white balance go towards the scene's, 0...1. Above 0 the product's pixels change, within the
    /// bounds of ``Harmonisation``; at 0 they are the photo's, bit by bit.
    public var harmonisation = 0.0
    /// The standard deviation of the background's film grain, in 8-bit steps. The least (0.6) only hides the steps of smooth gradients.
    public var grain = 0.6

    public init() {}

    /// What the studio uses.
    public static let standard = CompositeOptions()
}
