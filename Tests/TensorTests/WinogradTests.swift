import Testing

@testable import Tensor

extension KernelTests {
    @Test("the direct and Winograd's method agree where both apply", arguments: [Activation.none, .silu])
    func methodsAgree(_ activation: Activation) throws {
        var numbers = TestNumbers(16)
        let (channels, side) = (320, 22)
        let shape = ConvolutionShape(
            inputChannels: channels, outputChannels: channels, kernelHeight: 3, kernelWidth: 3, stride: 1, padding: .all(1))
        let extent = ConvolutionExtent(batch: 2, height: side, width: side, outputHeight: side, outputWidth: side)
        let weight = numbers.tensor([channels, channels, 3, 3], scale: 0.02)
        let bias = numbers.tensor([channels])
        let weights = PackedWeights(weight, layout: try .rowMajor(weight.shape, for: "test"), name: "test")
        let x = numbers.tensor([2, side, side, channels])
        let residual = numbers.tensor(x.shape)
        let direct = ConvolutionCall(
            x: x, output: Tensor(shape: x.shape), bias: bias, residual: residual, activation: activation)
        try DirectConvolution(shape: shape, weights: weights, hasBias: true, name: "test").run(direct, extent: extent)
        #expect(WinogradConvolution.pays(for: shape, at: extent))
        // Made second, so that it has to take the weights back from the layout that the direct method chose.
        let winograd = try WinogradConvolution(shape: shape, weights: weights, name: "test")
        try onEveryInstructionSet { isa in
            let call = ConvolutionCall(
                x: x, output: Tensor(shape: x.shape), bias: bias, residual: residual, activation: activation)
            try winograd.run(call, extent: extent)
            expectClose(call.output, direct.output, "isa \(isa)")
        }
    }

    @Test("small and narrow convolutions stay direct")
    func choice() {
        func pays(_ channels: Int, side: Int, batch: Int = 1, stride: Int = 1, kernel: Int = 3) -> Bool {
            let shape = ConvolutionShape(
                inputChannels: channels, outputChannels: channels, kernelHeight: kernel, kernelWidth: kernel, stride: stride,
                padding: .all(1))
            let extent = ConvolutionExtent(batch: batch, height: side, width: side, outputHeight: side, outputWidth: side)
            return WinogradConvolution.pays(for: shape, at: extent)
        }
        #expect(pays(96, side: 32) && pays(192, side: 16) && pays(640, side: 32))
        #expect(!pays(96, side: 8, batch: 2), "too few tiles")
        #expect(!pays(1280, side: 32), "too many weights")
        #expect(!pays(9, side: 32) && !pays(96, side: 32, stride: 2) && !pays(96, side: 32, kernel: 1))
    }
}
