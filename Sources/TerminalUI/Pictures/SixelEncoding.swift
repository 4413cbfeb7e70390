import CSixel
import Foundation

/// A picture in the colours of its own palette, of which libsixel encodes all or some rows. Colours are given to the pixels once, for
/// dithering runs on from row to row: slices are exactly what the whole is.
final class SixelEncoding {
    private let dither: OpaquePointer
    private let width: Int
    private let height: Int
    /// The register of each pixel, row-major.
    private var indices: [UInt8] = []

    /// - Throws: `PictureError.encoder`.
    init(_ picture: RGBPicture, recipe: SixelPresenter.Recipe, maximumColours: Int) throws {
        width = picture.width
        height = picture.height
        var made: OpaquePointer?
        var status = sixel_dither_new(&made, Int32(min(recipe.colours, maximumColours)), nil)
        guard status == SIXEL_OK, let made else { throw PictureError.encoder("palette", Int(status)) }
        dither = made
        var pixels = picture.bytes
        let quality = recipe.dithered ? SIXEL_QUALITY_HIGH : SIXEL_QUALITY_LOW
        status = pixels.withUnsafeMutableBufferPointer { buffer in
            sixel_dither_initialize(
                made, buffer.baseAddress, Int32(picture.width), Int32(picture.height), backdrop_sixel_rgb888(), SIXEL_LARGE_NORM,
                SIXEL_REP_CENTER_BOX, quality)
        }
        guard status == SIXEL_OK else { throw PictureError.encoder("palette", Int(status)) }
        sixel_dither_set_diffusion_type(made, recipe.dithered ? SIXEL_DIFFUSE_FS : SIXEL_DIFFUSE_NONE)
        let applied = pixels.withUnsafeMutableBufferPointer { buffer in
            sixel_dither_apply_palette(made, buffer.baseAddress, Int32(picture.width), Int32(picture.height))
        }
        guard let applied else { throw PictureError.encoder("colours", 0) }
        indices = Array(UnsafeBufferPointer(start: applied, count: picture.width * picture.height))
        // It was allocated by the C library, of which libsixel was told no other.
        free(applied)
        sixel_dither_set_pixelformat(made, backdrop_sixel_pal8())
    }

    deinit { sixel_dither_unref(dither) }

    /// One sixel string of some rows of pixels, or of all.
    /// - Throws: `PictureError.encoder`.
    func encode(rows: Range<Int>? = nil) throws -> [UInt8] {
        let rows = rows ?? 0..<height
        let collector = Collector()
        var output: OpaquePointer?
        let write: sixel_write_function = { data, size, context in
            guard let data, let context, size > 0 else { return 0 }
            let collector = Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
            data.withMemoryRebound(to: UInt8.self, capacity: Int(size)) { bytes in
                collector.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: Int(size)))
            }
            return size
        }
        var status = sixel_output_new(&output, write, Unmanaged.passUnretained(collector).toOpaque(), nil)
        guard status == SIXEL_OK, let output else { throw PictureError.encoder("output", Int(status)) }
        defer { sixel_output_unref(output) }
        var pixels = Array(indices[(rows.lowerBound * width)..<(rows.upperBound * width)])
        status = pixels.withUnsafeMutableBufferPointer { buffer in
            sixel_encode(buffer.baseAddress, Int32(width), Int32(rows.count), 1, dither, output)
        }
        // The collector must outlive the encoder's last call; nothing above holds a counted reference to it.
        return try withExtendedLifetime(collector) {
            guard status == SIXEL_OK else { throw PictureError.encoder("encoding", Int(status)) }
            return collector.bytes
        }
    }

    /// The length of each band of six rows of pixels in a sixel string; what stands before the first counts as its own.
    static func bandBytes(_ bytes: [UInt8]) -> [Int] {
        bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map { $0.count + 1 }
    }

    /// A sixel string without the definitions of colours that nothing in it is drawn with: a slice of a picture needs few of them, and
    /// each costs about as much as sixteen pixels.
    static func withoutUnusedColours(_ bytes: [UInt8]) -> [UInt8] {
        var used: Set<Int> = []
        var definitions: [(colour: Int, range: Range<Int>)] = []
        var index = 0
        func number() -> Int {
            var value = 0
            while index < bytes.count, case 0x30...0x39 = bytes[index] {
                value = value * 10 + Int(bytes[index] - 0x30)
                index += 1
            }
            return value
        }
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "#") else {
                index += 1
                continue
            }
            let start = index
            index += 1
            let colour = number()
            guard index < bytes.count, bytes[index] == UInt8(ascii: ";") else {
                used.insert(colour)
                continue
            }
            while index < bytes.count, bytes[index] == UInt8(ascii: ";") {
                index += 1
                _ = number()
            }
            definitions.append((colour, start..<index))
        }
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var position = 0
        for definition in definitions where !used.contains(definition.colour) {
            kept += bytes[position..<definition.range.lowerBound]
            position = definition.range.upperBound
        }
        return kept + bytes[position...]
    }

    private final class Collector {
        var bytes: [UInt8] = []
    }
}
