/// One of Winograd's methods for 3x3 convolutions with stride 1, named after the width of the output's tiles.
enum WinogradMethod: Hashable, CaseIterable {
    /// F(4x4, 3x3): a quarter of the multiplications and four times the weights. For layers of float32: its transforms magnify rounding.
    case four
    /// F(2x2, 3x3): four ninths of the multiplications and 16/9 of the weights. In bfloat16, whose products cost half, it is as fast as the
    /// other in float32.
    case two

    /// Pixels of the output that a tile is wide and high.
    var tile: Int { self == .four ? 4 : 2 }

    /// Points of a tile of the input, each with its own matrix product.
    var planes: Int { (tile + 2) * (tile + 2) }

    /// Tiles needed for the products to reach the speed of larger ones.
    private var fewestTiles: Int { self == .four ? 16 : 64 }

    /// Rows of a product below which a portion is not cut, whatever its bytes: weights are read once a portion.
    var fewestRows: Int { self == .four ? 64 : 128 }

    /// Bytes of F(4x4)'s weights beyond which reading them, and holding four times the original, outweighs the saved arithmetic.
    private static let largestWeights = 64 << 20

    /// The fastest method at this size, nil for the direct one, by the measurements in `PerformanceTests`.
    ///
    /// - Parameter precision: the layer's
    static func fastest(for shape: ConvolutionShape, at extent: ConvolutionExtent, precision: Precision) -> WinogradMethod? {
        guard shape.kernelHeight == 3, shape.kernelWidth == 3, shape.stride == 1, shape.dilation == 1, shape.inputChannels % 16 == 0,
            shape.outputChannels % 16 == 0
        else { return nil }
        return allCases.first { method in
            let side = method.tile
            let tiles = extent.batch * ((extent.outputHeight + side - 1) / side) * ((extent.outputWidth + side - 1) / side)
            // At least half of what the tiles cover must lie inside the picture.
            guard tiles >= method.fewestTiles, tiles * side * side <= 2 * extent.batch * extent.outputHeight * extent.outputWidth else {
                return false
            }
            let bytes = method.planes * shape.inputChannels * shape.outputChannels * MemoryLayout<Float>.stride
            return method == .two || (precision == .float32 && bytes <= largestWeights)
        }
    }
}
