/// Separable, antialiased resampling of any rectangle of a picture to any size, with premultiplied alpha.
///
/// Values are averaged as they are encoded (gamma), as screens and image viewers do. Large reductions first average whole blocks, so
/// that a 24-megapixel photo costs little more than reading it once.
struct Resampler {
    /// Source rows arrive through this: it fills one row of `width` premultiplied pixels (0...255).
    typealias RowSource = @Sendable (_ row: Int, _ target: UnsafeMutablePointer<SIMD4<Float>>) -> Void
    /// Target rows leave through this: premultiplied pixels (0...255), not clamped.
    typealias RowSink = @Sendable (_ row: Int, _ pixels: UnsafeMutablePointer<SIMD4<Float>>) -> Void

    private let sourceWidth: Int
    private let block: Int
    private let targetWidth, targetHeight: Int
    private let columns, rows: ResampleAxis
    private let source: BlockSource

    /// The part of a source that is resampled, in source pixels; it may reach outside.
    struct Window {
        var x, y, width, height: Double
    }

    /// - Parameter source: where the pixels come from; at least 1 x 1.
    init(
        source: PixelSource, window: Window? = nil, targetWidth: Int, targetHeight: Int, kernel: ResampleKernel = .mitchell,
        edge: ResampleAxis.Edge = .extend
    ) {
        let window = window ?? Window(x: 0, y: 0, width: Double(source.width), height: Double(source.height))
        let reduction = min(window.width / Double(targetWidth), window.height / Double(targetHeight))
        // Blocks leave a reduction of at least two to the kernel, whose own shape then hides theirs.
        let block = max(1, min(Int(reduction / 2), source.width, source.height))
        self.block = block
        self.source = BlockSource(pixels: source, block: block)
        sourceWidth = self.source.width
        self.targetWidth = targetWidth
        self.targetHeight = targetHeight
        let scale = 1 / Double(block)
        columns = ResampleAxis(
            sourceLength: self.source.width, targetLength: targetWidth, start: window.x * scale, span: window.width * scale,
            kernel: kernel, edge: edge)
        rows = ResampleAxis(
            sourceLength: self.source.height, targetLength: targetHeight, start: window.y * scale, span: window.height * scale,
            kernel: kernel, edge: edge)
    }

    /// Makes all rows, several at once; `sink` is called once for each row, from any thread.
    func run(_ sink: @escaping RowSink) {
        // Bands as high as keep the intermediate rows within a core's second-level cache, but enough of them for every core.
        let band = max(4, min(64, targetHeight / 8))
        let resampler = self
        parallel((targetHeight + band - 1) / band) { index in
            resampler.runBand(from: index * band, to: min(resampler.targetHeight, (index + 1) * band), sink)
        }
    }

    private func runBand(from top: Int, to bottom: Int, _ sink: RowSink) {
        guard top < bottom else { return }
        let firstRow = (top..<bottom).map { rows.starts[$0] }.min() ?? 0
        let lastRow = ((top..<bottom).map { rows.starts[$0] }.max() ?? 0) + rows.taps - 1
        let count = lastRow - firstRow + 1
        let narrowed = UnsafeMutablePointer<SIMD4<Float>>.allocate(capacity: count * targetWidth)
        let scratch = UnsafeMutablePointer<SIMD4<Float>>.allocate(capacity: sourceWidth)
        let result = UnsafeMutablePointer<SIMD4<Float>>.allocate(capacity: targetWidth)
        defer {
            narrowed.deallocate()
            scratch.deallocate()
            result.deallocate()
        }
        columns.weights.withUnsafeBufferPointer { weights in
            columns.starts.withUnsafeBufferPointer { starts in
                for row in 0..<count {
                    source.fill(firstRow + row, scratch)
                    Self.narrow(
                        scratch, into: narrowed + row * targetWidth, count: targetWidth, starts: starts, weights: weights,
                        taps: columns.taps)
                }
            }
        }
        for y in top..<bottom {
            let first = rows.starts[y] - firstRow
            var isFirst = true
            for tap in 0..<rows.taps {
                let weight = rows.weights[y * rows.taps + tap]
                guard weight != 0 else { continue }
                let row = narrowed + (first + tap) * targetWidth
                if isFirst {
                    for x in 0..<targetWidth { result[x] = row[x] * weight }
                    isFirst = false
                } else {
                    for x in 0..<targetWidth { result[x] += row[x] * weight }
                }
            }
            if isFirst { result.update(repeating: .zero, count: targetWidth) }
            sink(y, result)
        }
    }

