/// The shape of a canvas, or its size in pixels.
///
/// Written as it is asked for: `photo`, two numbers with a colon for a shape, or pixels with an x between them.
public struct AspectRatio: RawRepresentable, Codable, CaseIterable, Hashable, Sendable {
    public let rawValue: String
    /// Width divided by height; nil for the photo's own.
    public let ratio: Double?
    /// The size of the finished picture, which is never enlarged to it; nil where only the shape is asked for.
    public let pixels: PictureSize?

    /// The photo's own frame.
    public static let photo = AspectRatio("photo", ratio: nil)
    public static let square = AspectRatio("1:1", ratio: 1)
    public static let portrait = AspectRatio("4:5", ratio: 4.0 / 5.0)
    public static let landscape = AspectRatio("3:2", ratio: 3.0 / 2.0)
    public static let wide = AspectRatio("16:9", ratio: 16.0 / 9.0)

    /// What is offered to choose from: shapes, then what shops and social networks ask for. Any other size can be written.
    public static let allCases: [AspectRatio] =
        [.photo, .square, .portrait, .landscape, .wide]
        + ["2:3", "9:16", "1920x1080", "1080x1920", "1080x1350", "2000x2000"].compactMap(AspectRatio.init)

    /// Shapes up to this many times as long as wide.
    private static let slimmest = 20.0
    private static let sides = 16...PictureLimits.side

    private init(_ rawValue: String, ratio: Double?, pixels: PictureSize? = nil) {
        self.rawValue = rawValue
        self.ratio = ratio
        self.pixels = pixels
    }

    /// - Returns: nil where it is no shape and no size, or one that no picture can have.
    public init?(rawValue: String) {
        if rawValue == "photo" {
            self = .photo
            return
        }
        func numbers(_ separator: Character) -> (Double, Double)? {
            let parts = rawValue.lowercased().split(separator: separator, omittingEmptySubsequences: false).map { Double($0) }
            guard parts.count == 2, let first = parts[0], let second = parts[1], first > 0, second > 0 else { return nil }
            return (first, second)
        }
        if let (across, down) = numbers(":"), (1 / Self.slimmest...Self.slimmest).contains(across / down) {
            self.init(rawValue, ratio: across / down)
        } else if let (width, height) = numbers("x"), let size = PictureSize(exactly: width, height), Self.sides.contains(size.width),
            Self.sides.contains(size.height), PictureLimits.allows(width: size.width, height: size.height)
        {
            self.init(rawValue, ratio: width / height, pixels: size)
        } else {
            return nil
        }
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = AspectRatio(rawValue: text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "\(text) is no picture's shape"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    public static func == (left: AspectRatio, right: AspectRatio) -> Bool { left.rawValue == right.rawValue }
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
