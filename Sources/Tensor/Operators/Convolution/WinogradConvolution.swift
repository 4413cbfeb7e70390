import COneDNN
import Kernels

/// A 3x3 convolution with stride 1 by one of Winograd's methods: a quarter or four ninths of the multiplications, as 36 or 16 matrix
/// products between two cheap transforms (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks").
///
/// oneDNN's own Winograd primitive wants blocked channels, and so two reorders around every call; here the transforms read and write
/// channels-last arrays, and add bias, residual and activation on the way. Tiles are transformed and multiplied in portions that stay
/// in the processor's cache.
final class WinogradConvolution {
    private struct Product {
        let primitive: Primitive
        let weightsLayout: DataLayout
    }

    private let name: String
    private let shape: ConvolutionShape
    private let method: WinogradMethod
    /// What tiles and weights are multiplied in.
    private let precision: Precision
    private let weights: PackedWeights
    private var products: [Int: Product] = [:]

    /// Counts the changes of what the transformed weights are; arrays of other versions are not used.
    static let version = 2

    /// Bytes of tiles in one portion: about the second-level caches of two cores.
    private static let portionBytes = 2 << 20

    init(shape: ConvolutionShape, method: WinogradMethod, weights original: PackedWeights, name: String) throws {
        self.name = name
        self.shape = shape
        self.method = method
        let precision = original.precision
        self.precision = precision
        let dims = [method.planes, shape.inputChannels, shape.outputChannels]
        let transformed = original.derived(" winograd \(method.tile)", shape: dims, precision: precision) {
            let plain = try original.original().converted(to: .float32)
            let transformed = Tensor(shape: dims)
            kernels_winograd_weights(plain.pointer, transformed.pointer, shape.outputChannels, shape.inputChannels, method.tile)
            return transformed.converted(to: precision)
        }
        weights = PackedWeights(
            transformed, layout: try .rowMajor(dims, precision: precision, for: name), isExpanded: method == .four, name: name)
    }

    /// Runs on arrays whose shapes have been checked.
    func run(_ call: ConvolutionCall, extent: ConvolutionExtent) throws {
        var sizes = kernels_winograd_shape(
            batch: extent.batch, height: extent.height, width: extent.width,
            output_height: extent.outputHeight, output_width: extent.outputWidth,
            padding_top: shape.padding.top, padding_left: shape.padding.left,
            input_channels: shape.inputChannels, output_channels: shape.outputChannels, tile: method.tile,
            tiles_element: precision.element, input_plane: 0, output_plane: 0)
        let tiles = kernels_winograd_tiles(&sizes)
        let rows = portion(of: tiles)
        sizes.input_plane = planeStride(rows: rows, channels: shape.inputChannels)
        sizes.output_plane = planeStride(rows: rows, channels: shape.outputChannels)
        let product = try products[rows] ?? compile(rows: rows)
        products[rows] = product
        let packed = try weights.copy(in: product.weightsLayout)

        let input = TensorStorage(bytes: method.planes * sizes.input_plane * precision.byteCount)
        let output = TensorStorage(floats: method.planes * sizes.output_plane)
        try input.withMemory(of: UInt8.self) { inputTiles in
            try output.withMemory(of: Float.self) { outputTiles in
                for first in stride(from: 0, to: tiles, by: rows) {
                    let count = min(rows, tiles - first)
                    kernels_winograd_input(&sizes, call.x.address, call.x.precision.element, inputTiles, first, count)
                    try product.primitive.run([
                        UnsafeMutableRawPointer(inputTiles), packed.address, UnsafeMutableRawPointer(outputTiles),
                    ])
                    kernels_winograd_output(
                        &sizes, outputTiles, call.bias?.pointer, call.residual?.address, call.output.address,
                        call.output.precision.element, first, count, call.activation.kernel)
                }
            }
        }
    }

    /// Tiles that are transformed and multiplied together; equal portions but for the last.
    private func portion(of tiles: Int) -> Int {
        let numbers = shape.inputChannels * precision.byteCount + shape.outputChannels * MemoryLayout<Float>.stride
        let largest = max(method.fewestRows, Self.portionBytes / (method.planes * numbers))
        let portions = (tiles + largest - 1) / largest
        return (tiles + portions - 1) / portions
    }

    /// Planes a power of two apart would fall on the same cache sets; an odd number of cache lines keeps them off each other.
    private func planeStride(rows: Int, channels: Int) -> Int {
        // Sixteen float32 are a line; sixteen bfloat16 half of one, which keeps off as well.
        let lines = rows * channels / 16
        return (lines | 1) * 16
    }

    private func compile(rows: Int) throws -> Product {
        let (inputs, outputs) = (shape.inputChannels, shape.outputChannels)
        let source = try DataLayout.strided(
            [method.planes, rows, inputs], strides: [planeStride(rows: rows, channels: inputs), inputs, 1], precision: precision, for: name)
        let destination = try DataLayout.strided(
            [method.planes, rows, outputs], strides: [planeStride(rows: rows, channels: outputs), outputs, 1], for: name)
        let anyWeights = try DataLayout.any([method.planes, inputs, outputs], precision: precision, for: name)
        let attributes = try PrimitiveAttributes(for: name)
        var description: dnnl_primitive_desc_t?
        try check(
            onednn_matmul(
                &description, OneDNNEngine.shared.handle, attributes.handle, source.handle, anyWeights.handle, nil,
                destination.handle),
            name)
        defer { dnnl_primitive_desc_destroy(description) }
        let weightsLayout = try DataLayout.chosen(by: description, dnnl_query_weights_md, for: name)
        let primitive = try Primitive(
            name: name, description: description,
            arguments: [
                .init(identifier: DNNL_ARG_SRC, layout: source), .init(identifier: DNNL_ARG_WEIGHTS, layout: weightsLayout),
                .init(identifier: DNNL_ARG_DST, layout: destination),
            ])
        return Product(primitive: primitive, weightsLayout: weightsLayout)
    }
}
