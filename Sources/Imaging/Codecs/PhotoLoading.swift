import Foundation

extension Photo {
    /// Reads a photo from a file. The content decides the format, not the name.
    ///
    /// - Throws: ``PictureError``, naming the file.
    public static func load(_ url: URL) throws -> Photo {
        try decode(try read(url), name: url.lastPathComponent)
    }

    /// Decodes a file's content.
    ///
    /// - Parameter name: the file's name, for messages.
    public static func decode(_ data: Data, name: String = "picture") throws -> Photo {
        switch try PictureFormat.sniff(data, name: name) {
        case .png: try PNGCodec.decode(data, name: name)
        case .jpeg: try JPEGCodec.decode(data, name: name)
        }
    }

    /// No photo of ``PictureLimits/megapixels`` in 16-bit RGBA is larger, even uncompressed.
    private static let largestFile = 1 << 30

    private static func read(_ url: URL) throws -> Data {
        let name = url.lastPathComponent
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
            throw PictureError.unreadable(file: name, reason: "there is no such file")
        }
        guard !isDirectory.boolValue else { throw PictureError.unreadable(file: name, reason: "it is a folder") }
        do {
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            guard try handle.seekToEnd() <= UInt64(largestFile) else {
                throw PictureError.unreadable(file: name, reason: "it is larger than 1 GiB")
            }
            try handle.seek(toOffset: 0)
            return try handle.readToEnd() ?? Data()
        } catch let error as PictureError {
            throw error
        } catch {
            throw PictureError.unreadable(file: name, reason: Self.reason(of: error))
        }
    }

    private static func reason(of error: Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
        if underlying.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(underlying.code))) }
        if (error as? CocoaError)?.code == .fileReadNoPermission { return "permission denied" }
        return error.localizedDescription
    }
}

extension PictureFormat {
    /// The format of a file's content.
    ///
    /// - Throws: ``PictureError/empty(file:)`` and ``PictureError/unknownFormat(file:looksLike:)``.
    static func sniff(_ data: Data, name: String) throws -> PictureFormat {
        guard !data.isEmpty else { throw PictureError.empty(file: name) }
        if data.starts(with: PNGCodec.signature.prefix(4)) { return .png }
        if data.starts(with: [0xFF, 0xD8]) { return .jpeg }
        throw PictureError.unknownFormat(file: name, looksLike: guess(data))
    }

    /// What other kind of file it seems to be, in words.
    private static func guess(_ data: Data) -> String? {
        let head = [UInt8](data.prefix(512))
        let kinds: [(offset: Int, mark: String, name: String)] = [
            (0, "GIF8", "a GIF"), (8, "WEBP", "a WebP"), (0, "II*\0", "a TIFF"), (0, "MM\0*", "a TIFF"), (0, "BM", "a BMP"),
            (4, "ftyphei", "an HEIC"), (4, "ftypmif1", "an HEIC"), (4, "ftypavif", "an AVIF"), (0, "8BPS", "a Photoshop file"),
            (0, "%PDF", "a PDF"), (0, "PK", "a ZIP archive"),
        ]
        for kind in kinds where head.dropFirst(kind.offset).starts(with: Array(kind.mark.utf8)) { return kind.name }
        if head.allSatisfy({ $0 == 0 }) { return "nothing but zeros" }
        let isText = String(data: data.prefix(512).dropLast(data.count > 512 ? 4 : 0), encoding: .utf8) != nil
        return isText && head.allSatisfy({ $0 >= 32 || $0 == 9 || $0 == 10 || $0 == 13 }) ? "text" : nil
    }
}
