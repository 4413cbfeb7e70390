import Imaging

/// A picture that a screen wants shown.
struct PictureSlot: Equatable, Sendable {
    /// Where on the screen; one picture a place.
    enum Place: Hashable, Sendable {
        case stage
        case thumbnail(Int)
        /// One of several that stand side by side on the stage.
        case tile(Int)
        /// The thumbnails of the product list that begins at this product, all in one: xterm keeps only sixteen sixel pictures.
        case list(Int)
        /// The brand picture beside the parameters.
        case reference

        /// A number of its own, for protocols that keep pictures by one.
        var number: Int {
            switch self {
            case .stage: 1
            case .reference: 2
            case .list: 3
            case .tile(let index): 10 + index
            case .thumbnail(let index): 100 + index
            }
        }
    }

    let place: Place
    let area: CellRectangle
    /// Tells one picture from another; equal identities mean equal pixels.
    let identity: String
    let quality: PictureOrder.Quality
    let image: RasterImage

    /// Whether it is the product list's.
    var isList: Bool { if case .list = place { true } else { false } }

    /// Everything but the pixels, which the identity stands for.
    static func == (left: PictureSlot, right: PictureSlot) -> Bool {
        left.place == right.place && left.area == right.area && left.identity == right.identity && left.quality == right.quality
    }
}
