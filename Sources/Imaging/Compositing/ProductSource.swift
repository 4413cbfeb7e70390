/// The product of a photo as pixels with alpha: the photo's colours, the cutout's mask as alpha, and the product's own colour where the
/// edge is soft.
struct ProductSource {
    let photo: Photo
    let cutout: Cutout

    /// - Throws: ``CompositeError/maskSize(mask:photo:)`` when the two do not belong together.
    init(photo: Photo, cutout: Cutout) throws {
        guard cutout.mask.width == photo.width, cutout.mask.height == photo.height else {
            throw CompositeError.maskSize(
                mask: "\(cutout.mask.width) x \(cutout.mask.height)", photo: "\(photo.width) x \(photo.height)")
        }
        guard photo.width > 0, photo.height > 0 else { throw CompositeError.noPixels }
        self.photo = photo
        self.cutout = cutout
    }

    /// Lends the product to resampling.
    func withPixelSource<Result>(_ body: (PixelSource) throws -> Result) rethrows -> Result {
        let width = photo.width
        let edge = cutout.edgeColours
        return try photo.image.pixels.withUnsafeBytes { raw in
            try cutout.mask.values.withUnsafeBufferPointer { values in
                let pixels = SharedPixels(UnsafeMutableBufferPointer(mutating: raw.bindMemory(to: UInt32.self)))
                let mask = SharedPixels(UnsafeMutableBufferPointer(mutating: values))
                let source = PixelSource(
                    width: width, height: photo.height,
                    row: { y, scratch in
                        let first = y * width
                        scratch.withMemoryRebound(to: UInt32.self, capacity: width) { out in
                            for x in 0..<width {
                                let rgb = UInt32(littleEndian: pixels[first + x]) & 0x00FF_FFFF
                                out[x] = UInt32(littleEndian: rgb | UInt32(mask[first + x]) << 24)
                            }
                        }
                        edge.forEach(in: first..<(first + width)) { pixel, colour in
                            let alpha = scratch[pixel - first].w
                            scratch[pixel - first] = SIMD4(
                                UInt8(colour.x >> 8), UInt8(colour.y >> 8), UInt8(colour.z >> 8), alpha)
                        }
                        return UnsafePointer(scratch)
                    }, isOpaque: false)
                return try body(source)
            }
        }
    }

    /// The product as it lies on a canvas, at any size: sRGB, straight alpha, transparent around it.
    func layer(layout: CanvasLayout, width: Int, height: Int) -> RasterImage {
        let window = Resampler.Window(
            x: Double(-layout.productX), y: Double(-layout.productY), width: Double(layout.width), height: Double(layout.height))
        let image = withPixelSource { source in
            Resampler(source: source, window: window, targetWidth: width, targetHeight: height, edge: .transparent)
                .image(width: width, height: height)
        }
        let space = ColourSpace(photo.colour)
        return space.isSRGB ? image : ColourTransform(from: space, to: .sRGB).apply(image)
    }
}

/// Why pictures could not be put together.
public enum CompositeError: Error, Equatable, CustomStringConvertible {
    case maskSize(mask: String, photo: String)
    case canvasSize(width: Int, height: Int)
    case noPixels

    public var description: String {
        switch self {
        case .maskSize(let mask, let photo):
            "The cutout's mask (\(mask)) is not as large as its photo (\(photo)). Make the cutout again."
        case .canvasSize(let width, let height):
            "A canvas of \(width) x \(height) pixels cannot be made (at most \(PictureLimits.megapixels) megapixels)."
        case .noPixels:
            "The picture has no pixels."
        }
    }
}
