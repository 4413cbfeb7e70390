/// A picture at another size: antialiased when smaller, smooth when larger, with premultiplied alpha so that transparent pixels lend no
/// colour to their neighbours. Values are averaged as they are encoded (gamma).
///
/// - Parameters:
///   - width: at least 1.
///   - height: at least 1.
/// - Returns: the picture itself when the size is already right; a transparent one when the picture has no pixels.
public func resized(_ image: RasterImage, width: Int, height: Int) -> RasterImage {
    precondition(width > 0 && height > 0, "a picture of \(width) x \(height) pixels cannot be made")
    guard image.width != width || image.height != height else { return image }
    guard image.width > 0, image.height > 0 else { return RasterImage(width: width, height: height) }
    return image.withPixelSource { source in
        Resampler(source: source, targetWidth: width, targetHeight: height).image(width: width, height: height)
    }
}

/// The largest picture of the same shape that fits; never larger than the original.
public func resized(_ image: RasterImage, fitting width: Int, _ height: Int) -> RasterImage {
    let size = fittingSize(of: image.width, image.height, into: width, height)
    return resized(image, width: size.width, height: size.height)
}

/// The size that keeps the shape of `width` x `height`, fits into the limits and is not larger.
public func fittingSize(of width: Int, _ height: Int, into maximumWidth: Int, _ maximumHeight: Int) -> (width: Int, height: Int) {
    let scale = min(1, Double(maximumWidth) / Double(max(1, width)), Double(maximumHeight) / Double(max(1, height)))
    return (max(1, Int((Double(width) * scale).rounded())), max(1, Int((Double(height) * scale).rounded())))
}

/// An opaque picture of 16 bit (RGBA) at another size, as ``resized(_:width:height:)`` does it.
///
/// Resampling is linear: the high bytes and the low bytes are resampled apart and added, and no step of the 16 bit is lost.
func resized(deep values: [UInt16], width: Int, height: Int, toWidth newWidth: Int, height newHeight: Int) -> [UInt16] {
    let size = newWidth * newHeight * 4
    return [UInt16](unsafeUninitializedCapacity: size) { buffer, count in
        values.withUnsafeBytes { raw in
            let pixels = SharedPixels(UnsafeMutableBufferPointer(mutating: raw.bindMemory(to: SIMD4<UInt16>.self)))
            let out = SharedPixels(UnsafeMutableRawBufferPointer(buffer).bindMemory(to: SIMD4<UInt16>.self))
            func resample(shift: UInt16, _ sink: @escaping Resampler.RowSink) {
                let source = PixelSource(
                    width: width, height: height,
                    row: { y, scratch in
                        for x in 0..<width { scratch[x] = SIMD4<UInt8>(truncatingIfNeeded: pixels[y * width + x] &>> shift) }
                        return UnsafePointer(scratch)
                    }, isOpaque: true)
                Resampler(source: source, targetWidth: newWidth, targetHeight: newHeight).run(sink)
            }
            var high = [SIMD4<Float>](repeating: .zero, count: newWidth * newHeight)
            high.withUnsafeMutableBufferPointer { high in
                let high = SharedPixels(high)
                resample(shift: 8) { y, row in for x in 0..<newWidth { high[y * newWidth + x] = row[x] * 256 } }
                resample(shift: 0) { y, row in
                    for x in 0..<newWidth { out[y * newWidth + x] = roundedWords(clamp(high[y * newWidth + x] + row[x], 0, 65535)) }
                }
            }
        }
        count = size
    }
}

/// A mask at another size, antialiased.
public func resized(_ mask: Mask, width: Int, height: Int) -> Mask {
    precondition(width > 0 && height > 0, "a mask of \(width) x \(height) pixels cannot be made")
    guard mask.width != width || mask.height != height else { return mask }
    guard mask.width > 0, mask.height > 0 else { return Mask(width: width, height: height, fill: 0) }
    var result = Mask(width: width, height: height, fill: 0)
    mask.values.withUnsafeBufferPointer { values in
        let shared = SharedPixels(UnsafeMutableBufferPointer(mutating: values))
        let sourceWidth = mask.width
        let source = PixelSource(
            width: mask.width, height: mask.height,
            row: { y, scratch in
                for x in 0..<sourceWidth { scratch[x] = SIMD4(repeating: shared[y * sourceWidth + x]) }
                return UnsafePointer(scratch)
            }, isOpaque: true)
        result.values.withUnsafeMutableBufferPointer { buffer in
            let out = SharedPixels(buffer)
            Resampler(source: source, targetWidth: width, targetHeight: height).run { y, row in
                for x in 0..<width { out[y * width + x] = roundedBytes(clamp(row[x], 0, 255)).x }
            }
        }
    }
    return result
}

extension RasterImage {
    /// Lends the pixels to resampling.
    func withPixelSource<Result>(isOpaque: Bool? = nil, _ body: (PixelSource) throws -> Result) rethrows -> Result {
        let opaque = isOpaque ?? self.isOpaque
        let width = width
        let height = height
        return try pixels.withUnsafeBytes { raw in
            let shared = SharedPixels(UnsafeMutableBufferPointer(mutating: raw.bindMemory(to: SIMD4<UInt8>.self)))
            return try body(
                PixelSource(width: width, height: height, row: { y, _ in UnsafePointer(shared.base + y * width) }, isOpaque: opaque))
        }
    }
}

extension Resampler {
    /// The result as a picture with straight alpha.
    func image(width: Int, height: Int) -> RasterImage {
        RasterImage(width: width, height: height) { buffer in
            let out = SharedPixels(UnsafeMutableRawBufferPointer(buffer).bindMemory(to: SIMD4<UInt8>.self))
            run { y, row in
                for x in 0..<width { out[y * width + x] = straightBytes(row[x]) }
            }
        }
    }
}
