import Foundation

/// Why a picture could not be read or written. Each message names the file, says what is wrong and what to do.
public enum PictureError: Error, Equatable, CustomStringConvertible, LocalizedError {
    /// The file could not be opened or read.
    case unreadable(file: String, reason: String)
    /// The file has no content.
    case empty(file: String)
    /// The content is neither PNG nor JPEG.
    case unknownFormat(file: String, looksLike: String?)
    /// The header announces more pixels than ``PictureLimits`` allows.
    case tooLarge(file: String, width: Int, height: Int)
    /// The content breaks off or contradicts itself.
    case damaged(file: String, format: PictureFormat, reason: String)
    /// A valid picture of a kind that is not read.
    case unsupported(file: String, reason: String)
    /// The picture could not be encoded.
    case notEncoded(format: PictureFormat, reason: String)
    /// The file could not be written.
    case notWritten(file: String, reason: String)

    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            return "\(file): cannot be read (\(reason))."
        case .empty(let file):
            return "\(file): is empty (0 bytes). Copy the picture again."
        case .unknownFormat(let file, let looksLike):
            let guess = looksLike.map { "looks like \($0)" } ?? "its content is neither"
            return "\(file): not a PNG or JPEG (\(guess)). Save the picture as PNG or JPEG."
        case .tooLarge(let file, let width, let height):
            return "\(file): \(width) x \(height) pixels are more than Backdrop reads "
                + "(at most \(PictureLimits.megapixels) megapixels and \(PictureLimits.side) a side). Make it smaller."
        case .damaged(let file, let format, let reason):
            return "\(file): damaged \(format.rawValue.uppercased()) (\(reason)). Copy or export the picture again."
        case .unsupported(let file, let reason):
            return "\(file): \(reason)"
        case .notEncoded(let format, let reason):
            return "The picture could not be encoded as \(format.rawValue.uppercased()) (\(reason))."
        case .notWritten(let file, let reason):
            return "\(file): cannot be written (\(reason))."
        }
    }

    public var errorDescription: String? { description }
}

/// What is refused before any pixel memory is asked for, so that a hostile header costs nothing.
public enum PictureLimits {
    /// The longest side, in pixels. libpng and libjpeg take more; rows longer than this are no photos.
    public static let side = 32_767
    /// The largest area, in millions of pixels: above today's largest medium-format backs (about 100).
    public static let megapixels = 120

    static func allows(width: Int, height: Int) -> Bool {
        width > 0 && height > 0 && width <= side && height <= side && width * height <= megapixels * 1_000_000
    }
}
