import Imaging

extension RasterImage {
    /// Opaque noise, always the same: what compresses worst.
    static func noise(width: Int, height: Int) -> RasterImage {
        var image = RasterImage(width: width, height: height, fill: RGBA(0, 0, 0, 255))
        var state: UInt32 = 7
        for index in image.pixels.indices where index % 4 != 3 {
            state = state &* 1_664_525 &+ 1_013_904_223
            image.pixels[index] = UInt8(state >> 24)
        }
        return image
    }
}
