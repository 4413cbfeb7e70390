import Foundation

/// How near a picture comes to the one it should be.
public struct PictureLikeness: Sendable, Equatable, Codable {
    /// Peak signal-to-noise ratio over red, green and blue, in decibels; nil for equal pictures, whose ratio has no bound.
    public let psnr: Double?
    /// Structural similarity of the luma, up to 1 (Wang, Bovik, Sheikh and Simoncelli, IEEE Transactions on Image Processing 13, 2004: a
    /// Gaussian window of 1.5 pixels, K1 = 0.01, K2 = 0.03).
    public let ssim: Double

    /// - Throws: ``PictureComparisonError/sizes(first:second:)`` unless both are of one size with at least one pixel.
    public init(_ picture: RasterImage, truth: RasterImage) throws {
        guard picture.width == truth.width, picture.height == truth.height, picture.width > 0, picture.height > 0 else {
            throw PictureComparisonError.sizes(
                first: "\(picture.width) x \(picture.height)", second: "\(truth.width) x \(truth.height)")
        }
        var sum = 0.0
        for index in stride(from: 0, to: picture.pixels.count, by: 4) {
            for channel in 0..<3 {
                let difference = Double(picture.pixels[index + channel]) - Double(truth.pixels[index + channel])
                sum += difference * difference
            }
        }
        let meanSquare = sum / Double(picture.width * picture.height * 3)
        psnr = meanSquare == 0 ? nil : 10 * log10(255 * 255 / meanSquare)
        ssim = Self.similarity(Plane(lumaOf: ColourField(picture)), Plane(lumaOf: ColourField(truth)))
    }

    private static func similarity(_ first: Plane, _ second: Plane) -> Double {
        let deviation: Float = 1.5
        let (c1, c2): (Float, Float) = (0.01 * 255 * 0.01 * 255, 0.03 * 255 * 0.03 * 255)
        func mean(_ value: @Sendable (Int) -> Float) -> Plane { first.mapped(value).blurred(deviation) }
        let (a, b) = (first.blurred(deviation), second.blurred(deviation))
        let aa = mean { first.values[$0] * first.values[$0] }
        let bb = mean { second.values[$0] * second.values[$0] }
        let ab = mean { first.values[$0] * second.values[$0] }
        var sum = 0.0
        for index in a.values.indices {
            let (x, y) = (a.values[index], b.values[index])
            let (varianceX, varianceY) = (max(0, aa.values[index] - x * x), max(0, bb.values[index] - y * y))
            let covariance = ab.values[index] - x * y
            let value = (2 * x * y + c1) * (2 * covariance + c2) / ((x * x + y * y + c1) * (varianceX + varianceY + c2))
            sum += Double(value)
        }
        return sum / Double(a.values.count)
    }
}

/// Why pictures could not be compared.
public enum PictureComparisonError: Error, Equatable, CustomStringConvertible {
    case sizes(first: String, second: String)
    case tooFew(set: String, count: Int)

    public var description: String {
        switch self {
        case .sizes(let first, let second):
            "Pictures of \(first) and \(second) pixels cannot be compared pixel by pixel. Bring them to one size first."
        case .tooFew(let set, let count):
            "\(set): \(count) \(count == 1 ? "picture is" : "pictures are") too few for a distance between sets; at least \(SetDistance.fewest) in "
                + "each are needed. Single pictures are compared when both sets hold them under one name."
        }
    }
}
