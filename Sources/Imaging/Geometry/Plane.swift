import Foundation

/// One float a pixel, row-major: small working pictures of coverage, light or shadow.
struct Plane: Sendable, Equatable {
    let width, height: Int
    var values: [Float]

    init(width: Int, height: Int, fill: Float = 0) {
        self.width = width
        self.height = height
        values = [Float](repeating: fill, count: width * height)
    }

    /// A picture's alpha as shares, 0...1.
    init(alphaOf image: RasterImage) {
        self.init(width: image.width, height: image.height)
        for index in values.indices { values[index] = Float(image.pixels[index * 4 + 3]) / 255 }
    }

    /// A picture's relative luminance, linear 0...1 (sRGB's weights, IEC 61966-2-1).
    init(luminanceOf image: RasterImage) {
        self.init(width: image.width, height: image.height)
        let linear = (0...255).map { Float(TransferCurve.sRGB.linear(Double($0) / 255)) }
        for index in values.indices {
            let pixel = index * 4
            values[index] =
                0.2126 * linear[Int(image.pixels[pixel])] + 0.7152 * linear[Int(image.pixels[pixel + 1])]
                + 0.0722 * linear[Int(image.pixels[pixel + 2])]
        }
    }

    subscript(x: Int, y: Int) -> Float {
        get { values[y * width + x] }
        set { values[y * width + x] = newValue }
    }

    /// Between four pixels at pixel-centre coordinates; 0 outside.
    func sample(_ x: Float, _ y: Float) -> Float {
        guard x > -1, y > -1, x < Float(width), y < Float(height) else { return 0 }
        let left = Int(x.rounded(.down))
        let top = Int(y.rounded(.down))
        let fx = x - Float(left)
        let fy = y - Float(top)
        func at(_ x: Int, _ y: Int) -> Float { x >= 0 && y >= 0 && x < width && y < height ? self[x, y] : 0 }
        return (at(left, top) * (1 - fx) + at(left + 1, top) * fx) * (1 - fy)
            + (at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx) * fy
    }

    /// Blurred by a Gaussian; beyond the frame the outermost pixels go on.
    ///
    /// - Parameter deviation: in pixels.
    func blurred(_ deviation: Float) -> Plane {
        guard deviation > 0.2, width > 0, height > 0 else { return self }
        let radius = max(1, Int((deviation * 3).rounded(.up)))
        let raw = (-radius...radius).map { exp(-Float($0 * $0) / (2 * deviation * deviation)) }
        let total = raw.reduce(0, +)
        let weights = raw.map { $0 / total }
        return filteredAcross(weights).filteredDown(weights)
    }

    /// Both filters add one tap after the other to a whole row, which the compiler turns into vector instructions.
    private func filteredAcross(_ weights: [Float]) -> Plane {
        let radius = weights.count / 2
        let width = width
        return changedRows { source, target, y in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: width + 2 * radius) { padded in
                let row = source + y * width
                for x in 0..<radius { padded[x] = row[0] }
                for x in 0..<width { padded[radius + x] = row[x] }
                for x in 0..<radius { padded[radius + width + x] = row[width - 1] }
                guard let base = padded.baseAddress else { return }
                Self.set(target, base, weights[0], width)
                for tap in 1..<weights.count { Self.add(target, base + tap, weights[tap], width) }
            }
        }
    }

    private func filteredDown(_ weights: [Float]) -> Plane {
        let radius = weights.count / 2
        let (width, height) = (width, height)
        return changedRows { source, target, y in
            func row(_ tap: Int) -> UnsafePointer<Float> { source + min(height - 1, max(0, y + tap - radius)) * width }
            Self.set(target, row(0), weights[0], width)
            for tap in 1..<weights.count { Self.add(target, row(tap), weights[tap], width) }
        }
    }

    private static func set(_ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, _ weight: Float, _ count: Int) {
        for x in 0..<count { target[x] = source[x] * weight }
    }

    private static func add(_ target: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, _ weight: Float, _ count: Int) {
        for x in 0..<count { target[x] += source[x] * weight }
    }

    /// A plane of the same size with a value for each index; rows run on all cores.
    func mapped(_ value: @Sendable (Int) -> Float) -> Plane {
        let width = width
        return changedRows { _, target, y in
            for x in 0..<width { target[x] = value(y * width + x) }
        }
    }

    /// A plane of the same size, each row written from all the old ones; rows run on all cores.
    private func changedRows(
        _ body: @Sendable (_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ y: Int) -> Void
    ) -> Plane {
        var result = self
        let width = width
        guard !values.isEmpty else { return self }
        values.withUnsafeBufferPointer { source in
            result.values.withUnsafeMutableBufferPointer { target in
                let source = SharedPixels(UnsafeMutableBufferPointer(mutating: source))
                let target = SharedPixels(target)
                parallelBands(height) { rows in
                    for y in rows { body(UnsafePointer(source.base), target.base + y * width, y) }
                }
            }
        }
        return result
    }
}
