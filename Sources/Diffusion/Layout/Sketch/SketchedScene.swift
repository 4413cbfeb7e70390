import Imaging

/// A request's sketch on its canvas: what denoising starts from, and what becomes of the pictures that a model paints over it.
struct SketchedScene {
    private let sketch: SceneSketch
    private let productMask: Mask
    /// The product in its place.
    private let canvas: RasterImage
    /// The scene with the product's shadow, as large as the canvas.
    private let shaded: RasterImage
    private let props: Mask?

    /// - Parameters:
    ///   - canvas: shows the product on grey
    ///   - productMask: 255 = product; as large as the canvas
    init(_ sketch: SceneSketch, canvas: RasterImage, productMask: Mask) {
        self.sketch = sketch
        self.canvas = canvas
        self.productMask = productMask
        shaded = sketch.shaded(width: productMask.width, height: productMask.height)
        props = sketch.propCover(width: productMask.width, height: productMask.height)
    }

    /// Whether it is nothing but paper: the weights add blotches to it and little else.
    var isPlain: Bool { sketch.isPlain }

    /// What denoising starts from: the scene with the product in its place, as large as the canvas.
    var start: RasterImage {
        var picture = shaded
        for (pixel, value) in productMask.values.enumerated() where value >= 128 {
            for channel in 0..<3 { picture.pixels[pixel * 4 + channel] = canvas.pixels[pixel * 4 + channel] }
        }
        return picture
    }

    /// What becomes of a picture that a model painted over the sketch: the sketch in its light, in all detail, the product mirrored where
    /// the ground is glossy.
    ///
    /// - Parameters:
    ///   - picture: of any size; it shows the whole canvas
    ///   - cell: pixels of the canvas that a latent cell is wide
    ///   - enlargement: how many times as wide and high as the canvas the result is; less where the canvas is large
    /// - Returns: a picture without the product
    func finished(_ picture: RasterImage, cell: Int, enlargement: Int) -> RasterImage {
        // Large canvases lose less, and detail takes time by the pixel.
        let room = max(SceneDetail.longestSide / max(shaded.width, shaded.height), 1)
        return mirroring(SceneDetail.applied(sketch, to: lit(by: picture, cell: cell), enlargement: min(max(enlargement, 1), room)))
    }

    /// The same in a hurry, without detail and as large as the canvas.
    func preview(_ picture: RasterImage, cell: Int) -> RasterImage { mirroring(lit(by: picture, cell: cell)) }

    /// A finished picture or preview in its reference's colours, where the words leave the surfaces to the reference.
    func matchingReference(_ picture: RasterImage) -> RasterImage { sketch.matchingReference(picture, productMask: productMask) }

    private func lit(by picture: RasterImage, cell: Int) -> RasterImage {
        SketchLight.applied(
            resized(picture, width: shaded.width, height: shaded.height), to: shaded, productMask: productMask, props: props,
            cell: cell, spread: sketch.isPlain ? 6 : 1.5)
    }

    private func mirroring(_ picture: RasterImage) -> RasterImage {
        guard sketch.mirrors, let mirror = ProductMirror(canvas: canvas, mask: productMask) else { return picture }
        return mirror.applied(to: picture) { sketch.mirror(row: $0, column: $1, pixel: 1 / Float(picture.height)) }
    }
}
