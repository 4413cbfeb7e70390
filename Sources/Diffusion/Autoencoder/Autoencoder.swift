import Tensor

/// Between pictures and latents.
protocol Autoencoder: AnyObject {
    /// - Parameter picture: `[batch, height, width, 3]`, -1...1; height and width multiples of the latent scale
    /// - Returns: latents `[batch, height / scale, width / scale, latentChannels]`, scaled as the UNet expects them
    /// - Throws: `CancellationError`
    func encode(_ picture: Tensor, cancellation: CancellationFlag) throws -> LatentDistribution

    /// - Parameter latent: `[batch, height, width, latentChannels]`, scaled as `encode` returns it
    /// - Returns: `[batch, scale height, scale width, 3]`, about -1...1
    /// - Throws: `CancellationError`
    func decode(_ latent: Tensor, cancellation: CancellationFlag) throws -> Tensor
}

/// What an encoder makes of a picture: a latent, or a normal distribution of latents.
struct LatentDistribution {
    /// The likeliest latent.
    let mean: Tensor
    /// The standard deviation of each number; nil for an encoder that is sure.
    let deviation: Tensor?

    /// A latent as diffusers' pipelines take it: drawn from the distribution, with the generator that draws everything else.
    func sampled(_ noise: inout NoiseSource) throws -> Tensor {
        guard let deviation else { return mean }
        return try add(mean, multiplied(deviation, noise.next()))
    }
}

/// `vae/config.json`: which kind of autoencoder, and its architecture.
enum AutoencoderConfiguration: Decodable, Sendable {
    case kl(AutoencoderKLConfiguration)
    case tiny(AutoencoderTinyConfiguration)

    private enum CodingKeys: String, CodingKey {
        case className = "_className"
    }

    init(from decoder: any Decoder) throws {
        let name = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .className)
        switch name {
        case "AutoencoderKL", nil: self = .kl(try AutoencoderKLConfiguration(from: decoder))
        case "AutoencoderTiny": self = .tiny(try AutoencoderTinyConfiguration(from: decoder))
        case let name?: throw ConfigurationProblem("the engine runs AutoencoderKL and AutoencoderTiny, not \(name)")
        }
    }

    var latentChannels: Int {
        switch self {
        case .kl(let configuration): configuration.latentChannels
        case .tiny(let configuration): configuration.latentChannels
        }
    }

    /// Pixels a latent cell is wide and high.
    var latentScale: Int {
        switch self {
        case .kl(let configuration): configuration.latentScale
        case .tiny(let configuration): configuration.latentScale
        }
    }

    /// The autoencoder with these weights.
    ///
    /// - Throws: `ModelError` where weights and configuration do not fit; `CancellationError`
    func makeAutoencoder(_ weights: Weights) throws -> any Autoencoder {
        switch self {
        case .kl(let configuration): try AutoencoderKL(weights, configuration)
        case .tiny(let configuration): try AutoencoderTiny(weights, configuration)
        }
    }
}
