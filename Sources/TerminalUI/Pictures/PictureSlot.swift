import Imaging

/// A picture that a screen wants shown.
struct PictureSlot: Equatable, Sendable {
    /// Where on the screen; one picture a place.
    enum Place: Hashable, Sendable {
        case stage
        case thumbnail(Int)
        /// One of several that stand side by side on the stage.
        case tile(Int)
    }

    let place: Place
    let area: CellRectangle
    /// Tells one picture from another; equal identities mean equal pixels.
    let identity: String
    let quality: PictureOrder.Quality
    let image: RasterImage

    /// Everything but the pixels, which the identity stands for.
    static func == (left: PictureSlot, right: PictureSlot) -> Bool {
        left.place == right.place && left.area == right.area && left.identity == right.identity && left.quality == right.quality
    }
}
