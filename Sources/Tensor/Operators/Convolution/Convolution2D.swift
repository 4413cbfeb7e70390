/// A two-dimensional convolution (cross-correlation, as in every deep-learning framework).
///
/// Large 3x3 convolutions with stride 1 run by Winograd's method, all others directly; see ``WinogradConvolution/pays(for:at:)``.
public final class Convolution2D {
    /// Channels of the input.
    public var inputChannels: Int { shape.inputChannels }
    /// Channels of the output.
    public var outputChannels: Int { shape.outputChannels }

    private static let name = "Convolution2D"

    private let shape: ConvolutionShape
    private let bias: Tensor?
    private let weights: PackedWeights
    private let direct: DirectConvolution
    private var winograd: WinogradConvolution?

    /// - Parameters:
    ///   - weight: `[out, in, kernel height, kernel width]`, as PyTorch stores it.
    ///   - bias: `[out]`.
    ///   - stride: pixels from one output to the next, in both directions.
    ///   - padding: zeros around the input.
    /// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)`` when `weight` and `bias` do not fit.
    public init(weight: Tensor, bias: Tensor?, stride: Int = 1, padding: Padding2D) throws {
        let shapes = [weight.shape] + (bias.map { [$0.shape] } ?? [])
        guard weight.shape.count == 4, weight.shape.allSatisfy({ $0 > 0 }), stride > 0,
            padding.top >= 0, padding.left >= 0, padding.bottom >= 0, padding.right >= 0
        else {
            throw TensorError.shapeMismatch(
                operator: Self.name, shapes: shapes, expected: "a weight [out, in, height, width], a positive stride, no negative padding")
        }
        shape = ConvolutionShape(
            inputChannels: weight.shape[1], outputChannels: weight.shape[0], kernelHeight: weight.shape[2],
            kernelWidth: weight.shape[3], stride: stride, padding: padding)
        if let bias, bias.shape != [weight.shape[0]] {
            throw TensorError.shapeMismatch(operator: Self.name, shapes: shapes, expected: "a bias [\(weight.shape[0])]")
        }
        self.bias = bias
        weights = PackedWeights(weight, layout: try .rowMajor(weight.shape, for: Self.name), name: Self.name)
        direct = DirectConvolution(shape: shape, weights: weights, bias: bias, name: Self.name)
    }

    /// The activation of the convolution plus bias plus residual.
    ///
    /// - Parameters:
    ///   - x: `[batch, height, width, in]`.
    ///   - residual: added before the activation; shaped like the result.
    /// - Returns: `[batch, height', width', out]`.
    /// - Throws: ``TensorError`` when the shapes do not fit.
    public func callAsFunction(_ x: Tensor, adding residual: Tensor? = nil, activation: Activation = .none) throws -> Tensor {
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
        let extent = ConvolutionExtent(
            batch: x.shape[0], height: x.shape[1], width: x.shape[2], outputHeight: size.height, outputWidth: size.width)
        let output = Tensor(shape: outputShape)
        let call = ConvolutionCall(x: x, output: output, residual: residual, activation: activation)
        if WinogradConvolution.pays(for: shape, at: extent) {
            let method = try winograd ?? WinogradConvolution(shape: shape, weights: weights, bias: bias, name: Self.name)
            winograd = method
            try method.run(call, extent: extent)
        } else {
            try direct.run(call, extent: extent)
        }
        return output
    }
}
