/// The fastest products that oneDNN reaches on this machine at this moment: the limit to compare a model with.
public enum MachinePeak {
    /// Multiplications and additions per second of the better of a matrix product and a direct convolution, both large, the best of
    /// some repetitions.
    ///
    /// - Throws: ``TensorError``.
    public static func measure(_ precision: Precision) throws -> Double {
        max(try matrixProduct(precision), try convolution(precision))
    }

    private static let repetitions = 8

    private static func matrixProduct(_ precision: Precision) throws -> Double {
        let (rows, channels) = (2048, 1024)
        let layer = try Linear(weight: constant([channels, channels], precision), bias: nil)
        let x = constant([rows, channels], precision)
        return 2 * Double(rows * channels * channels) / (try fastest { _ = try layer(x) })
    }

    private static func convolution(_ precision: Precision) throws -> Double {
        let (side, channels) = (64, 320)
        let name = "MachinePeak"
        let shape = ConvolutionShape(
            inputChannels: channels, outputChannels: channels, kernelHeight: 3, kernelWidth: 3, stride: 1, padding: .all(1))
        let weight = constant([channels, channels, 3, 3], precision)
        let packed = PackedWeights(WeightSource(weight), layout: try .rowMajor(weight.shape, precision: precision, for: name), name: name)
        let layer = DirectConvolution(shape: shape, weights: packed, hasBias: false, name: name)
        let extent = ConvolutionExtent(batch: 1, height: side, width: side, outputHeight: side, outputWidth: side)
        let x = constant([1, side, side, channels], precision)
        let call = ConvolutionCall(
            x: x, output: Tensor(shape: x.shape, precision: precision), bias: nil, residual: nil, activation: .none)
        return 18 * Double(side * side * channels * channels) / (try fastest { try layer.run(call, extent: extent) })
    }

    private static func constant(_ shape: [Int], _ precision: Precision) -> Tensor {
        Tensor([Float](repeating: 0.5, count: shape.reduce(1, *)), shape: shape).converted(to: precision)
    }

    private static func fastest(_ body: () throws -> Void) rethrows -> Double {
        try body()
        let clock = ContinuousClock()
        return try (0..<repetitions).map { _ in try clock.measure(body) / .seconds(1) }.min() ?? .infinity
    }
}
