import Foundation
import Tensor

/// U²-Net-p, which tells the thing that a picture is of from everything else (Qin et al., "U²-Net: Going Deeper with Nested U-Structure
/// for Salient Object Detection", Pattern Recognition 2020; the layers are those of u2net.py, class U2NETP). Not Sendable: it belongs to
/// the thread that made it.
final class SaliencyNetwork {
    /// The side of the picture it was trained on, in pixels.
    static let side = 320
    /// Convolutions of the whole network.
    static let convolutionCount = 119

    private let encoders, decoders: [ResidualU]
    private let sides: [Convolution2D]
    private let fusion: Convolution2D

    /// - Throws: ``CutoutNetworkError``, `TensorError`.
    init(file: URL) throws {
        let convolutions = try ONNXConvolutions(file: file).entries
        guard convolutions.count == Self.convolutionCount else {
            throw CutoutNetworkError.otherNetwork(path: file.path, convolutions: convolutions.count)
        }
        var layers = try convolutions.map { try $0.layer() }[...]
        func block(_ depth: Int, pools: Bool = true) -> ResidualU {
            defer { layers = layers.dropFirst(2 * depth) }
            return ResidualU(Array(layers.prefix(2 * depth)), pools: pools)
        }
        encoders = [block(7), block(6), block(5), block(4), block(4, pools: false), block(4, pools: false)]
        decoders = [block(4, pools: false), block(4), block(5), block(6), block(7)]
        sides = Array(layers.prefix(6))
        fusion = layers[layers.startIndex + 6]
    }

    /// How much each pixel belongs to the salient thing, 0...1.
    ///
    /// - Parameter x: `[1, height, width, 3]`, normalised as ImageNet is.
    /// - Returns: `[1, height, width, 1]`, before the sigmoid.
    /// - Throws: `TensorError`.
    func callAsFunction(_ x: Tensor) throws -> Tensor {
        var features: [Tensor] = []
        var current = x
        for (index, encoder) in encoders.enumerated() {
            if index > 0 { current = current.halvedByMaximum() }
            current = try encoder(current)
            features.append(current)
        }
        var levels = [current]
        for (index, decoder) in decoders.enumerated() {
            let skip = features[4 - index]
            current = try decoder(concatenateChannels([current.enlarged(like: skip), skip]))
            levels.append(current)
        }
        // Side 1 reads the finest decoder, side 6 the deepest encoder.
        let maps = try zip(sides, levels.reversed()).map { try $0($1).enlarged(like: x) }
        return try fusion(concatenateChannels(maps))
    }
}

/// A small U inside the U: a residual block that looks at its input at several sizes (RSU-L), or with growing reach where it is small
/// already (RSU-4F).
private struct ResidualU {
    private let entrance: Convolution2D
    private let down, up: [Convolution2D]
    private let pools: Bool

    /// - Parameter layers: the entrance, the way down with the bottom last, the way up; twice as many as the block is deep.
    init(_ layers: [Convolution2D], pools: Bool) {
        entrance = layers[0]
        let depth = layers.count / 2
        down = Array(layers[1...depth])
        up = Array(layers[(depth + 1)...])
        self.pools = pools
    }

    func callAsFunction(_ x: Tensor) throws -> Tensor {
        let input = try entrance(x, activation: .relu)
        var features: [Tensor] = []
        var current = input
        for (index, layer) in down.enumerated() {
            // The bottom works at its neighbour's size, with a wider reach.
            if pools, index > 0, index < down.count - 1 { current = current.halvedByMaximum() }
            current = try layer(current, activation: .relu)
            features.append(current)
        }
        for (index, layer) in up.enumerated() {
            let skip = features[down.count - 2 - index]
            current = try layer(concatenateChannels([current.enlarged(like: skip), skip]), activation: .relu)
        }
        return try add(current, input)
    }
}

extension Tensor {
    /// The largest of each 2x2 pixels; a last odd row or column stands for itself. `[1, height, width, channels]`
    fileprivate func halvedByMaximum() -> Tensor {
        let (height, width, channels) = (shape[1], shape[2], shape[3])
        let (halfHeight, halfWidth) = ((height + 1) / 2, (width + 1) / 2)
        let result = Tensor(shape: [1, halfHeight, halfWidth, channels])
        withSharedPixels(result) { source, target in
            parallel(halfHeight) { y in
                for x in 0..<halfWidth {
                    let (right, below) = (min(2 * x + 1, width - 1), min(2 * y + 1, height - 1))
                    let corners = [(2 * y, 2 * x), (2 * y, right), (below, 2 * x), (below, right)].map { ($0 * width + $1) * channels }
                    let to = (y * halfWidth + x) * channels
                    for channel in 0..<channels {
                        let upper = max(source[corners[0] + channel], source[corners[1] + channel])
                        let lower = max(source[corners[2] + channel], source[corners[3] + channel])
                        target[to + channel] = max(upper, lower)
                    }
                }
            }
        }
        return result
    }

    /// Bilinear, with pixel centres at half-integers, as large as another feature map.
    fileprivate func enlarged(like other: Tensor) -> Tensor {
        let (height, width, channels) = (shape[1], shape[2], shape[3])
        let (newHeight, newWidth) = (other.shape[1], other.shape[2])
        guard (height, width) != (newHeight, newWidth) else { return self }
        let result = Tensor(shape: [1, newHeight, newWidth, channels])
        let columns = Self.taps(from: width, to: newWidth)
        let rows = Self.taps(from: height, to: newHeight)
        withSharedPixels(result) { source, target in
            parallel(newHeight) { y in
                let row = rows[y]
                for x in 0..<newWidth {
                    let column = columns[x]
                    let (upper, lower) = (row.first * width, row.second * width)
                    let to = (y * newWidth + x) * channels
                    let corners = (
                        (upper + column.first) * channels, (upper + column.second) * channels, (lower + column.first) * channels,
                        (lower + column.second) * channels
                    )
                    for channel in 0..<channels {
                        let above = source[corners.0 + channel] * (1 - column.share) + source[corners.1 + channel] * column.share
                        let below = source[corners.2 + channel] * (1 - column.share) + source[corners.3 + channel] * column.share
                        target[to + channel] = above * (1 - row.share) + below * row.share
                    }
                }
            }
        }
        return result
    }

    /// For every new position the two old ones that it lies between, and the second one's share.
    private static func taps(from old: Int, to new: Int) -> [(first: Int, second: Int, share: Float)] {
        (0..<new).map { position in
            let place = max(0, (Float(position) + 0.5) * Float(old) / Float(new) - 0.5)
            let first = min(old - 1, Int(place))
            return (first, min(old - 1, first + 1), min(1, place - Float(first)))
        }
    }

    private func withSharedPixels(_ result: Tensor, _ body: (SharedPixels<Float>, SharedPixels<Float>) -> Void) {
        withUnsafeMutableBuffer { source in
            result.withUnsafeMutableBuffer { target in body(SharedPixels(source), SharedPixels(target)) }
        }
    }
}
