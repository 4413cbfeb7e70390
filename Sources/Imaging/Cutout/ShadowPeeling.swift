extension BackgroundSegmentation {
    /// Takes the dark rim of a contact shadow, too steep for the flood, off the product's foot.
    ///
    /// From the flood's edge upwards it goes on as long as the surface only gets darker, keeps its colour and is not as steep as an
    /// outline; a product ends it by its colour, by being brighter, or by its edge. Only near the foot and only from below: elsewhere a
    /// dark rim is the product's own shading.
    mutating func peelShadows(_ smooth: ColourField, _ slopes: [Float], _ likeness: Likeness) {
        let steepest: Float = 9
        let rows = background.indices.filter { !background[$0] }.map { $0 / width }
        guard let top = rows.min(), let bottom = rows.max() else { return }
        let foot = top + (bottom - top) * 3 / 5
        var edge = background.indices.filter { background[$0] }
        for _ in 0..<max(3, max(width, height) / 40) {
            var next: [Int] = []
            for index in edge {
                let brightness = smooth.values[index].sum()
                let x = index % width
                func visit(_ neighbour: Int) {
                    guard !background[neighbour], neighbour / width >= foot, slopes[neighbour] <= steepest else { return }
                    let colour = smooth.values[neighbour]
                    guard colour.sum() <= brightness + 1.5,
                        likeness.isSameSurface(colour, surface.values[neighbour], light: 0.3...0.99)
                    else { return }
                    background[neighbour] = true
                    next.append(neighbour)
                }
                guard index >= width else { continue }
                visit(index - width)
                if x > 0 { visit(index - width - 1) }
                if x < width - 1 { visit(index - width + 1) }
            }
            edge = next
        }
    }
}
