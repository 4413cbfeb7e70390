/// Which pixels of a small working picture are plain background, found by flooding from the frame.
///
/// A studio background is smooth: it may change a lot from place to place (sweeps, spotlights, soft shadows), but nowhere quickly. So the
/// flood goes wherever the picture changes slowly and shows the frame's surface under more or less light; outlines stop it.
struct BackgroundSegmentation {
    let width, height: Int
    /// The working picture.
    let field: ColourField
    /// The background, continued behind the product.
    private(set) var surface: ColourField
    /// The standard deviation of the fine noise, in 8-bit steps.
    let grain: Float
    /// How far the frame's pixels stray from one smooth surface (standard deviation in 8-bit steps).
    let frameDeviation: Float
    /// The share of the frame's pixels that one smooth surface explains.
    let frameShare: Float
    /// How quickly the frame changes: the slope, in steps a pixel, that only one frame pixel of twenty exceeds.
    let frameSlope: Float
    /// True where the picture shows background.
    var background: [Bool]
    /// The share of the product's area that looks just like the background but is enclosed too deeply to be a hole.
    var enclosedShare: Float = 0
    /// How much of the background the product surrounds on all sides though it looks unlike the frame, as a share of the product's area:
    /// much of it means that the flood broke through a faint part of the outline.
    private(set) var hollowShare: Float = 0
    /// How much of the picture changed sides when the outline was cut anew, as a share of the product's area: much of it was hard to tell.
    var movedShare: Float = 0
    /// Small marks near the product that were taken for dust. Many of them are the print of a product whose body was taken for background.
    private(set) var strayMarks = 0

    /// Tries ever more cautious floods until one stays outside the product.
    static func make(_ image: RasterImage) -> BackgroundSegmentation {
        let field = ColourField(image)
        let smooth = field.smoothed()
        let slopes = smooth.slopes()
        let frame = frame(image.width, image.height)
        let model = BackgroundModel(field, indices: frame, degree: 2)
        let modelled = model.surface(width: image.width, height: image.height)
        let tints = frame.compactMap { Likeness.relation(smooth.values[$0], modelled.values[$0])?.tint }
        let frameTint = quantile(tints, 0.9)
        let unknown = BackgroundSegmentation(
            field: field, surface: modelled, grain: grain(field, smooth), frameDeviation: model.noise, frameShare: model.inlierShare,
            frameSlope: quantile(frame.map { slopes[$0] }, 0.95))
        var best = unknown
        for caution in Likeness.Caution.allCases {
            var attempt = unknown
            let likeness = Likeness(grain: unknown.grain, frameSlope: unknown.frameSlope, frameTint: frameTint, caution: caution)
            attempt.segment(smooth, slopes, modelled, likeness)
            if caution == .none || attempt.leakage < best.leakage * 0.4 { best = attempt }
            if attempt.leakage < tight { break }
        }
        // On a busy background the outline is a guess either way, and its many edges take seconds to choose among.
        guard best.frameDeviation < 14 || best.frameSlope < 5 else { return best }
        best.cutOutline(smooth)
        best.dropSpecks(asMarks: false)
        return best
    }

    private init(
        field: ColourField, surface: ColourField, grain: Float, frameDeviation: Float, frameShare: Float, frameSlope: Float
    ) {
        width = field.width
        height = field.height
        self.field = field
        self.surface = surface
        self.grain = grain
        self.frameDeviation = frameDeviation
        self.frameShare = frameShare
        self.frameSlope = frameSlope
        background = [Bool](repeating: false, count: field.values.count)
    }

    /// Below this ``leakage`` an outline counts as closed.
    private static let tight: Float = 0.04

    /// Signs that the flood broke through the outline: 0 for none.
    private var leakage: Float { hollowShare + 0.05 * Float(strayMarks) }

    /// Finds the background by one likeness.
    private mutating func segment(_ smooth: ColourField, _ slopes: [Float], _ modelled: ColourField, _ likeness: Likeness) {
        let first = likeness.open(smooth, slopes, surface: modelled)
        let flooded = Self.flood(first, width, height)
        // The frame alone says little of the middle; what the flood reached says much more.
        let known = Morphology.eroded(flooded, width, height, times: 2)
        surface = known.contains(true) ? smooth.filled(known: known) : smooth
        let tight = likeness.tight(smooth, surface: surface)
        background = Self.flood(zip(first, tight).map { $0 || $1 }, width, height)
        dropSpecks()
        peelShadows(smooth, slopes, likeness)
        tidyOutline(smooth, tight: tight, likeness)
        dropSpecks()
        hollowShare = hollowShare(smooth, modelled)
        openHoles(likeness.nearly(smooth, slopes, surface: surface), tight: tight)
    }

