import Imaging
import Tensor

/// What an inpainting UNet sees beside the noisy latent: where to paint, and what is already there.
enum InpaintingConditioning {
    /// A picture as the autoencoder takes it: `[1, height, width, 3]`, -1...1; alpha is ignored.
    static func tensor(of image: RasterImage) -> Tensor {
        let result = Tensor(shape: [1, image.height, image.width, 3])
        result.withUnsafeMutableBuffer { target in
            image.pixels.withUnsafeBufferPointer { pixels in
                for pixel in 0..<image.width * image.height {
                    for channel in 0..<3 { target[pixel * 3 + channel] = Float(pixels[pixel * 4 + channel]) / 127.5 - 1 }
                }
            }
        }
        return result
    }

    /// A decoded picture, `[1, height, width, 3]` in -1...1, as opaque 8-bit sRGB.
    static func image(of tensor: Tensor) -> RasterImage {
        let (height, width) = (tensor.shape[1], tensor.shape[2])
        var image = RasterImage(width: width, height: height, fill: .black)
        tensor.withUnsafeBuffer { values in
            image.pixels.withUnsafeMutableBufferPointer { pixels in
                for pixel in 0..<width * height {
                    for channel in 0..<3 {
                        let value = (values[pixel * 3 + channel] / 2 + 0.5) * 255
                        pixels[pixel * 4 + channel] = UInt8(min(max(value.rounded(), 0), 255))
                    }
                }
            }
        }
        return image
    }

    /// The canvas where the product is, mid grey (0) elsewhere: `[1, height, width, 3]`.
    static func maskedPicture(_ canvas: RasterImage, _ productMask: Mask) -> Tensor {
        let result = tensor(of: canvas)
        result.withUnsafeMutableBuffer { target in
            for (pixel, value) in productMask.values.enumerated() where value < productThreshold {
                for channel in 0..<3 { target[pixel * 3 + channel] = 0 }
            }
        }
        return result
    }

    /// 1 for each latent cell to paint, 0 for each that the product touches: `[1, height / scale, width / scale, 1]`.
    ///
    /// Cells that are only partly product are kept whole (a max-pool of the product), for a cell painted over would leave a fringe.
    static func latentMask(_ productMask: Mask, latentScale scale: Int) -> Tensor {
        let (height, width) = (productMask.height / scale, productMask.width / scale)
        var values = [Float](repeating: 1, count: height * width)
        for y in 0..<height * scale {
            for x in 0..<width * scale where productMask[x, y] >= productThreshold {
                values[(y / scale) * width + x / scale] = 0
            }
        }
        return Tensor(values, shape: [1, height, width, 1])
    }

    /// From this value on a mask's pixel is product.
    private static let productThreshold: UInt8 = 128
}
