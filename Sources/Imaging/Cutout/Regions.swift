/// Connected areas of a small working picture.
struct Regions {
    /// The number of each pixel's area, 0 for none.
    private(set) var labels: [Int32]
    /// What is known of each area; entry 0 is unused.
    private(set) var areas: [Area] = [Area()]

    struct Area {
        var count = 0
        /// Pixels on the picture's frame.
        var frameCount = 0
        var seed = 0
    }

    /// Finds the areas (joined by their sides) of the pixels for which `member` is true.
    init(width: Int, height: Int, member: [Bool]) {
        labels = [Int32](repeating: 0, count: width * height)
        var stack: [Int] = []
        for start in 0..<(width * height) where member[start] && labels[start] == 0 {
            let label = Int32(areas.count)
            var area = Area(seed: start)
            labels[start] = label
            stack.append(start)
            while let index = stack.popLast() {
                let x = index % width
                let y = index / width
                area.count += 1
                if x == 0 || y == 0 || x == width - 1 || y == height - 1 { area.frameCount += 1 }
                func visit(_ next: Int) {
                    if member[next], labels[next] == 0 {
                        labels[next] = label
                        stack.append(next)
                    }
                }
                if x > 0 { visit(index - 1) }
                if x < width - 1 { visit(index + 1) }
                if y > 0 { visit(index - width) }
                if y < height - 1 { visit(index + width) }
            }
            areas.append(area)
        }
    }
}

/// Growing and shrinking of areas in a working picture.
enum Morphology {
    /// Pixels whose whole 3 x 3 neighbourhood (within the picture) is set, `times` over.
    static func eroded(_ set: [Bool], _ width: Int, _ height: Int, times: Int = 1) -> [Bool] {
        (0..<times).reduce(set) { previous, _ in spread(previous, width, height, value: false) }
    }

    /// Pixels with anything set in their 3 x 3 neighbourhood, `times` over.
    static func dilated(_ set: [Bool], _ width: Int, _ height: Int, times: Int = 1) -> [Bool] {
        (0..<times).reduce(set) { previous, _ in spread(previous, width, height, value: true) }
    }

    private static func spread(_ set: [Bool], _ width: Int, _ height: Int, value: Bool) -> [Bool] {
        var across = set
        for y in 0..<height {
            let row = y * width
            for x in 0..<width where set[row + x] == value {
                if x > 0 { across[row + x - 1] = value }
                if x < width - 1 { across[row + x + 1] = value }
            }
        }
        var result = across
        for y in 0..<height {
            let row = y * width
            for x in 0..<width where across[row + x] == value {
                if y > 0 { result[row - width + x] = value }
                if y < height - 1 { result[row + width + x] = value }
            }
        }
        return result
    }
}
