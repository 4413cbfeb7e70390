/// The weighting functions that resampling uses.
enum ResampleKernel {
    /// Mitchell and Netravali's compromise between blur, ringing and blocks (B = C = 1/3; SIGGRAPH 1988).
    case mitchell
    /// The cubic B-spline: softer, and never overshoots.
    case bSpline

    /// Half the width in which the kernel is not zero, in source pixels.
    var radius: Double { 2 }

    func weight(_ distance: Double) -> Double {
        switch self {
        case .mitchell: Self.cubic(distance, b: 1.0 / 3.0, c: 1.0 / 3.0)
        case .bSpline: Self.cubic(distance, b: 1, c: 0)
        }
    }

    /// The family of cubics of Mitchell and Netravali, equation 8.
    private static func cubic(_ distance: Double, b: Double, c: Double) -> Double {
        let x = abs(distance)
        if x < 1 { return ((12 - 9 * b - 6 * c) * x * x * x + (-18 + 12 * b + 6 * c) * x * x + (6 - 2 * b)) / 6 }
        if x < 2 { return ((-b - 6 * c) * x * x * x + (6 * b + 30 * c) * x * x + (-12 * b - 48 * c) * x + (8 * b + 24 * c)) / 6 }
        return 0
    }
}

/// Which source samples make each target sample along one axis, and with what weights.
struct ResampleAxis {
    /// What lies beyond the source.
    enum Edge {
        /// The outermost sample goes on.
        case extend
        /// Nothing: the weights there are dropped, so premultiplied values fade out.
        case transparent
    }

    /// The number of taps of every target sample.
    let taps: Int
    /// The first source sample of each target sample.
    let starts: [Int]
    /// `taps` weights for each target sample.
    let weights: [Float]

    /// - Parameters:
    ///   - sourceLength: samples that exist, at least 1.
    ///   - targetLength: samples to make.
    ///   - start: the source coordinate of the target's edge; sample `i` covers `i ..< i + 1`. May lie outside the source.
    ///   - span: how much of the source axis the target covers.
    init(sourceLength: Int, targetLength: Int, start: Double, span: Double, kernel: ResampleKernel, edge: Edge) {
        let step = span / Double(targetLength)
        let stretch = max(1, step)
        let radius = kernel.radius * stretch
        let taps = min(sourceLength, Int((2 * radius).rounded(.up)) + 1)
        var starts = [Int](repeating: 0, count: targetLength)
        var weights = [Float](repeating: 0, count: targetLength * taps)
        for target in 0..<targetLength {
            let centre = start + (Double(target) + 0.5) * step - 0.5
            let first = Int((centre - radius).rounded(.up))
            let last = Int((centre + radius).rounded(.down))
            let kept = min(max(first, 0), sourceLength - taps)
            starts[target] = kept
            guard first <= last else { continue }
            let raw = (first...last).map { kernel.weight((Double($0) - centre) / stretch) }
            let total = raw.reduce(0, +)
            guard total > 0 else { continue }
            for (sample, weight) in zip(first...last, raw) {
                var index = sample
                if index < 0 || index >= sourceLength {
                    guard edge == .extend else { continue }
                    index = min(max(index, 0), sourceLength - 1)
                }
                let tap = min(max(index - kept, 0), taps - 1)
                weights[target * taps + tap] += Float(weight / total)
            }
        }
        self.taps = taps
        self.starts = starts
        self.weights = weights
    }
}
