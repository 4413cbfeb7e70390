import Foundation

/// What RGB values mean: a curve for each channel and the way to CIE XYZ under D50, where profiles meet.
struct ColourSpace: Equatable, Sendable {
    /// Red, green and blue.
    let curves: [TransferCurve]
    /// From linear RGB to XYZ (D50).
    let toXYZ: Matrix3

    /// sRGB, with the colorants of the ICC's own sRGB profile (adapted to D50).
    static let sRGB = ColourSpace(
        curves: [.sRGB, .sRGB, .sRGB],
        toXYZ: Matrix3(SIMD3(0.43607, 0.22249, 0.01392), SIMD3(0.38515, 0.71687, 0.09708), SIMD3(0.14307, 0.06061, 0.71410)))

    /// The space that a file describes; sRGB when it says nothing or says it in a way that is not read. As the PNG specification orders
    /// it (section 4.3): profile, then sRGB, then gamma and chromaticities.
    init(_ description: ColourDescription) {
        if let icc = description.icc {
            self = ICCProfile.colourSpace(icc) ?? .sRGB
            return
        }
        guard description.sRGBIntent == nil, description.gamma != nil || description.chromaticities != nil else {
            self = .sRGB
            return
        }
        var curve = TransferCurve.sRGB
        // 1/2.2 is what writers without an sRGB chunk say when they mean sRGB.
        if let gamma = description.gamma, gamma > 0.01, abs(gamma - 1 / 2.2) > 0.001 { curve = .power(1 / gamma) }
        let matrix = description.chromaticities.flatMap(Self.matrix(chromaticities:))
        self.init(curves: [curve, curve, curve], toXYZ: matrix ?? Self.sRGB.toXYZ)
    }

    init(curves: [TransferCurve], toXYZ: Matrix3) {
        self.curves = curves
        self.toXYZ = toXYZ
    }

    /// Whether the difference from sRGB stays below half of an 8-bit step on a set of colours that spans the cube.
    var isSRGB: Bool {
        if self == .sRGB { return true }
        let transform = ColourTransform(from: self, to: .sRGB)
        let levels: [UInt8] = [0, 64, 128, 192, 255]
        for red in levels {
            for green in levels {
                for blue in levels {
                    let result = transform.apply(RGBA(red, green, blue))
                    let change = max(
                        abs(Int(result.red) - Int(red)), abs(Int(result.green) - Int(green)), abs(Int(result.blue) - Int(blue)))
                    if change > 1 { return false }
                }
            }
        }
        return true
    }

    /// Linear RGB to XYZ from the chromaticities of white and primaries, adapted to D50 (Bradford).
    private static func matrix(chromaticities c: [Double]) -> Matrix3? {
        guard c.count == 8, stride(from: 1, to: 8, by: 2).allSatisfy({ c[$0] > 0.001 }) else { return nil }
        func xyz(_ index: Int) -> SIMD3<Double> {
            let (x, y) = (c[index], c[index + 1])
            return SIMD3(x / y, 1, (1 - x - y) / y)
        }
        let white = xyz(0)
        let primaries = Matrix3(xyz(2), xyz(4), xyz(6))
        guard let inverse = primaries.inverse else { return nil }
        let scale = inverse * white
        let native = Matrix3(primaries.columns.0 * scale.x, primaries.columns.1 * scale.y, primaries.columns.2 * scale.z)
        let bradford = Matrix3(SIMD3(0.8951, -0.7502, 0.0389), SIMD3(0.2664, 1.7135, -0.0685), SIMD3(-0.1614, 0.0367, 1.0296))
        guard let back = bradford.inverse else { return nil }
        let ratio = (bradford * SIMD3(0.9642, 1, 0.8249)) / (bradford * white)
        let adapt = back * Matrix3(SIMD3(ratio.x, 0, 0), SIMD3(0, ratio.y, 0), SIMD3(0, 0, ratio.z)) * bradford
        return adapt * native
    }
}

/// Takes 8-bit colours from one space to another, by relative colorimetry; what the target cannot hold is clipped.
struct ColourTransform: Sendable {
    private let source: [TransferTable]
    private let target: [TransferTable]
    private let matrix: Matrix3

    init(from source: ColourSpace, to target: ColourSpace) {
        self.source = Self.tables(source)
        self.target = Self.tables(target)
        let identity = Matrix3(SIMD3(1, 0, 0), SIMD3(0, 1, 0), SIMD3(0, 0, 1))
        matrix = (target.toXYZ.inverse ?? identity) * source.toXYZ
    }

    func apply(_ pixel: RGBA) -> RGBA {
        let linear = SIMD3(
            Double(source[0].linear[Int(pixel.red) * 257]), Double(source[1].linear[Int(pixel.green) * 257]),
            Double(source[2].linear[Int(pixel.blue) * 257]))
        let result = matrix * linear
        func byte(_ channel: Int) -> UInt8 { UInt8(target[channel].encode(Float(result[channel])) * 255 + 0.5) }
        return RGBA(byte(0), byte(1), byte(2), pixel.alpha)
    }

    func apply(_ image: RasterImage) -> RasterImage {
        var result = image
        var last = RGBA.transparent
        var lastResult = apply(last)
        for index in stride(from: 0, to: image.pixels.count, by: 4) {
            let pixel = RGBA(image.pixels[index], image.pixels[index + 1], image.pixels[index + 2], image.pixels[index + 3])
            if pixel != last {
                last = pixel
                lastResult = apply(pixel)
            }
            result.pixels[index] = lastResult.red
            result.pixels[index + 1] = lastResult.green
            result.pixels[index + 2] = lastResult.blue
            result.pixels[index + 3] = lastResult.alpha
        }
        return result
    }

    /// One table for each channel; equal curves share theirs.
    static func tables(_ space: ColourSpace) -> [TransferTable] {
        let first = TransferTable(space.curves[0])
        return space.curves.enumerated().map { $0.offset == 0 || $0.element == space.curves[0] ? first : TransferTable($0.element) }
    }
}
