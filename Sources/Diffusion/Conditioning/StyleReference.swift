import Imaging
import Tensor

/// A start from a reference picture: its colours and rough light without its contents
/// (SDEdit, arXiv 2108.01073, on a latent made coarse).
enum StyleReference {
    /// Latent cells averaged in each direction: at 8 pixels a cell, details below 64 pixels are gone.
    static let coarseness = 8

    /// The step to start at: none are skipped at strength 0, 60 in 100 at strength 1, and at least one is left.
    ///
    /// Beyond 60 the blur of the coarse latent shows in the result.
    static func firstStep(strength: Float, steps: Int) -> Int {
        min(Int((0.6 * min(max(strength, 0), 1) * Float(steps)).rounded()), steps - 1)
    }

    /// The reference cut and scaled to fill `width` x `height`, as the autoencoder takes it: `[1, height, width, 3]`.
    static func picture(_ reference: RasterImage, width: Int, height: Int) -> Tensor {
        let source = InpaintingConditioning.tensor(of: reference)
        let scale = min(Double(reference.width) / Double(width), Double(reference.height) / Double(height))
        let left = (Double(reference.width) - scale * Double(width)) / 2
        let top = (Double(reference.height) - scale * Double(height)) / 2
        let result = Tensor(shape: [1, height, width, 3])
        source.withUnsafeBuffer { source in
            result.withUnsafeMutableBuffer { target in
                for y in 0..<height {
                    let rows = span(y, origin: top, scale: scale, limit: reference.height)
                    for x in 0..<width {
                        let columns = span(x, origin: left, scale: scale, limit: reference.width)
                        for channel in 0..<3 {
                            var sum: Float = 0
                            for row in rows {
                                for column in columns { sum += source[(row * reference.width + column) * 3 + channel] }
                            }
                            target[(y * width + x) * 3 + channel] = sum / Float(rows.count * columns.count)
                        }
                    }
                }
            }
        }
        return result
    }

    /// `latent`, `[1, height, width, channels]`, averaged over cells and smoothly spread again.
    static func coarse(_ latent: Tensor) -> Tensor {
        let (height, width, channels) = (latent.shape[1], latent.shape[2], latent.shape[3])
        let rows = max(height / coarseness, 1)
        let columns = max(width / coarseness, 1)
        let values = latent.values
        var cells = [Float](repeating: 0, count: rows * columns * channels)
        for row in 0..<rows {
            for column in 0..<columns {
                let area = (row * height / rows)..<((row + 1) * height / rows)
                let across = (column * width / columns)..<((column + 1) * width / columns)
                for channel in 0..<channels {
                    var sum: Float = 0
                    for y in area { for x in across { sum += values[(y * width + x) * channels + channel] } }
                    cells[(row * columns + column) * channels + channel] = sum / Float(area.count * across.count)
                }
            }
        }
        var spread = [Float](repeating: 0, count: values.count)
        for y in 0..<height {
            let (top, bottom, down) = neighbours(y, of: height, cells: rows)
            for x in 0..<width {
                let (left, right, along) = neighbours(x, of: width, cells: columns)
                for channel in 0..<channels {
                    func cell(_ row: Int, _ column: Int) -> Float { cells[(row * columns + column) * channels + channel] }
                    let upper = cell(top, left) * (1 - along) + cell(top, right) * along
                    let lower = cell(bottom, left) * (1 - along) + cell(bottom, right) * along
                    spread[(y * width + x) * channels + channel] = upper * (1 - down) + lower * down
                }
            }
        }
        return Tensor(spread, shape: latent.shape)
    }

    /// The source pixels that a target pixel covers, at least one.
    private static func span(_ index: Int, origin: Double, scale: Double, limit: Int) -> Range<Int> {
        let first = min(max(Int(origin + Double(index) * scale), 0), limit - 1)
        let end = min(max(Int(origin + Double(index + 1) * scale), first + 1), limit)
        return first..<end
    }

    /// The two cells whose centres surround a position, and how far it is from the first to the second.
    private static func neighbours(_ index: Int, of length: Int, cells: Int) -> (Int, Int, Float) {
        let position = (Float(index) + 0.5) / Float(length) * Float(cells) - 0.5
        let first = min(max(Int(position.rounded(.down)), 0), cells - 1)
        return (first, min(first + 1, cells - 1), min(max(position - Float(first), 0), 1))
    }
}
