/// Which pixels of a small working picture are plain background, found by flooding from the frame.
struct BackgroundSegmentation {
    let width, height: Int
    /// The working picture.
    let field: ColourField
    /// The fitted background surface.
    let surface: ColourField
    /// The standard deviation of the background around the surface, in 8-bit steps.
    let noise: Float
    /// The share of the frame's pixels that one smooth surface explains.
    let frameShare: Float
    /// True where the picture shows background.
    private(set) var background: [Bool]
    /// The share of the product's area that looks just like the background but is enclosed too deeply to be a hole.
    private(set) var enclosedShare: Float = 0
    /// How much of the background the product surrounds on all sides though the flood got in, as a share of the product's area: much of
    /// it means that the flood broke through a faint part of the outline.
    private(set) var hollowShare: Float = 0

    init(_ image: RasterImage) {
        width = image.width
        height = image.height
        field = ColourField(image)
        let smooth = field.smoothed()
        let slopes = smooth.slopes()
        let frame = Self.frame(width, height)
        let fromFrame = BackgroundModel(field, indices: frame, degree: 2)
        let firstSurface = fromFrame.surface(width: width, height: height)
        let first = Likeness(smooth, slopes, surface: firstSurface, noise: fromFrame.noise)
        let flooded = Self.flood(first.like, width, height)

        // The frame alone says little of the middle; once the background is roughly known, all of it is fitted.
        let known = (0..<(width * height)).filter { flooded[$0] && first.tight[$0] }
        let enough = known.count > width * height / 10
        let refined = enough ? BackgroundModel(field, indices: Self.thinned(known), degree: 3) : fromFrame
        surface = enough ? refined.surface(width: width, height: height) : firstSurface
        noise = min(refined.noise, fromFrame.noise)
        frameShare = fromFrame.inlierShare
        let second = enough ? Likeness(smooth, slopes, surface: surface, noise: noise) : first
        background = enough ? Self.flood(second.like, width, height) : flooded
        dropSpecks()
        hollowShare = Self.hollowShare(background, width, height)
        openHoles(tight: second.tight)
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
    /// studio show, below a quarter.
    private mutating func dropSpecks() {
        let regions = Regions(width: width, height: height, member: background.map { !$0 })
        guard let largest = regions.areas.max(by: { $0.count < $1.count }) else { return }
        let isDropped = regions.areas.map { area in
            area.count * 50 < largest.count || (area.frameCount > 0 && largest.frameCount == 0 && area.count * 4 < largest.count)
        }
        for index in background.indices where !background[index] && isDropped[Int(regions.labels[index])] { background[index] = true }
    }

    private static func hollowShare(_ background: [Bool], _ width: Int, _ height: Int) -> Float {
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
        return Float(seen.count { $0 == 15 }) / Float(max(1, background.count { !$0 }))
    }

    /// Finds openings, such as a handle's: enclosed, just like the background, with a clear rim, and close behind the product's outline.
    /// Deeper ones may as well be a label of the background's colour; they stay product and are noted.
    private mutating func openHoles(tight: [Bool]) {
        // In a busy background anything dark is "like" it.
        guard noise < 8 else { return }
        let enclosed = zip(tight, background).map { $0 && !$1 }
        let regions = Regions(width: width, height: height, member: Morphology.eroded(enclosed, width, height))
        guard regions.areas.count > 1 else { return }
        let product = background.count { !$0 }
        let smallest = max(12, width * height / 20_000)
        let reach = Int32(0.12 * Float(product).squareRoot()) + 2
        let depths = Morphology.distances(to: true, in: background, width, height)
        var facts = [HoleFacts](repeating: HoleFacts(), count: regions.areas.count)
        for index in depths.indices where regions.labels[index] > 0 {
            facts[Int(regions.labels[index])].note(depth: depths[index])
        }
        noteRims(regions, &facts)
        var isHole = [Bool](repeating: false, count: regions.areas.count)
        var doubtful = 0
        for label in 1..<regions.areas.count where regions.areas[label].count >= smallest {
            if facts[label].nearest <= reach, facts[label].clearRim > 0.8 {
                isHole[label] = true
            } else {
                doubtful += regions.areas[label].count
            }
        }
        enclosedShare = Float(doubtful) / Float(max(1, product))
        let seeds = regions.labels.map { isHole[Int($0)] }
        let holes = Morphology.grown(seeds, within: enclosed, width, height, steps: 3)
        for index in holes.indices where holes[index] { background[index] = true }
    }

    /// Looks a few pixels beyond the rim of each enclosed area: is there something quite different?
    private func noteRims(_ regions: Regions, _ facts: inout [HoleFacts]) {
        let threshold = max(12, 4 * noise)
        // Past the blur and the compression noise that keep a rim from being just like the background.
        let reach = 8
        for y in reach..<max(reach, height - reach) {
            for x in reach..<max(reach, width - reach) {
                let index = y * width + x
                let label = Int(regions.labels[index])
                guard label > 0 else { continue }
                for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] where Int(regions.labels[index + dy * width + dx]) != label {
                    let differs = (2...reach).contains { step in
                        let beyond = index + (dy * width + dx) * step
                        return BackgroundModel.distance(field.values[beyond] - surface.values[beyond]) > threshold
                    }
                    facts[label].note(rimIsClear: differs)
                }
            }
        }
    }
}

/// What is known of an enclosed area.
private struct HoleFacts {
    /// Steps from the outer background to its nearest pixel.
    private(set) var nearest = Int32.max
    private var rim = 0
    private var clear = 0

    /// The share of the rim beyond which something different begins.
    var clearRim: Float { rim == 0 ? 0 : Float(clear) / Float(rim) }

    mutating func note(depth: Int32) { nearest = min(nearest, depth) }

    mutating func note(rimIsClear: Bool) {
        rim += 1
        if rimIsClear { clear += 1 }
    }
}

/// How much the pixels of a working picture are like a background surface.
private struct Likeness {
    /// Within the noise of the surface.
    let tight: [Bool]
    /// Tight, or a soft shadow on it.
    let like: [Bool]

    init(_ smooth: ColourField, _ slopes: [Float], surface: ColourField, noise: Float) {
        let tolerance = max(5, 3.5 * noise + 2)
        // Soft shadows rise slowly; a product's outline does not.
        let steepest = min(6, max(3, 2 * noise + 2))
        let tint = max(8, 3 * noise)
        var tight = [Bool](repeating: false, count: slopes.count)
        var like = tight
        for index in slopes.indices {
            let colour = smooth.values[index]
            let background = surface.values[index]
            if BackgroundModel.distance(colour - background) <= tolerance {
                tight[index] = true
                like[index] = true
                continue
            }
            // Less light on the same surface: all channels shrink alike.
            let power = (background * background).sum()
            guard slopes[index] <= steepest, power > 3 * 24 * 24 else { continue }
            let ratio = (colour * background).sum() / power
            like[index] = ratio > 0.45 && ratio < 1.06 && BackgroundModel.distance(colour - background * ratio) <= tint
        }
        self.tight = tight
        self.like = like
    }
}
