import COneDNN

/// A fully connected layer: x · weightᵀ + bias over the last axis.
public final class Linear {
    /// Channels of the input.
    public let inputChannels: Int
    /// Channels of the output.
    public let outputChannels: Int

    /// What operands are converted to before they are multiplied.
    public var precision: Precision { weights.precision }

    private struct Key: Hashable {
        let rows: Int
        let residual: Precision?
        let activation: Activation
        let result: Precision
    }

    private struct Compiled {
        let primitive: Primitive
        let weightsLayout: DataLayout
    }

    private let bias: Tensor?
    private let weights: PackedWeights
    private var compiled: [Key: Compiled] = [:]
    private static let name = "Linear"

    /// - Parameters:
    ///   - weight: `[out, in]`, as PyTorch stores it; its precision becomes the layer's.
    ///   - bias: `[out]`.
    /// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)`` when `weight` and `bias` do not fit.
    public convenience init(weight: Tensor, bias: Tensor?) throws {
        try self.init(weights: WeightSource(weight), bias: bias)
    }

    /// - Parameters:
    ///   - source: `[out, in]`, as PyTorch stores it; its precision becomes the layer's.
    ///   - bias: `[out]`.
    /// - Throws: ``TensorError/shapeMismatch(operator:shapes:expected:)`` when weights and `bias` do not fit.
    public init(weights source: WeightSource, bias: Tensor?) throws {
        let shapes = [source.shape] + (bias.map { [$0.shape] } ?? [])
        guard source.shape.count == 2, source.count > 0 else {
            throw TensorError.shapeMismatch(operator: Self.name, shapes: shapes, expected: "a weight [out, in]")
        }
        outputChannels = source.shape[0]
        inputChannels = source.shape[1]
        if let bias, bias.shape != [outputChannels] {
            throw TensorError.shapeMismatch(operator: Self.name, shapes: shapes, expected: "a bias [\(outputChannels)]")
        }
        self.bias = bias
        let layout = try DataLayout.strided(
            [inputChannels, outputChannels], strides: [1, inputChannels], precision: source.precision, for: Self.name)
        weights = PackedWeights(source, layout: layout, name: Self.name)
    }

    /// The activation of the product plus bias plus residual.
    ///
    /// - Parameters:
    ///   - x: `[…, in]`.
    ///   - residual: added before the activation; shaped like the result.
    ///   - result: how the result is stored; like the residual, or without one like the weights, unless said otherwise.
    /// - Returns: `[…, out]`.
    /// - Throws: ``TensorError`` when the shapes do not fit.
    public func callAsFunction(
        _ x: Tensor, adding residual: Tensor? = nil, activation: Activation = .none, as result: Precision? = nil
    ) throws -> Tensor {
        guard x.shape.last == inputChannels, x.count > 0 else {
            throw TensorError.shapeMismatch(operator: Self.name, shapes: [x.shape], expected: "an input […, \(inputChannels)]")
        }
        let outputShape: [Int] = x.shape.dropLast() + [outputChannels]
        if let residual, residual.shape != outputShape {
            throw TensorError.shapeMismatch(
                operator: Self.name, shapes: [x.shape, residual.shape], expected: "a residual \(outputShape)")
        }
        let key = Key(
            rows: x.count / inputChannels, residual: residual?.precision, activation: activation,
            result: result ?? residual?.precision ?? precision)
        let operation = try compiled[key] ?? compile(key)
        compiled[key] = operation

        let input = x.converted(to: precision)
        let output = Tensor(shape: outputShape, precision: key.result)
        let packed = try weights.copy(in: operation.weightsLayout)
        var addresses = [input.address, packed.address, output.address]
        if let bias { addresses.append(bias.address) }
        if let residual { addresses.append(residual.address) }
        try withExtendedLifetime((input, residual, packed)) {
            try OperatorClock.shared.measure(.linear, operations: 2 * key.rows * inputChannels * outputChannels) {
                try operation.primitive.run(addresses)
            }
        }
        return output
    }

    private func compile(_ key: Key) throws -> Compiled {
        let name = Self.name
        let source = try DataLayout.rowMajor([key.rows, inputChannels], precision: precision, for: name)
        let destination = try DataLayout.rowMajor([key.rows, outputChannels], precision: key.result, for: name)
        let residual = try key.residual.map { try DataLayout.rowMajor([key.rows, outputChannels], precision: $0, for: name) }
        let anyWeights = try DataLayout.any([inputChannels, outputChannels], precision: precision, for: name)
        let biasLayout = try bias.map { _ in try DataLayout.rowMajor([1, outputChannels], for: name) }
        let attributes = try PrimitiveAttributes(additions: residual.map { [$0] } ?? [], activation: key.activation, for: name)

        var description: dnnl_primitive_desc_t?
        try check(
            onednn_matmul(
                &description, OneDNNEngine.shared.handle, attributes.handle,
                source.handle, anyWeights.handle, biasLayout?.handle, destination.handle),
            name)
        defer { dnnl_primitive_desc_destroy(description) }
        let weightsLayout = try DataLayout.chosen(by: description, dnnl_query_weights_md, for: name)
        var arguments: [Primitive.Argument] = [
            .init(identifier: DNNL_ARG_SRC, layout: source), .init(identifier: DNNL_ARG_WEIGHTS, layout: weightsLayout),
            .init(identifier: DNNL_ARG_DST, layout: destination),
        ]
        if let biasLayout { arguments.append(.init(identifier: DNNL_ARG_BIAS, layout: biasLayout)) }
        if let residual, let identifier = attributes.additionArguments.first {
            arguments.append(.init(identifier: identifier, layout: residual))
        }
        return Compiled(
            primitive: try Primitive(name: name, description: description, arguments: arguments), weightsLayout: weightsLayout)
    }
}
