import COneDNN
import Kernels

/// A convolution by oneDNN's own primitive, channels last.
final class DirectConvolution {
    private struct Key: Hashable {
        let extent: ConvolutionExtent
        let hasResidual: Bool
        let activation: Activation
        let result: Precision
    }

    private struct Compiled {
        let primitive: Primitive
        let weightsLayout: DataLayout
    }

    private let name: String
    private let shape: ConvolutionShape
    private let hasBias: Bool
    private let weights: PackedWeights
    private var compiled: [Key: Compiled] = [:]

    init(shape: ConvolutionShape, weights: PackedWeights, hasBias: Bool, name: String) {
        self.name = name
        self.shape = shape
        self.weights = weights
        self.hasBias = hasBias
    }

    /// Runs on arrays whose shapes have been checked.
    func run(_ call: ConvolutionCall, extent: ConvolutionExtent) throws {
        let key = Key(
            extent: extent, hasResidual: call.residual != nil, activation: call.activation, result: call.output.precision)
        let operation = try compiled[key] ?? compile(key)
        compiled[key] = operation

        let input = call.x.converted(to: weights.precision)
        let packed = try weights.copy(in: operation.weightsLayout)
        var addresses = [input.address, packed.address, call.output.address]
        if let bias = call.bias { addresses.append(bias.address) }
        try withExtendedLifetime((call, input, packed)) {
            if let residual = call.residual {
                let rowBytes = shape.outputChannels * residual.precision.byteCount
                kernels_copy_rows(residual.address, call.output.address, residual.count / shape.outputChannels, rowBytes, rowBytes)
            }
            try operation.primitive.run(addresses)
        }
    }

    private func compile(_ key: Key) throws -> Compiled {
        let extent = key.extent
        let source = try DataLayout.channelsLast(
            batch: extent.batch, height: extent.height, width: extent.width, channels: shape.inputChannels,
            precision: weights.precision, for: name)
        let destination = try DataLayout.channelsLast(
            batch: extent.batch, height: extent.outputHeight, width: extent.outputWidth, channels: shape.outputChannels,
            precision: key.result, for: name)
        let anyWeights = try DataLayout.any(
            [shape.outputChannels, shape.inputChannels, shape.kernelHeight, shape.kernelWidth], precision: weights.precision, for: name)
        let biasLayout = hasBias ? try DataLayout.rowMajor([shape.outputChannels], for: name) : nil
        // The residual lies in the destination already. oneDNN 2.6 could read it from its own array, but does so wrongly in the
        // convolution that processors without AVX2 get.
        let attributes = try PrimitiveAttributes(accumulates: key.hasResidual, activation: key.activation, for: name)

        let padding = shape.padding
        var description: dnnl_primitive_desc_t?
        try check(
            onednn_convolution(
                &description, OneDNNEngine.shared.handle, attributes.handle,
                source.handle, anyWeights.handle, biasLayout?.handle, destination.handle,
                [Int64(shape.stride), Int64(shape.stride)], [Int64(shape.dilation - 1), Int64(shape.dilation - 1)],
                [Int64(padding.top), Int64(padding.left)],
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
            primitive: try Primitive(name: name, description: description, arguments: arguments), weightsLayout: weightsLayout)
    }
}
