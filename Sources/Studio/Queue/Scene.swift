import Catalogue
import Diffusion
import Imaging

/// What all pictures of a job share: the product on its canvas, and the reference.
final class Scene {
    private let product: PreparedProduct
    private let layout: CanvasLayout
    private let canvas: ModelCanvas
    private let reference: RasterImage?
    /// Of a reference, at most: its style is not in finer detail, and one of 24 megapixels takes 96 MB.
    private static let referenceSide = 1024
    private var preview: (size: PictureSize, preview: CompositePreview)?

    /// - Parameter progress: while the product is made ready, told how much of that is done; what it throws gives it up.
    /// - Throws: `PictureError`, `CatalogueError`, `CompositeError`, what `progress` throws.
    init(_ job: Job, catalogue: Catalogue, shelf: ProductShelf, progress: CutoutProgress) throws {
        product = try shelf.product(job.productID, progress: progress)
        layout = product.layout(job.settings)
        canvas = try ModelCanvas.make(
            photo: product.photo, cutout: product.cutout, layout: layout, width: job.settings.width, height: job.settings.height)
        reference = try job.settings.referenceName.map { name in
            let picture = try Photo.load(catalogue.url(of: try catalogue.reference(named: name))).image
            return resized(picture, fitting: Self.referenceSide, Self.referenceSide)
        }
    }

    /// The engine's request for one picture.
    /// - Throws: `StudioError.unknownSampler`.
    func request(_ settings: GenerationSettings) throws -> InpaintingRequest {
        guard let sampler = SchedulerKind(rawValue: settings.sampler) else { throw StudioError.unknownSampler(name: settings.sampler) }
        return InpaintingRequest(
            prompt: Self.fullPrompt(settings), negativePrompt: settings.negativePrompt, canvas: canvas.image,
            productMask: canvas.productMask,
            steps: settings.steps, guidanceScale: Float(settings.guidance), seed: settings.seed, scheduler: sampler,
            styleReference: settings.referenceStrength > 0 ? reference : nil, styleStrength: Float(settings.referenceStrength),
            layout: settings.layout.flatMap(LayoutKind.init),
            arrangement: SceneArrangement(floorLine: settings.floorLine, light: settings.light.flatMap(LightDirection.init)))
    }

    /// The prompt as the model was trained to read it: the category's identifier, then the words.
    static func fullPrompt(_ settings: GenerationSettings) -> String {
        fullPrompt(settings.prompt, category: settings.categoryIdentifier)
    }

    /// The prompt as the model was trained to read it: the category's identifier, then the words.
    static func fullPrompt(_ prompt: String, category: String?) -> String {
        [category, prompt].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Shows backgrounds behind the product at a size; kept until another size is asked for.
    func preview(_ size: PictureSize) throws -> CompositePreview {
        if let preview, preview.size == size { return preview.preview }
        let made = try CompositePreview(
            photo: product.photo, cutout: product.cutout, layout: layout, maximumWidth: size.width, maximumHeight: size.height,
            options: product.treatment.options)
        preview = (size, made)
        return made
    }
}
