import Foundation

/// A product on its new background, at the photo's own resolution.
public struct Composite: Sendable {
    /// Opaque, in the photo's colour space, 8 bit.
    public let image: RasterImage
    /// The same in 16 bit, RGBA, when the photo has 16 bit.
    public let deep: [UInt16]?
    /// What the values mean; the photo's description.
    public let colour: ColourDescription
    /// How many pixels of the canvas are the product's core (mask 255).
    public let corePixelCount: Int
    /// The largest difference between a core pixel's red, green or blue and the photo's, measured after compositing; 0 is the promise.
    public let coreMaximumDifference: Int

    public init(image: RasterImage, deep: [UInt16]?, colour: ColourDescription, corePixelCount: Int, coreMaximumDifference: Int) {
        self.image = image
        self.deep = deep
        self.colour = colour
        self.corePixelCount = corePixelCount
        self.coreMaximumDifference = coreMaximumDifference
    }

    /// Columns, in pixels.
    public var width: Int { image.width }
    /// Rows, in pixels.
    public var height: Int { image.height }

    /// The composite as a PNG file, in 16 bit when the photo has 16 bit.
    public func encodedPNG(text: [(keyword: String, text: String)] = []) throws -> Data {
        guard let deep else { return try PNGCodec.encode(image, text: text, colour: colour) }
        return try PNGCodec.encode(deep: deep, width: width, height: height, text: text, colour: colour)
    }

    /// The composite as a JPEG file. A colour space that JPEG can't name (PNG's gAMA) becomes sRGB.
    public func encodedJPEG(quality: Int = 92) throws -> Data {
        let space = ColourSpace(colour)
        if colour.icc != nil || space.isSRGB { return try JPEGCodec.encode(image, quality: quality, colour: colour) }
        return try JPEGCodec.encode(ColourTransform(from: space, to: .sRGB).apply(image), quality: quality)
    }

    /// Reduced to the pixels that were asked for, in the composite's own depth; itself where none were, or where it is no larger.
    public func reduced(to aspect: AspectRatio) -> Composite {
        guard let size = aspect.pixels, size.width < width || size.height < height else { return self }
        let small = deep.map { resized(deep: $0, width: width, height: height, toWidth: size.width, height: size.height) }
        return Composite(
            image: small.map { PNGCodec.eightBit($0, width: size.width, height: size.height) }
                ?? resized(image, width: size.width, height: size.height),
            deep: small, colour: colour, corePixelCount: corePixelCount, coreMaximumDifference: coreMaximumDifference)
    }
}
