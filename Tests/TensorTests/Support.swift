import Testing

@testable import Tensor

/// Repeatable numbers for tests, roughly normal with unit variance.
struct TestNumbers {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    private mutating func uniform() -> Float {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Float(state >> 40) / Float(1 << 24)
    }

    mutating func tensor(_ shape: [Int], scale: Float = 1, offset: Float = 0) -> Tensor {
        let values = (0..<shape.reduce(1, *)).map { _ in
            // The sum of four uniform numbers has variance 1/3.
            (uniform() + uniform() + uniform() + uniform() - 2) * 1.732 * scale + offset
        }
        return Tensor(values, shape: shape)
    }
}

/// The largest difference, relative to the largest magnitude of the expected tensor.
func relativeError(_ actual: Tensor, _ expected: Tensor) -> Float {
    guard actual.shape == expected.shape else { return .infinity }
    let largest = expected.values.map(abs).max() ?? 0
    let difference = zip(actual.values, expected.values).map { abs($0 - $1) }
    guard difference.allSatisfy({ $0.isFinite }) else { return .infinity }
    return (difference.max() ?? 0) / max(largest, .leastNormalMagnitude)
}

/// Fails the test unless `actual` is within `tolerance` of `expected`.
func expectClose(
    _ actual: Tensor, _ expected: Tensor, tolerance: Float = 1e-5, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let error = relativeError(actual, expected)
    #expect(
        error <= tolerance, "relative error \(error), shapes \(actual.shape) and \(expected.shape). \(comment?.rawValue ?? "")",
        sourceLocation: sourceLocation)
}

/// Fails the test unless every bit of `actual` and `expected` agrees.
func expectIdentical(_ actual: Tensor, _ expected: Tensor, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
    let agree = actual.shape == expected.shape && zip(actual.values, expected.values).allSatisfy { $0.bitPattern == $1.bitPattern }
    #expect(agree, comment, sourceLocation: sourceLocation)
}
