/// Separates the colours that are mixed in a soft edge: the background's behind it and the product's beside it, both known from a small
/// working picture, tell how much of each a pixel holds.
struct EdgeUnmixing: Sendable {
    private let photo: RasterImage
    /// Red's, green's and blue's curve.
    private let tables: [TransferTable]
    /// The background's and the product's colours in linear light 0...1, at the working size.
    private let behind, product: ColourField
    /// Photo pixels for each working pixel.
    private let scaleX, scaleY: Float

    /// - Parameters:
    ///   - behind: the background's colours, gamma-encoded, continued behind the product.
    ///   - product: the product's, continued beyond its outline; as large.
    init(photo: RasterImage, tables: [TransferTable], behind: ColourField, product: ColourField) {
        self.photo = photo
        self.tables = tables
        self.behind = behind.inLinearLight(tables)
        self.product = product.inLinearLight(tables)
        scaleX = Float(photo.width) / Float(behind.width)
        scaleY = Float(photo.height) / Float(behind.height)
    }

    /// Colours of a region, continued over the whole picture from its inside.
    ///
    /// - Parameter depths: how many steps inside the blur of its outline has surely ended, then smaller ones for thin parts.
    static func filled(_ field: ColourField, from region: [Bool], depths: [Int]) -> ColourField {
        let (width, height) = (field.width, field.height)
        // Parts too thin to be that deep anywhere lend what they have.
        var known = [Bool](repeating: false, count: region.count)
        for depth in depths {
            let inside = Morphology.eroded(region, width, height, times: depth)
            let reached = Morphology.dilated(known, width, height, times: 8)
            for index in known.indices where inside[index] && !reached[index] { known[index] = true }
        }
        return known.contains(true) ? field.filled(known: known) : field
    }

    /// The background's colour behind a pixel of the photo, linear.
    func behind(_ x: Int, _ y: Int) -> SIMD4<Float> { colour(behind, x, y) }

    /// The product's colour beside a pixel of the photo, linear.
    func product(_ x: Int, _ y: Int) -> SIMD4<Float> { colour(product, x, y) }

    private func colour(_ field: ColourField, _ x: Int, _ y: Int) -> SIMD4<Float> {
        ColourField.sample(
            field.values, field.width, field.height, x: (Float(x) + 0.5) / scaleX - 0.5, y: (Float(y) + 0.5) / scaleY - 0.5)
    }

    /// A photo pixel in linear light 0...1.
    func light(_ pixel: SIMD4<UInt8>) -> SIMD4<Float> {
        SIMD4(
            tables[0].linear[Int(pixel.x) * 257], tables[1].linear[Int(pixel.y) * 257], tables[2].linear[Int(pixel.z) * 257], 0)
    }

    /// Takes the background's share out of every soft pixel of a mask as large as the photo.
    func colours(of mask: Mask) -> EdgeColours {
        var rows = [EdgeColours](repeating: EdgeColours(), count: photo.height)
        rows.withUnsafeMutableBufferPointer { buffer in
            guard !buffer.isEmpty else { return }
            let rows = SharedPixels(buffer)
            parallelBands(photo.height) { band in
                for y in band { rows[y] = colours(of: mask, row: y) }
            }
        }
        var result = EdgeColours()
        for row in rows {
            result.indices += row.indices
            result.colours += row.colours
        }
        return result
    }

    private func colours(of mask: Mask, row y: Int) -> EdgeColours {
        var result = EdgeColours()
        photo.pixels.withUnsafeBytes { raw in
            let pixels = raw.bindMemory(to: SIMD4<UInt8>.self)
            mask.values.withUnsafeBufferPointer { values in
                for index in (y * photo.width)..<((y + 1) * photo.width) where values[index] > 0 && values[index] < 255 {
                    let mixed = ownColour(pixels[index], index - y * photo.width, y, share: Float(values[index]) / 255)
                    result.indices.append(Int32(index))
                    result.colours.append(
                        SIMD4(
                            UInt16(unit: tables[0].encode(mixed.x)), UInt16(unit: tables[1].encode(mixed.y)),
                            UInt16(unit: tables[2].encode(mixed.z)), 0))
                }
            }
        }
        return result
    }

    /// A soft pixel's colour without the background's share, in linear light.
    private func ownColour(_ pixel: SIMD4<UInt8>, _ x: Int, _ y: Int, share: Float) -> SIMD4<Float> {
        let near = product(x, y)
        let far = behind(x, y)
        let own = clamp((light(pixel) - far * (1 - share)) / share, 0, 1)
        // An error of two hundredths in the share leaves this much of the background; a smaller difference from the product beside it is
        // no colour of its own.
        let doubt = 0.02 * far.max() / share
        let difference = own - near
        let size = max(difference.max(), -difference.min())
        guard size > doubt else { return near }
        // The less of the product a pixel shows, the less its own colour can be told; its neighbour's is safer.
        let trust = min(1, max(0, (share - 0.2) / 0.5)) * (1 - doubt * doubt / (size * size))
        return near + difference * trust
    }
}

extension ColourField {
    /// The same colours in linear light, 0...1.
    ///
    /// - Parameter tables: red's, green's and blue's curve.
    func inLinearLight(_ tables: [TransferTable]) -> ColourField {
        func light(_ value: Float, _ channel: Int) -> Float { tables[channel].linear[Int(min(65535, max(0, value * 257)))] }
        return ColourField(
            width: width, height: height, values: values.map { SIMD4(light($0.x, 0), light($0.y, 1), light($0.z, 2), 0) })
    }
}
