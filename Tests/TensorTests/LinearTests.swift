import Testing

@testable import Tensor

@Suite("Linear")
struct LinearTests {
    @Test("agrees with the reference", arguments: [[2, 7, 16, 32], [1, 1, 9, 3], [2, 64, 33, 48], [1, 130, 20, 65], [3, 4, 1, 1]])
    func agreesWithReference(_ size: [Int]) throws {
        var numbers = TestNumbers(3)
        let x = numbers.tensor([size[0], size[1], size[2]])
        let weight = numbers.tensor([size[3], size[2]])
        let bias = numbers.tensor([size[3]])
        let layer = try Linear(weight: weight, bias: bias)
        let expected = Reference.linear(x, weight: weight, bias: bias)
        for activation in Activation.allCases {
            expectClose(try layer(x, activation: activation), Reference.activate(expected, activation), "\(activation)")
        }
        let residual = numbers.tensor(expected.shape)
        expectClose(try layer(x, adding: residual), Reference.add(expected, residual))
        expectClose(try Linear(weight: weight, bias: nil)(x), Reference.linear(x, weight: weight, bias: nil))
    }

    @Test("any rank of input works")
    func ranks() throws {
        var numbers = TestNumbers(4)
        let weight = numbers.tensor([5, 8])
        let layer = try Linear(weight: weight, bias: nil)
        for shape in [[8], [3, 8], [2, 3, 8], [2, 3, 4, 8]] {
            let x = numbers.tensor(shape)
            expectClose(try layer(x), Reference.linear(x, weight: weight, bias: nil))
        }
    }

    @Test("shapes that do not fit are named")
    func badShapes() throws {
        #expect(throws: TensorError.self) { try Linear(weight: .zeros([4]), bias: nil) }
        #expect(throws: TensorError.self) { try Linear(weight: .zeros([4, 3]), bias: .zeros([3])) }
        let layer = try Linear(weight: .zeros([4, 3]), bias: nil)
        #expect(throws: TensorError.self) { try layer(.zeros([2, 4])) }
        #expect(throws: TensorError.self) { try layer(.zeros([2, 3]), adding: .zeros([2, 3])) }
    }
}
