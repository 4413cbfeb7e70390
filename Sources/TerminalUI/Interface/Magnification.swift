import Imaging

/// A picture at its own size or larger: which part of it is shown. The same part of every picture that stands side by side.
struct Magnification: Equatable, Sendable {
    /// Pixels on the screen for one of the picture.
    private(set) var scale = 1
    /// What stands in the middle of the place, as parts of the picture's width and height.
    private(set) var centre = (x: 0.5, y: 0.5)

    static func == (left: Self, right: Self) -> Bool { left.scale == right.scale && left.centre == right.centre }

    /// The next size; nil, the whole picture, after the largest.
    var larger: Magnification? {
        guard scale == 1 else { return nil }
        var next = self
        next.scale = 2
        return next
    }

    /// Moves by so many eighths of what is commonly seen.
    mutating func move(rows: Double, columns: Double) {
        let step = 0.08 / Double(scale)
        centre.x = min(max(0, centre.x + columns * step), 1)
        centre.y = min(max(0, centre.y + rows * step), 1)
    }

    /// The part of a picture that a place of so many pixels shows; all of it where it is small enough.
    func part(of image: RasterImage, width: Int, height: Int) -> (x: Int, y: Int, width: Int, height: Int) {
        let (wide, high) = (min(image.width, max(1, width / scale)), min(image.height, max(1, height / scale)))
        let x = Int((centre.x * Double(image.width)).rounded()) - wide / 2
        let y = Int((centre.y * Double(image.height)).rounded()) - high / 2
        return (min(max(0, x), image.width - wide), min(max(0, y), image.height - high), wide, high)
    }

    /// That part, cut out.
    func cut(_ image: RasterImage, width: Int, height: Int) -> RasterImage {
        let part = part(of: image, width: width, height: height)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(part.width * part.height * 4)
        for row in part.y..<part.y + part.height {
            let start = (row * image.width + part.x) * 4
            pixels += image.pixels[start..<start + part.width * 4]
        }
        return RasterImage(width: part.width, height: part.height, pixels: pixels)
    }
}
