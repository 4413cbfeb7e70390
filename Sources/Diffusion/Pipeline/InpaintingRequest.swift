import Imaging

/// Everything that determines one picture.
public struct InpaintingRequest: Sendable, Equatable {
    public var prompt: String
    /// What the picture should not show; only counts with a guidance scale above 1.
    public var negativePrompt: String
    /// The product on mid grey at the size to generate; width and height are multiples of the model's `sizeMultiple`.
    public var canvas: RasterImage
    /// 255 where the canvas shows the product, which is kept; as large as the canvas.
    public var productMask: Mask
    /// Denoising steps, at least 1.
    public var steps: Int
    /// How strongly the prompt pulls: 1 is the model's plain prediction (and twice as fast), 7.5 is usual for Stable Diffusion.
    public var guidanceScale: Float
    /// Starts the noise generator, which uses the low 32 bits, as torch's does.
    public var seed: UInt64
    public var scheduler: SchedulerKind
    /// A picture whose style the background follows, by the model's own adapter; where it has none, the background starts from
    /// the picture's colours and rough light.
    public var styleReference: RasterImage?
    /// How strongly the reference counts, 0...1.
    public var styleStrength: Float
    /// Words that are heard from the background only, such as a category's identifier.
    public var background: RenderRequest.Background?
    /// The kind of scene to paint on, for models that accept one; nil or `off` for none.
    public var layout: LayoutKind?
    /// What of that scene is set by hand.
    public var arrangement: SceneArrangement

    public init(
        prompt: String, negativePrompt: String = "", canvas: RasterImage, productMask: Mask, steps: Int, guidanceScale: Float,
        seed: UInt64, scheduler: SchedulerKind, styleReference: RasterImage? = nil, styleStrength: Float = 0,
        background: RenderRequest.Background? = nil, layout: LayoutKind? = nil,
        arrangement: SceneArrangement = SceneArrangement()
    ) {
        self.prompt = prompt
        self.negativePrompt = negativePrompt
        self.canvas = canvas
        self.productMask = productMask
        self.steps = steps
        self.guidanceScale = guidanceScale
        self.seed = seed
        self.scheduler = scheduler
        self.styleReference = styleReference
        self.styleStrength = styleStrength
        self.background = background
        self.layout = layout
        self.arrangement = arrangement
    }
}
