import Foundation

/// One float a pixel, row-major: small working pictures of coverage, light or shadow.
struct Plane: Sendable, Equatable {
    let width, height: Int
    var values: [Float]

    init(width: Int, height: Int, fill: Float = 0) {
        self.width = width
        self.height = height
        values = [Float](repeating: fill, count: width * height)
    }

    /// A picture's alpha as shares, 0...1.
    init(alphaOf image: RasterImage) {
        self.init(width: image.width, height: image.height)
        for index in values.indices { values[index] = Float(image.pixels[index * 4 + 3]) / 255 }
    }

    /// A picture's relative luminance, linear 0...1 (sRGB's weights, IEC 61966-2-1).
    init(luminanceOf image: RasterImage) {
        self.init(width: image.width, height: image.height)
        let linear = (0...255).map { Float(TransferCurve.sRGB.linear(Double($0) / 255)) }
        for index in values.indices {
            let pixel = index * 4
            values[index] =
                0.2126 * linear[Int(image.pixels[pixel])] + 0.7152 * linear[Int(image.pixels[pixel + 1])]
                + 0.0722 * linear[Int(image.pixels[pixel + 2])]
        }
    }

    subscript(x: Int, y: Int) -> Float {
        get { values[y * width + x] }
        set { values[y * width + x] = newValue }
    }

    /// Between four pixels at pixel-centre coordinates; 0 outside.
    func sample(_ x: Float, _ y: Float) -> Float {
        guard x > -1, y > -1, x < Float(width), y < Float(height) else { return 0 }
        let left = Int(x.rounded(.down))
        let top = Int(y.rounded(.down))
        let fx = x - Float(left)
        let fy = y - Float(top)
        func at(_ x: Int, _ y: Int) -> Float { x >= 0 && y >= 0 && x < width && y < height ? self[x, y] : 0 }
        return (at(left, top) * (1 - fx) + at(left + 1, top) * fx) * (1 - fy)
            + (at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx) * fy
    }

    /// Blurred by a Gaussian; beyond the frame the outermost pixels go on.
    ///
    /// - Parameter deviation: in pixels.
    func blurred(_ deviation: Float) -> Plane {
        guard deviation > 0.2, width > 0, height > 0 else { return self }
        let radius = max(1, Int((deviation * 3).rounded(.up)))
        let raw = (-radius...radius).map { exp(-Float($0 * $0) / (2 * deviation * deviation)) }
        let total = raw.reduce(0, +)
        let weights = raw.map { $0 / total }
        return filtered(weights, step: 1, length: width, lines: height, lineStep: width)
            .filtered(weights, step: width, length: height, lines: width, lineStep: 1)
    }

    private func filtered(_ weights: [Float], step: Int, length: Int, lines: Int, lineStep: Int) -> Plane {
        let radius = weights.count / 2
        var result = self
        values.withUnsafeBufferPointer { source in
            result.values.withUnsafeMutableBufferPointer { target in
                for line in 0..<lines {
                    let start = line * lineStep
                    for position in 0..<length {
                        var sum: Float = 0
                        for tap in 0..<weights.count {
                            let from = min(length - 1, max(0, position + tap - radius))
                            sum += source[start + from * step] * weights[tap]
                        }
                        target[start + position * step] = sum
                    }
                }
            }
        }
        return result
    }
}
