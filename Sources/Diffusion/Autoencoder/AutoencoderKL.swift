import Foundation
import Tensor

/// Between pictures and latents (diffusers `models/autoencoders/autoencoder_kl.py`, `AutoencoderKL`).
final class AutoencoderKL: Autoencoder {
    let configuration: AutoencoderKLConfiguration
    private let encoder: LatentEncoder
    private let quantConvolution: Linear?
    private let postQuantConvolution: Linear?
    private let decoder: LatentDecoder

    /// - Throws: `ModelError` where weights and configuration do not fit; `CancellationError`
    init(_ weights: Weights, _ configuration: AutoencoderKLConfiguration) throws {
        self.configuration = configuration
        let channels = configuration.latentChannels
        let exact = weights.multiplied(in: .float32)
        encoder = try LatentEncoder(weights.scope("encoder"), configuration)
        quantConvolution =
            configuration.usesQuantConvolution ? try exact.linear("quant_conv", inputs: 2 * channels, outputs: 2 * channels) : nil
        postQuantConvolution =
            configuration.usesPostQuantConvolution ? try exact.linear("post_quant_conv", inputs: channels, outputs: channels) : nil
        decoder = try LatentDecoder(weights.scope("decoder"), configuration)
    }

    func encode(_ picture: Tensor, cancellation: CancellationFlag) throws -> LatentDistribution {
        var moments = try encoder(picture, cancellation: cancellation)
        if let quantConvolution { moments = try quantConvolution(moments) }
        let (shift, scale) = (configuration.shiftFactor, configuration.scalingFactor)
        let count = configuration.latentChannels
        return LatentDistribution(
            mean: mapped(channels(0..<count, of: moments)) { ($0 - shift) * scale },
            // Logarithms of variances, bounded as diffusers' `DiagonalGaussianDistribution` bounds them.
            deviation: mapped(channels(count..<2 * count, of: moments)) { exp(min(max($0, -30), 20) / 2) * scale })
    }

    func decode(_ latent: Tensor, cancellation: CancellationFlag) throws -> Tensor {
        let (shift, scale) = (configuration.shiftFactor, configuration.scalingFactor)
        let unscaled = mapped(latent) { $0 / scale + shift }
        return try decoder(postQuantConvolution.map { try $0(unscaled) } ?? unscaled, cancellation: cancellation)
    }

    private func channels(_ range: Range<Int>, of x: Tensor) -> Tensor {
        let channels = x.shape[x.shape.count - 1]
        let result = Tensor(shape: x.shape.dropLast() + [range.count])
        x.withUnsafeBuffer { source in
            result.withUnsafeMutableBuffer { target in
                for position in 0..<source.count / channels {
                    for (index, channel) in range.enumerated() {
                        target[position * range.count + index] = source[position * channels + channel]
                    }
                }
            }
        }
        return result
    }
}
