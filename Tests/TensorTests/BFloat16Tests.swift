import Kernels
import Testing

@testable import Tensor

/// bfloat16 against the references, which compute in float32 from the same rounded numbers. A bfloat16 has 8 bits, the
/// leading one not stored: rounding a result changes it by up to 2⁻⁸ of itself.
extension KernelTests {
    /// One rounding of the result, and the float32 kernels' own error.
    private static let oneRounding: Float = 0x1p-8 * 1.01

    @Test("float32 becomes bfloat16 by rounding to the nearest, ties to even, at any length")
    func roundingToBFloat16() {
        let halfway = (0..<4096).map { Float(bitPattern: 0x3F80_8000 &+ UInt32($0) << 16) }
        var numbers = TestNumbers(30)
        let values = halfway + numbers.tensor([999]).values + [0, -0.0, .infinity, -.infinity, .nan, .greatestFiniteMagnitude, 0x1p-130]
        onEveryInstructionSet { isa in
            let actual = Tensor(values, shape: [values.count]).converted(to: .bfloat16).values
            let wrong = zip(values, actual).first { value, result in
                value.isNaN ? !result.isNaN : result.bitPattern != Self.rounded(value)
            }
            #expect(wrong == nil, "isa \(isa): \(String(describing: wrong))")
        }
    }

    /// The bits of the nearest bfloat16, as float32, found by looking at both neighbours.
    private static func rounded(_ value: Float) -> UInt32 {
        guard value.isFinite else { return value.bitPattern }
        let low = value.bitPattern & 0xFFFF_0000
        let rest = value.bitPattern & 0xFFFF
        let isOdd = low >> 16 & 1 == 1
        return rest > 0x8000 || (rest == 0x8000 && isOdd) ? low &+ 0x1_0000 : low
    }

    @Test("half precision becomes bfloat16 as by way of float32")
    func halfToBFloat16() {
        let patterns = (0...UInt16.max).filter { Float16(bitPattern: $0).isFinite }
        onEveryInstructionSet { isa in
            let (direct, widened) = patterns.withUnsafeBytes {
                (
                    Tensor(float16Bytes: $0, shape: [patterns.count], precision: .bfloat16),
                    Tensor(float16Bytes: $0, shape: [patterns.count]).converted(to: .bfloat16)
                )
            }
            expectIdentical(direct, widened, "isa \(isa)")
        }
    }

    @Test("norms read and write either precision", arguments: [[1, 4, 4, 32], [2, 5, 7, 12], [1, 20, 18, 96], [1, 3, 3, 9]])
    func norms(_ shape: [Int]) throws {
        var numbers = TestNumbers(31)
        let channels = shape[3]
        let x = numbers.tensor(shape, offset: 2).converted(to: .bfloat16)
        let (scale, shift) = (numbers.tensor([channels]), numbers.tensor([channels]))
        let widened = x.converted(to: .float32)
        let groups = Reference.groupNorm(widened, groups: channels % 3 == 0 ? 3 : 4, scale: scale, shift: shift, epsilon: 1e-5)
        let rows = Reference.layerNorm(widened, scale: scale, shift: shift, epsilon: 1e-5)
        try onEveryInstructionSet { isa in
            for input in [x, widened] {
                for result in Precision.allCases {
                    let group = GroupNorm(
                        groups: channels % 3 == 0 ? 3 : 4, scale: scale, shift: shift, epsilon: 1e-5, precision: result)
                    let layer = LayerNorm(scale: scale, shift: shift, epsilon: 1e-5, precision: result)
                    let tolerance = result == .float32 ? 2e-5 : Self.oneRounding
                    let normed = try group(input, activation: .silu)
                    #expect(normed.precision == result)
                    expectClose(normed, Reference.activate(groups, .silu), tolerance: tolerance, "isa \(isa)")
                    expectClose(try layer(input), rows, tolerance: tolerance, "isa \(isa)")
                }
            }
        }
    }

    @Test("the gated unit keeps its precision")
    func gatedUnitInBFloat16() throws {
        var numbers = TestNumbers(32)
        let x = numbers.tensor([3, 5, 70], scale: 2).converted(to: .bfloat16)
        let expected = Reference.geglu(x.converted(to: .float32))
        try onEveryInstructionSet { isa in
            let actual = try geglu(x)
            #expect(actual.precision == .bfloat16)
            expectClose(actual, expected, tolerance: Self.oneRounding, "isa \(isa)")
        }
    }

