/// The canvas a product stands on, in the photo's own pixels.
///
/// The photo is only ever shifted by whole pixels, never resampled, so every product pixel of an export equals the photo's.
public struct CanvasLayout: Sendable, Equatable, Codable {
    /// The canvas, in pixels.
    public let width, height: Int
    /// Where the photo's top left pixel lies on the canvas; negative when the canvas crops the photo.
    public let productX, productY: Int

    public init(width: Int, height: Int, productX: Int, productY: Int) {
        self.width = width
        self.height = height
        self.productX = productX
        self.productY = productY
    }

    /// The canvas of a given shape around a photo's product.
    ///
    /// `.photo` keeps the photo's own frame. The other shapes take the smallest canvas that leaves the product its margins, whether that
    /// crops the photo or extends it. An edge that the product runs into stays the canvas's edge, so that no cut shows.
    public static func make(photo: Photo, cutout: Cutout, aspect: AspectRatio) -> CanvasLayout {
        guard let ratio = aspect.ratio else {
            return CanvasLayout(width: photo.width, height: photo.height, productX: 0, productY: 0)
        }
        let product = cutout.productBounds ?? PixelRectangle(x: 0, y: 0, width: photo.width, height: photo.height)
        let size = canvasSize(around: product, ratio: ratio)
        let x = origin(
            productStart: product.x, productEnd: product.maxX, photoLength: photo.width, canvasLength: size.width, leading: 0.5)
        let y = origin(
            productStart: product.y, productEnd: product.maxY, photoLength: photo.height, canvasLength: size.height, leading: topShare)
        return CanvasLayout(width: size.width, height: size.height, productX: -x, productY: -y)
    }

    /// The share of the canvas's tighter side that the product fills: what marketplaces and our own eye call well framed, with room
    /// left for the surroundings.
    static let productShare = 0.62
    /// How much of the free height lies above the product: it stands a little below the middle.
    static let topShare = 0.56

    private static func canvasSize(around product: PixelRectangle, ratio: Double) -> (width: Int, height: Int) {
        var width = max(Double(product.width) / productShare, Double(product.height) / productShare * ratio)
        let largest = (Double(PictureLimits.megapixels) * 1_000_000 * ratio).squareRoot()
        width = min(width, largest, Double(PictureLimits.side), Double(PictureLimits.side) * ratio)
        return (max(1, Int(width)), max(1, Int(width / ratio)))
    }

    /// The photo coordinate at which the canvas starts, along one axis.
    private static func origin(productStart: Int, productEnd: Int, photoLength: Int, canvasLength: Int, leading: Double) -> Int {
        let touchesStart = productStart <= 0
        let touchesEnd = productEnd >= photoLength
        switch (touchesStart, touchesEnd) {
        case (true, false): return 0
        case (false, true): return photoLength - canvasLength
        default:
            let free = Double(canvasLength - (productEnd - productStart))
            return productStart - Int((free * leading).rounded())
        }
    }
}
