import Foundation
import Tensor

/// A model's three networks, to be called one by one with a stopwatch.
///
/// Belongs to one thread: create it and use it on the same one.
public final class ModelBenchmark {
    /// Width and height of a latent, in cells.
    public let latentSide: Int
    private let textEncoder: CLIPTextModel
    private let unet: UNet
    private let autoencoder: any Autoencoder
    private let latentChannels: Int
    private var prompts: [Int: UNet.PromptContext] = [:]
    private let cancellation = CancellationFlag()
    /// Nil for made-up weights.
    private let memory: ModelMemory?

    /// An architecture with made-up weights.
    public init(shape: BenchmarkShape, precision: Precision) throws {
        let weights = Weights(madeUpIn: precision)
        memory = nil
        let configuration = try shape.autoencoderConfiguration()
        latentSide = shape.latentSide
        latentChannels = configuration.latentChannels
        textEncoder = try CLIPTextModel(weights, shape.textEncoderConfiguration())
        unet = try UNet(weights, shape.unetConfiguration())
        autoencoder = try configuration.makeAutoencoder(weights)
    }

    /// A model with its weights.
    ///
    /// - Throws: `ModelError`
    public init(directory: URL, options: LoadingOptions) throws {
        let blueprint = try ModelBlueprint(directory: directory)
        let memory = ModelMemory(blueprint, try blueprint.describe(), options)
        self.memory = memory
        func weights(_ component: ModelComponent) throws -> Weights {
            memory.weights(component, try blueprint.openWeights(component), cancellation: nil)
        }
        latentSide = blueprint.unet.sampleSize
        latentChannels = blueprint.autoencoder.latentChannels
        textEncoder = try CLIPTextModel(weights(.textEncoder), blueprint.textEncoder)
        unet = try UNet(weights(.unet), blueprint.unet)
        autoencoder = try blueprint.autoencoder.makeAutoencoder(weights(.autoencoder))
    }

    /// One prediction of noise at the model's native size; the prompt of 77 tokens is prepared at the first call.
    ///
    /// - Parameter batch: 1, or 2 for the pair that guidance takes
    public func predictNoise(batch: Int) throws {
        let prompt = try prompts[batch] ?? preparedPrompt(batch: batch)
        prompts[batch] = prompt
        let sample = noise([batch, latentSide, latentSide, unet.configuration.inChannels])
        _ = try unet(sample, timestep: 500, prompt: prompt, cancellation: cancellation)
    }

    /// One latent to a picture.
    public func decode() throws {
        let latent = noise([1, latentSide, latentSide, latentChannels])
        guard let memory else {
            _ = try autoencoder.decode(latent, cancellation: cancellation)
            return
        }
        _ = try memory.autoencoding { try autoencoder.decode(latent, cancellation: cancellation) }
    }

    /// One prompt of as many tokens as the text encoder takes.
    public func encodePrompt() throws {
        _ = try textEncoder.encode(
            Array(repeating: 1, count: textEncoder.configuration.maximumTokens), cancellation: cancellation)
    }

    /// What happens between asking for a guided picture and seeing something of it: two prompts, a pair of calls, and the picture where
    /// decoding is quick.
    public func firstPreview() throws {
        for _ in 0..<2 { try encodePrompt() }
        let sample = noise([2, latentSide, latentSide, unet.configuration.inChannels])
        _ = try unet(sample, timestep: 999, prompt: preparedPrompt(batch: 2), cancellation: cancellation)
        if autoencoder is AutoencoderTiny { try decode() }
    }

    private func preparedPrompt(batch: Int) throws -> UNet.PromptContext {
        let channels = textEncoder.configuration.hiddenSize
        return try unet.prepare(noise([batch, textEncoder.configuration.maximumTokens, channels]))
    }

    private func noise(_ shape: [Int]) -> Tensor {
        var random = TorchRandom(seed: 0)
        return Tensor(random.normals(shape.reduce(1, *)), shape: shape)
    }
}
