import Foundation

/// The part of an ICC profile that cameras and editors use for RGB: three curves and a matrix (ICC.1:2010, 8.3.2).
///
/// Profiles of other kinds (lookup tables) are not read; their bytes are still carried to the export.
enum ICCProfile {
    /// - Returns: nil when the profile is damaged or of another kind.
    static func colourSpace(_ profile: Data) -> ColourSpace? {
        let file = ICCFile(profile)
        guard file.name(16) == "RGB ", file.name(20) == "XYZ ", let tags = file.tags, tags["A2B0"] == nil else { return nil }
        var columns: [SIMD3<Double>] = []
        var curves: [TransferCurve] = []
        for channel in ["r", "g", "b"] {
            guard let colorant = tags[channel + "XYZ"], file.name(colorant) == "XYZ ", let x = file.fixed(colorant + 8),
                let y = file.fixed(colorant + 12), let z = file.fixed(colorant + 16), let offset = tags[channel + "TRC"],
                let curve = curve(in: file, at: offset)
            else { return nil }
            columns.append(SIMD3(x, y, z))
            curves.append(curve)
        }
        return ColourSpace(curves: curves, toXYZ: Matrix3(columns[0], columns[1], columns[2]))
    }

    /// The exponent of a grey profile whose curve is a plain power; nil for other curves.
    static func greyGamma(_ profile: Data) -> Double? {
        let file = ICCFile(profile)
        guard let offset = file.tags?["kTRC"], case .power(let exponent)? = curve(in: file, at: offset) else { return nil }
        return exponent
    }

    private static func curve(in file: ICCFile, at offset: Int) -> TransferCurve? {
        switch file.name(offset) {
        case "curv":
            guard let count = file.number(offset + 8, 4), count <= 65536 else { return nil }
            if count == 0 { return .power(1) }
            if count == 1 { return file.number(offset + 12, 2).map { .power(Double($0) / 256) } }
            var samples: [Float] = []
            for index in 0..<count {
                guard let value = file.number(offset + 12 + index * 2, 2) else { return nil }
                samples.append(Float(value) / 65535)
            }
            return .table(samples)
        case "para":
            let counts = [1, 3, 4, 5, 7]
            guard let kind = file.number(offset + 8, 2), kind < counts.count else { return nil }
            var p: [Double] = []
            for index in 0..<counts[kind] {
                guard let value = file.fixed(offset + 12 + index * 4) else { return nil }
                p.append(value)
            }
            switch kind {
            case 0: return .power(p[0])
            case 1 where p[1] != 0: return .parametric(g: p[0], a: p[1], b: p[2], c: 0, d: -p[2] / p[1], e: 0, f: 0)
            case 2 where p[1] != 0: return .parametric(g: p[0], a: p[1], b: p[2], c: 0, d: -p[2] / p[1], e: p[3], f: p[3])
            case 3: return .parametric(g: p[0], a: p[1], b: p[2], c: p[3], d: p[4], e: 0, f: 0)
            case 4: return .parametric(g: p[0], a: p[1], b: p[2], c: p[3], d: p[4], e: p[5], f: p[6])
            default: return nil
            }
        default:
            return nil
        }
    }
}

/// Checked access to a profile's bytes.
private struct ICCFile {
    private let bytes: [UInt8]

    init(_ data: Data) { bytes = [UInt8](data) }

    /// A big-endian number of `count` bytes.
    func number(_ offset: Int, _ count: Int = 4) -> Int? {
        guard offset >= 0, offset + count <= bytes.count else { return nil }
        return bytes[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
    }

    /// A signature of four characters.
    func name(_ offset: Int) -> String? {
        guard offset >= 0, offset + 4 <= bytes.count else { return nil }
        return String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self)
    }

    /// An s15Fixed16Number.
    func fixed(_ offset: Int) -> Double? { number(offset).map { Double(Int32(truncatingIfNeeded: $0)) / 65536 } }

    /// Where each tag's data begin; nil when the directory is damaged.
    var tags: [String: Int]? {
        // 200 is far beyond any real profile.
        guard let count = number(128), count <= 200 else { return nil }
        var result: [String: Int] = [:]
        for index in 0..<count {
            guard let tag = name(132 + index * 12), let offset = number(136 + index * 12) else { return nil }
            result[tag] = offset
        }
        return result
    }
}