    private static func narrow(
        _ row: UnsafeMutablePointer<SIMD4<Float>>, into target: UnsafeMutablePointer<SIMD4<Float>>, count: Int,
        starts: UnsafeBufferPointer<Int>, weights: UnsafeBufferPointer<Float>, taps: Int
    ) {
        for x in 0..<count {
            let pixels = row + starts[x]
            var sum = SIMD4<Float>.zero
            let base = x * taps
            for tap in 0..<taps { sum += pixels[tap] * weights[base + tap] }
            target[x] = sum
        }
    }
}

/// Pixels to resample, from memory that outlives the work: RGBA rows, or a cutout's product.
struct PixelSource: Sendable {
    let width, height: Int
    /// Fills a row with straight RGBA bytes when the row is not simply there; returns where they are.
    let row: @Sendable (_ y: Int, _ scratch: UnsafeMutablePointer<SIMD4<UInt8>>) -> UnsafePointer<SIMD4<UInt8>>
    /// Whether all alpha values are 255, which saves the premultiplication.
    let isOpaque: Bool
}

/// Averages blocks of `block` x `block` source pixels; ragged blocks at the right and bottom edge average what is there.
private struct BlockSource: Sendable {
    let pixels: PixelSource
    let block: Int

    var width: Int { (pixels.width + block - 1) / block }
    var height: Int { (pixels.height + block - 1) / block }

    /// Fills one row of `width` premultiplied block averages.
    func fill(_ row: Int, _ target: UnsafeMutablePointer<SIMD4<Float>>) {
        let scratch = UnsafeMutablePointer<SIMD4<UInt8>>.allocate(capacity: pixels.width)
        defer { scratch.deallocate() }
        let firstRow = row * block
        let lastRow = min(pixels.height, firstRow + block)
        let whole = pixels.width / block
        for y in firstRow..<lastRow {
            let bytes = pixels.row(y, scratch)
            if y == firstRow { target.update(repeating: .zero, count: width) }
            if pixels.isOpaque {
                Self.addOpaque(bytes, block: block, count: whole, target)
            } else {
                Self.addPremultiplied(bytes, block: block, count: whole, target)
            }
            for x in (whole * block)..<pixels.width {
                let pixel = floats(bytes[x])
                target[whole] += Self.premultiplied(pixel)
            }
        }
        let rows = Float(lastRow - firstRow)
        let factor = 1 / (rows * Float(block))
        if factor != 1 { for x in 0..<whole { target[x] *= factor } }
        if whole < width { target[whole] *= 1 / (rows * Float(pixels.width - whole * block)) }
    }

    @inline(__always)
    private static func premultiplied(_ pixel: SIMD4<Float>) -> SIMD4<Float> {
        var factor = SIMD4<Float>(repeating: pixel.w * (1 / 255))
        factor.w = 1
        return pixel * factor
    }

    private static func addOpaque(
        _ bytes: UnsafePointer<SIMD4<UInt8>>, block: Int, count: Int, _ target: UnsafeMutablePointer<SIMD4<Float>>
    ) {
        if block == 1 {
            for x in 0..<count { target[x] += floats(bytes[x]) }
            return
        }
        for x in 0..<count {
            var sum = SIMD4<UInt32>.zero
            for column in 0..<block { sum &+= SIMD4<UInt32>(truncatingIfNeeded: bytes[x * block + column]) }
            target[x] += unsafeBitCast(sum | 0x4B00_0000, to: SIMD4<Float>.self) - 8_388_608
        }
    }

    private static func addPremultiplied(
        _ bytes: UnsafePointer<SIMD4<UInt8>>, block: Int, count: Int, _ target: UnsafeMutablePointer<SIMD4<Float>>
    ) {
        for x in 0..<count {
            var sum = SIMD4<Float>.zero
            for column in 0..<block { sum += premultiplied(floats(bytes[x * block + column])) }
            target[x] += sum
        }
    }
}
