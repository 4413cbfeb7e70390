/// How far a cutout from a plain background can be trusted, and the first reason to doubt it.
struct CutoutDoubt {
    let certainty: Double
    let warning: String?
    /// What was measured; each 0 (bad) … 1 (good).
    let marks: [(name: String, value: Double, warning: String)]

    init(_ segmentation: BackgroundSegmentation) {
        let width = segmentation.width
        let height = segmentation.height
        let background = segmentation.background
        let total = Double(width * height)
        let product = Double(background.count { !$0 })
        let share = product / total

        let frameIndices = (0..<(width * height)).filter {
            $0 % width == 0 || $0 % width == width - 1 || $0 / width == 0 || $0 / width == height - 1
        }
        let touching = Double(frameIndices.count { !background[$0] }) / Double(max(1, frameIndices.count))
        let clear = Self.clearShare(segmentation)
        let regions = Regions(width: width, height: height, member: background.map { !$0 })
        let largest = Double(regions.areas.map(\.count).max() ?? 0)

        marks = [
            (
                "frame", Self.ramp(Double(segmentation.frameShare), from: 0.55, to: 0.85),
                "The background is not plain: no smooth surface explains the picture's frame."
            ),
            (
                "busy",
                max(
                    Self.ramp(Double(segmentation.frameDeviation), from: 14, to: 5),
                    Self.ramp(Double(segmentation.frameSlope), from: 5, to: 2.5)),
                "The background is busy, so the outline is a guess."
            ),
            (
                "touching", Self.ramp(touching, from: 0.35, to: 0.08),
                "The product runs into the picture's frame. Is all of it visible?"
            ),
            ("large", Self.ramp(share, from: 0.92, to: 0.75), "Nearly the whole picture counts as product."),
            ("small", Self.ramp(share, from: 0.0005, to: 0.004), "The product found is tiny. Is it the right one?"),
            (
                "clear", Self.ramp(clear, from: 0.35, to: 0.75),
                "Much of the outline is faint: the product and the background are nearly the same colour there."
            ),
            ("pieces", Self.ramp(largest / max(1, product), from: 0.3, to: 0.6), "The product fell into many pieces."),
            (
                "hollow", Self.ramp(Double(segmentation.hollowShare), from: 0.6, to: 0.1),
                "The outline is open in places: parts of the product have the background's colour."
            ),
            (
                "moved", Self.ramp(Double(segmentation.movedShare), from: 0.55, to: 0.15),
                "Much beside the product looks like its shadow and was left out. Is all of the product there?"
            ),
            (
                "marks", Self.ramp(Double(segmentation.strayMarks), from: 14, to: 4),
                "There are marks beside the product, as if part of it had been taken for background."
            ),
            (
                "enclosed", Self.ramp(Double(segmentation.enclosedShare), from: 0.6, to: 0.05),
                "An enclosed area has the background's colour. Is it a hole? It counts as product."
            ),
        ]
        certainty = marks.reduce(1) { $0 * $1.value }
        warning = certainty < Cutout.doubtful ? marks.min { $0.value < $1.value }?.warning : nil
    }

    /// The share of the outline where inside and outside differ by more than noise.
    private static func clearShare(_ segmentation: BackgroundSegmentation) -> Double {
        let width = segmentation.width
        let height = segmentation.height
        let background = segmentation.background
        let threshold = max(14, 4 * segmentation.grain)
        let reach = 3
        var outline = 0
        var clear = 0
        func examine(_ x: Int, _ y: Int, _ dx: Int, _ dy: Int) {
            guard background[y * width + x] != background[(y + dy) * width + x + dx] else { return }
            let (ax, ay) = (x - dx * reach, y - dy * reach)
            let (bx, by) = (x + dx * (reach + 1), y + dy * (reach + 1))
            guard ax >= 0, ay >= 0, bx < width, by < height else { return }
            outline += 1
            if BackgroundModel.distance(segmentation.field[ax, ay] - segmentation.field[bx, by]) > threshold { clear += 1 }
        }
        for y in 0..<(height - 1) {
            for x in 0..<(width - 1) {
                examine(x, y, 1, 0)
                examine(x, y, 0, 1)
            }
        }
        return outline == 0 ? 1 : Double(clear) / Double(outline)
    }

    private static func ramp(_ value: Double, from bad: Double, to good: Double) -> Double {
        min(1, max(0, (value - bad) / (good - bad)))
    }
}
