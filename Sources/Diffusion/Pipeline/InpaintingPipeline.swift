import Foundation
import Imaging
import Tensor

/// A diffusion model that paints a background around a product: what the studio needs of a ``DiffusionPipeline``.
///
/// Belongs to one thread: create it and use it on the same one.
public final class InpaintingPipeline {
    private let pipeline: DiffusionPipeline

    public var description: ModelDescription { pipeline.description }

    /// Loads a model; this takes seconds for gigabytes.
    ///
    /// - Parameters:
    ///   - directory: a diffusers directory or a single-file checkpoint, of an inpainting model or any other
    ///   - precision: what its layers multiply in
    ///   - cancellation: stops the loading
    /// - Throws: `ModelError`, or `CancellationError`
    public init(
        directory: URL, precision: Precision = .float32, adapters: Adapters = Adapters(), cancellation: CancellationFlag? = nil
    ) throws {
        pipeline = try DiffusionPipeline(model: directory, precision: precision, adapters: adapters, cancellation: cancellation)
    }

    /// Describes a model from its JSON files and the headers of its weights, in milliseconds.
    ///
    /// - Throws: `ModelError`
    public static func describe(directory: URL) throws -> ModelDescription {
        try ModelBlueprint(directory: directory).describe()
    }

    /// Tokens that a prompt's words take.
    public func tokenCount(_ prompt: String) -> Int { pipeline.tokenCount(prompt) }

    /// Tokens that are read together: 75 for CLIP. A longer prompt is read in chunks.
    public var maximumPromptTokens: Int { pipeline.maximumPromptTokens }

    /// Prepares a picture; each `next()` of the result takes a step.
    ///
    /// - Throws: `ModelError.invalidRequest`, or `CancellationError`
    public func denoise(_ request: InpaintingRequest, cancellation: CancellationFlag) throws -> DenoisingSequence {
        var render = RenderRequest(
            prompt: request.prompt, width: request.canvas.width, height: request.canvas.height, steps: request.steps,
            guidanceScale: request.guidanceScale, seed: request.seed, scheduler: request.scheduler)
        render.negativePrompt = request.negativePrompt
        render.base = .inpainting(request.canvas, kept: request.productMask)
        render.layout = request.layout
        render.sketch = sketch(request)
        render.colourStrength = request.styleStrength
        if let reference = request.styleReference, let style = pipeline.blueprint.ownStyle {
            render.styles = [RenderRequest.Style(image: reference, scale: style.scale * request.styleStrength)]
        } else if render.sketch == nil {
            render.colourReference = request.styleReference
        }
        render.background = request.background ?? trainedBackground
        // The mean is the better picture; drawing from the distribution is for those who compare with diffusers.
        render.samplesLatents = false
        return try pipeline.denoise(render, cancellation: cancellation)
    }

    /// The layout in the prompt's colours and the reference's, for a model that wants one.
    private func sketch(_ request: InpaintingRequest) -> RenderRequest.Sketch? {
        guard let share = pipeline.blueprint.backdrop?.layout?.sketch, let layout = request.layout else { return nil }
        let said = SceneColours(prompt: request.prompt)
        let seen = request.styleStrength > 0 ? request.styleReference.flatMap(SceneColours.init) : nil
        guard let colours = seen.map({ said?.mixed(with: $0, share: min(request.styleStrength, 1)) ?? $0 }) ?? said else { return nil }
        let image = SceneSketch.picture(
            layout, colours, seed: request.seed, canvas: request.canvas, productMask: request.productMask)
        return RenderRequest.Sketch(image: image, share: share)
    }

    /// What a model with categories was trained to hear from the background only: their identifiers, and a reference's style.
    private var trainedBackground: RenderRequest.Background? {
        guard pipeline.blueprint.backdrop?.identifierAttention == "background" else { return nil }
        return RenderRequest.Background(phrases: description.categories.map(\.identifier), mode: .hard)
    }

    /// Decodes a latent to a picture of `latentScale` times its size.
    ///
    /// - Parameter latent: `[1, height, width, channels]`
    /// - Throws: `CancellationError`
    public func decode(_ latent: Tensor, cancellation: CancellationFlag) throws -> RasterImage {
        try pipeline.decode(latent, cancellation: cancellation)
    }

    /// What a step looks like: its predicted clean latent, decoded where that is quick, else a pixel a latent cell.
    ///
    /// - Throws: `CancellationError`
    public func preview(of step: DenoisingStep, cancellation: CancellationFlag) throws -> RasterImage {
        try pipeline.preview(of: step, cancellation: cancellation)
    }
}
