import COneDNN

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

/// A two-dimensional convolution (cross-correlation, as in every deep-learning framework).
public final class Convolution2D {
    /// Channels of the input.
    public let inputChannels: Int
    /// Channels of the output.
    public let outputChannels: Int

    private struct Key: Hashable {
        let batch, height, width: Int
        let hasResidual: Bool
        let activation: Activation
    }

    private struct Compiled {
        let primitive: Primitive
        let weights: UnsafeMutableRawPointer
    }

    private let kernelHeight, kernelWidth, stride: Int
    private let padding: Padding2D
    private let bias: Tensor?
    private let weights: PackedWeights
    private var compiled: [Key: Compiled] = [:]

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
        outputChannels = weight.shape[0]
        inputChannels = weight.shape[1]
        kernelHeight = weight.shape[2]
        kernelWidth = weight.shape[3]
        if let bias, bias.shape != [outputChannels] {
            throw TensorError.shapeMismatch(operator: Self.name, shapes: shapes, expected: "a bias [\(outputChannels)]")
        }
        self.stride = stride
        self.padding = padding
        self.bias = bias
        weights = PackedWeights(weight, layout: try .rowMajor(weight.shape, for: Self.name), name: Self.name)
    }

    private static let name = "Convolution2D"

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
        let (batch, height, width) = (x.shape[0], x.shape[1], x.shape[2])
        let paddedHeight = height + padding.top + padding.bottom
        let paddedWidth = width + padding.left + padding.right
        guard paddedHeight >= kernelHeight, paddedWidth >= kernelWidth else {
            throw TensorError.shapeMismatch(
                operator: Self.name, shapes: [x.shape], expected: "at least \(kernelHeight)x\(kernelWidth) pixels after padding")
        }
        let outputHeight = (paddedHeight - kernelHeight) / stride + 1
        let outputWidth = (paddedWidth - kernelWidth) / stride + 1
        let outputShape = [batch, outputHeight, outputWidth, outputChannels]

        if let residual, residual.shape != outputShape {
            throw TensorError.shapeMismatch(
                operator: Self.name, shapes: [x.shape, residual.shape], expected: "a residual \(outputShape)")
        }
        let key = Key(batch: batch, height: height, width: width, hasResidual: residual != nil, activation: activation)
        let operation = try compiled[key] ?? compile(key, outputHeight: outputHeight, outputWidth: outputWidth)
        compiled[key] = operation

        let output = Tensor(shape: outputShape)
        var addresses = [UnsafeMutableRawPointer(x.pointer), operation.weights, UnsafeMutableRawPointer(output.pointer)]
        if let bias { addresses.append(UnsafeMutableRawPointer(bias.pointer)) }
        if let residual { addresses.append(UnsafeMutableRawPointer(residual.pointer)) }
        try withExtendedLifetime((x, residual)) { try operation.primitive.run(addresses) }
        return output
    }

    private func compile(_ key: Key, outputHeight: Int, outputWidth: Int) throws -> Compiled {
        let name = Self.name
        let source = try DataLayout.channelsLast(
            batch: key.batch, height: key.height, width: key.width, channels: inputChannels, for: name)
        let destination = try DataLayout.channelsLast(
            batch: key.batch, height: outputHeight, width: outputWidth, channels: outputChannels, for: name)
        let anyWeights = try DataLayout.any([outputChannels, inputChannels, kernelHeight, kernelWidth], for: name)
        let biasLayout = try bias.map { try DataLayout.rowMajor($0.shape, for: name) }
        let attributes = try PrimitiveAttributes(
            additions: key.hasResidual ? [destination] : [], activation: key.activation, for: name)

        var description: dnnl_primitive_desc_t?
        try check(
            onednn_convolution(
                &description, OneDNNEngine.shared.handle, attributes.handle,
                source.handle, anyWeights.handle, biasLayout?.handle, destination.handle,
                [Int64(stride), Int64(stride)], [Int64(padding.top), Int64(padding.left)],
                [Int64(padding.bottom), Int64(padding.right)]),
            name)
        defer { dnnl_primitive_desc_destroy(description) }
        let weightsLayout = try DataLayout.chosen(by: description, dnnl_query_weights_md, for: name)
        var arguments: [Primitive.Argument] = [
            .init(identifier: DNNL_ARG_SRC, layout: source), .init(identifier: DNNL_ARG_WEIGHTS, layout: weightsLayout),
            .init(identifier: DNNL_ARG_DST, layout: destination),
        ]
        if let biasLayout { arguments.append(.init(identifier: DNNL_ARG_BIAS, layout: biasLayout)) }
        for identifier in attributes.additionArguments {
            arguments.append(.init(identifier: identifier, layout: destination))
        }
        return Compiled(
            primitive: try Primitive(name: name, description: description, arguments: arguments),
            weights: try weights.address(in: weightsLayout))
    }
}
