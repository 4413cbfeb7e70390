import Imaging

/// What a picture on the screen shows.
public enum PictureSubject: Hashable, Sendable {
    /// A product as it was photographed.
    case photo(ProductID)
    /// A product as it was photographed, small, for a list.
    case thumbnail(ProductID)
    /// A product cut out, on mid grey.
    case cutout(ProductID)
    /// A product's photo with everything outside its mask tinted.
    case mask(ProductID)
    /// A stored candidate: the product over its background.
    case candidate(CandidateID)
    /// The newest step of a picture that is being painted, the product over it.
    case painting(CandidateKey)
    /// A brand picture by name.
    case reference(String)
}

/// A picture made for the screen.
public struct StudioPicture: Sendable, Equatable {
    public let subject: PictureSubject
    /// Grows with every new picture, so that a screen can tell whether it shows this one already.
    public let revision: Int
    /// For a picture being painted: the denoising step it shows.
    public let step: Int?
    /// No larger than was asked for, aspect ratio kept.
    public let image: RasterImage

    public init(subject: PictureSubject, revision: Int, step: Int? = nil, image: RasterImage) {
        self.subject = subject
        self.revision = revision
        self.step = step
        self.image = image
    }

    /// Two pictures of one revision are the same picture.
    public static func == (left: StudioPicture, right: StudioPicture) -> Bool {
        left.subject == right.subject && left.revision == right.revision
    }
}

extension StudioPicture {
    /// The same picture, made smaller where it doesn't fit.
    func fitting(_ maximumWidth: Int, _ maximumHeight: Int) -> StudioPicture {
        guard image.width > maximumWidth || image.height > maximumHeight else { return self }
        return StudioPicture(subject: subject, revision: revision, step: step, image: resized(image, fitting: maximumWidth, maximumHeight))
    }
}
