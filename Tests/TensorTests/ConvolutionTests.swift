import Testing

@testable import Tensor

@Suite("Convolution2D")
struct ConvolutionTests {
    struct Shape: CustomTestStringConvertible {
        let batch, height, width, input, output, kernel, stride: Int
        let padding: Padding2D
        var testDescription: String {
            "\(batch)x\(height)x\(width)x\(input) -> \(output), \(kernel)x\(kernel) stride \(stride) padding \(padding)"
        }
    }

    static let shapes = [
        Shape(batch: 1, height: 8, width: 8, input: 16, output: 32, kernel: 3, stride: 1, padding: .all(1)),
        Shape(batch: 2, height: 7, width: 5, input: 3, output: 9, kernel: 3, stride: 1, padding: .all(1)),
        Shape(batch: 1, height: 9, width: 11, input: 9, output: 4, kernel: 3, stride: 1, padding: .all(1)),
        Shape(batch: 2, height: 6, width: 10, input: 48, output: 33, kernel: 3, stride: 1, padding: .all(1)),
        Shape(batch: 1, height: 16, width: 12, input: 20, output: 24, kernel: 3, stride: 2, padding: .all(1)),
        Shape(
            batch: 1, height: 9, width: 8, input: 8, output: 8, kernel: 3, stride: 2,
            padding: Padding2D(top: 0, left: 0, bottom: 1, right: 1)),
        Shape(batch: 2, height: 5, width: 6, input: 4, output: 8, kernel: 1, stride: 1, padding: .all(0)),
        Shape(batch: 1, height: 1, width: 1, input: 5, output: 7, kernel: 3, stride: 1, padding: .all(1)),
        Shape(batch: 1, height: 16, width: 16, input: 16, output: 32, kernel: 3, stride: 1, padding: .all(1)),
        Shape(batch: 2, height: 13, width: 11, input: 48, output: 16, kernel: 3, stride: 1, padding: .all(1)),
        Shape(batch: 1, height: 21, width: 35, input: 32, output: 48, kernel: 3, stride: 1, padding: .all(0)),
        Shape(
            batch: 3, height: 10, width: 12, input: 16, output: 16, kernel: 3, stride: 1,
            padding: Padding2D(top: 2, left: 0, bottom: 1, right: 3)),
        Shape(batch: 1, height: 4, width: 3, input: 32, output: 64, kernel: 5, stride: 1, padding: .all(2)),
    ]

    @Test("agrees with the reference", arguments: shapes)
    func agreesWithReference(_ shape: Shape) throws {
        var numbers = TestNumbers(1)
        let x = numbers.tensor([shape.batch, shape.height, shape.width, shape.input])
        let weight = numbers.tensor([shape.output, shape.input, shape.kernel, shape.kernel])
        let bias = numbers.tensor([shape.output])
        let layer = try Convolution2D(weight: weight, bias: bias, stride: shape.stride, padding: shape.padding)
        let expected = Reference.convolution(x, weight: weight, bias: bias, stride: shape.stride, padding: shape.padding)
        expectClose(try layer(x), expected)
        for activation in Activation.allCases {
            expectClose(try layer(x, activation: activation), Reference.activate(expected, activation), "\(activation)")
        }
        let residual = numbers.tensor(expected.shape)
        expectClose(try layer(x, adding: residual), Reference.add(expected, residual))
        expectClose(
            try layer(x, adding: residual, activation: .silu), Reference.activate(Reference.add(expected, residual), .silu))

        let plain = try Convolution2D(weight: weight, bias: nil, stride: shape.stride, padding: shape.padding)
        expectClose(
            try plain(x), Reference.convolution(x, weight: weight, bias: nil, stride: shape.stride, padding: shape.padding))
    }

    @Test("taps can lie apart", arguments: [2, 4, 8])
    func dilated(_ dilation: Int) throws {
        var numbers = TestNumbers(3)
        let x = numbers.tensor([1, 20, 13, 16])
        let weight = numbers.tensor([32, 16, 3, 3])
        let bias = numbers.tensor([32])
        let layer = try Convolution2D(weight: weight, bias: bias, dilation: dilation, padding: .all(dilation))
        let expected = Reference.convolution(x, weight: weight, bias: bias, stride: 1, dilation: dilation, padding: .all(dilation))
        #expect(expected.shape == [1, 20, 13, 32])
        expectClose(try layer(x, activation: .relu), Reference.activate(expected, .relu))
    }

    @Test("one layer serves several sizes and stays right")
    func severalSizes() throws {
        var numbers = TestNumbers(2)
        let weight = numbers.tensor([32, 9, 3, 3])
        let layer = try Convolution2D(weight: weight, bias: nil, padding: .all(1))
        for (height, width) in [(4, 4), (32, 32), (5, 3), (64, 1), (4, 4)] {
            let x = numbers.tensor([1, height, width, 9])
            expectClose(try layer(x), Reference.convolution(x, weight: weight, bias: nil, stride: 1, padding: .all(1)))
        }
    }

    @Test("shapes that do not fit are named")
    func badShapes() throws {
        #expect(throws: TensorError.self) { try Convolution2D(weight: .zeros([4, 3, 3]), bias: nil, padding: .all(1)) }
        #expect(throws: TensorError.self) { try Convolution2D(weight: .zeros([4, 3, 3, 3]), bias: .zeros([3]), padding: .all(1)) }
        #expect(throws: TensorError.self) {
            try Convolution2D(weight: .zeros([4, 3, 3, 3]), bias: nil, padding: Padding2D(top: -1, left: 0, bottom: 0, right: 0))
        }
        let layer = try Convolution2D(weight: .zeros([4, 3, 3, 3]), bias: nil, padding: .all(0))
        #expect(throws: TensorError.self) { try layer(.zeros([1, 8, 8, 4])) }
        #expect(throws: TensorError.self) { try layer(.zeros([8, 8, 3])) }
        #expect(throws: TensorError.self) { try layer(.zeros([1, 2, 2, 3])) }
        #expect(throws: TensorError.self) { try layer(.zeros([1, 8, 8, 3]), adding: .zeros([1, 8, 8, 4])) }
        let error = #expect(throws: TensorError.self) { try layer(.zeros([1, 8, 8, 5])) }
        let message = error?.description ?? ""
        #expect(message.contains("Convolution2D") && message.contains("[1, 8, 8, 5]"))
    }
}
