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

    /// Places a product as a layout says, at the model's size.
    ///
    /// - Throws: ``CompositeError`` when photo and cutout do not belong together.
    public static func make(photo: Photo, cutout: Cutout, layout: CanvasLayout, width: Int, height: Int) throws -> ModelCanvas {
        guard width > 0, height > 0, layout.width > 0, layout.height > 0 else { throw CompositeError.noPixels }
        let layer = try ProductSource(photo: photo, cutout: cutout).layer(layout: layout, width: width, height: height)
        var image = RasterImage(width: width, height: height, fill: .midGrey)
        var mask = Mask(width: width, height: height, fill: 0)
        for index in 0..<(width * height) {
            let alpha = Int(layer.pixels[index * 4 + 3])
            mask.values[index] = UInt8(alpha)
            for channel in 0..<3 {
                let product = Int(layer.pixels[index * 4 + channel])
                let grey = Int(image.pixels[index * 4 + channel])
                image.pixels[index * 4 + channel] = UInt8((product * alpha + grey * (255 - alpha) + 127) / 255)
            }
        }
        return ModelCanvas(image: image, productMask: mask)
    }

    /// The model size whose shape comes closest to a canvas and whose area is about `native` x `native`.
    ///
    /// - Parameters:
    ///   - native: the side of the model's training pictures, in pixels.
    ///   - multiple: what both sides must be divisible by (the latent scale times the UNet's total downsampling).
    public static func modelSize(for layout: CanvasLayout, native: Int, multiple: Int) -> (width: Int, height: Int) {
        // Beyond 4:1 no model draws anything sensible; the background is stretched instead.
        let ratio = min(4, max(0.25, Double(max(1, layout.width)) / Double(max(1, layout.height))))
        let step = max(1, multiple)
        func rounded(_ length: Double) -> Int { max(step, Int((length / Double(step)).rounded()) * step) }
        return (rounded(Double(native) * ratio.squareRoot()), rounded(Double(native) / ratio.squareRoot()))
    }
}
