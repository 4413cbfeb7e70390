import COneDNN
import Kernels

/// A convolution by oneDNN's own primitive, channels last.
final class DirectConvolution {
    private struct Key: Hashable {
        let extent: ConvolutionExtent
        let hasResidual: Bool
        let activation: Activation
    }

    private struct Compiled {
        let primitive: Primitive
        let weights: UnsafeMutableRawPointer
    }

    private let name: String
    private let shape: ConvolutionShape
    private let bias: Tensor?
    private let weights: PackedWeights
    private var compiled: [Key: Compiled] = [:]

    init(shape: ConvolutionShape, weights: PackedWeights, bias: Tensor?, name: String) {
        self.name = name
        self.shape = shape
        self.weights = weights
        self.bias = bias
    }

    /// Runs on arrays whose shapes have been checked.
    func run(_ call: ConvolutionCall, extent: ConvolutionExtent) throws {
        let key = Key(extent: extent, hasResidual: call.residual != nil, activation: call.activation)
        let operation = try compiled[key] ?? compile(key)
        compiled[key] = operation

        var addresses = [UnsafeMutableRawPointer(call.x.pointer), operation.weights, UnsafeMutableRawPointer(call.output.pointer)]
        if let bias { addresses.append(UnsafeMutableRawPointer(bias.pointer)) }
        try withExtendedLifetime(call) {
            if let residual = call.residual {
                let channels = shape.outputChannels
                kernels_copy_columns(residual.pointer, call.output.pointer, residual.count / channels, channels, channels)
            }
            try operation.primitive.run(addresses)
        }
    }

    private func compile(_ key: Key) throws -> Compiled {
        let extent = key.extent
        let source = try DataLayout.channelsLast(
            batch: extent.batch, height: extent.height, width: extent.width, channels: shape.inputChannels, for: name)
        let destination = try DataLayout.channelsLast(
            batch: extent.batch, height: extent.outputHeight, width: extent.outputWidth, channels: shape.outputChannels, for: name)
        let anyWeights = try DataLayout.any(
            [shape.outputChannels, shape.inputChannels, shape.kernelHeight, shape.kernelWidth], for: name)
        let biasLayout = try bias.map { try DataLayout.rowMajor($0.shape, for: name) }
        // The residual lies in the destination already. oneDNN 2.6 could read it from its own array, but does so wrongly in the
        // convolution that processors without AVX2 get.
        let attributes = try PrimitiveAttributes(accumulates: key.hasResidual, activation: key.activation, for: name)

        let padding = shape.padding
        var description: dnnl_primitive_desc_t?
        try check(
            onednn_convolution(
                &description, OneDNNEngine.shared.handle, attributes.handle,
                source.handle, anyWeights.handle, biasLayout?.handle, destination.handle,
                [Int64(shape.stride), Int64(shape.stride)], [Int64(padding.top), Int64(padding.left)],
                [Int64(padding.bottom), Int64(padding.right)]),
            name)
        defer { dnnl_primitive_desc_destroy(description) }
        let weightsLayout = try DataLayout.chosen(by: description, dnnl_query_weights_md, for: name)
        var arguments: [Primitive.Argument] = [
            .init(identifier: DNNL_ARG_SRC, layout: source), .init(identifier: DNNL_ARG_WEIGHTS, layout: weightsLayout),
            .init(identifier: DNNL_ARG_DST, layout: destination),
        ]
        if let biasLayout { arguments.append(.init(identifier: DNNL_ARG_BIAS, layout: biasLayout)) }
        return Compiled(
            primitive: try Primitive(name: name, description: description, arguments: arguments),
            weights: try weights.address(in: weightsLayout))
    }
}
