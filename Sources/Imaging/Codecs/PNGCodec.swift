import CPNG
import Foundation

/// PNG in and out, through libpng.
///
/// Reading takes every kind the specification knows: grey, grey with alpha, palette, colour, 1 to 16 bit, tRNS, interlaced. Values are
/// never changed by gAMA, sRGB or iCCP; those are noted in ``ColourDescription`` and carried to the export.
public enum PNGCodec {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// deflate cannot make data smaller than this (RFC 1951: 258 bytes from 2 bits), so a file shorter than its picture by more is cut.
    private static let strongestCompression = 1032

    /// Decodes a whole file.
    ///
    /// - Parameter name: the file's name, for messages.
    /// - Throws: ``PictureError``, with libpng's reason where it has one.
    public static func decode(_ data: Data, name: String = "picture") throws -> Photo {
        try checkHeader(data, name: name)
        return try withReader(data, name: name) { reader, header, bytes in
            let width = Int(header.width)
            let height = Int(header.height)
            let image: RasterImage
            var deep: [UInt16]?
            if header.bit_depth == 16 {
                let size = width * height * 4
                let values = try [UInt16](unsafeUninitializedCapacity: size) { buffer, count in
                    try read(reader, into: buffer.baseAddress, name: name)
                    count = size
                }
                image = eightBit(values, width: width, height: height)
                deep = values
            } else {
                image = try RasterImage(width: width, height: height) { try read(reader, into: $0.baseAddress, name: name) }
            }
            return Photo(
                image: image, deep: deep, colour: colour(of: header), format: .png, name: name, text: texts(of: reader))
        }
    }

    /// The text entries that stand before the picture data, without decoding the picture.
    public static func text(in data: Data, name: String = "picture") throws -> [PNGText] {
        try checkHeader(data, name: name)
        return try withReader(data, name: name) { reader, _, _ in texts(of: reader) }
    }

    /// Encodes an 8-bit picture. The same input gives the same bytes: nothing of the time or machine is written.
    ///
    /// - Parameters:
    ///   - text: entries written before the picture data, tEXt where Latin-1 suffices and iTXt (UTF-8) otherwise.
    ///   - colour: what the values mean.
    public static func encode(
        _ image: RasterImage, text: [(keyword: String, text: String)] = [], colour: ColourDescription = .sRGB
    ) throws -> Data {
        try image.pixels.withUnsafeBufferPointer { pixels in
            let rows = PNGRows(colours: pixels, width: image.width, height: image.height, hasAlpha: !image.isOpaque)
            return try write(rows, text: text, colour: colour)
        }
    }

    /// Encodes a mask as grey of 8 bit: 0 is background, 255 product.
    public static func encode(_ mask: Mask) throws -> Data {
        try mask.values.withUnsafeBufferPointer {
            try write(PNGRows(grey: $0, width: mask.width, height: mask.height), text: [], colour: .unspecified)
        }
    }

    /// Encodes a 16-bit picture: `width * height * 4` values 0...65535, RGBA with straight alpha.
    public static func encode(
        deep: [UInt16], width: Int, height: Int, text: [(keyword: String, text: String)] = [], colour: ColourDescription = .sRGB
    ) throws -> Data {
        precondition(deep.count == width * height * 4, "\(width) x \(height) needs \(width * height * 4) values")
        let isOpaque = deep.withUnsafeBufferPointer { buffer in
            stride(from: 3, to: buffer.count, by: 4).allSatisfy { buffer[$0] == 65535 }
        }
        return try deep.withUnsafeBufferPointer {
            try write(PNGRows(deep: $0, width: width, height: height, hasAlpha: !isOpaque), text: text, colour: colour)
        }
    }

    /// Rounds 16-bit values to 8 bit, as the PNG specification (section 13.12) recommends.
    static func eightBit(_ values: [UInt16], width: Int, height: Int) -> RasterImage {
        RasterImage(width: width, height: height) { out in
            values.withUnsafeBufferPointer { buffer in
                for index in 0..<buffer.count { out[index] = UInt8(truncatingIfNeeded: (UInt32(buffer[index]) * 255 + 32895) >> 16) }
            }
        }
    }

    // MARK: - Reading

