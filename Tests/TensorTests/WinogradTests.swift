import Testing

@testable import Tensor

extension KernelTests {
    @Test("the direct and Winograd's methods agree where they apply", arguments: [Activation.none, .silu], WinogradMethod.allCases)
    func methodsAgree(_ activation: Activation, _ method: WinogradMethod) throws {
        var numbers = TestNumbers(16)
        let (channels, side) = (320, 22)
        let shape = ConvolutionShape(
            inputChannels: channels, outputChannels: channels, kernelHeight: 3, kernelWidth: 3, stride: 1, padding: .all(1))
        let extent = ConvolutionExtent(batch: 2, height: side, width: side, outputHeight: side, outputWidth: side)
        let weight = numbers.tensor([channels, channels, 3, 3], scale: 0.02)
        let bias = numbers.tensor([channels])
        let weights = PackedWeights(WeightSource(weight), layout: try .rowMajor(weight.shape, for: "test"), name: "test")
        let x = numbers.tensor([2, side, side, channels])
        let residual = numbers.tensor(x.shape)
        let direct = ConvolutionCall(
            x: x, output: Tensor(shape: x.shape), bias: bias, residual: residual, activation: activation)
        try DirectConvolution(shape: shape, weights: weights, hasBias: true, name: "test").run(direct, extent: extent)
        // Made second, so that it has to take the weights back from the layout that the direct method chose.
        let winograd = try WinogradConvolution(shape: shape, method: method, weights: weights, name: "test")
        try onEveryInstructionSet { isa in
            let call = ConvolutionCall(
                x: x, output: Tensor(shape: x.shape), bias: bias, residual: residual, activation: activation)
            try winograd.run(call, extent: extent)
            expectClose(call.output, direct.output, "isa \(isa)")
        }
    }

    @Test("F(2x2) in bfloat16 is about as near as the direct method in bfloat16", .enabled(if: Precision.bfloat16.isNative))
    func bfloat16Winograd() throws {
        var numbers = TestNumbers(17)
        let (channels, side) = (320, 32)
        let weight = numbers.tensor([channels, channels, 3, 3], scale: 0.02)
        let bias = numbers.tensor([channels])
        let x = numbers.tensor([1, side, side, channels])
        let exact = try Convolution2D(weight: weight, bias: bias, padding: .all(1))(x)
        let shape = ConvolutionShape(
            inputChannels: channels, outputChannels: channels, kernelHeight: 3, kernelWidth: 3, stride: 1, padding: .all(1))
        let extent = ConvolutionExtent(batch: 1, height: side, width: side, outputHeight: side, outputWidth: side)
        #expect(WinogradMethod.fastest(for: shape, at: extent, precision: .bfloat16) == .two)
        let half = weight.converted(to: .bfloat16)
        let weights = PackedWeights(
            WeightSource(half), layout: try .rowMajor(weight.shape, precision: .bfloat16, for: "test"), name: "test")
        func error(_ run: (ConvolutionCall) throws -> Void) throws -> Float {
            let call = ConvolutionCall(
                x: x.converted(to: .bfloat16), output: Tensor(shape: exact.shape), bias: bias, residual: nil, activation: .none)
            try run(call)
            let squares = zip(call.output.values, exact.values).map { ($0 - $1) * ($0 - $1) }
            return (squares.reduce(0, +) / exact.values.reduce(0) { $0 + $1 * $1 }).squareRoot()
        }
        let direct = try error {
            try DirectConvolution(shape: shape, weights: weights, hasBias: true, name: "test").run($0, extent: extent)
        }
        let winograd = try error {
            try WinogradConvolution(shape: shape, method: .two, weights: weights, name: "test").run($0, extent: extent)
        }
        // Both round operands to 8 bits; the transforms sum four of them first.
        #expect(winograd < 2.5 * direct && direct > 1e-4, "\(winograd) against \(direct)")
    }

    @Test("transformed weights are given back first, and made again")
    func release() throws {
        var numbers = TestNumbers(18)
        let weight = numbers.tensor([32, 32, 3, 3], scale: 0.1)
        let residence = WeightResidence()
        let source = WeightSource(shape: weight.shape, precision: .float32, name: nil, residence: residence) { weight }
        let layer = try Convolution2D(weights: source, bias: nil, padding: .all(1))
        let x = numbers.tensor([1, 32, 32, 32])
        let expected = try layer(x)
        #expect(residence.residentBytes == 36 * 32 * 32 * 4)
        residence.release(.cheap)
        #expect(residence.residentBytes == 0)
        #expect(try layer(x).values == expected.values)
    }

    @Test("which method where: small and narrow convolutions stay direct")
    func choice() {
        func method(
            _ channels: Int, side: Int, batch: Int = 1, stride: Int = 1, kernel: Int = 3, _ precision: Precision = .float32
        ) -> WinogradMethod? {
            let shape = ConvolutionShape(
                inputChannels: channels, outputChannels: channels, kernelHeight: kernel, kernelWidth: kernel, stride: stride,
                padding: .all(1))
            let extent = ConvolutionExtent(batch: batch, height: side, width: side, outputHeight: side, outputWidth: side)
            return .fastest(for: shape, at: extent, precision: precision)
        }
        #expect(method(96, side: 32) == .four && method(192, side: 16) == .four && method(640, side: 32) == .four)
        #expect(method(1280, side: 32) == .two, "too many weights for 36 planes")
        #expect(method(640, side: 32, .bfloat16) == .two && method(128, side: 512, .bfloat16) == .two)
        #expect(method(96, side: 8, batch: 2) == nil, "too few tiles")
        #expect(method(9, side: 32) == nil && method(96, side: 32, stride: 2) == nil && method(96, side: 32, kernel: 1) == nil)
    }
}
