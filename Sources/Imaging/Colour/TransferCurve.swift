import Foundation

/// How a colour space encodes linear light, for one channel. Both sides are 0...1.
enum TransferCurve: Equatable, Sendable {
    /// IEC 61966-2-1.
    case sRGB
    /// linear = encoded ^ exponent.
    case power(Double)
    /// linear = (a x + b)^g + e for x >= d, else c x + f: the ICC's parametric curve of type 4, of which the others are cases.
    case parametric(g: Double, a: Double, b: Double, c: Double, d: Double, e: Double, f: Double)
    /// Evenly spaced samples of the linear value.
    case table([Float])

    /// The linear light of an encoded value.
    func linear(_ encoded: Double) -> Double {
        let x = min(1, max(0, encoded))
        switch self {
        case .sRGB:
            return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4)
        case .power(let exponent):
            return pow(x, exponent)
        case .parametric(let g, let a, let b, let c, let d, let e, let f):
            let y = x >= d ? pow(max(0, a * x + b), g) + e : c * x + f
            return min(1, max(0, y))
        case .table(let samples):
            let position = x * Double(samples.count - 1)
            let index = min(Int(position), samples.count - 2)
            let fraction = Float(position - Double(index))
            return Double(samples[index] * (1 - fraction) + samples[index + 1] * fraction)
        }
    }
}

/// A curve and its inverse as tables, for many pixels.
struct TransferTable: Sendable {
    /// Linear light 0...1 of each 16-bit value.
    let linear: [Float]
    /// Encoded values 0...1 at evenly spaced square roots of linear light, which keeps the dark end exact.
    private let encoded: [Float]
    private static let steps = 8192

    init(_ curve: TransferCurve) {
        // Rising by definition; a profile that says otherwise must not break the inversion.
        var highest: Float = 0
        let linear = (0...65535).map { value in
            highest = max(highest, Float(curve.linear(Double(value) / 65535)))
            return highest
        }
        var encoded = [Float](repeating: 1, count: Self.steps + 2)
        var value = 0
        for step in 0...Self.steps {
            let root = Float(step) / Float(Self.steps)
            let target = root * root
            while value < 65535, linear[value] < target { value += 1 }
            let low = value > 0 ? linear[value - 1] : 0
            let span = linear[value] - low
            let fraction = span > 0 ? min(1, max(0, (target - low) / span)) : 1
            encoded[step] = value == 0 ? 0 : (Float(value - 1) + fraction) / 65535
        }
        self.linear = linear
        self.encoded = encoded
    }

    /// The encoded value 0...1 of linear light 0...1.
    func encode(_ linear: Float) -> Float {
        let position = min(1, max(0, linear)).squareRoot() * Float(Self.steps)
        let index = Int(position)
        let fraction = position - Float(index)
        return encoded[index] * (1 - fraction) + encoded[index + 1] * fraction
    }
}
