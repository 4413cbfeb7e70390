import Imaging

/// Gives a decoded picture back what its latent was too coarse for: the fine pattern of the sketch that it was painted over.
///
/// A latent cell holds little more than a mean colour, and so does what is decoded from it. Where the sketch is brighter than its own
/// mean over a cell, the enlarged picture becomes brighter by the same factor; its colours, light and shadows stay the model's.
enum SceneDetail {
    /// Pixels of a picture's longer side above which it is not enlarged any further.
    static let longestSide = 1536
    /// Factors beyond these are cut off, so that a line that the model has moved leaves no dark double.
    private static let factors: ClosedRange<Float> = 0.62...1.28
    /// Added to both sides of a factor's ratio, in levels of 255: what is almost black has no pattern to speak of.
    private static let floor: Float = 14

    /// - Parameters:
    ///   - enlargement: how many times as wide and high the result is
    ///   - cell: pixels of `picture` that a latent cell is wide
    static func applied(_ sketch: SceneSketch, to picture: RasterImage, enlargement: Int, cell: Int) -> RasterImage {
        let (width, height) = (picture.width * enlargement, picture.height * enlargement)
        let fine = sketch.surroundings(width: width, height: height)
        let coarse = resized(
            resized(fine, width: max(picture.width / cell, 1), height: max(picture.height / cell, 1)), width: width, height: height)
        var result = resized(picture, width: width, height: height)
        result.pixels.withUnsafeMutableBufferPointer { result in
            fine.pixels.withUnsafeBufferPointer { fine in
                coarse.pixels.withUnsafeBufferPointer { coarse in
                    for index in 0..<result.count where index % 4 != 3 {
                        let factor = (Float(fine[index]) + floor) / (Float(coarse[index]) + floor)
                        let value = (Float(result[index]) + floor) * min(max(factor, factors.lowerBound), factors.upperBound) - floor
                        result[index] = UInt8(min(max(value, 0), 255))
                    }
                }
            }
        }
        return result
    }
}
