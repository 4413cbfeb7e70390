import Foundation

/// A picture as a point in a small space of colours and textures, for distances between sets of pictures.
///
/// No network: numbers that can be read. They see what a background's colours, light, contrast and grain are like, and where in the picture
/// they lie; they know nothing of what is shown. Distances in this space are not those of Inception and must never be compared with them.
public struct PictureStatistics: Sendable, Equatable {
    /// The name under which results are published; another set of numbers gets another name.
    public static let extractor = "backdrop-colour-texture-1"
    /// What a reader has to know of the results.
    public static let caution = "Statistics of colour and texture, not Inception features: not comparable with published FID or KID."

    /// All of the order of 1.
    public let values: [Double]

    /// The side that every picture is brought to, in pixels.
    private static let side = 128
    /// Halvings of the picture whose detail is looked at.
    private static let scales = 4
    private static let orientations = 6
    private static let tiles = 3

    /// - Parameter image: sRGB; its alpha is ignored.
    public init(_ image: RasterImage) {
        let side = Self.side
        let small = resized(image, width: side, height: side)
        var channels = [Plane](repeating: Plane(width: side, height: side), count: 3)
        let field = ColourField(small)
        for index in field.values.indices {
            let colour = CIELab(field.values[index])
            channels[0].values[index] = Float(colour.lightness / 100)
            channels[1].values[index] = Float(colour.a / 60)
            channels[2].values[index] = Float(colour.b / 60)
        }
        values =
            channels.flatMap(Self.moments) + channels.flatMap(Self.detail) + Self.directions(channels[0]) + channels.flatMap(Self.places)
    }

    /// Mean, deviation and skewness of a channel.
    private static func moments(_ plane: Plane) -> [Double] {
        let count = Double(plane.values.count)
        let mean = plane.values.reduce(0) { $0 + Double($1) } / count
        var (second, third) = (0.0, 0.0)
        for value in plane.values {
            let difference = Double(value) - mean
            second += difference * difference
            third += difference * difference * difference
        }
        let deviation = (second / count).squareRoot()
        let skew = third / count
        return [mean, deviation * 3, (skew < 0 ? -1 : 1) * abs(skew).squareRoot().squareRoot()]
    }

    /// How strong a channel's detail is at each scale: the logarithm of the mean size of what blurring takes away.
    private static func detail(_ plane: Plane) -> [Double] {
        var current = plane
        return (0..<scales).map { scale in
            let soft = current.blurred(Float(1 << scale))
            var sum: Float = 0
            for index in soft.values.indices { sum += abs(current.values[index] - soft.values[index]) }
            current = soft
            // The 1e-3 is the step of an 8-bit picture: below it there is no detail.
            return log(Double(sum) / Double(soft.values.count) + 1e-3) / 3
        }
    }

    /// The share of the light's gradient that runs in each direction.
    private static func directions(_ plane: Plane) -> [Double] {
        let gradient = plane.blurred(1).gradient()
        var sums = [Double](repeating: 0, count: orientations)
        var total = 1e-4
        for index in plane.values.indices {
            let (x, y) = (Double(gradient.x.values[index]), Double(gradient.y.values[index]))
            let size = (x * x + y * y).squareRoot()
            guard size > 0 else { continue }
            let angle = atan2(y, x) / .pi
            sums[min(orientations - 1, Int((angle < 0 ? angle + 1 : angle) * Double(orientations)))] += size
            total += size
        }
        return sums.map { $0 / total * 2 }
    }

    /// A channel's mean in each of nine fields.
    private static func places(_ plane: Plane) -> [Double] {
        (0..<(tiles * tiles)).map { tile in
            let (left, top) = (tile % tiles * plane.width / tiles, tile / tiles * plane.height / tiles)
            let (right, bottom) = ((tile % tiles + 1) * plane.width / tiles, (tile / tiles + 1) * plane.height / tiles)
            var sum = 0.0
            for y in top..<bottom { for x in left..<right { sum += Double(plane[x, y]) } }
            return sum / Double((right - left) * (bottom - top))
        }
    }
}
