import COneDNN
import Kernels

/// A 3x3 convolution with stride 1 by Winograd's method F(4x4, 3x3): a quarter of the multiplications, as 36 matrix products between
/// two cheap transforms (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks").
///
/// oneDNN's own Winograd primitive wants blocked channels, and so two reorders around every call; here the transforms read and write
/// channels-last arrays, and add bias, residual and activation on the way. Tiles are transformed and multiplied in portions that stay
/// in the processor's cache.
final class WinogradConvolution {
    private struct Product {
        let primitive: Primitive
        let weights: UnsafeMutableRawPointer
    }

    private let name: String
    private let shape: ConvolutionShape
    private let weights: PackedWeights
    private var products: [Int: Product] = [:]

    /// Points of a 6x6 tile, each with its own matrix product.
    private static let planes = 36

    /// Bytes of transformed weights beyond which reading them, and holding four times the original, outweighs the saved arithmetic.
    private static let largestWeights = 64 << 20

    /// Tiles needed for the products to reach the speed of larger ones.
    private static let fewestTiles = 16

    /// Bytes of tiles in one portion: about the second-level caches of two cores.
    private static let portionBytes = 4 << 20

    /// Rows below which a portion is not cut, whatever its bytes.
    private static let fewestRows = 64

    /// Whether the method is faster than the direct one at this size, by the measurements in `PerformanceTests`.
    static func pays(for shape: ConvolutionShape, at extent: ConvolutionExtent) -> Bool {
        guard shape.kernelHeight == 3, shape.kernelWidth == 3, shape.stride == 1, shape.dilation == 1, shape.inputChannels % 16 == 0,
            shape.outputChannels % 16 == 0,
            planes * shape.inputChannels * shape.outputChannels * MemoryLayout<Float>.stride <= largestWeights
        else { return false }
        let tiles = extent.batch * ((extent.outputHeight + 3) / 4) * ((extent.outputWidth + 3) / 4)
        // At least half of what the tiles cover must lie inside the picture.
        return tiles >= fewestTiles && tiles * 16 <= 2 * extent.batch * extent.outputHeight * extent.outputWidth
    }

    init(shape: ConvolutionShape, weights original: PackedWeights, name: String) throws {
        self.name = name
        self.shape = shape
        let dims = [Self.planes, shape.inputChannels, shape.outputChannels]
        let transformed = Tensor(shape: dims)
        let plain = try original.original().converted(to: .float32)
        kernels_winograd_weights(plain.pointer, transformed.pointer, shape.outputChannels, shape.inputChannels)
        weights = PackedWeights(transformed, layout: try .rowMajor(dims, for: name), name: name)
    }

    /// Runs on arrays whose shapes have been checked.
    func run(_ call: ConvolutionCall, extent: ConvolutionExtent) throws {
        var sizes = kernels_winograd_shape(
            batch: extent.batch, height: extent.height, width: extent.width,
            output_height: extent.outputHeight, output_width: extent.outputWidth,
            padding_top: shape.padding.top, padding_left: shape.padding.left,
            input_channels: shape.inputChannels, output_channels: shape.outputChannels, input_plane: 0, output_plane: 0)
        let tiles = kernels_winograd_tiles(&sizes)
        let rows = portion(of: tiles)
        sizes.input_plane = planeStride(rows: rows, channels: shape.inputChannels)
        sizes.output_plane = planeStride(rows: rows, channels: shape.outputChannels)
        let product = try products[rows] ?? compile(rows: rows)
        products[rows] = product

        let input = TensorStorage(floats: Self.planes * sizes.input_plane)
        let output = TensorStorage(floats: Self.planes * sizes.output_plane)
        try input.withMemory(of: Float.self) { inputTiles in
            try output.withMemory(of: Float.self) { outputTiles in
                for first in stride(from: 0, to: tiles, by: rows) {
                    let count = min(rows, tiles - first)
                    kernels_winograd_input(&sizes, call.x.address, call.x.precision.element, inputTiles, first, count)
                    try product.primitive.run([
                        UnsafeMutableRawPointer(inputTiles), product.weights, UnsafeMutableRawPointer(outputTiles),
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
        let bytesPerTile = Self.planes * (shape.inputChannels + shape.outputChannels) * MemoryLayout<Float>.stride
        let largest = max(Self.fewestRows, Self.portionBytes / bytesPerTile)
        let portions = (tiles + largest - 1) / largest
        return (tiles + portions - 1) / portions
    }

    /// Planes a power of two apart would fall on the same cache sets; an odd number of cache lines keeps them off each other.
    private func planeStride(rows: Int, channels: Int) -> Int {
        let lines = rows * channels / 16
        return (lines | 1) * 16
    }

    private func compile(rows: Int) throws -> Product {
        let (inputs, outputs) = (shape.inputChannels, shape.outputChannels)
        let source = try DataLayout.strided(
            [Self.planes, rows, inputs], strides: [planeStride(rows: rows, channels: inputs), inputs, 1], for: name)
        let destination = try DataLayout.strided(
            [Self.planes, rows, outputs], strides: [planeStride(rows: rows, channels: outputs), outputs, 1], for: name)
        let anyWeights = try DataLayout.any([Self.planes, inputs, outputs], for: name)
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
        return Product(primitive: primitive, weights: try weights.address(in: weightsLayout))
    }
}
