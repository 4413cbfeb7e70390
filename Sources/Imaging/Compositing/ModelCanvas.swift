/// What the model sees: the product on mid grey at the model's size, and where it stands.
public struct ModelCanvas: Sendable {
    /// sRGB, opaque.
    public let image: RasterImage
    /// As large as ``image``.
    public let productMask: Mask

    public init(image: RasterImage, productMask: Mask) {
        self.image = image
        self.productMask = productMask
    }

    /// The model size whose shape comes closest to a canvas and whose area is about `native` x `native`.
    ///
    /// - Parameters:
    ///   - native: the side of the model's training pictures, in pixels.
    ///   - multiple: what both sides must be divisible by (the latent scale times the UNet's total downsampling).
    public static func modelSize(for layout: CanvasLayout, native: Int, multiple: Int) -> (width: Int, height: Int) {
        let ratio = Double(max(1, layout.width)) / Double(max(1, layout.height))
        let step = max(1, multiple)
        func rounded(_ length: Double) -> Int { max(step, Int((length / Double(step)).rounded()) * step) }
        return (rounded(Double(native) * ratio.squareRoot()), rounded(Double(native) / ratio.squareRoot()))
    }
}
