import CJPEG
import Foundation

/// JPEG in and out, through libjpeg-turbo.
public enum JPEGCodec {
    /// Decodes a whole file, baseline or progressive, grey or colour, and turns it upright by its EXIF orientation.
    ///
    /// - Parameter name: the file's name, for messages.
    /// - Throws: ``PictureError``. CMYK is refused: without colour management its colours would be wrong. Data that break off or cannot
    ///   be right are errors, though libjpeg would paint grey over them.
    public static func decode(_ data: Data, name: String = "picture") throws -> Photo {
        guard !data.isEmpty else { throw PictureError.empty(file: name) }
        let markers = JPEGMarkers(data)
        let stored = try data.withUnsafeBytes { raw in
            let bytes = raw.bindMemory(to: UInt8.self)
            var header = BackdropJPEGHeader()
            var message = MessageBuffer(size: Int(BACKDROP_JPEG_MESSAGE_SIZE))
            guard let base = bytes.baseAddress,
                let reader = message.filled({ backdrop_jpeg_open(base, bytes.count, &header, $0) })
            else { throw PictureError.damaged(file: name, format: .jpeg, reason: message.text) }
            defer { backdrop_jpeg_close(reader) }
            let width = Int(header.width)
            let height = Int(header.height)
            guard PictureLimits.allows(width: width, height: height) else {
                throw PictureError.tooLarge(file: name, width: width, height: height)
            }
            guard header.components == 1 || header.components == 3 else {
                throw PictureError.unsupported(
                    file: name, reason: "is a CMYK JPEG, made for print. Convert it to RGB (sRGB) and import it again.")
            }
            return try RasterImage(width: width, height: height) { buffer in
                guard message.filled({ backdrop_jpeg_read(reader, buffer.baseAddress, $0) }) == 1 else {
                    throw PictureError.damaged(file: name, format: .jpeg, reason: message.text)
                }
            }
        }
        var colour = ColourDescription()
        if let profile = markers.icc { colour.adopt(profile: profile) }
        return Photo(image: stored.upright(markers.orientation), colour: colour, format: .jpeg, name: name)
    }

    /// Encodes a picture; its alpha is ignored. The same input gives the same bytes.
    ///
    /// - Parameter quality: 1...100; from 90 on colour keeps its full resolution.
    public static func encode(_ image: RasterImage, quality: Int = 92, colour: ColourDescription = .unspecified) throws -> Data {
        guard image.width > 0, image.height > 0 else { throw PictureError.notEncoded(format: .jpeg, reason: "it has no pixels") }
        var message = MessageBuffer(size: Int(BACKDROP_JPEG_MESSAGE_SIZE))
        var bytes: UnsafeMutablePointer<UInt8>?
        var length = 0
        let icc = colour.icc.map { [UInt8]($0) } ?? []
        let written = icc.withUnsafeBufferPointer { profile in
            image.pixels.withUnsafeBufferPointer { pixels in
                message.filled {
                    backdrop_jpeg_write(
                        UInt32(image.width), UInt32(image.height), pixels.baseAddress, Int32(min(100, max(1, quality))),
                        profile.isEmpty ? nil : profile.baseAddress, UInt32(profile.count), &bytes, &length, $0)
                }
            }
        }
        guard written == 1, let bytes else { throw PictureError.notEncoded(format: .jpeg, reason: message.text) }
        return Data(bytesNoCopy: bytes, count: length, deallocator: .free)
    }
}
