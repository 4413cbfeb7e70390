import Tensor

/// An autoencoder that takes large pictures in overlapping tiles, so that memory no longer grows with the picture.
///
/// Tiles overlap by a quarter and are blended there, as diffusers does (`AutoencoderKL.tiled_decode`, `_tiled_encode`). Not exact:
/// each tile has group norms and attention of its own.
final class TiledAutoencoder: Autoencoder {
    private let base: any Autoencoder
    /// Pixels a latent cell is wide and high.
    private let scale: Int
    /// Width and height of a tile, in latent cells.
    private let side: Int

    /// - Parameter side: width and height of a tile in latent cells, a multiple of 4
    init(_ base: any Autoencoder, scale: Int, side: Int) {
        self.base = base
        self.scale = scale
        self.side = max(side / 4, 1) * 4
    }

    func encode(_ picture: Tensor, cancellation: CancellationFlag) throws -> LatentDistribution {
        guard picture.shape[1] > side * scale || picture.shape[2] > side * scale else {
            return try base.encode(picture, cancellation: cancellation)
        }
        var deviations: [Tile] = []
        let means = try tiles(of: picture, side: side * scale).map { place, part in
            let distribution = try base.encode(part, cancellation: cancellation)
            distribution.deviation.map { deviations.append(Tile(row: place.row, column: place.column, values: $0)) }
            return Tile(row: place.row, column: place.column, values: distribution.mean)
        }
        return LatentDistribution(mean: joined(means, side: side), deviation: deviations.isEmpty ? nil : joined(deviations, side: side))
    }

    func decode(_ latent: Tensor, cancellation: CancellationFlag) throws -> Tensor {
        guard latent.shape[1] > side || latent.shape[2] > side else { return try base.decode(latent, cancellation: cancellation) }
        let decoded = try tiles(of: latent, side: side).map { place, part in
            Tile(row: place.row, column: place.column, values: try base.decode(part, cancellation: cancellation))
        }
        return joined(decoded, side: side * scale)
    }

    private struct Tile {
        /// Which tile it is, not which pixel.
        let row, column: Int
        /// `[batch, height, width, channels]`
        let values: Tensor
    }

    /// Cuts tiles that begin three quarters of a side apart.
    private func tiles(of whole: Tensor, side: Int) -> [((row: Int, column: Int), Tensor)] {
        let stride = side * 3 / 4
        return (0..<(whole.shape[1] + stride - 1) / stride).flatMap { row in
            (0..<(whole.shape[2] + stride - 1) / stride).map { column in
                let top = row * stride
                let left = column * stride
                return (
                    (row, column),
                    cut(whole, top..<min(top + side, whole.shape[1]), left..<min(left + side, whole.shape[2]))
                )
            }
        }
    }

    private func cut(_ whole: Tensor, _ rows: Range<Int>, _ columns: Range<Int>) -> Tensor {
        let (batch, height, width, channels) = (whole.shape[0], whole.shape[1], whole.shape[2], whole.shape[3])
        let part = Tensor(shape: [batch, rows.count, columns.count, channels])
        copy(from: whole, to: part, count: columns.count * channels) { item, row in
            (
                ((item * height + rows.lowerBound + row) * width + columns.lowerBound) * channels,
                (item * rows.count + row) * columns.count * channels
            )
        }
        return part
    }

    /// Copies a run of numbers for every row of every item of `target`, from and to the places that `places` names.
    private func copy(from source: Tensor, to target: Tensor, rows: Int? = nil, count: Int, _ places: (Int, Int) -> (Int, Int)) {
        source.withUnsafeBuffer { source in
            target.withUnsafeMutableBuffer { numbers in
                for item in 0..<target.shape[0] {
                    for row in 0..<(rows ?? target.shape[1]) {
                        let (from, to) = places(item, row)
                        for index in 0..<count { numbers[to + index] = source[from + index] }
                    }
                }
            }
        }
    }

    /// Blends every tile into those above and to the left, and sets them side by side.
    private func joined(_ tiles: [Tile], side: Int) -> Tensor {
        let extent = side / 4
        let kept = side - extent
        let columns = (tiles.map(\.column).max() ?? 0) + 1
        for (index, tile) in tiles.enumerated() {
            if tile.row > 0 { blend(tiles[index - columns].values, into: tile.values, extent: extent, axis: 1) }
            if tile.column > 0 { blend(tiles[index - 1].values, into: tile.values, extent: extent, axis: 2) }
        }
        let last = tiles[tiles.count - 1]
        let (batch, channels) = (last.values.shape[0], last.values.shape[3])
        let height = last.row * kept + min(last.values.shape[1], kept)
        let width = last.column * kept + min(last.values.shape[2], kept)
        let whole = Tensor(shape: [batch, height, width, channels])
        for tile in tiles {
            let (rows, count) = (min(tile.values.shape[1], kept), min(tile.values.shape[2], kept))
            copy(from: tile.values, to: whole, rows: rows, count: count * channels) { item, row in
                (
                    (item * tile.values.shape[1] + row) * tile.values.shape[2] * channels,
                    ((item * height + tile.row * kept + row) * width + tile.column * kept) * channels
                )
            }
        }
        return whole
    }

    /// Fades from the last `extent` rows (axis 1) or columns (axis 2) of a tile to the first of the next.
    private func blend(_ before: Tensor, into tile: Tensor, extent: Int, axis: Int) {
        let extent = min(before.shape[axis], tile.shape[axis], extent)
        let channels = tile.shape[3]
        let (rows, columns) = (axis == 1 ? extent : tile.shape[1], axis == 2 ? extent : tile.shape[2])
        let (down, across) = (axis == 1 ? before.shape[1] - extent : 0, axis == 2 ? before.shape[2] - extent : 0)
        before.withUnsafeBuffer { source in
            tile.withUnsafeMutableBuffer { target in
                for item in 0..<tile.shape[0] {
                    for row in 0..<rows {
                        for column in 0..<columns {
                            let share = Float(axis == 1 ? row : column) / Float(extent)
                            let from = ((item * before.shape[1] + down + row) * before.shape[2] + across + column) * channels
                            let to = ((item * tile.shape[1] + row) * tile.shape[2] + column) * channels
                            for channel in 0..<channels {
                                target[to + channel] = source[from + channel] * (1 - share) + target[to + channel] * share
                            }
                        }
                    }
                }
            }
        }
    }
}
