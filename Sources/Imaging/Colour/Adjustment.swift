import Foundation

/// A designer's corrections to a picture. All are 0 for "as it is" and go from -1 to 1, sharpening and denoising from 0 to 1.
public struct Adjustment: Sendable, Hashable, Codable {
    /// Exposure: 1 doubles the light.
    public var brightness = 0.0
    /// Around mid grey: 1 doubles the distance from it.
    public var contrast = 0.0
    /// -1 is grey, 1 doubles the distance from grey.
    public var saturation = 0.0
    /// Towards warm (1) or cold (-1) light.
    public var temperature = 0.0
    /// Evens out what differs little from its neighbours; edges stay.
    public var denoise = 0.0
    /// Unsharp masking over one pixel.
    public var sharpness = 0.0

    public init() {}

    /// Nothing is changed.
    public static let none = Adjustment()

    /// The corrected picture; alpha stays. The original is never changed, so every correction can be taken back.
    public func apply(to image: RasterImage) -> RasterImage {
        guard self != .none else { return image }
        let curves = (0..<3).map(curve)
        var result = image
        result.pixels.withUnsafeMutableBufferPointer { pixels in
            for index in stride(from: 0, to: pixels.count, by: 4) {
                var colour = SIMD3(
                    curves[0][Int(pixels[index])], curves[1][Int(pixels[index + 1])], curves[2][Int(pixels[index + 2])])
                let grey = (colour * SIMD3(0.299, 0.587, 0.114)).sum()
                colour = SIMD3(repeating: grey) + (colour - grey) * Float(1 + Self.limited(saturation))
                for channel in 0..<3 { pixels[index + channel] = UInt8(min(255, max(0, colour[channel].rounded()))) }
            }
        }
        if denoise > 0 { result = Self.denoised(result, Float(min(1, denoise))) }
        return sharpness > 0 ? Self.sharpened(result, Float(min(1, sharpness))) : result
    }

    private static func limited(_ value: Double) -> Double { min(1, max(-1, value)) }

    /// What each 8-bit value of a channel (red, green, blue) becomes, 0...255: light in linear light, contrast as it is encoded.
    private func curve(_ channel: Int) -> [Float] {
        // A fifth more red and less blue is about the step from daylight to a cloudy sky's white balance.
        let warmth = [0.2, 0, -0.2][channel] * Self.limited(temperature)
        let gain = pow(2, Self.limited(brightness)) * (1 + warmth)
        let table = TransferTable(.sRGB)
        return (0...255).map { value in
            let lit = table.encode(min(1, table.linear[value * 257] * Float(gain)))
            return min(255, max(0, (0.5 + (lit - 0.5) * Float(1 + Self.limited(contrast))) * 255))
        }
    }

    private static func denoised(_ image: RasterImage, _ strength: Float) -> RasterImage {
        var field = ColourField(image)
        for _ in 0..<2 {
            let soft = field.smoothed()
            for index in field.values.indices {
                let difference = soft.values[index] - field.values[index]
                // A difference of twelve steps and more is no noise but a line.
                let edge = (difference * difference).max() / 144
                field.values[index] += difference * (strength * max(0, 1 - edge))
            }
        }
        var result = image
        for index in field.values.indices {
            for channel in 0..<3 { result.pixels[index * 4 + channel] = UInt8(min(255, max(0, field.values[index][channel].rounded()))) }
        }
        return result
    }

    private static func sharpened(_ image: RasterImage, _ strength: Float) -> RasterImage {
        let field = ColourField(image)
        let soft = field.smoothed()
        var result = image
        for index in field.values.indices {
            let sharp = field.values[index] + (field.values[index] - soft.values[index]) * (strength * 2)
            for channel in 0..<3 { result.pixels[index * 4 + channel] = UInt8(min(255, max(0, sharp[channel].rounded()))) }
        }
        return result
    }
}
