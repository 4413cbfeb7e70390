/// Shows backgrounds behind one product at screen size. Made once for a product and a canvas, it keeps the product small, so that each
/// further background costs a few milliseconds.
public struct CompositePreview: Sendable {
    /// The preview's size, in pixels.
    public let width, height: Int
    /// The product in sRGB with straight alpha.
    private let product: RasterImage
    private let ground: Ground
    private let options: CompositeOptions
    private let table = TransferTable(.sRGB)

    /// - Parameters:
    ///   - maximumWidth: the preview is no wider, and no larger than the canvas.
    ///   - maximumHeight: the preview is no higher.
    /// - Throws: ``CompositeError``.
    public init(
        photo: Photo, cutout: Cutout, layout: CanvasLayout, maximumWidth: Int, maximumHeight: Int,
        options: CompositeOptions = .standard
    ) throws {
        guard layout.width > 0, layout.height > 0, maximumWidth > 0, maximumHeight > 0 else { throw CompositeError.noPixels }
        let size = fittingSize(of: layout.width, layout.height, into: maximumWidth, maximumHeight)
        width = size.width
        height = size.height
        product = try ProductSource(photo: photo, cutout: cutout).layer(layout: layout, width: size.width, height: size.height)
        ground = Ground(product: product)
        self.options = options
    }

    /// The composite with this background, sRGB and opaque.
    public func render(background: RasterImage) -> RasterImage {
        var result = resized(background, width: width, height: height)
        let ground = ground.layer(behind: background, options: options)
        let product = Harmonisation(background: background, strength: options.harmonisation)?.apply(to: product) ?? product
        let table = table
        let width = width
        result.pixels.withUnsafeMutableBufferPointer { buffer in
            let out = SharedPixels(buffer)
            product.pixels.withUnsafeBufferPointer { pixels in
                let front = SharedPixels(UnsafeMutableBufferPointer(mutating: pixels))
                parallel(height) { y in
                    ground?.apply(toBytes: out.base + y * width * 4, row: y, width: width, height: height)
                    for index in stride(from: y * width * 4, to: (y + 1) * width * 4, by: 4) {
                        let alpha = front[index + 3]
                        if alpha == 255 {
                            for channel in 0..<3 { out[index + channel] = front[index + channel] }
                        } else if alpha > 0 {
                            let share = Float(alpha) / 255
                            for channel in 0..<3 {
                                let near = table.linear[Int(front[index + channel]) * 257]
                                let far = table.linear[Int(out[index + channel]) * 257]
                                out[index + channel] = UInt8(unit: table.encode(near * share + far * (1 - share)))
                            }
                        }
                        out[index + 3] = 255
                    }
                }
            }
        }
        return result
    }
}
