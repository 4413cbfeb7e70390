import Kernels
import Testing

@testable import Tensor

/// Every kernel against its reference, on every instruction set of the processor.
@Suite("Kernels", .serialized)
struct KernelTests {
    @Test("the detected instruction set is used, and can be limited")
    func limit() {
        onEveryInstructionSet { #expect(kernels_active_isa() == $0) }
        #expect(kernels_active_isa() == kernels_detected_isa())
    }

    @Test(
        "group norm agrees with the reference",
        arguments: [[1, 4, 4, 32, 8], [2, 5, 7, 12, 4], [1, 3, 3, 9, 3], [2, 9, 1, 80, 16], [1, 20, 18, 96, 32], [1, 1, 1, 6, 2]])
    func groupNorm(_ size: [Int]) throws {
        var numbers = TestNumbers(5)
        let (shape, channels, groups) = (Array(size[0..<4]), size[3], size[4])
        let (scale, shift) = (numbers.tensor([channels]), numbers.tensor([channels]))
        for (spread, offset) in [(1, 0), (0.5, 30), (1e-3, -2)] as [(Float, Float)] {
            let x = numbers.tensor(shape, scale: spread, offset: offset)
            let layer = GroupNorm(groups: groups, scale: scale, shift: shift, epsilon: 1e-6)
            let expected = Reference.groupNorm(x, groups: groups, scale: scale, shift: shift, epsilon: 1e-6)
            try onEveryInstructionSet { isa in
                // Inputs far from zero lose what a float32 of their size cannot hold; normalising magnifies that to the output.
                let tolerance = max(1e-5, 4 * abs(offset) / spread * Float.ulpOfOne)
                expectClose(try layer(x), expected, tolerance: tolerance, "isa \(isa) offset \(offset)")
                expectClose(
                    try layer(x, activation: .silu), Reference.activate(expected, .silu), tolerance: tolerance, "isa \(isa) silu")
            }
        }
    }

    @Test("layer norm agrees with the reference", arguments: [[1, 4, 32], [2, 3, 9], [1, 7, 768], [5, 1], [130, 65]])
    func layerNorm(_ shape: [Int]) throws {
        var numbers = TestNumbers(6)
        let channels = shape[shape.count - 1]
        let x = numbers.tensor(shape, scale: 2, offset: 3)
        let (scale, shift) = (numbers.tensor([channels]), numbers.tensor([channels]))
        let layer = LayerNorm(scale: scale, shift: shift, epsilon: 1e-5)
        let expected = Reference.layerNorm(x, scale: scale, shift: shift, epsilon: 1e-5)
        try onEveryInstructionSet { expectClose(try layer(x), expected, "isa \($0)") }
    }

    @Test("activations agree with the reference over their whole range", arguments: Activation.allCases)
    func activations(_ activation: Activation) {
        let special: [Float] = [0, -0.0, 1e-30, -1e-30, 88, -88, 90, -90, 1e4, -1e4]
        let x = Tensor((-4000...4000).map { Float($0) / 200 } + special, shape: [8001 + special.count])
        let (inputs, expected) = (x.values, Reference.activate(x, activation).values)
        onEveryInstructionSet { isa in
            for (index, actual) in activate(x, activation).values.enumerated() {
                let allowed = 4e-7 * max(abs(inputs[index]), 1)
                guard abs(actual - expected[index]) <= allowed else {
                    Issue.record("isa \(isa): \(activation)(\(inputs[index])) = \(actual), not \(expected[index])")
                    return
                }
            }
        }
    }

    @Test("geglu agrees with the reference", arguments: [[2, 3, 64], [1, 5, 18], [7, 2], [1, 300, 130]])
    func gatedUnit(_ shape: [Int]) throws {
        var numbers = TestNumbers(7)
        let x = numbers.tensor(shape, scale: 2)
        let expected = Reference.geglu(x)
        try onEveryInstructionSet { expectClose(try geglu(x), expected, tolerance: 1e-6, "isa \($0)") }
    }

    @Test("addition agrees with the reference, with and without broadcasting")
    func addition() throws {
        var numbers = TestNumbers(8)
        for shape in [[2, 3, 5, 7], [1, 64, 64, 16], [2, 100, 33]] {
            let (a, b) = (numbers.tensor(shape), numbers.tensor(shape))
            let perChannel = numbers.tensor([shape[0], shape[shape.count - 1]])
            try onEveryInstructionSet { _ in
                expectIdentical(try add(a, b), Reference.add(a, b))
                expectIdentical(try add(a, perChannel), Reference.add(a, perChannel))
            }
        }
    }

    struct AttentionShape: CustomTestStringConvertible {
        let batch, queries, keys, heads, size: Int
        var testDescription: String { "\(batch)x\(queries)x\(keys), \(heads) heads of \(size)" }
    }

    @Test(
        "attention agrees with the reference under every mask",
        arguments: [
            AttentionShape(batch: 1, queries: 64, keys: 64, heads: 2, size: 32),
            AttentionShape(batch: 2, queries: 77, keys: 77, heads: 2, size: 8),
            AttentionShape(batch: 1, queries: 49, keys: 257, heads: 1, size: 40),
            AttentionShape(batch: 2, queries: 1, keys: 1, heads: 1, size: 5),
            AttentionShape(batch: 1, queries: 101, keys: 77, heads: 1, size: 17),
            AttentionShape(batch: 1, queries: 50, keys: 520, heads: 1, size: 48),
        ])
    func attentionMasks(_ shape: AttentionShape) throws {
        var numbers = TestNumbers(9)
        let channels = shape.heads * shape.size
        let query = numbers.tensor([shape.batch, shape.queries, channels], scale: 2)
        let key = numbers.tensor([shape.batch, shape.keys, channels], scale: 2)
        let value = numbers.tensor([shape.batch, shape.keys, channels])
        let plane = numbers.tensor([shape.queries, shape.keys], scale: 3)
        let planes = numbers.tensor([shape.batch, shape.queries, shape.keys], scale: 3)
        for mask in [.none, .causal, .additive(plane), .additive(planes)] as [AttentionMask] {
            let expected = Reference.attention(query: query, key: key, value: value, heads: shape.heads, mask: mask)
            try onEveryInstructionSet { isa in
                let actual = try attention(query: query, key: key, value: value, heads: shape.heads, mask: mask)
                expectClose(actual, expected, "isa \(isa)")
            }
        }
    }

    @Test("attention leaves masked keys out, whether by infinity or by the most negative number")
    func maskedKeys() throws {
        var numbers = TestNumbers(10)
        let query = numbers.tensor([1, 5, 16])
        let (key, value) = (numbers.tensor([1, 600, 16]), numbers.tensor([1, 600, 16]))
        // Only keys 300 and above are seen: the whole first tile is masked.
        for hidden in [-Float.infinity, -Float.greatestFiniteMagnitude] {
            let mask = Tensor((0..<5 * 600).map { $0 % 600 < 300 ? hidden : 0 }, shape: [5, 600])
            let seenKeys = Tensor(Array(key.values[300 * 16..<600 * 16]), shape: [1, 300, 16])
            let seenValues = Tensor(Array(value.values[300 * 16..<600 * 16]), shape: [1, 300, 16])
            let expected = Reference.attention(query: query, key: seenKeys, value: seenValues, heads: 2, mask: .none)
            try onEveryInstructionSet { isa in
                let actual = try attention(query: query, key: key, value: value, heads: 2, mask: .additive(mask))
                expectClose(actual, expected, "isa \(isa) hidden \(hidden)")
            }
        }
    }

    @Test("attention survives large scores")
    func largeScores() throws {
        var numbers = TestNumbers(11)
        let query = numbers.tensor([1, 50, 16], scale: 100)
        let (key, value) = (numbers.tensor([1, 270, 16], scale: 100), numbers.tensor([1, 270, 16]))
        try onEveryInstructionSet { _ in
            let actual = try attention(query: query, key: key, value: value, heads: 1)
            let bound = (value.values.map(abs).max() ?? 0) + 1e-5
            #expect(actual.values.allSatisfy { abs($0) <= bound })
        }
    }

    @Test("half precision is read exactly: every one of its 65,536 numbers")
    func halfPrecision() {
        let patterns = (0...UInt16.max).map { $0 }
        onEveryInstructionSet { isa in
            let tensor = patterns.withUnsafeBytes { Tensor(float16Bytes: $0, shape: [patterns.count]) }
            let wrong = zip(patterns, tensor.values).first { pattern, value in
                let expected = Float(Float16(bitPattern: pattern))
                return expected.isNaN ? !value.isNaN : value.bitPattern != expected.bitPattern
            }
            #expect(wrong == nil, "isa \(isa): \(String(describing: wrong))")
        }
    }

    @Test("bfloat16 is read exactly: every one of its 65,536 numbers, at any alignment")
    func bfloat16() {
        let patterns = (0...UInt16.max).map { $0 }
        var bytes: [UInt8] = [0]
        for pattern in patterns { bytes += [UInt8(pattern & 255), UInt8(pattern >> 8)] }
        onEveryInstructionSet { isa in
            let tensor = bytes.withUnsafeBytes {
                Tensor(bfloat16Bytes: UnsafeRawBufferPointer(rebasing: $0[1...]), shape: [patterns.count])
            }
            let wrong = zip(patterns, tensor.values).first { $1.bitPattern != UInt32($0) << 16 }
            #expect(wrong == nil, "isa \(isa)")
        }
    }

    @Test("the same input gives the same bits, run after run")
    func determinism() throws {
        var numbers = TestNumbers(12)
        let x = numbers.tensor([2, 33, 31, 48])
        let norm = GroupNorm(groups: 16, scale: numbers.tensor([48]), shift: numbers.tensor([48]), epsilon: 1e-5)
        let layer = LayerNorm(scale: numbers.tensor([48]), shift: numbers.tensor([48]), epsilon: 1e-5)
        let convolution = try Convolution2D(weight: numbers.tensor([48, 48, 3, 3]), bias: nil, padding: .all(1))
        let linear = try Linear(weight: numbers.tensor([96, 48]), bias: nil)
        func run() throws -> Tensor {
            let features = try convolution(try norm(x, activation: .silu), adding: x)
            let tokens = try geglu(try linear(try layer(features.reshaped([2, 33 * 31, 48]))))
            return try attention(query: tokens, key: tokens, value: tokens, heads: 3)
        }
        let first = try run()
        for _ in 0..<5 { expectIdentical(try run(), first) }
    }
}
