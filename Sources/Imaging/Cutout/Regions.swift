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
