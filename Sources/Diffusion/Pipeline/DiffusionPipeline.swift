import Foundation
import Imaging
import Tensor

/// A diffusion model with its adapters: Stable Diffusion 1.x, 2.x or XL, for painting from a prompt, over a picture, or around
/// what a mask keeps.
///
/// Belongs to one thread: create it and use it on the same one.
public final class DiffusionPipeline {
    public let description: ModelDescription

    let blueprint: ModelBlueprint
    let unet: UNet
    let autoencoder: any Autoencoder
    let promptEncoder: PromptEncoder
    let controlNets: [ControlNet]
    let ipAdapter: IPAdapter?
    let imageEncoder: CLIPVisionModel?
    private let tokenizer: CLIPTokenizer
    private let latentPreview: LatentPreview?
    private var decodingSecondsPerCell: Double?
    let memory: ModelMemory
    var preparedPrompt: PreparedPrompt?
    var preparedBase: PreparedBase?

    /// Loads a model; this takes seconds for gigabytes.
    ///
    /// - Parameters:
    ///   - model: a diffusers directory, or a single-file checkpoint
    ///   - options: what its layers multiply in, and what is kept in memory and on disk
    ///   - cancellation: stops the loading
    /// - Throws: `ModelError`, or `CancellationError`
    public init(
        model: URL, options: LoadingOptions = LoadingOptions(), adapters: Adapters = Adapters(), cancellation: CancellationFlag? = nil
    ) throws {
        let blueprint = try ModelBlueprint(directory: model)
        self.blueprint = blueprint
        description = try blueprint.describe()
        let memory = ModelMemory(blueprint, description, options)
        self.memory = memory
        tokenizer = try blueprint.makeTokenizer(.tokenizer)
        let loras = try adapters.loras.map { try LoRA($0.url, weight: $0.weight) }
        for lora in loras { try lora.check(against: Set(blueprint.weightedComponents)) }
        func weights(_ component: ModelComponent) throws -> Weights {
            var store = try blueprint.openWeights(component)
            for lora in loras { try lora.apply(to: &store, component, layersPerBlock: blueprint.unet.layersPerBlock[0]) }
            return memory.weights(component, store, cancellation: cancellation)
        }
        var branches = [
            PromptEncoder.Branch(
                component: .textEncoder, tokenizer: tokenizer, model: try CLIPTextModel(weights(.textEncoder), blueprint.textEncoder))
        ]
        if let second = blueprint.secondTextEncoder {
            branches.append(
                PromptEncoder.Branch(
                    component: .secondTextEncoder, tokenizer: try blueprint.makeTokenizer(.secondTokenizer),
                    model: try CLIPTextModel(weights(.secondTextEncoder), second)))
        }
        promptEncoder = try PromptEncoder(
            branches, embeddings: adapters.embeddings.map(TextualInversion.init), zeroesEmptyNegative: blueprint.zeroesEmptyNegative)
        unet = try UNet(weights(.unet), blueprint.unet)
        let whole = try blueprint.autoencoder.makeAutoencoder(weights(.autoencoder))
        let native = blueprint.unet.sampleSize
        let side: Int? =
            switch (options.memory, options.isTiled) {
            case (.low, _): native / 2
            case (.normal, true): native
            case (.normal, false): nil
            }
        autoencoder = side.map { TiledAutoencoder(whole, scale: blueprint.autoencoder.latentScale, side: $0) } ?? whole
        controlNets = try adapters.controlNets.map { try ControlNet.load($0, blueprint: blueprint, cancellation: cancellation) }
        (ipAdapter, imageEncoder) = try Self.loadIPAdapter(adapters, unet: unet, blueprint: blueprint, cancellation: cancellation)
        latentPreview = LatentPreview(blueprint)
    }

    /// Tokens that a prompt's words take.
    public func tokenCount(_ prompt: String) -> Int {
        tokenizer.count(WeightedPrompt(prompt, syntax: .webUI))
    }

    /// Tokens that are read together: 75 for CLIP. A longer prompt is read in chunks.
    public var maximumPromptTokens: Int { tokenizer.maximumTokens - 2 }

    /// Decodes a latent to a picture of `latentScale` times its size.
    ///
    /// - Parameter latent: `[1, height, width, channels]`
    /// - Throws: `CancellationError`
    public func decode(_ latent: Tensor, cancellation: CancellationFlag) throws -> RasterImage {
        InpaintingConditioning.image(of: try memory.autoencoding { try autoencoder.decode(latent, cancellation: cancellation) })
    }

    /// Encodes a picture, as ``Autoencoder/encode(_:cancellation:)`` does.
    func encode(_ picture: Tensor, cancellation: CancellationFlag) throws -> LatentDistribution {
        try memory.autoencoding { try autoencoder.encode(picture, cancellation: cancellation) }
    }

    /// What a step looks like: its predicted clean latent, decoded where that is quick, else a pixel a latent cell.
    ///
    /// - Throws: `CancellationError`
    public func preview(of step: DenoisingStep, cancellation: CancellationFlag) throws -> RasterImage {
        let latent = step.predictedOriginal
        if let latentPreview {
            let seconds = try decodingSecondsPerCell(cancellation) * Double(latent.shape[1] * latent.shape[2])
            if seconds > Self.quickDecoding { return latentPreview(latent) }
        }
        return try decode(latent, cancellation: cancellation)
    }

    /// Decoding is quick up to this many seconds: a preview may not hold up the steps.
    private static let quickDecoding = 0.12

    /// Time to decode one latent cell, measured once on a small latent, after a first run that compiles its operators.
    private func decodingSecondsPerCell(_ cancellation: CancellationFlag) throws -> Double {
        if let decodingSecondsPerCell { return decodingSecondsPerCell }
        let side = 8
        let sample = Tensor.zeros([1, side, side, blueprint.autoencoder.latentChannels])
        _ = try autoencoder.decode(sample, cancellation: cancellation)
        let duration = try ContinuousClock().measure { _ = try autoencoder.decode(sample, cancellation: cancellation) }
        let seconds = duration / .seconds(1) / Double(side * side)
        decodingSecondsPerCell = seconds
        return seconds
    }
}
