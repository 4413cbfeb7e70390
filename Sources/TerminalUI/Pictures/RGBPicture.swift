import CSixel
import Imaging

/// 8-bit RGB pixels, row-major: a copy of a picture that an encoder may do with as it likes.
struct RGBPicture: Sendable {
    let width: Int
    let height: Int
    /// `width * height * 3` bytes.
    var bytes: [UInt8]

    init(width: Int, height: Int, bytes: [UInt8]) {
        self.width = width
        self.height = height
        self.bytes = bytes
    }

    /// `image` on `background`, scaled to exactly `width` x `height` pixels.
    /// - Throws: `PictureError`.
    init(_ image: RasterImage, width: Int, height: Int, background: RGB) throws {
        guard width > 0, height > 0, image.width > 0, image.height > 0,
            image.pixels.count == image.width * image.height * 4
        else { throw PictureError.empty }
        let flat = Self.flattened(image, by: max(1, min(image.width / width, image.height / height)), background: background)
        self = try flat.scaled(width: width, height: height)
    }

    /// Puts the picture on a ground and averages `factor` x `factor` pixels into one, so that scaling starts near the size wanted.
    private static func flattened(_ image: RasterImage, by factor: Int, background: RGB) -> RGBPicture {
        let width = image.width / factor
        let height = image.height / factor
        let ground = [Int(background.red), Int(background.green), Int(background.blue)]
        let bytes = [UInt8](unsafeUninitializedCapacity: width * height * 3) { output, count in
            image.pixels.withUnsafeBufferPointer { input in
                var target = 0
                for row in 0..<height {
                    for column in 0..<width {
                        var red = 0
                        var green = 0
                        var blue = 0
                        for y in 0..<factor {
                            var source = ((row * factor + y) * image.width + column * factor) * 4
                            for _ in 0..<factor {
                                let alpha = Int(input[source + 3])
                                red += Int(input[source]) * alpha + ground[0] * (255 - alpha)
                                green += Int(input[source + 1]) * alpha + ground[1] * (255 - alpha)
                                blue += Int(input[source + 2]) * alpha + ground[2] * (255 - alpha)
                                source += 4
                            }
                        }
                        let whole = 255 * factor * factor
                        output[target] = UInt8((red + whole / 2) / whole)
                        output[target + 1] = UInt8((green + whole / 2) / whole)
                        output[target + 2] = UInt8((blue + whole / 2) / whole)
                        target += 3
                    }
                }
                count = target
            }
        }
        return RGBPicture(width: width, height: height, bytes: bytes)
    }

    /// The picture at another size, bilinear; `nearest` repeats pixels instead.
    /// - Throws: `PictureError.encoder`.
    func scaled(width: Int, height: Int, nearest: Bool = false) throws -> RGBPicture {
        if width == self.width, height == self.height { return self }
        var result = [UInt8](repeating: 0, count: width * height * 3)
        let status = bytes.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { target in
                sixel_helper_scale_image(
                    target.baseAddress, source.baseAddress, Int32(self.width), Int32(self.height), backdrop_sixel_rgb888(),
                    Int32(width), Int32(height), nearest ? SIXEL_RES_NEAREST : SIXEL_RES_BILINEAR, nil)
            }
        }
        guard status == SIXEL_OK else { throw PictureError.encoder("scaling", Int(status)) }
        return RGBPicture(width: width, height: height, bytes: result)
    }

    /// The picture with each `block` x `block` pixels as one flat square, which compresses far better.
    func coarsened(block: Int) throws -> RGBPicture {
        guard block > 1 else { return self }
        return try scaled(width: max(1, width / block), height: max(1, height / block)).scaled(width: width, height: height, nearest: true)
    }
}

/// An 8-bit sRGB colour.
struct RGB: Equatable, Sendable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8
}

/// Why a picture could not be turned into terminal bytes.
enum PictureError: Error, Equatable, CustomStringConvertible {
    case empty
    case encoder(String, Int)

    var description: String {
        switch self {
        case .empty: "The picture or its place on the screen is empty."
        case .encoder(let what, let status): "libsixel failed in \(what) with status \(status)."
        }
    }
}
