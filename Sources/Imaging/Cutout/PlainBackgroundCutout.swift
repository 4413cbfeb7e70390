/// The cutout from a plain or smoothly graded studio background.
///
/// A small working picture decides what is background; the photo itself decides the soft edge.
enum PlainBackgroundCutout {
    /// The working picture's longer side: fine enough for straps and handles, small enough to be quick.
    static let workingSide = 900

    static func make(_ photo: Photo, progress: CutoutProgress) throws -> Cutout {
        let working = working(photo)
        try progress(0.2)
        let segmentation = BackgroundSegmentation.make(working)
        try progress(0.6)
        return make(photo, segmentation)
    }

    /// The picture that decisions are made on.
    static func working(_ photo: Photo) -> RasterImage { resized(photo.image.opaque, fitting: workingSide, workingSide) }

    /// - Parameter secondOpinion: what decides where product and background hardly differ.
    static func make(_ photo: Photo, _ segmentation: BackgroundSegmentation, secondOpinion: HeldMatte? = nil) -> Cutout {
        let doubt = CutoutDoubt(segmentation)
        guard segmentation.background.contains(false) else {
            return Cutout(
                mask: Mask(width: photo.width, height: photo.height, fill: 255), method: .plainBackground, certainty: 0,
                warning: "No product could be told from the background, so the whole picture counts as product.")
        }
        let matte = EdgeMatte(photo: photo, segmentation: segmentation, secondOpinion: secondOpinion).make()
        return Cutout(
            mask: matte.mask, method: .plainBackground, certainty: doubt.certainty, warning: doubt.warning,
            edgeColours: matte.edgeColours)
    }
}

extension RasterImage {
    /// The picture without its alpha.
    fileprivate var opaque: RasterImage {
        guard !isOpaque else { return self }
        var result = self
        for index in stride(from: 3, to: pixels.count, by: 4) { result.pixels[index] = 255 }
        return result
    }
}
