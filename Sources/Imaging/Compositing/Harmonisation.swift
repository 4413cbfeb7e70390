import Foundation

/// How a product's light is moved towards the scene's: one factor a channel, in linear light. Only for those who ask for it.
struct Harmonisation: Sendable, Equatable {
    /// Red's, green's and blue's factor.
    let gains: SIMD3<Float>

    /// No exposure changes by more than this share, and no channel's balance by more than that one: beyond, a product's colour is another.
    static let exposureBound = 0.15
    static let balanceBound = 0.08

    /// - Parameters:
    ///   - background: sRGB.
    ///   - strength: 0...1.
    /// - Returns: nil at strength 0.
    init?(background: RasterImage, strength: Double) {
        guard strength > 0 else { return nil }
        let small = resized(background, fitting: 64, 64)
        let curve = TransferCurve.sRGB
        var mean = SIMD3<Double>.zero
        for index in stride(from: 0, to: small.pixels.count, by: 4) {
            for channel in 0..<3 { mean[channel] += curve.linear(Double(small.pixels[index + channel]) / 255) }
        }
        mean /= Double(max(1, small.pixels.count / 4))
        let luminance = max(0.003, (mean * SIMD3(0.2126, 0.7152, 0.0722)).sum())
        let share = min(1, strength)
        // A product photo is exposed for a scene of mid brightness, about a third of full light.
        let exposure = Self.bounded(pow(luminance / 0.33, 0.2) - 1, Self.exposureBound) * share
        var gains = SIMD3<Float>.zero
        for channel in 0..<3 {
            let balance = Self.bounded(pow(max(0.003, mean[channel]) / luminance, 0.25) - 1, Self.balanceBound) * share
            gains[channel] = Float((1 + exposure) * (1 + balance))
        }
        self.gains = gains
    }

    private static func bounded(_ value: Double, _ bound: Double) -> Double { min(bound, max(-bound, value)) }

    /// A picture with its light changed; alpha stays.
    func apply(to image: RasterImage) -> RasterImage {
        let table = TransferTable(.sRGB)
        let maps = (0..<3).map { channel in
            (0...255).map { UInt8(unit: table.encode(min(1, table.linear[$0 * 257] * gains[channel]))) }
        }
        var result = image
        for index in stride(from: 0, to: image.pixels.count, by: 4) {
            for channel in 0..<3 { result.pixels[index + channel] = maps[channel][Int(image.pixels[index + channel])] }
        }
        return result
    }
}
