/// Growing and shrinking of areas in a working picture; distances count steps to any of the eight neighbours.
enum Morphology {
    /// Pixels at least `times` steps away from everything unset; the picture's frame does not count as unset.
    static func eroded(_ set: [Bool], _ width: Int, _ height: Int, times: Int = 1) -> [Bool] {
        let steps = distances(to: false, in: set, width, height)
        return steps.map { $0 > Int32(times) }
    }

    /// Pixels at most `times` steps away from anything set.
    static func dilated(_ set: [Bool], _ width: Int, _ height: Int, times: Int = 1) -> [Bool] {
        let steps = distances(to: true, in: set, width, height)
        return steps.map { $0 <= Int32(times) }
    }

    /// The steps from each pixel to the nearest whose value is `value`, by two passes over the picture (Rosenfeld and Pfaltz 1966).
    static func distances(to value: Bool, in set: [Bool], _ width: Int, _ height: Int) -> [Int32] {
        let far = Int32(width + height)
        var steps = set.map { $0 == value ? 0 : far }
        steps.withUnsafeMutableBufferPointer { steps in
            for y in 0..<height {
                let row = y * width
                for x in 0..<width where steps[row + x] > 0 {
                    var best = steps[row + x]
                    if x > 0 { best = min(best, steps[row + x - 1] + 1) }
                    if y > 0 {
                        best = min(best, steps[row - width + x] + 1)
                        if x > 0 { best = min(best, steps[row - width + x - 1] + 1) }
                        if x < width - 1 { best = min(best, steps[row - width + x + 1] + 1) }
                    }
                    steps[row + x] = best
                }
            }
            for y in (0..<height).reversed() {
                let row = y * width
                for x in (0..<width).reversed() where steps[row + x] > 0 {
                    var best = steps[row + x]
                    if x < width - 1 { best = min(best, steps[row + x + 1] + 1) }
                    if y < height - 1 {
                        best = min(best, steps[row + width + x] + 1)
                        if x > 0 { best = min(best, steps[row + width + x - 1] + 1) }
                        if x < width - 1 { best = min(best, steps[row + width + x + 1] + 1) }
                    }
                    steps[row + x] = best
                }
            }
        }
        return steps
    }

    /// Grows `seeds` within `allowed`, from neighbour to neighbour by the sides, at most `steps` times.
    static func grown(_ seeds: [Bool], within allowed: [Bool], _ width: Int, _ height: Int, steps: Int) -> [Bool] {
        var result = seeds
        var edge = seeds.indices.filter { seeds[$0] }
        for _ in 0..<steps {
            var next: [Int] = []
            for index in edge {
                let x = index % width
                func visit(_ neighbour: Int) {
                    if allowed[neighbour], !result[neighbour] {
                        result[neighbour] = true
                        next.append(neighbour)
                    }
                }
                if x > 0 { visit(index - 1) }
                if x < width - 1 { visit(index + 1) }
                if index >= width { visit(index - width) }
                if index + width < result.count { visit(index + width) }
            }
            edge = next
        }
        return result
    }
}
