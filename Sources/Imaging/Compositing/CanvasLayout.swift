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
    public static func make(
        photo: Photo, cutout: Cutout, aspect: AspectRatio, placement: Placement = .standard
    ) -> CanvasLayout {
        guard let ratio = aspect.ratio else {
            return CanvasLayout(width: photo.width, height: photo.height, productX: 0, productY: 0)
        }
        return make(photo: photo, cutout: cutout, ratio: ratio, placement: placement)
    }

    /// The canvas of any shape around a photo's product.
    ///
    /// - Parameter ratio: width divided by height, above 0.
    public static func make(photo: Photo, cutout: Cutout, ratio: Double, placement: Placement = .standard) -> CanvasLayout {
        let product = cutout.productBounds ?? PixelRectangle(x: 0, y: 0, width: photo.width, height: photo.height)
        let size = canvasSize(around: product, ratio: ratio, share: placement.usableShare)
        let leading = placement.leading
        let x = origin(
            productStart: product.x, productEnd: product.maxX, photoLength: photo.width, canvasLength: size.width, leading: leading.x)
        let y = origin(
            productStart: product.y, productEnd: product.maxY, photoLength: photo.height, canvasLength: size.height, leading: leading.y)
        return CanvasLayout(width: size.width, height: size.height, productX: -x, productY: -y)
    }

    private static func canvasSize(around product: PixelRectangle, ratio: Double, share: Double) -> (width: Int, height: Int) {
        var width = max(Double(product.width) / share, Double(product.height) / share * ratio)
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
