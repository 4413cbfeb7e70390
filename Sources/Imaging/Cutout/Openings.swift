extension BackgroundSegmentation {
    /// Finds openings, such as a handle's: enclosed, like the background, with a clear rim, and close behind the product's outline.
    /// Deeper ones may as well be a label of the background's colour; they stay product and are noted.
    ///
    /// - Parameters:
    ///   - alike: what can be background, if shaded.
    ///   - tight: what is just like the background.
    mutating func openHoles(_ alike: [Bool], tight: [Bool]) {
        // In a busy background anything dark is "like" it.
        guard grain < 8 else { return }
        let enclosed = background.indices.map { (tight[$0] || alike[$0]) && !background[$0] }
        let regions = Regions(width: width, height: height, member: Morphology.eroded(enclosed, width, height))
        guard regions.areas.count > 1 else { return }
        let product = background.count { !$0 }
        let smallest = max(12, width * height / 20_000)
        let reach = Int32(0.12 * Float(product).squareRoot()) + 2
        let depths = Morphology.distances(to: true, in: background, width, height)
        var facts = [HoleFacts](repeating: HoleFacts(), count: regions.areas.count)
        for index in depths.indices where regions.labels[index] > 0 {
            facts[Int(regions.labels[index])].note(depth: depths[index], isTight: tight[index])
        }
        noteRims(regions, &facts)
        var isHole = [Bool](repeating: false, count: regions.areas.count)
        var doubtful = 0
        for label in 1..<regions.areas.count where regions.areas[label].count >= smallest {
            if facts[label].nearest <= reach, facts[label].clearRim > 0.5, facts[label].tightShare > 0.3 {
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
        let threshold = max(12, 4 * grain)
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
    private var count = 0
    private var tight = 0
    private var rim = 0
    private var clear = 0

    /// The share of the rim beyond which something different begins.
    var clearRim: Float { rim == 0 ? 0 : Float(clear) / Float(rim) }

    /// The share of its pixels that are just like the background; the rest lies in a trace of shadow.
    var tightShare: Float { count == 0 ? 0 : Float(tight) / Float(count) }

    mutating func note(depth: Int32, isTight: Bool) {
        nearest = min(nearest, depth)
        count += 1
        tight += isTight ? 1 : 0
    }

    mutating func note(rimIsClear: Bool) {
        rim += 1
        if rimIsClear { clear += 1 }
    }
}
