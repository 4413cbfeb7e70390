/// The shapes a canvas can have.
public enum AspectRatio: String, Codable, CaseIterable, Sendable {
    /// The photo's own frame.
    case photo
    case square = "1:1"
    case portrait = "4:5"
    case landscape = "3:2"
    case wide = "16:9"

    /// Width divided by height; nil for the photo's own.
    public var ratio: Double? {
        switch self {
        case .photo: nil
        case .square: 1
        case .portrait: 4.0 / 5.0
        case .landscape: 3.0 / 2.0
        case .wide: 16.0 / 9.0
        }
    }
}
