import Tensor

/// The random numbers of one picture, drawn in the order in which diffusers draws them: what its encoder samples, where
/// denoising starts, what samplers add on the way.
struct NoiseSource {
    private var generator: TorchRandom
    private let height: Int
    private let width: Int
    private let channels: Int

    /// - Parameters:
    ///   - height: latent cells
    ///   - width: latent cells
    init(seed: UInt64, height: Int, width: Int, channels: Int) {
        generator = TorchRandom(seed: seed)
        (self.height, self.width, self.channels) = (height, width, channels)
    }

    /// Noise of unit variance, `[1, height, width, channels]`.
    ///
    /// Numbers are drawn in torch's order, `[1, channels, height, width]`, so a seed means the same as in diffusers.
    mutating func next() -> Tensor {
        let drawn = generator.normals(channels * height * width)
        let area = height * width
        var values = [Float](repeating: 0, count: drawn.count)
        for channel in 0..<channels {
            for position in 0..<area { values[position * channels + channel] = drawn[channel * area + position] }
        }
        return Tensor(values, shape: [1, height, width, channels])
    }
}
