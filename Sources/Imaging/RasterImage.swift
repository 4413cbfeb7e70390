/// A picture in memory: `width * height` pixels, row-major from the top left, four bytes a pixel (red, green, blue, alpha).
///
/// Values are 8 bit and gamma-encoded (sRGB unless the ``ColourDescription`` it came with says otherwise); alpha is straight, not
/// premultiplied.
public struct RasterImage: Sendable, Equatable {
    /// Columns, in pixels.
    public let width: Int
    /// Rows, in pixels.
    public let height: Int
    /// `width * height * 4` bytes, RGBA.
    public var pixels: [UInt8]

    /// Wraps pixels that already exist.
    ///
    /// - Precondition: `pixels.count == width * height * 4`.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(
            width >= 0 && height >= 0 && pixels.count == width * height * 4, "\(width) x \(height) needs \(width * height * 4) bytes")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// A picture of one colour.
    public init(width: Int, height: Int, fill: RGBA = .transparent) {
        self.width = width
        self.height = height
        self.pixels = [UInt8](unsafeUninitializedCapacity: width * height * 4) { buffer, count in
            for index in 0..<(width * height) {
                buffer[index * 4] = fill.red
                buffer[index * 4 + 1] = fill.green
                buffer[index * 4 + 2] = fill.blue
                buffer[index * 4 + 3] = fill.alpha
            }
            count = width * height * 4
        }
    }

    /// Lets `body` write all pixels of a new picture; what it leaves unwritten is unspecified.
    init(width: Int, height: Int, writing body: (UnsafeMutableBufferPointer<UInt8>) throws -> Void) rethrows {
        self.width = width
        self.height = height
        let size = width * height * 4
        self.pixels = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            try body(UnsafeMutableBufferPointer(rebasing: buffer[0..<size]))
            count = size
        }
    }

    /// The pixel in column `x` of row `y`.
    public subscript(x: Int, y: Int) -> RGBA {
        get {
            let index = (y * width + x) * 4
            return RGBA(pixels[index], pixels[index + 1], pixels[index + 2], pixels[index + 3])
        }
        set {
            let index = (y * width + x) * 4
            pixels[index] = newValue.red
            pixels[index + 1] = newValue.green
            pixels[index + 2] = newValue.blue
            pixels[index + 3] = newValue.alpha
        }
    }

    /// Whether every pixel's alpha is 255.
    public var isOpaque: Bool {
        pixels.withUnsafeBytes { raw in
            let words = raw.bindMemory(to: UInt32.self)
            // In pieces, so that the inner loop has no exit and vectorises.
            for start in stride(from: 0, to: words.count, by: 4096) {
                var all = UInt32.max
                for index in start..<min(words.count, start + 4096) { all &= words[index] }
                if UInt32(littleEndian: all) >> 24 != 255 { return false }
            }
            return true
        }
    }
}

/// One 8-bit pixel with straight alpha.
public struct RGBA: Sendable, Equatable, Hashable {
    /// The four values, 0...255.
    public var red, green, blue, alpha: UInt8

    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, _ alpha: UInt8 = 255) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    /// Black with alpha 0.
    public static let transparent = RGBA(0, 0, 0, 0)
    /// The grey that stands where nothing is known yet; 0 in the model's -1...1.
    public static let midGrey = RGBA(128, 128, 128)
    public static let white = RGBA(255, 255, 255)
    public static let black = RGBA(0, 0, 0)
}
