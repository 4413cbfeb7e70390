import Foundation
import Imaging

/// What the catalogue notes of a photo when it takes it in.
public struct PhotoFacts: Sendable, Equatable {
    /// Pixels of the upright photo.
    public let width: Int
    public let height: Int
    public let format: PictureFormat
    public let cutoutMethod: CutoutMethod
    /// 0 (a guess) … 1 (certain).
    public let cutoutCertainty: Double
    public let warning: String?

    public init(width: Int, height: Int, format: PictureFormat, cutoutMethod: CutoutMethod, cutoutCertainty: Double, warning: String?) {
        self.width = width
        self.height = height
        self.format = format
        self.cutoutMethod = cutoutMethod
        self.cutoutCertainty = cutoutCertainty
        self.warning = warning
    }

    /// Decodes the whole photo, so that a broken one is known now and not in the middle of a night's queue, and cuts it out.
    /// - Throws: Imaging's `PictureError`.
    @Sendable public static func read(_ url: URL) throws -> PhotoFacts {
        let photo = try Photo.load(url)
        let cutout = try Cutout.make(from: photo)
        return PhotoFacts(
            width: photo.width, height: photo.height, format: photo.format, cutoutMethod: cutout.method, cutoutCertainty: cutout.certainty,
            warning: cutout.warning)
    }
}
