import Imaging

/// A request's sketch on its canvas: what denoising starts from, and what becomes of the pictures that a model paints over it.
struct SketchedScene {
    private let sketch: SceneSketch
    private let productMask: Mask
    /// The scene with the product's shadow, as large as the canvas.
    private let shaded: RasterImage

    /// - Parameters:
    ///   - productMask: 255 = product; as large as the canvas
    init(_ sketch: SceneSketch, productMask: Mask) {
        self.sketch = sketch
        self.productMask = productMask
        shaded = sketch.shaded(width: productMask.width, height: productMask.height)
    }

    /// Whether it is nothing but paper: the weights add blotches to it and little else.
    var isPlain: Bool { sketch.isPlain }

    /// What denoising starts from: the scene with the product in its place, as large as `canvas`, which shows it on grey.
    func start(canvas: RasterImage) -> RasterImage {
        var picture = shaded
        for (pixel, value) in productMask.values.enumerated() where value >= 128 {
            for channel in 0..<3 { picture.pixels[pixel * 4 + channel] = canvas.pixels[pixel * 4 + channel] }
        }
        return picture
    }

    /// The sketch in the light that a model painted.
    ///
    /// - Parameters:
    ///   - picture: of any size; it shows the whole canvas
    ///   - cell: pixels of the canvas that a latent cell is wide
    /// - Returns: a picture without the product, as large as the canvas
    func lit(by picture: RasterImage, cell: Int) -> RasterImage {
        SketchLight.applied(
            resized(picture, width: shaded.width, height: shaded.height), to: shaded, productMask: productMask, cell: cell,
            spread: sketch.isPlain ? 6 : 1.5)
    }

    /// A picture that ``lit(by:cell:)`` made, larger, with what of the sketch a canvas has no room for.
    func detailed(_ picture: RasterImage, enlargement: Int) -> RasterImage {
        // Large canvases lose less, and detail takes time by the pixel.
        let room = max(SceneDetail.longestSide / max(picture.width, picture.height), 1)
        return SceneDetail.applied(sketch, to: picture, enlargement: min(max(enlargement, 1), room))
    }
}