    /// The noise that is left when each pixel's smooth neighbourhood is taken away.
    private static func grain(_ field: ColourField, _ smooth: ColourField) -> Float {
        let step = max(1, field.values.count / 20_000)
        let differences = stride(from: 0, to: field.values.count, by: step).map { field.values[$0] - smooth.values[$0] }
        func deviation(_ channel: Int) -> Float {
            // 1.4826: from the median to the standard deviation of a normal distribution; 0.8: what the smoothing leaves of white noise.
            quantile(differences.map { abs($0[channel]) }, 0.5) * 1.4826 / 0.8
        }
        return max(deviation(0), deviation(1), deviation(2))
    }

    private static func quantile(_ values: [Float], _ share: Double) -> Float {
        guard !values.isEmpty else { return 0 }
        return values.sorted()[min(values.count - 1, Int(Double(values.count) * share))]
    }

    /// Pixels within one fiftieth of the frame, thinned to a few thousand.
    private static func frame(_ width: Int, _ height: Int) -> [Int] {
        let depth = max(1, min(width, height) / 50)
        let all = (0..<(width * height)).filter { index in
            let x = index % width
            let y = index / width
            return x < depth || y < depth || x >= width - depth || y >= height - depth
        }
        return thinned(all)
    }

    /// Every so many of them, so that a fit stays quick.
    private static func thinned(_ indices: [Int]) -> [Int] {
        let step = max(1, indices.count / 4000)
        return stride(from: 0, to: indices.count, by: step).map { indices[$0] }
    }

    /// The pixels like the background that can be reached from the frame by a path about a fiftieth of the picture wide, and what lies
    /// just beside that path. A narrower path would lead through the faint places of an outline into a product of similar colour.
    private static func flood(_ like: [Bool], _ width: Int, _ height: Int) -> [Bool] {
        let radius = max(1, min(width, height) / 110)
        let open = withoutSpecks(like, width, height)
        let core = Morphology.eroded(open, width, height, times: radius)
        let regions = Regions(width: width, height: height, member: core)
        let reached = regions.labels.map { $0 > 0 && regions.areas[Int($0)].frameCount > 0 }
        return Morphology.grown(reached, within: open, width, height, steps: radius * 2)
    }

    /// The same with single unlike pixels, which are noise, made alike.
    private static func withoutSpecks(_ like: [Bool], _ width: Int, _ height: Int) -> [Bool] {
        let regions = Regions(width: width, height: height, member: like.map { !$0 })
        let smallest = max(2, width * height / 60_000)
        return like.indices.map { like[$0] || regions.areas[Int(regions.labels[$0])].count < smallest }
    }

    /// Gives dust and stray marks to the background: areas below a fiftieth of the largest, and in the frame, where corners of the
    /// studio show, below a quarter. Those that lie within the product's bounds are counted: dust is rarely just there.
    private mutating func dropSpecks(asMarks: Bool = true) {
        let regions = Regions(width: width, height: height, member: background.map { !$0 })
        guard let largest = regions.areas.max(by: { $0.count < $1.count }) else { return }
        let isDropped = regions.areas.map { area in
            area.count * 50 < largest.count || (area.frameCount > 0 && largest.frameCount == 0 && area.count * 4 < largest.count)
        }
        for index in background.indices where !background[index] && isDropped[Int(regions.labels[index])] { background[index] = true }
        guard asMarks, let bounds = Mask(width: width, height: height, values: background.map { $0 ? 0 : 255 }).bounds() else { return }
        let smallest = max(4, width * height / 60_000)
        // The product's lost part lies beside what is left of it as often as within.
        let margin = max(bounds.width, bounds.height) / 2
        for (area, dropped) in zip(regions.areas, isDropped) where dropped && area.count >= smallest && area.frameCount == 0 {
            let (x, y) = (area.seed % width, area.seed / width)
            let isNear =
                x >= bounds.x - margin && x < bounds.maxX + margin && y >= bounds.y - margin && y < bounds.maxY + margin
            strayMarks += isNear ? 1 : 0
        }
    }

    /// See ``hollowShare``.
    private func hollowShare(_ smooth: ColourField, _ modelled: ColourField) -> Float {
        // Bit by bit: product seen to the left, right, above, below.
        var seen = [UInt8](repeating: 0, count: background.count)
        func look(from start: Int, by step: Int, count: Int, bit: UInt8) {
            var found = false
            var index = start
            for _ in 0..<count {
                if !background[index] { found = true } else if found { seen[index] |= bit }
                index += step
            }
        }
        for y in 0..<height {
            look(from: y * width, by: 1, count: width, bit: 1)
            look(from: (y + 1) * width - 1, by: -1, count: width, bit: 2)
        }
        for x in 0..<width {
            look(from: x, by: width, count: height, bit: 4)
            look(from: (height - 1) * width + x, by: -width, count: height, bit: 8)
        }
        let tolerance = 6 + 3 * frameDeviation
        let strange = seen.indices.count {
            seen[$0] == 15 && BackgroundModel.distance(smooth.values[$0] - modelled.values[$0]) > tolerance
        }
        return Float(strange) / Float(max(1, background.count { !$0 }))
    }
}
