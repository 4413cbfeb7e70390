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
        return RasterImage(
            width: image.width, height: image.height, pixels: apply(to: image.pixels, width: image.width, height: image.height))
    }

    /// The corrected photo, in the depth that it has.
    public func apply(to photo: Photo) -> Photo {
        guard self != .none else { return photo }
        let (width, height) = (photo.width, photo.height)
        let deep = photo.deep.map { apply(to: $0, width: width, height: height) }
        let image = deep.map { PNGCodec.eightBit($0, width: width, height: height) } ?? apply(to: photo.image)
        return Photo(image: image, deep: deep, colour: photo.colour, format: photo.format, name: photo.name, text: photo.text)
    }

    /// The corrected colours of a soft edge; noise and sharpness are those of their neighbours and stay.
    func apply(to colours: EdgeColours) -> EdgeColours {
        let tone = Tone(self)
        var result = colours
        for index in colours.colours.indices {
            let words = colours.colours[index]
            result.colours[index] = roundedWords(clamp(tone.apply(words.x, words.y, words.z), 0, 255) * 257)
        }
        return result
    }

    /// RGBA values of 8 or 16 bit; alpha stays.
    private func apply<Value: PixelValue>(to values: [Value], width: Int, height: Int) -> [Value] {
        guard !values.isEmpty else { return values }
        let tone = Tone(self)
        // Denoising looks two rows around, sharpening one more.
        let margin = denoise > 0 || sharpness > 0 ? 3 : 0
        let band = 64
        var result = values
        values.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { target in
                let source = SharedPixels(UnsafeMutableBufferPointer(mutating: source))
                let target = SharedPixels(target)
                parallel((height + band - 1) / band) { index in
                    let (top, bottom) = (index * band, min(height, (index + 1) * band))
                    let (first, last) = (max(0, top - margin), min(height, bottom + margin))
                    var field = ColourField(
                        width: width, height: last - first,
                        values: ((first * width)..<(last * width)).map { pixel in
                            tone.apply(source[pixel * 4].word, source[pixel * 4 + 1].word, source[pixel * 4 + 2].word)
                        })
                    if denoise > 0 { field.denoise(Float(min(1, denoise))) }
                    if sharpness > 0 { field.sharpen(Float(min(1, sharpness))) }
                    for pixel in (top * width)..<(bottom * width) {
                        let value = clamp(field.values[pixel - first * width], 0, 255) / 255
                        for channel in 0..<3 { target[pixel * 4 + channel] = Value(unit: value[channel]) }
                    }
                }
            }
        }
        return result
    }

    fileprivate static func limited(_ value: Double) -> Double { min(1, max(-1, value)) }
}

/// What an adjustment makes of a single colour: light, contrast, colour.
private struct Tone: Sendable {
    /// What each 16-bit value of red, green and blue becomes, 0...255: light in linear light, contrast as it is encoded.
    private let curves: [[Float]]
    private let saturation: Float

    init(_ adjustment: Adjustment) {
        let table = TransferTable(.sRGB)
        curves = (0..<3).map { channel in
            // A fifth more red and less blue is about the step from daylight to a cloudy sky's white balance.
            let warmth = [0.2, 0, -0.2][channel] * Adjustment.limited(adjustment.temperature)
            let gain = Float(pow(2, Adjustment.limited(adjustment.brightness)) * (1 + warmth))
            let contrast = Float(1 + Adjustment.limited(adjustment.contrast))
            // Where nothing is asked of the light the tables' own rounding must not show.
            return table.linear.indices.map { word in
                let lit = gain == 1 ? Float(word) / 65535 : table.encode(min(1, table.linear[word] * gain))
                return min(255, max(0, (0.5 + (lit - 0.5) * contrast) * 255))
            }
        }
        saturation = Float(1 + Adjustment.limited(adjustment.saturation))
    }

    func apply(_ red: UInt16, _ green: UInt16, _ blue: UInt16) -> SIMD4<Float> {
        let colour = SIMD4(curves[0][Int(red)], curves[1][Int(green)], curves[2][Int(blue)], 0)
        guard saturation != 1 else { return colour }
        let grey = colour.x * 0.299 + colour.y * 0.587 + colour.z * 0.114
        let result = (colour - grey) * saturation + grey
        return clamp(SIMD4(result.x, result.y, result.z, 0), 0, 255)
    }
}

extension ColourField {
    fileprivate mutating func denoise(_ strength: Float) {
        for _ in 0..<2 {
            let soft = smoothed()
            for index in values.indices {
                let difference = soft.values[index] - values[index]
                // A difference of twelve steps and more is no noise but a line.
                let edge = (difference * difference).max() / 144
                values[index] += difference * (strength * max(0, 1 - edge))
            }
        }
    }

    fileprivate mutating func sharpen(_ strength: Float) {
        let soft = smoothed()
        for index in values.indices { values[index] += (values[index] - soft.values[index]) * (strength * 2) }
    }
}
