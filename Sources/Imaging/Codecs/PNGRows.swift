import CPNG
import Foundation

/// A picture's rows on their way into a PNG: packed as the file has them, filtered, and compressed in strips on all cores.
///
/// The strips depend on the picture's size alone, so the same picture gives the same bytes on every machine.
struct PNGRows: Sendable {
    let width, height: Int
    /// 1: grey, 3: colour, 4: colour and alpha.
    let channels: Int
    /// Bits a channel: 8 or 16.
    let depth: Int
    /// Writes a row's bytes as the file has them.
    private let pack: @Sendable (_ y: Int, _ target: UnsafeMutablePointer<UInt8>) -> Void

    /// Bytes before compression that make a strip: enough that cutting a stream costs nothing, few enough for every core.
    private static let stripLength = 1 << 20

    private var pixelLength: Int { channels * depth / 8 }
    private var rowLength: Int { width * pixelLength }

    /// - Parameter colours: RGBA, 8 bit; they must outlive the work.
    init(colours: UnsafeBufferPointer<UInt8>, width: Int, height: Int, hasAlpha: Bool) {
        let channels = hasAlpha ? 4 : 3
        self.init(width: width, height: height, channels: channels, depth: 8, colours) { source, target in
            if hasAlpha { return target.update(from: source, count: width * 4) }
            for x in 0..<width {
                target[x * 3] = source[x * 4]
                target[x * 3 + 1] = source[x * 4 + 1]
                target[x * 3 + 2] = source[x * 4 + 2]
            }
        }
    }

    /// - Parameter deep: RGBA, 16 bit; they must outlive the work.
    init(deep: UnsafeBufferPointer<UInt16>, width: Int, height: Int, hasAlpha: Bool) {
        let channels = hasAlpha ? 4 : 3
        self.init(width: width, height: height, channels: channels, depth: 16, deep) { source, target in
            for x in 0..<width {
                for channel in 0..<channels {
                    let value = source[x * 4 + channel]
                    target[(x * channels + channel) * 2] = UInt8(value >> 8)
                    target[(x * channels + channel) * 2 + 1] = UInt8(value & 255)
                }
            }
        }
    }

    /// - Parameter grey: one byte a pixel; they must outlive the work.
    init(grey: UnsafeBufferPointer<UInt8>, width: Int, height: Int) {
        self.init(width: width, height: height, channels: 1, depth: 8, grey) { $1.update(from: $0, count: width) }
    }

    /// - Parameter packed: takes one row of values to the file's bytes.
    private init<Value>(
        width: Int, height: Int, channels: Int, depth: Int, _ values: UnsafeBufferPointer<Value>,
        packed: @escaping @Sendable (_ source: UnsafePointer<Value>, _ target: UnsafeMutablePointer<UInt8>) -> Void
    ) {
        self.width = width
        self.height = height
        self.channels = channels
        self.depth = depth
        guard !values.isEmpty else {
            pack = { _, _ in }
            return
        }
        let shared = SharedPixels(UnsafeMutableBufferPointer(mutating: values))
        let rowCount = values.count / max(1, height)
        pack = { y, target in packed(UnsafePointer(shared.base + y * rowCount), target) }
    }

    /// All rows, filtered and compressed. Who calls frees the strips' bytes.
    ///
    /// - Throws: ``PictureError/notEncoded(format:reason:)`` when memory is short.
    func compressed() throws -> [BackdropPNGStrip] {
        let rows = max(1, Self.stripLength / max(1, rowLength))
        let count = (height + rows - 1) / rows
        var result = [BackdropPNGStrip](repeating: BackdropPNGStrip(), count: count)
        result.withUnsafeMutableBufferPointer { buffer in
            let strips = SharedPixels(buffer)
            parallel(count) { strips[$0] = strip(from: $0 * rows, to: min(height, ($0 + 1) * rows)) }
        }
        guard result.allSatisfy({ $0.bytes != nil }) else {
            for strip in result { free(strip.bytes) }
            throw PictureError.notEncoded(format: .png, reason: "out of memory")
        }
        return result
    }

    private func strip(from top: Int, to bottom: Int) -> BackdropPNGStrip {
        let (length, margin) = (rowLength, pixelLength)
        // Two packed rows, each behind a pixel of zeros, which is what stands left of a row and above the first one.
        let packed = UnsafeMutablePointer<UInt8>.allocate(capacity: (length + margin) * 2)
        packed.initialize(repeating: 0, count: (length + margin) * 2)
        let filtered = UnsafeMutablePointer<UInt8>.allocate(capacity: (length + 1) * (bottom - top))
        defer {
            packed.deallocate()
            filtered.deallocate()
        }
        var (row, above) = (packed + margin, packed + margin + length + margin)
        if top > 0 { pack(top - 1, above) }
        for y in top..<bottom {
            pack(y, row)
            Self.filter(row, above: above, margin: margin, length: length, to: filtered + (y - top) * (length + 1))
            swap(&row, &above)
        }
        var strip = BackdropPNGStrip()
        _ = backdrop_png_strip(filtered, (length + 1) * (bottom - top), bottom == height ? 1 : 0, &strip)
        return strip
    }

    /// Writes a row as differences from the left (Sub) or from above (Up), whichever are smaller in sum (PNG specification, 12.8): nearly
    /// the size of the choice among all five filters on photos, in a fraction of its time.
    private static func filter(
        _ row: UnsafePointer<UInt8>, above: UnsafePointer<UInt8>, margin: Int, length: Int, to target: UnsafeMutablePointer<UInt8>
    ) {
        let left = row - margin
        var (across, down): (UInt32, UInt32) = (0, 0)
        for index in 0..<length {
            let difference = row[index] &- left[index]
            across &+= UInt32(min(difference, 0 &- difference))
        }
        for index in 0..<length {
            let difference = row[index] &- above[index]
            down &+= UInt32(min(difference, 0 &- difference))
        }
        let isAcross = across <= down
        target[0] = isAcross ? 1 : 2
        let (reference, out) = (isAcross ? left : above, target + 1)
        for index in 0..<length { out[index] = row[index] &- reference[index] }
    }
}
