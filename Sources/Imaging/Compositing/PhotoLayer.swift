/// The photo's product over a row of background, at full size.
struct PhotoLayer: Sendable {
    let photo: Photo
    let cutout: Cutout
    let layout: CanvasLayout
    /// Linear light of the photo's colour space, one table for each channel.
    let tables: [TransferTable]
    let ground: GroundLayer?
    let harmonisation: Harmonisation?
    let options: CompositeOptions

    /// The strength of the grain in terms of the faint one that ``FilmGrain`` holds.
    var grain: Float { Float(max(0, options.grain)) / FilmGrain.strength }

    /// Draws the product into one row of the canvas that already holds the background.
    ///
    /// - Parameters:
    ///   - background: the same row, premultiplied 0...255, before rounding and grain.
    ///   - photo: all RGBA values of the photo, of the canvas's depth.
    ///   - mask: all mask values.
    ///   - target: the row's first value.
    func draw<Value: PixelValue>(
        row: Int, background: UnsafePointer<SIMD4<Float>>, photo: UnsafePointer<Value>, mask: UnsafePointer<UInt8>,
        to target: UnsafeMutablePointer<Value>
    ) {
        let width = cutout.mask.width
        let visible = layout.visible(photoWidth: width, photoHeight: cutout.mask.height)
        let y = row - layout.productY
        guard y >= visible.y, y < visible.maxY, visible.width > 0 else { return }
        let first = y * width
        for x in visible.x..<visible.maxX {
            let alpha = mask[first + x]
            guard alpha > 0 else { continue }
            let from = photo + (first + x) * 4
            let to = target + (x + layout.productX) * 4
            if alpha == 255, harmonisation == nil {
                to[0] = from[0]
                to[1] = from[1]
                to[2] = from[2]
            } else {
                let colour = SIMD4<UInt16>(from[0].word, from[1].word, from[2].word, 0)
                mix(colour, alpha, background[x + layout.productX], to)
            }
        }
        cutout.edgeColours.forEach(in: (first + visible.x)..<(first + visible.maxX)) { pixel, colour in
            let alpha = mask[pixel]
            guard alpha > 0, alpha < 255 else { return }
            let x = pixel - first + layout.productX
            mix(colour, alpha, background[x], target + x * 4)
        }
    }

    /// Mixes in linear light.
    private func mix<Value: PixelValue>(
        _ product: SIMD4<UInt16>, _ alpha: UInt8, _ background: SIMD4<Float>, _ target: UnsafeMutablePointer<Value>
    ) {
        let share = Float(alpha) / 255
        let wrap = Float(options.lightWrap) * (1 - share)
        for channel in 0..<3 {
            let table = tables[channel]
            let behind = table.linear[Int(min(65535, max(0, background[channel] * 257)))]
            var front = table.linear[Int(product[channel])]
            if let harmonisation { front = min(1, front * harmonisation.gains[channel]) }
            front += (behind - front) * wrap
            target[channel] = Value(unit: table.encode(front * share + behind * (1 - share)))
        }
    }
}

/// A channel value of 8 or 16 bit.
protocol PixelValue: FixedWidthInteger & UnsignedInteger & Sendable {
    /// From a share of full scale within 0...1, rounded.
    init(unit: Float)
    /// 0...65535
    var word: UInt16 { get }
    /// Rounds a row of background (0...255) with grain, and sets alpha to full.
    static func write(
        _ row: UnsafePointer<SIMD4<Float>>, count: Int, grainRow: Int, grain: Float, to target: UnsafeMutablePointer<Self>)
}

extension UInt8: PixelValue {
    init(unit: Float) { self = UInt8(unit * 255 + 0.5) }

    var word: UInt16 { UInt16(self) * 257 }

    static func write(_ row: UnsafePointer<SIMD4<Float>>, count: Int, grainRow: Int, grain: Float, to target: UnsafeMutablePointer<UInt8>) {
        target.withMemoryRebound(to: SIMD4<UInt8>.self, capacity: count) { out in
            FilmGrain.shared.values.withUnsafeBufferPointer { tile in
                let offset = (grainRow & (FilmGrain.side - 1)) * FilmGrain.side
                for x in 0..<count { out[x] = roundedBytes(grained(row[x], tile[offset + (x & (FilmGrain.side - 1))] * grain)) }
            }
        }
    }
}

extension UInt16: PixelValue {
    init(unit: Float) { self = UInt16(unit * 65535 + 0.5) }

    var word: UInt16 { self }

    static func write(_ row: UnsafePointer<SIMD4<Float>>, count: Int, grainRow: Int, grain: Float, to target: UnsafeMutablePointer<UInt16>)
    {
        target.withMemoryRebound(to: SIMD4<UInt16>.self, capacity: count) { out in
            FilmGrain.shared.values.withUnsafeBufferPointer { tile in
                let offset = (grainRow & (FilmGrain.side - 1)) * FilmGrain.side
                for x in 0..<count { out[x] = roundedWords(grained(row[x], tile[offset + (x & (FilmGrain.side - 1))] * grain) * 257) }
            }
        }
    }
}

/// Adds grain to a background pixel (0...255), less and less within a few steps of black and white, which stay pure.
@inline(__always)
private func grained(_ pixel: SIMD4<Float>, _ grain: Float) -> SIMD4<Float> {
    var value = clamp(pixel, 0, 255)
    let room = clamp(pointwiseMin(value, 255 - value) * 0.5, 0, 1)
    value += room * grain
    value.w = 255
    return clamp(value, 0, 255)
}
