import Foundation
import Imaging
import Tensor

/// A diffusion model that paints a background around a product.
///
/// Belongs to one thread: create it and use it on the same one.
public final class InpaintingPipeline {
    public let description: ModelDescription

    private let blueprint: ModelBlueprint
    private let tokenizer: CLIPTokenizer
    private let textEncoder: CLIPTextModel
    private let unet: UNet
    private let autoencoder: any Autoencoder
    private let latentPreview: LatentPreview?
    private var preparedPrompt: PreparedPrompt?
    private var preparedCanvas: PreparedCanvas?
    private var decodingSecondsPerCell: Double?

    /// The last prompt, for candidates differ in their seeds only.
    private struct PreparedPrompt {
        let prompts: [String]
        let context: UNet.PromptContext
    }

    /// The last canvas, likewise.
    private struct PreparedCanvas {
        let canvas: RasterImage
        let productMask: Mask
        let conditioning: Tensor
    }

    /// Loads a model; this takes seconds for gigabytes.
    ///
    /// - Parameters:
    ///   - directory: a diffusers directory of an inpainting model
    ///   - cancellation: stops the loading
    /// - Throws: `ModelError`, or `CancellationError`
    public init(directory: URL, cancellation: CancellationFlag? = nil) throws {
        blueprint = try ModelBlueprint(directory: directory)
        description = try blueprint.describe()
        tokenizer = try CLIPTokenizer(
            folder: directory.appending(path: "tokenizer"), maximumTokens: blueprint.textEncoder.maximumTokens)
        guard tokenizer.identifierLimit <= blueprint.textEncoder.vocabularySize else {
            throw ModelError.badConfiguration(
                path: directory.appending(path: "tokenizer").path,
                problem:
                    "has identifiers up to \(tokenizer.identifierLimit - 1), but the text encoder knows \(blueprint.textEncoder.vocabularySize)"
            )
        }
        textEncoder = try CLIPTextModel(
            Weights(blueprint.openWeights(.textEncoder), cancellation: cancellation), blueprint.textEncoder)
        unet = try UNet(Weights(blueprint.openWeights(.unet), cancellation: cancellation), blueprint.unet)
        autoencoder = try blueprint.autoencoder.makeAutoencoder(
            Weights(blueprint.openWeights(.autoencoder), cancellation: cancellation))
        latentPreview = LatentPreview(blueprint)
    }

    /// Describes a model from its JSON files and the headers of its weights, in milliseconds.
    ///
    /// - Throws: `ModelError`
    public static func describe(directory: URL) throws -> ModelDescription {
        try ModelBlueprint(directory: directory).describe()
    }

    /// Tokens that a prompt takes, without the two that frame it; those beyond `maximumPromptTokens` are cut.
    public func tokenCount(_ prompt: String) -> Int {
        tokenizer.tokens(of: prompt).count
    }

    /// Tokens that a prompt may have: 75 for CLIP.
    public var maximumPromptTokens: Int { tokenizer.maximumTokens - 2 }

    /// Prepares a picture; each `next()` of the result takes a step.
    ///
    /// - Throws: `ModelError.invalidRequest`, or `CancellationError`
    public func denoise(_ request: InpaintingRequest, cancellation: CancellationFlag) throws -> DenoisingSequence {
        try check(request)
        let scheduler = try request.scheduler.makeScheduler(blueprint.scheduler, steps: request.steps)
        let prompt = try preparedPrompt(for: request, cancellation: cancellation)
        let conditioning = try preparedCanvas(for: request, cancellation: cancellation)
        let scale = description.latentScale
        let noise = InpaintingConditioning.noise(
            seed: request.seed, height: request.canvas.height / scale, width: request.canvas.width / scale,
            channels: blueprint.autoencoder.latentChannels)
        let firstStep = request.styleReference == nil ? 0 : StyleReference.firstStep(strength: request.styleStrength, steps: request.steps)
        var latent = mapped(noise) { $0 * scheduler.initialNoiseSigma }
        if let reference = request.styleReference, firstStep > 0 {
            let picture = StyleReference.picture(reference, width: request.canvas.width, height: request.canvas.height)
            let coarse = StyleReference.coarse(try autoencoder.encode(picture, cancellation: cancellation))
            latent = scheduler.addingNoise(noise, to: coarse, at: firstStep)
        }
        return DenoisingSequence(
            unet: unet, prompt: prompt, conditioning: conditioning, guidanceScale: request.guidanceScale, scheduler: scheduler,
            latent: latent, firstStep: firstStep, cancellation: cancellation)
    }

    /// Decodes a latent to a picture of `latentScale` times its size.
    ///
    /// - Parameter latent: `[1, height, width, channels]`
    /// - Throws: `CancellationError`
    public func decode(_ latent: Tensor, cancellation: CancellationFlag) throws -> RasterImage {
        InpaintingConditioning.image(of: try autoencoder.decode(latent, cancellation: cancellation))
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

    private func check(_ request: InpaintingRequest) throws {
        let (width, height, multiple) = (request.canvas.width, request.canvas.height, description.sizeMultiple)
        guard width > 0, height > 0, width % multiple == 0, height % multiple == 0 else {
            throw ModelError.invalidRequest("A canvas of \(width) x \(height) does not fit the model: use multiples of \(multiple) pixels")
        }
        guard request.productMask.width == width, request.productMask.height == height else {
            throw ModelError.invalidRequest(
                "The mask (\(request.productMask.width) x \(request.productMask.height)) and the canvas (\(width) x \(height)) differ in size"
            )
        }
        guard request.guidanceScale.isFinite, request.guidanceScale >= 0 else {
            throw ModelError.invalidRequest("A guidance scale of \(request.guidanceScale) makes no sense: use 1 to 20")
        }
        guard !request.styleStrength.isNaN else { throw ModelError.invalidRequest("The reference's strength is not a number: use 0 to 1") }
        if let reference = request.styleReference, reference.width == 0 || reference.height == 0 {
            throw ModelError.invalidRequest("The reference picture is empty")
        }
    }

    private func preparedPrompt(for request: InpaintingRequest, cancellation: CancellationFlag) throws -> UNet.PromptContext {
        let prompts = request.guidanceScale > 1 ? [request.negativePrompt, request.prompt] : [request.prompt]
        if let preparedPrompt, preparedPrompt.prompts == prompts { return preparedPrompt.context }
        let states = try prompts.map { try textEncoder(tokenizer.encode($0), cancellation: cancellation) }
        let context = try unet.prepare(stackedBatch(states))
        preparedPrompt = PreparedPrompt(prompts: prompts, context: context)
        return context
    }

    /// Mask and masked-image latent, `[1, height, width, 1 + channels]`.
    private func preparedCanvas(for request: InpaintingRequest, cancellation: CancellationFlag) throws -> Tensor {
        if let preparedCanvas, preparedCanvas.canvas == request.canvas, preparedCanvas.productMask == request.productMask {
            return preparedCanvas.conditioning
        }
        let picture = InpaintingConditioning.maskedPicture(request.canvas, request.productMask)
        let latent = try autoencoder.encode(picture, cancellation: cancellation)
        let mask = InpaintingConditioning.latentMask(request.productMask, latentScale: description.latentScale)
        let conditioning = try concatenateChannels([mask, latent])
        preparedCanvas = PreparedCanvas(canvas: request.canvas, productMask: request.productMask, conditioning: conditioning)
        return conditioning
    }
}
