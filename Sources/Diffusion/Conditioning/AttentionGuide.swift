import Foundation
import Imaging
import Tensor

/// How strictly named tokens keep to the background.
public enum BackgroundMode: String, Codable, CaseIterable, Sendable {
    /// They are heard everywhere, as without a guide.
    case off
    /// A position hears them as much as its cell of the picture is background.
    case soft
    /// Only positions whose cell shows nothing of the product hear them.
    case hard
}

/// Says where in the picture named tokens of the prompt, and style pictures, are heard: from background positions only,
/// so that a category's identifier or a brand's style does not bleed into the product (mask-guided cross attention).
///
/// The product's mask is reduced to each attention resolution as its use demands: by the maximum for the hard mode, so that no
/// position that touches the product is called background, by the mean for the soft one.
final class AttentionGuide {
    /// What holds at one resolution.
    struct Level {
        /// Added to the scores, `[batch, positions, tokens]`; nil where no token is named.
        let tokenBias: Tensor?
        /// How much of a style picture each position hears, 0...1; nil for all of it.
        let pictureCoverage: [Float]?
    }

    private struct Size: Hashable {
        let height: Int
        let width: Int
    }

    private let productMask: Mask
    private let mode: BackgroundMode
    /// For each picture of the batch, which tokens are named.
    private let tokens: [[Bool]]
    private let guidesPictures: Bool
    private var levels: [Size: Level] = [:]

    /// - Parameters:
    ///   - productMask: 255 = product; at the picture's size
    ///   - tokens: for each picture of the batch, whether each token keeps to the background
    ///   - guidesPictures: whether style pictures keep to the background as well
    init(productMask: Mask, mode: BackgroundMode, tokens: [[Bool]], guidesPictures: Bool) {
        self.productMask = productMask
        self.mode = mode
        self.tokens = tokens
        self.guidesPictures = guidesPictures
    }

    /// What holds at an attention resolution of `height` x `width` positions.
    func level(height: Int, width: Int) -> Level {
        let size = Size(height: height, width: width)
        if let known = levels[size] { return known }
        let level = makeLevel(size)
        levels[size] = level
        return level
    }

    private func makeLevel(_ size: Size) -> Level {
        guard mode != .off else { return Level(tokenBias: nil, pictureCoverage: nil) }
        let background = Self.background(productMask, height: size.height, width: size.width, mode: mode)
        let hasTokens = tokens.contains { $0.contains(true) }
        return Level(tokenBias: hasTokens ? bias(background) : nil, pictureCoverage: guidesPictures ? background : nil)
    }

    /// Adding log(share) before the softmax multiplies the token's weight by the share.
    private func bias(_ background: [Float]) -> Tensor {
        let count = tokens.first?.count ?? 0
        let result = Tensor.zeros([tokens.count, background.count, count])
        result.withUnsafeMutableBuffer { target in
            for (item, named) in tokens.enumerated() {
                for token in named.indices where named[token] {
                    for (position, share) in background.enumerated() {
                        target[(item * background.count + position) * count + token] = share > 0 ? log(share) : Self.never
                    }
                }
            }
        }
        return result
    }

    /// Far below any score, so that the softmax gives exactly 0, yet finite: a position left without any token hears all alike.
    private static let never: Float = -1e9

    /// How much of each cell is background, 0...1, row by row: the mean (soft), or 1 only where no pixel is product (hard).
    static func background(_ productMask: Mask, height: Int, width: Int, mode: BackgroundMode) -> [Float] {
        (0..<height * width).map { position in
            let rows = cell(position / width, of: height, in: productMask.height)
            let columns = cell(position % width, of: width, in: productMask.width)
            var (sum, most) = (0, 0)
            for y in rows {
                for x in columns {
                    let value = Int(productMask[x, y])
                    sum += value
                    most = max(most, value)
                }
            }
            if mode == .hard { return most >= 128 ? 0 : 1 }
            return 1 - Float(sum) / Float(255 * rows.count * columns.count)
        }
    }

    private static func cell(_ index: Int, of count: Int, in length: Int) -> Range<Int> {
        let first = min(index * length / count, length - 1)
        return first..<max((index + 1) * length / count, first + 1)
    }
}
