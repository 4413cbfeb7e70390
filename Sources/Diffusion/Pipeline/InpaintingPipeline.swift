import Foundation
import Imaging
import Tensor

/// A diffusion model that paints a background around a product: what the studio needs of a ``DiffusionPipeline``.
///
/// Belongs to one thread: create it and use it on the same one.
public final class InpaintingPipeline {
    private let pipeline: DiffusionPipeline
    /// The scene of the last request: its picture and every preview of it ask for it again.
    private var latest: (request: InpaintingRequest, scene: Scene?)?

    public var description: ModelDescription { pipeline.description }

    /// Loads a model; this takes seconds for gigabytes.
    ///
    /// - Parameters:
    ///   - directory: a diffusers directory or a single-file checkpoint, of an inpainting model or any other
    ///   - options: what its layers multiply in, and what is kept in memory and on disk
    ///   - cancellation: stops the loading
    /// - Throws: `ModelError`, or `CancellationError`
    public init(
        directory: URL, options: LoadingOptions = LoadingOptions(), adapters: Adapters = Adapters(), cancellation: CancellationFlag? = nil
    ) throws {
        pipeline = try DiffusionPipeline(model: directory, options: options, adapters: adapters, cancellation: cancellation)
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
        if let reference = request.styleReference, request.styleStrength > 0, let style = pipeline.blueprint.ownStyle {
            render.styles = [RenderRequest.Style(image: reference, scale: style.scale * request.styleStrength)]
        }
        let scene = scene(request)
        render.layout = scene?.layout
        if let sketch = scene?.sketch, let trained = pipeline.blueprint.backdrop?.layout, let usual = trained.sketch {
            let wanted = render.styles.isEmpty ? usual : trained.sketchWithStyle ?? usual
            let share = sketch.isPlain ? max(wanted, Self.plainShare) : wanted
            render.sketch = RenderRequest.Sketch(image: sketch.start, share: share)
        } else if render.styles.isEmpty {
            render.colourReference = request.styleReference
            render.colourStrength = request.styleStrength
        }
        render.background = request.background ?? trainedBackground
        // The mean is the better picture; drawing from the distribution is for those who compare with diffusers.
        render.samplesLatents = false
        return try pipeline.denoise(render, cancellation: cancellation)
    }

    /// The share of the steps after which denoising starts from a sketch of plain paper. At 0.85 the starter model left blotches.
    private static let plainShare: Float = 0.95

    /// What a request speaks of.
    private struct Scene {
        let layout: SceneLayout
        var sketch: SketchedScene?
    }

    /// The scene that a request speaks of; nil for models and requests without a layout.
    private func scene(_ request: InpaintingRequest) -> Scene? {
        if let latest, latest.request == request { return latest.scene }
        let scene = makeScene(request)
        latest = (request, scene)
        return scene
    }

    private func makeScene(_ request: InpaintingRequest) -> Scene? {
        let words = sceneWords(request)
        guard description.acceptsLayout, let kind = request.layout, let made = SceneLayout.make(kind, prompt: words, seed: request.seed)
        else { return nil }
        let usual = made.balanced(kind, prompt: words, productMask: request.productMask)
        let reference =
            request.styleStrength > 0
            ? request.styleReference.flatMap { ReferenceScene($0, strength: min(request.styleStrength, 1)) }?.fitting(kind, prompt: words)
            : nil
        let lit = (reference.map { usual.following($0, prompt: words, productMask: request.productMask) } ?? usual)
            .lit(likeProductFrom: ProductLight.side(request.canvas, productMask: request.productMask), prompt: words)
        let layout = request.arrangement.applied(to: lit, productMask: request.productMask)
        guard pipeline.blueprint.backdrop?.layout?.sketch != nil else { return Scene(layout: layout) }
        let clauses = PromptClauses(words)
        let said = SceneColours(clauses) ?? (reference == nil ? .paper : nil)
        let colours = reference.map { said?.mixed(with: $0.colours, share: $0.strength) ?? $0.colours } ?? said
        let sketch = colours.map {
            SceneSketch(
                layout, $0, clauses: clauses, seed: request.seed, productMask: request.productMask,
                productTone: ProductLight.tone(request.canvas, productMask: request.productMask), reference: reference)
        }
        return Scene(layout: layout, sketch: sketch.map { SketchedScene($0, canvas: request.canvas, productMask: request.productMask) })
    }

    /// The prompt; where it says nothing of a scene, together with one that is typical of the category that it names.
    private func sceneWords(_ request: InpaintingRequest) -> String {
        guard SceneColours(PromptClauses(request.prompt)) == nil else { return request.prompt }
        let named = request.prompt.split(separator: " ").first.map(String.init)
        let category = pipeline.blueprint.backdrop?.categories?.first { $0.identifier == named }
        guard let scenes = category?.scenes, !scenes.isEmpty else { return request.prompt }
        var chance = LayoutChance(seed: request.seed ^ 0xCA7E)
        return request.prompt + ", " + scenes[min(Int(chance.next(in: 0...Float(scenes.count))), scenes.count - 1)]
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

    /// The picture that a request's last step leads to. Over a sketch it is a whole number of times larger than the canvas.
    ///
    /// - Parameter latent: `[1, height, width, channels]`, of the last step
    /// - Throws: `CancellationError`
    public func picture(of latent: Tensor, for request: InpaintingRequest, cancellation: CancellationFlag) throws -> RasterImage {
        let decoded = try decode(latent, cancellation: cancellation)
        guard let enlargement = pipeline.blueprint.backdrop?.layout?.detail, let sketch = scene(request)?.sketch else { return decoded }
        return sketch.matchingReference(
            graded(sketch.finished(decoded, cell: description.latentScale, enlargement: enlargement), for: request))
    }

    /// What a step of a request looks like: its predicted clean latent, decoded where that is quick, else a pixel a latent cell; over a
    /// sketch, the light of that on the sketch, as large as the canvas.
    ///
    /// - Throws: `CancellationError`
    public func preview(of step: DenoisingStep, for request: InpaintingRequest, cancellation: CancellationFlag) throws -> RasterImage {
        let seen = try pipeline.preview(of: step, cancellation: cancellation)
        guard pipeline.blueprint.backdrop?.layout?.detail != nil, let sketch = scene(request)?.sketch else { return seen }
        return sketch.matchingReference(graded(sketch.preview(seen, cell: description.latentScale), for: request))
    }

    /// A background over a sketch in the mood of the request's reference.
    private func graded(_ background: RasterImage, for request: InpaintingRequest) -> RasterImage {
        guard let reference = request.styleReference, request.styleStrength > 0 else { return background }
        return ReferenceGrading(reference, strength: Self.gradingShare * min(request.styleStrength, 1))
            .applied(to: background, productMask: request.productMask)
    }

    /// How much of a reference's colours and contrasts a background takes over at full strength; the words keep the rest.
    private static let gradingShare: Float = 0.8
}