    /// Refuses what is hopeless before libpng allocates anything.
    private static func checkHeader(_ data: Data, name: String) throws {
        guard !data.isEmpty else { throw PictureError.empty(file: name) }
        guard data.count >= 33, data.starts(with: signature) else {
            throw PictureError.damaged(file: name, format: .png, reason: "the header is incomplete")
        }
        let bytes = [UInt8](data.prefix(29))
        func number(at offset: Int) -> Int { bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) } }
        guard number(at: 8) == 13, bytes[12..<16].elementsEqual("IHDR".utf8) else {
            throw PictureError.damaged(file: name, format: .png, reason: "the header chunk is missing")
        }
        let width = number(at: 16)
        let height = number(at: 20)
        guard width > 0, height > 0 else {
            throw PictureError.damaged(file: name, format: .png, reason: "the header says \(width) x \(height) pixels")
        }
        guard PictureLimits.allows(width: width, height: height) else {
            throw PictureError.tooLarge(file: name, width: width, height: height)
        }
        let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][bytes[25]] ?? 1
        let raw = width * height * channels * Int(bytes[24]) / 8
        guard raw / strongestCompression <= data.count else {
            throw PictureError.damaged(file: name, format: .png, reason: "the file ends too early")
        }
    }

    private static func withReader<Result>(
        _ data: Data, name: String, _ body: (OpaquePointer, BackdropPNGHeader, UnsafePointer<UInt8>) throws -> Result
    ) throws -> Result {
        try data.withUnsafeBytes { raw in
            var header = BackdropPNGHeader()
            var message = MessageBuffer(size: Int(BACKDROP_PNG_MESSAGE_SIZE))
            let bytes = raw.bindMemory(to: UInt8.self)
            guard let base = bytes.baseAddress,
                let reader = message.filled({
                    backdrop_png_open(base, bytes.count, UInt32(PictureLimits.side), &header, $0)
                })
            else { throw PictureError.damaged(file: name, format: .png, reason: message.text) }
            defer { backdrop_png_close(reader) }
            return try body(reader, header, base)
        }
    }

    private static func read(_ reader: OpaquePointer, into pixels: UnsafeMutableRawPointer?, name: String) throws {
        var message = MessageBuffer(size: Int(BACKDROP_PNG_MESSAGE_SIZE))
        guard message.filled({ backdrop_png_read(reader, pixels, $0) }) == 1 else {
            throw PictureError.damaged(file: name, format: .png, reason: message.text)
        }
    }

    private static func colour(of header: BackdropPNGHeader) -> ColourDescription {
        var colour = ColourDescription()
        if header.has_gamma != 0 { colour.gamma = header.gamma }
        if header.has_chromaticities != 0 {
            colour.chromaticities = withUnsafeBytes(of: header.chromaticities) { Array($0.bindMemory(to: Double.self)) }
        }
        if header.srgb_intent >= 0 { colour.sRGBIntent = Int(header.srgb_intent) }
        if let icc = header.icc {
            let profile = Data(bytes: icc, count: Int(header.icc_length))
            colour.adopt(profile: profile)
        }
        return colour
    }

    private static func texts(of reader: OpaquePointer) -> [PNGText] {
        (0..<backdrop_png_text_count(reader)).compactMap { index in
            let entry = backdrop_png_text(reader, index)
            guard let keyword = entry.keyword, let text = entry.text else { return nil }
            let bytes = UnsafeRawBufferPointer(start: text, count: entry.length)
            let decoded =
                entry.is_utf8 != 0 ? String(decoding: bytes, as: UTF8.self) : String(bytes: bytes, encoding: .isoLatin1) ?? ""
            return PNGText(keyword: String(cString: keyword), text: decoded)
        }
    }

    // MARK: - Writing

    private static func write(_ rows: PNGRows, text: [(keyword: String, text: String)], colour: ColourDescription) throws -> Data {
        guard rows.width > 0, rows.height > 0 else { throw PictureError.notEncoded(format: .png, reason: "it has no pixels") }
        var settings = BackdropPNGSettings()
        settings.width = UInt32(rows.width)
        settings.height = UInt32(rows.height)
        settings.bit_depth = Int32(rows.depth)
        settings.channels = Int32(rows.channels)
        settings.srgb_intent = colour.sRGBIntent.map { Int32($0) } ?? -1
        if let gamma = colour.gamma {
            settings.has_gamma = 1
            settings.gamma = gamma
        }
        if let chromaticities = colour.chromaticities, chromaticities.count == 8 {
            settings.has_chromaticities = 1
            withUnsafeMutableBytes(of: &settings.chromaticities) { target in
                chromaticities.withUnsafeBytes { target.copyMemory(from: $0) }
            }
        }
        let entries = try TextEntries(text)
        let strips = try rows.compressed()
        defer { for strip in strips { free(strip.bytes) } }
        var message = MessageBuffer(size: Int(BACKDROP_PNG_MESSAGE_SIZE))
        var bytes: UnsafeMutablePointer<UInt8>?
        var length = 0
        let icc = colour.icc.map { [UInt8]($0) } ?? []
        let written = icc.withUnsafeBufferPointer { profile in
            if !profile.isEmpty {
                settings.icc = profile.baseAddress
                settings.icc_length = UInt32(profile.count)
            }
            return entries.withPointers { texts in
                message.filled {
                    backdrop_png_write(
                        &settings, strips, Int32(strips.count), texts.baseAddress, Int32(texts.count), &bytes, &length, $0)
                }
            }
        }
        guard written == 1, let bytes else { throw PictureError.notEncoded(format: .png, reason: message.text) }
        return Data(bytesNoCopy: bytes, count: length, deallocator: .free)
    }
}
