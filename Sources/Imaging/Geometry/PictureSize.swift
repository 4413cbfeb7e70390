/// Width and height in pixels.
public struct PictureSize: Sendable, Hashable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// - Returns: nil unless both are whole numbers.
    init?(exactly width: Double, _ height: Double) {
        guard let width = Int(exactly: width), let height = Int(exactly: height) else { return nil }
        self.init(width: width, height: height)
    }
}
