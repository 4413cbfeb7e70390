/// Many pictures on one page, each with a caption.
public struct ContactSheet: Sendable {
    /// One picture of the sheet.
    public struct Entry: Sendable {
        public var image: RasterImage
        /// Shown below the picture, shortened to fit. Characters beyond ASCII need ``Unifont``; without it they are left out, and a caption
        /// without any ASCII letter becomes the entry's number.
        public var caption: String

        public init(image: RasterImage, caption: String) {
            self.image = image
            self.caption = caption
        }
    }

    public var entries: [Entry]
    /// Pictures side by side.
    public var columns: Int
    /// The side of the square that each picture is fitted into, in pixels.
    public var cell: Int

    private static let margin = 24
    private static let gap = 16
    private static let paper = RGBA(246, 246, 244)
    private static let ink = RGBA(60, 60, 64)

    public init(entries: [Entry], columns: Int = 4, cell: Int = 320) {
        self.entries = entries
        self.columns = max(1, columns)
        self.cell = max(16, cell)
    }

    /// The sheet, opaque sRGB. Without entries it is an empty page.
    public func render() -> RasterImage { render(font: CaptionFont.fitting(entries.map(\.caption))) }

    func render(font: CaptionFont) -> RasterImage {
        let scale = max(1, cell / (font.height * 16))
        let captionHeight = font.height * scale + 2 * Self.gap / 2
        let across = min(columns, max(1, entries.count))
        let down = (entries.count + across - 1) / across
        let width = 2 * Self.margin + across * cell + (across - 1) * Self.gap
        let height = 2 * Self.margin + max(1, down) * (cell + captionHeight) + max(0, down - 1) * Self.gap
        var sheet = RasterImage(width: width, height: height, fill: Self.paper)
        for (index, entry) in entries.enumerated() {
            let left = Self.margin + index % across * (cell + Self.gap)
            let top = Self.margin + index / across * (cell + captionHeight + Self.gap)
            if entry.image.width > 0, entry.image.height > 0 {
                let picture = resized(entry.image, fitting: cell, cell)
                sheet.paste(picture, x: left + (cell - picture.width) / 2, y: top + (cell - picture.height) / 2)
            }
            let text = font.isBuiltIn ? Self.printable(entry.caption, number: index + 1) : entry.caption
            let caption = Self.fitted(text, width: cell) { font.lineWidth($0, scale: scale) }
            let offset = (cell - font.lineWidth(caption, scale: scale)) / 2
            font.draw(caption, in: &sheet, x: left + offset, y: top + cell + Self.gap / 2, scale: scale, colour: Self.ink)
        }
        return sheet
    }

    /// The caption in the characters that the font has.
    static func printable(_ caption: String, number: Int) -> String {
        let ascii = String(String.UnicodeScalarView(caption.unicodeScalars.filter { (32...126).contains($0.value) }))
        let trimmed = String(ascii.drop { " -_.".contains($0) })
        return trimmed.contains { $0.isLetter } ? trimmed : "No. \(number)"
    }

    /// Shortened in the middle, because names differ at both ends.
    private static func fitted(_ caption: String, width: Int, lineWidth: (String) -> Int) -> String {
        var shortened = caption
        var kept = caption.count
        while lineWidth(shortened) > width, kept > 1 {
            kept -= 1
            shortened = caption.prefix((kept + 1) / 2) + ".." + caption.suffix(kept / 2)
        }
        return shortened
    }
}

extension RasterImage {
    /// Lays a picture over this one by its alpha.
    mutating func paste(_ picture: RasterImage, x: Int, y: Int) {
        for row in max(0, -y)..<max(max(0, -y), min(picture.height, height - y)) {
            for column in max(0, -x)..<max(max(0, -x), min(picture.width, width - x)) {
                let from = (row * picture.width + column) * 4
                let to = ((row + y) * width + column + x) * 4
                let alpha = Int(picture.pixels[from + 3])
                for channel in 0..<3 {
                    let mixed = Int(picture.pixels[from + channel]) * alpha + Int(pixels[to + channel]) * (255 - alpha)
                    pixels[to + channel] = UInt8((mixed + 127) / 255)
                }
                pixels[to + 3] = UInt8(max(alpha, Int(pixels[to + 3])))
            }
        }
    }
}
