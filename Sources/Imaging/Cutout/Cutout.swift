/// How a product was told from its background.
public enum CutoutMethod: String, Codable, CaseIterable, Sendable {
    /// The file's own alpha channel.
    case alpha
    /// From a plain or smoothly graded studio background.
    case plainBackground
    /// By a network that has learned what pictures are of; see ``CutoutNetwork``.
    case learned
    /// From a mask made elsewhere; only ``Cutout/make(from:mask:)`` makes it.
    case mask
}

/// The product of a photo, told from its background.
public struct Cutout: Sendable {
    /// As large as the photo. 255 is the core, whose pixels an export keeps bit by bit.
    public let mask: Mask
    /// How it was made.
    public let method: CutoutMethod
    /// 0 (a guess) … 1 (sure). Below ``doubtful`` there is a ``warning``.
    public let certainty: Double
    /// What a designer should look at, in one sentence; nil when there is nothing.
    public let warning: String?
    /// The smallest rectangle that holds the product (mask of at least 128); nil when nothing was found.
    public let productBounds: PixelRectangle?
    /// The product's own colour where the mask is soft, free of the old background.
    let edgeColours: EdgeColours

    /// Cutouts below this certainty need a look.
    public static let doubtful = 0.6

    /// A cutout whose mask came from elsewhere; soft pixels keep the photo's colours.
    public init(mask: Mask, method: CutoutMethod, certainty: Double = 1, warning: String? = nil) {
        self.init(mask: mask, method: method, certainty: certainty, warning: warning, edgeColours: EdgeColours())
    }

    init(mask: Mask, method: CutoutMethod, certainty: Double, warning: String?, edgeColours: EdgeColours) {
        self.mask = mask
        self.method = method
        self.certainty = certainty
        self.warning = warning
        self.productBounds = mask.bounds()
        self.edgeColours = edgeColours
    }
}
