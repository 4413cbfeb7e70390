import Catalogue
import Imaging

/// A picture that a screen asked for.
struct PictureRequest: Hashable, Sendable {
    let subject: PictureSubject
    let maximumWidth: Int
    let maximumHeight: Int
    /// The shape of the canvas around a cutout.
    var aspect = AspectRatio.photo
    /// What the designer has set for the product: a picture made before a change is another picture.
    var treatment = ProductTreatment.none
    /// Whose picture it is; nil for a reference's.
    var product: ProductID?
}

/// A finished picture's size that came to light while it was made small.
struct MeasuredPicture: Equatable, Sendable {
    let product: ProductID
    let aspect: AspectRatio
    let size: PictureSize
}

/// Where a `PictureMaker` has its pictures from.
protocol PictureSource: Sendable {
    /// - Parameter progress: while the picture's product is made ready, told how much of that is done; what it throws gives the picture up.
    func make(_ request: PictureRequest, progress: CutoutProgress) throws -> (image: RasterImage, measured: MeasuredPicture?)

    /// Forgets what it keeps of the files, after they were changed by hand.
    func forget()
}
