import Imaging

/// Gives a picture over a sketch the detail that its own size has no room for.
///
/// Where the sketch is brighter than the same sketch painted as coarsely as the picture's was, the enlarged picture becomes brighter by the
/// same factor.
enum SceneDetail {
    /// Pixels of a picture's longer side above which it is not enlarged any further.
    static let longestSide = 1536
    /// Factors beyond these are cut off: an edge between light and dark that lies within a coarse pixel.
    private static let factors: ClosedRange<Float> = 0.2...5
    /// Added to both sides of a factor's ratio, in levels of 255: what is almost black has no pattern to speak of.
    private static let floor: Float = 14

    /// - Parameters:
    ///   - picture: with the sketch's pattern in it, as ``SceneSketch/shaded(width:height:)`` paints it
    ///   - enlargement: how many times as wide and high the result is
    static func applied(_ sketch: SceneSketch, to picture: RasterImage, enlargement: Int) -> RasterImage {
        let (width, height) = (picture.width * enlargement, picture.height * enlargement)
        let fine = sketch.surroundings(width: width, height: height)
        let coarse = resized(
            sketch.surroundings(width: max(picture.width / 2, 1), height: max(picture.height / 2, 1)), width: width, height: height)
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