    @Test(
        "attention in bfloat16 stays within its rounding, with and without a mask",
        arguments: [
            [1, 64, 64, 2, 32], [2, 77, 77, 2, 8], [1, 49, 257, 1, 40], [2, 1, 1, 1, 5], [1, 101, 77, 1, 17], [1, 50, 520, 1, 160],
        ])
    func attentionInBFloat16(_ size: [Int]) throws {
        var numbers = TestNumbers(33)
        let (batch, queries, keys, heads, channels) = (size[0], size[1], size[2], size[3], size[3] * size[4])
        let query = numbers.tensor([batch, queries, channels]).converted(to: .bfloat16)
        let key = numbers.tensor([batch, keys, channels]).converted(to: .bfloat16)
        let value = numbers.tensor([batch, keys, channels]).converted(to: .bfloat16)
        for mask in [.none, .causal] as [AttentionMask] {
            let expected = Reference.attention(
                query: query.converted(to: .float32), key: key.converted(to: .float32), value: value.converted(to: .float32), heads: heads,
                mask: mask)
            try onEveryInstructionSet { isa in
                let actual = try attention(query: query, key: key, value: value, heads: heads, mask: mask)
                #expect(actual.precision == .bfloat16)
                // Weights are rounded as well; over many keys their errors cancel.
                expectClose(actual, expected, tolerance: Self.oneRounding, "isa \(isa)")
            }
        }
    }

    @Test("attention in bfloat16 survives large scores")
    func largeScoresInBFloat16() throws {
        var numbers = TestNumbers(34)
        let query = numbers.tensor([1, 50, 16], scale: 100).converted(to: .bfloat16)
        let key = numbers.tensor([1, 270, 16], scale: 100).converted(to: .bfloat16)
        let value = numbers.tensor([1, 270, 16]).converted(to: .bfloat16)
        let bound = (value.values.map(abs).max() ?? 0) * 1.01
        try onEveryInstructionSet { _ in
            let actual = try attention(query: query, key: key, value: value, heads: 1)
            #expect(actual.values.allSatisfy { abs($0) <= bound })
        }
    }

    @Test("operands of different precision are refused")
    func mixedPrecision() {
        let (exact, short) = (Tensor.zeros([1, 2, 4]), Tensor.zeros([1, 2, 4]).converted(to: .bfloat16))
        #expect(throws: TensorError.self) { try attention(query: exact, key: short, value: short, heads: 1) }
        #expect(throws: TensorError.self) { try concatenateChannels([exact, short]) }
    }
}

/// Products in bfloat16, on processors that have them.
@Suite("bfloat16 layers", .enabled(if: Precision.bfloat16.isNative))
struct BFloat16LayerTests {
    @Test("a linear layer multiplies in the precision of its weights and adds in float32")
    func linear() throws {
        var numbers = TestNumbers(35)
        let x = numbers.tensor([2, 70, 96]).converted(to: .bfloat16)
        let weight = numbers.tensor([48, 96]).converted(to: .bfloat16)
        let (bias, residual) = (numbers.tensor([48]), numbers.tensor([2, 70, 48]))
        let layer = try Linear(weight: weight, bias: bias)
        let expected = Reference.linear(x.converted(to: .float32), weight: weight.converted(to: .float32), bias: bias)
        #expect(try layer(x).precision == .bfloat16)
        expectClose(try layer(x), expected, tolerance: 0x1p-8)
        expectClose(try layer(x, activation: .silu, as: .float32), Reference.activate(expected, .silu))
        let sum = try layer(x, adding: residual)
        #expect(sum.precision == .float32)
        expectClose(sum, Reference.add(expected, residual))
        expectClose(try layer(x.converted(to: .float32), adding: residual), Reference.add(expected, residual))
    }

    @Test("so does a convolution, direct or by Winograd's method", arguments: [(3, 2), (3, 1), (1, 1)])
    func convolution(kernel: Int, stride: Int) throws {
        var numbers = TestNumbers(36)
        let x = numbers.tensor([1, 24, 20, 32]).converted(to: .bfloat16)
        let weight = numbers.tensor([48, 32, kernel, kernel]).converted(to: .bfloat16)
        let (bias, shift) = (numbers.tensor([48]), numbers.tensor([1, 48]))
        let layer = try Convolution2D(weight: weight, bias: bias, stride: stride, padding: .all(kernel / 2))
        let expected = Reference.convolution(
            x.converted(to: .float32), weight: weight.converted(to: .float32), bias: try add(bias, shift.reshaped([48])), stride: stride,
            padding: .all(kernel / 2))
        let residual = numbers.tensor(expected.shape)
        // Winograd's method rounds what it multiplies, tiles and weights, to bfloat16 once more.
        let tolerance: Float = kernel == 3 && stride == 1 ? 0x1p-7 : 1e-5
        expectClose(try layer(x, shiftedBy: shift), expected, tolerance: max(tolerance, 0x1p-8))
        expectClose(try layer(x, adding: residual, shiftedBy: shift), Reference.add(expected, residual), tolerance: tolerance)
        expectClose(
            try layer(x, shiftedBy: shift, activation: .silu, as: .float32), Reference.activate(expected, .silu), tolerance: tolerance)
        #expect(throws: TensorError.self) { try layer(x, adding: residual, as: .bfloat16) }
    }
}
