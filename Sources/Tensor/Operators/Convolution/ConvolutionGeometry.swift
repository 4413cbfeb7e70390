/// Zeros around a picture, in pixels.
public struct Padding2D: Sendable, Hashable {
    public var top, left, bottom, right: Int

    public init(top: Int, left: Int, bottom: Int, right: Int) {
        self.top = top
        self.left = left
        self.bottom = bottom
        self.right = right
    }

    /// The same on every side.
    public static func all(_ n: Int) -> Padding2D {
        Padding2D(top: n, left: n, bottom: n, right: n)
    }
}

/// What a convolution is, apart from its numbers.
struct ConvolutionShape {
    let inputChannels, outputChannels, kernelHeight, kernelWidth, stride: Int
    let padding: Padding2D
    /// Pixels from one tap of the kernel to the next.
    var dilation = 1

    /// Pixels of the result for an input of the given size, or nil when the kernel does not fit into it.
    func outputSize(height: Int, width: Int) -> (height: Int, width: Int)? {
        let paddedHeight = height + padding.top + padding.bottom
        let paddedWidth = width + padding.left + padding.right
        let reachHeight = (kernelHeight - 1) * dilation + 1
        let reachWidth = (kernelWidth - 1) * dilation + 1
        guard paddedHeight >= reachHeight, paddedWidth >= reachWidth else { return nil }
        return ((paddedHeight - reachHeight) / stride + 1, (paddedWidth - reachWidth) / stride + 1)
    }
}

/// The sizes of one call of a convolution.
struct ConvolutionExtent: Hashable {
    let batch, height, width, outputHeight, outputWidth: Int
}

/// The arrays of one call of a convolution: act(conv(x) + bias + residual) goes to `output`.
struct ConvolutionCall {
    let x, output: Tensor
    /// `[out]`
    let bias: Tensor?
    /// Shaped like `output` and in its precision.
    let residual: Tensor?
    let activation: Activation
}
