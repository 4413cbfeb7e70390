import Foundation
import Imaging
import Tensor

/// A picture as CLIP's vision encoder takes it: the shorter side scaled to fit, the middle cut out, colours normalised
/// (transformers `models/clip/image_processing_clip.py`; constants of openai/CLIP).
enum CLIPPicture {
    private static let mean: [Float] = [0.48145466, 0.4578275, 0.40821073]
    private static let deviation: [Float] = [0.26862954, 0.26130258, 0.27577711]

    /// - Returns: `[1, size, size, 3]`
    static func tensor(_ image: RasterImage, size: Int) -> Tensor {
        let scale = Double(min(image.width, image.height)) / Double(size)
        let width = max(Int(Double(image.width) / scale), size)
        let height = max(Int(Double(image.height) / scale), size)
        let columns = taps(from: image.width, to: width)[((width - size) / 2)...].prefix(size)
        let rows = taps(from: image.height, to: height)[((height - size) / 2)...].prefix(size)
        // Across first, then down, rounded to 8 bits between, as Pillow does.
        var across = [Float](repeating: 0, count: image.height * size * 3)
        for y in 0..<image.height {
            for (x, tap) in columns.enumerated() {
                for channel in 0..<3 {
                    let sum = tap.weights.enumerated().reduce(Float(0)) {
                        $0 + $1.element * Float(image.pixels[(y * image.width + tap.first + $1.offset) * 4 + channel])
                    }
                    across[(y * size + x) * 3 + channel] = rounded(sum)
                }
            }
        }
        let result = Tensor(shape: [1, size, size, 3])
        result.withUnsafeMutableBuffer { target in
            for (y, tap) in rows.enumerated() {
                for index in 0..<size * 3 {
                    let sum = tap.weights.enumerated().reduce(Float(0)) {
                        $0 + $1.element * across[(tap.first + $1.offset) * size * 3 + index]
                    }
                    target[y * size * 3 + index] = (rounded(sum) / 255 - mean[index % 3]) / deviation[index % 3]
                }
            }
        }
        return result
    }

    private static func rounded(_ value: Float) -> Float { min(max(value.rounded(), 0), 255) }

    /// Which source pixels make a target pixel, and how much each counts.
    private struct Tap {
        let first: Int
        let weights: [Float]
    }

    /// Bicubic weights (Keys, a = -0.5), widened where the picture shrinks (Pillow `Resample.c`, `precompute_coeffs`).
    private static func taps(from source: Int, to target: Int) -> [Tap] {
        let scale = Double(source) / Double(target)
        let stretch = max(scale, 1)
        let support = 2 * stretch
        return (0..<target).map { index in
            let centre = (Double(index) + 0.5) * scale
            let first = max(Int(centre - support + 0.5), 0)
            let end = min(Int(centre + support + 0.5), source)
            let weights = (first..<end).map { bicubic((Double($0) + 0.5 - centre) / stretch) }
            let sum = weights.reduce(0, +)
            return Tap(first: first, weights: weights.map { Float($0 / sum) })
        }
    }

    private static func bicubic(_ distance: Double) -> Double {
        let (x, a) = (abs(distance), -0.5)
        if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0
    }
}
