import Testing

@testable import Tensor

@Suite("Rearrangement")
struct RearrangementTests {
    @Test("upsampling repeats every pixel", arguments: [[1, 2, 3, 4], [2, 5, 1, 3], [1, 17, 16, 48]])
    func upsampling(_ shape: [Int]) throws {
        var numbers = TestNumbers(13)
        let x = numbers.tensor(shape)
        expectIdentical(try upsampleNearest2x(x), Reference.upsampleNearest2x(x))
    }

    @Test("concatenation keeps every row together", arguments: [[4], [4, 1, 5], [320, 640]])
    func concatenation(_ widths: [Int]) throws {
        var numbers = TestNumbers(14)
        let tensors = widths.map { numbers.tensor([2, 9, 11, $0]) }
        expectIdentical(try concatenateChannels(tensors), Reference.concatenateChannels(tensors))
    }

    @Test("reshaping shares the numbers")
    func reshaping() {
        let x = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
        let flat = x.reshaped([6])
        flat.withUnsafeMutableBuffer { $0[4] = 50 }
        #expect(x.values == [1, 2, 3, 4, 50, 6])
        #expect(Tensor.zeros([3]).values == [0, 0, 0])
    }

    @Test("shapes that do not fit are named")
    func badShapes() throws {
        let x = Tensor.zeros([1, 4, 4, 6])
        #expect(throws: TensorError.self) { try upsampleNearest2x(x.reshaped([16, 6])) }
        #expect(throws: TensorError.self) { try concatenateChannels([]) }
        #expect(throws: TensorError.self) { try concatenateChannels([x, .zeros([1, 4, 3, 6])]) }
        #expect(throws: TensorError.self) { try add(x, .zeros([1, 4, 4, 5])) }
        #expect(throws: TensorError.self) { try add(x, .zeros([2, 6])) }
        #expect(throws: TensorError.self) { try geglu(.zeros([2, 3])) }
        let norm = GroupNorm(groups: 4, scale: .zeros([6]), shift: .zeros([6]), epsilon: 1e-5)
        #expect(throws: TensorError.self) { try norm(x) }
        let threes = GroupNorm(groups: 3, scale: .zeros([6]), shift: .zeros([5]), epsilon: 1e-5)
        #expect(throws: TensorError.self) { try threes(x) }
        #expect(throws: TensorError.self) { try LayerNorm(scale: .zeros([5]), shift: .zeros([5]), epsilon: 1e-5)(x) }
        let tokens = Tensor.zeros([1, 4, 6])
        #expect(throws: TensorError.self) { try attention(query: tokens, key: tokens, value: tokens, heads: 4) }
        #expect(throws: TensorError.self) { try attention(query: tokens, key: .zeros([2, 4, 6]), value: .zeros([2, 4, 6]), heads: 2) }
        #expect(throws: TensorError.self) { try attention(query: tokens, key: tokens, value: .zeros([1, 5, 6]), heads: 2) }
        #expect(throws: TensorError.self) {
            try attention(query: tokens, key: tokens, value: tokens, heads: 2, mask: .additive(.zeros([4, 5])))
        }
    }
}
