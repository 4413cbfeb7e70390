/// A two-dimensional convolution (cross-correlation, as in every deep-learning framework).
///
/// Large 3x3 convolutions with stride 1 run by Winograd's method, all others directly; see ``WinogradConvolution/pays(for:at:)``.
public final class Convolution2D {
    /// Channels of the input.
    public var inputChannels: Int { shape.inputChannels }
    /// Channels of the output.
    public var outputChannels: Int { shape.outputChannels }

    /// What operands are converted to before they are multiplied; Winograd's F(4x4) keeps to float32.
    public var precision: Precision { weights.precision }

    private static let name = "Convolution2D"

    private let shape: ConvolutionShape
    private let bias: Tensor?
    private let weights: PackedWeights
    private let direct: DirectConvolution
    private var winograd: [WinogradMethod: WinogradConvolution] = [:]

    /// - Parameters:
    ///   - weight: `[out, in, kernel height, kernel width]`, as PyTorch stores it; its precision becomes the layer's.
    ///   - bias: `[out]`.
    ///   - stride: pixels from one output to the next, in both directions.
    ///   - dilation: pixels from one tap of the kernel to the next, in both directions.
    ///   - padding: zeros around the input.
    /// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)`` when `weight` and `bias` do not fit.
    public convenience init(weight: Tensor, bias: Tensor?, stride: Int = 1, dilation: Int = 1, padding: Padding2D) throws {
        try self.init(weights: WeightSource(weight), bias: bias, stride: stride, dilation: dilation, padding: padding)
    }

    /// - Parameters:
    ///   - source: `[out, in, kernel height, kernel width]`, as PyTorch stores it; its precision becomes the layer's.
    ///   - bias: `[out]`.
    ///   - stride: pixels from one output to the next, in both directions.
    ///   - dilation: pixels from one tap of the kernel to the next, in both directions.
    ///   - padding: zeros around the input.
    /// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)`` when weights and `bias` do not fit.
    public init(weights source: WeightSource, bias: Tensor?, stride: Int = 1, dilation: Int = 1, padding: Padding2D) throws {
        let sizes = source.shape
        let shapes = [sizes] + (bias.map { [$0.shape] } ?? [])
        guard sizes.count == 4, sizes.allSatisfy({ $0 > 0 }), stride > 0, dilation > 0,
            padding.top >= 0, padding.left >= 0, padding.bottom >= 0, padding.right >= 0
        else {
            throw TensorError.shapeMismatch(
                operator: Self.name, shapes: shapes,
                expected: "a weight [out, in, height, width], a positive stride and dilation, no negative padding")
        }
        shape = ConvolutionShape(
            inputChannels: sizes[1], outputChannels: sizes[0], kernelHeight: sizes[2], kernelWidth: sizes[3], stride: stride,
            padding: padding, dilation: dilation)
        if let bias, bias.shape != [sizes[0]] {
            throw TensorError.shapeMismatch(operator: Self.name, shapes: shapes, expected: "a bias [\(sizes[0])]")
        }
        self.bias = bias
        weights = PackedWeights(source, layout: try .rowMajor(sizes, precision: source.precision, for: Self.name), name: Self.name)
        direct = DirectConvolution(shape: shape, weights: weights, hasBias: bias != nil, name: Self.name)
    }

    /// The activation of the convolution plus bias plus residual.
    ///
    /// - Parameters:
    ///   - x: `[batch, height, width, in]`.
    ///   - residual: added before the activation; shaped like the result.
    ///   - shift: `[1, out]`, added at every pixel before the activation; only for a convolution with a bias.
    ///   - result: how the result is stored; like the residual, or without one like the weights, unless said otherwise.
    /// - Returns: `[batch, height', width', out]`.
    /// - Throws: ``TensorError`` when the shapes do not fit.
    public func callAsFunction(
        _ x: Tensor, adding residual: Tensor? = nil, shiftedBy shift: Tensor? = nil, activation: Activation = .none,
        as result: Precision? = nil
    ) throws -> Tensor {
        guard x.shape.count == 4, x.shape[3] == inputChannels, x.count > 0 else {
            throw TensorError.shapeMismatch(
                operator: Self.name, shapes: [x.shape], expected: "an input [batch, height, width, \(inputChannels)]")
        }
        guard let size = shape.outputSize(height: x.shape[1], width: x.shape[2]) else {
            throw TensorError.shapeMismatch(
                operator: Self.name, shapes: [x.shape],
                expected: "at least \(shape.kernelHeight)x\(shape.kernelWidth) pixels after padding")
        }
        let outputShape = [x.shape[0], size.height, size.width, outputChannels]
        if let residual, residual.shape != outputShape {
            throw TensorError.shapeMismatch(
                operator: Self.name, shapes: [x.shape, residual.shape], expected: "a residual \(outputShape)")
        }
        let precision = result ?? residual?.precision ?? self.precision
        if let residual, residual.precision != precision {
            throw TensorError.precisionMismatch(operator: Self.name, precisions: [residual.precision, precision])
        }
        let extent = ConvolutionExtent(
            batch: x.shape[0], height: x.shape[1], width: x.shape[2], outputHeight: size.height, outputWidth: size.width)
        let output = Tensor(shape: outputShape, precision: precision)
        let call = ConvolutionCall(x: x, output: output, bias: try bias(shiftedBy: shift), residual: residual, activation: activation)
        let operations = 2 * output.count * inputChannels * shape.kernelHeight * shape.kernelWidth
        if keepsExpandedWeights, let method = WinogradMethod.fastest(for: shape, at: extent, precision: weights.precision) {
            let operation = try winograd[method] ?? WinogradConvolution(shape: shape, method: method, weights: weights, name: Self.name)
            winograd[method] = operation
            try OperatorClock.shared.measure(.winograd, operations: operations) { try operation.run(call, extent: extent) }
        } else {
            try OperatorClock.shared.measure(.convolution, operations: operations) { try direct.run(call, extent: extent) }
        }
        return output
    }

    /// Weights that are packed at every call are not transformed at every call as well.
    private var keepsExpandedWeights: Bool { !weights.residence.isStreamed || weights.residence.archive != nil }

    private func bias(shiftedBy shift: Tensor?) throws -> Tensor? {
        guard let shift else { return bias }
        guard let bias, shift.shape == [1, outputChannels] else {
            throw TensorError.shapeMismatch(
                operator: Self.name, shapes: [shift.shape], expected: "a shift [1, \(outputChannels)] of a convolution with a bias")
        }
        return try add(bias, shift.reshaped(bias.shape))
    }
}
