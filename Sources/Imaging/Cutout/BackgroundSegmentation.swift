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

    /// The pixels like the background that can be reached from the frame by a path three pixels wide.
    private static func flood(_ like: [Bool], _ width: Int, _ height: Int) -> [Bool] {
        let core = Morphology.eroded(like, width, height)
        let regions = Regions(width: width, height: height, member: core)
        let reached = regions.labels.map { $0 > 0 && regions.areas[Int($0)].frameCount > 0 }
        let grown = Morphology.dilated(reached, width, height)
        return zip(grown, like).map { $0 && $1 }
    }

    /// Gives dust and stray marks to the background: areas below a fiftieth of the largest.
    private mutating func dropSpecks() {
        let regions = Regions(width: width, height: height, member: background.map { !$0 })
        let largest = regions.areas.map(\.count).max() ?? 0
        for index in background.indices {
            let label = Int(regions.labels[index])
            if label > 0, regions.areas[label].count * 50 < largest { background[index] = true }
        }
    }

    /// Finds holes, such as a handle's: enclosed, just like the background, and close behind the product's outline. Deeper ones may as
    /// well be a label of the background's colour; they stay product and are noted.
    private mutating func openHoles(tight: [Bool]) {
        let enclosed = zip(tight, background).map { $0 && !$1 }
        let regions = Regions(width: width, height: height, member: Morphology.eroded(enclosed, width, height))
        guard regions.areas.count > 1 else { return }
        let product = background.count { !$0 }
        let smallest = max(12, width * height / 5000)
        let reach = Int(0.12 * Float(product).squareRoot()) + 2
        let near = Morphology.dilated(background, width, height, times: reach)
        var isNear = [Bool](repeating: false, count: regions.areas.count)
        for index in near.indices where near[index] { isNear[Int(regions.labels[index])] = true }
        var isHole = [Bool](repeating: false, count: regions.areas.count)
        var doubtful = 0
        for label in 1..<regions.areas.count where regions.areas[label].count >= smallest {
            if isNear[label], regions.areas[label].count * 10 < product {
                isHole[label] = true
            } else {
                doubtful += regions.areas[label].count
            }
        }
        enclosedShare = Float(doubtful) / Float(max(1, product))
        let holes = Morphology.dilated(regions.labels.map { isHole[Int($0)] }, width, height)
        for index in holes.indices where holes[index] && enclosed[index] { background[index] = true }
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
            like[index] = ratio > 0.35 && ratio < 1.06 && BackgroundModel.distance(colour - background * ratio) <= tint
        }
        self.tight = tight
        self.like = like
    }
}
