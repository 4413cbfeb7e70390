import Foundation

@testable import Imaging

/// A product photo whose truth is known: a mug-like shape with a handle, mixed with its background in linear light.
struct SyntheticPhoto {
    enum Backdrop {
        case flat(RGBA)
        /// From the first colour at the top to the second at the bottom, darker towards the corners.
        case graded(RGBA, RGBA)
    }

    var width = 480
    var height = 360
    var backdrop = Backdrop.flat(RGBA(255, 255, 255))
    /// Body colours; stripes alternate between them.
    var colours = [RGBA(178, 34, 52), RGBA(196, 60, 60)]
    /// Standard deviation of the noise, in 8-bit steps.
    var noise = 0.0
    /// Width of the soft edge, in pixels.
    var blur = 1.2
    /// 0: none; 1: black.
    var shadow = 0.0

    struct Result {
        let image: RasterImage
        /// The product's true coverage.
        let truth: Mask
    }

    func make() -> Result {
        let linear = TransferTable(.sRGB).linear
        let encode = TransferTable(.sRGB)
        func light(_ colour: RGBA) -> SIMD3<Float> {
            SIMD3(linear[Int(colour.red) * 257], linear[Int(colour.green) * 257], linear[Int(colour.blue) * 257])
        }
        let body = colours.map(light)
        var random = SplitMix(state: 7)
        var image = RasterImage(width: width, height: height, fill: .black)
        var truth = Mask(width: width, height: height, fill: 0)
        image.pixels.withUnsafeMutableBufferPointer { pixels in
            truth.values.withUnsafeMutableBufferPointer { mask in
                for y in 0..<height {
                    for x in 0..<width {
                        var colour = behind(x, y, light)
                        colour *= Float(1 - shadow * shade(x, y))
                        let coverage = Float(min(1, max(0, 0.5 - distance(x, y) / blur)))
                        let stripe = body[(y * 14 / height) % body.count]
                        // A little shading from left to right, as on a round body.
                        let shading = 0.75 + 0.5 * Float(x) / Float(width)
                        colour = colour * (1 - coverage) + stripe * shading * coverage
                        let index = y * width + x
                        mask[index] = UInt8(coverage * 255 + 0.5)
                        for channel in 0..<3 {
                            let value = Double(encode.encode(colour[channel])) * 255 + random.normal() * noise
                            pixels[index * 4 + channel] = UInt8(min(255, max(0, value.rounded())))
                        }
                    }
                }
            }
        }
        return Result(image: image, truth: truth)
    }

    /// Signed distance to the outline in pixels, negative inside: a rounded box with a ring at its right side.
    private func distance(_ x: Int, _ y: Int) -> Double {
        let unit = Double(min(width, height))
        let px = (Double(x) + 0.5 - Double(width) * 0.45) / unit
        let py = (Double(y) + 0.5 - Double(height) * 0.55) / unit
        let radius = 0.06
        let qx = abs(px) - 0.22 + radius
        let qy = abs(py) - 0.27 + radius
        let box = hypot(max(qx, 0), max(qy, 0)) + min(max(qx, qy), 0) - radius
        let ring = abs(hypot(px - 0.24, py) - 0.13) - 0.03
        return min(box, ring) * unit
    }

    /// A soft shadow below the product, 0...1.
    private func shade(_ x: Int, _ y: Int) -> Double {
        let unit = Double(min(width, height))
        let px = (Double(x) - Double(width) * 0.45) / unit / 0.34
        let py = (Double(y) - Double(height) * 0.55 - 0.27 * unit) / unit / 0.09
        return exp(-(px * px + py * py))
    }

    private func behind(_ x: Int, _ y: Int, _ light: (RGBA) -> SIMD3<Float>) -> SIMD3<Float> {
        switch backdrop {
        case .flat(let colour): return light(colour)
        case .graded(let top, let bottom):
            let down = Float(y) / Float(max(1, height - 1))
            let dx = Float(x) / Float(width) - 0.5
            let dy = down - 0.5
            return (light(top) * (1 - down) + light(bottom) * down) * (1 - 0.5 * (dx * dx + dy * dy))
        }
    }
}

/// A small repeatable source of random numbers.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Nearly normal, of mean 0 and deviation 1.
    mutating func normal() -> Double {
        let bits = next()
        let sum = (0..<4).reduce(0.0) { $0 + Double(bits >> (UInt64($1) * 16) & 0xFFFF) / 65535 }
        return (sum - 2) * 1.732
    }
}

/// Intersection over union at half coverage.
func intersectionOverUnion(_ a: Mask, _ b: Mask) -> Double {
    var both = 0
    var either = 0
    for (left, right) in zip(a.values, b.values) {
        let (inA, inB) = (left >= 128, right >= 128)
        both += inA && inB ? 1 : 0
        either += inA || inB ? 1 : 0
    }
    return either == 0 ? 1 : Double(both) / Double(either)
}
