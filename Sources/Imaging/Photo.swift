import Foundation

/// The file formats that Backdrop reads and writes.
public enum PictureFormat: String, Sendable, Codable, CaseIterable {
    case png
    case jpeg
}

/// A photo as it was decoded from its file: upright, at its own resolution, with what the file says about its colours.
public struct Photo: Sendable {
    /// The pixels in 8 bit, in the file's own colour space. Of a 16-bit file these are the rounded values of ``deep``.
    public let image: RasterImage
    /// RGBA, `width * height * 4` values 0...65535, straight alpha; only of a 16-bit file.
    public let deep: [UInt16]?
    /// What the file says about its colours.
    public let colour: ColourDescription
    /// The format that the content, not the name, turned out to be.
    public let format: PictureFormat
    /// The file's name, for messages.
    public let name: String
    /// The text entries of a PNG; empty for a JPEG.
    public let text: [PNGText]
    /// Whether every pixel's alpha is full.
    public let isOpaque: Bool

    public init(
        image: RasterImage, deep: [UInt16]? = nil, colour: ColourDescription = .unspecified, format: PictureFormat = .png,
        name: String = "picture", text: [PNGText] = []
    ) {
        precondition(deep == nil || deep?.count == image.pixels.count, "a deep photo has as many 16-bit values as 8-bit ones")
        self.image = image
        self.deep = deep
        self.colour = colour
        self.format = format
        self.name = name
        self.text = text
        self.isOpaque = image.isOpaque
    }

    /// Columns, in pixels.
    public var width: Int { image.width }
    /// Rows, in pixels.
    public var height: Int { image.height }
}

/// One entry of text in a PNG: tEXt, zTXt or iTXt.
public struct PNGText: Sendable, Equatable {
    /// 1 to 79 Latin-1 characters.
    public var keyword: String
    public var text: String

    public init(keyword: String, text: String) {
        self.keyword = keyword
        self.text = text
    }
}
