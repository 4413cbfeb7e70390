import Foundation

extension BackgroundSegmentation {
    /// Moves the outline to where the picture has an edge, by the cheapest cut between what is surely product and what is surely background.
    ///
    /// The flood stops where a shadow gets steep, and breaks in where a product and its shadow are equally dark. Both show as an outline that
    /// runs through level places; a short one along edges is the cheaper, and it closes such gaps straight. Pixels near the outline and those
    /// that may be the background in shade can change sides, as in "GrabCut" (Rother et al., SIGGRAPH 2004), with what the flood found instead
    /// of a mixture of colours: a shadow has the background's colour in any depth, and so have many products. The constants below were chosen
    /// on rendered studio photos (`Tests/Benchmarks/matting`).
    mutating func cutOutline(_ smooth: ColourField) {
        let product = background.map { !$0 }
        guard product.contains(true), product.contains(false) else { return }
        let inside = Morphology.distances(to: false, in: product, width, height)
        let outside = Morphology.distances(to: true, in: product, width, height)
        let behind = smooth.filled(known: outside.map { $0 > 2 })
        let strangeness = behind.values.indices.map { Self.strangeness(smooth.values[$0], behind.values[$0]) }
        // Not the blur between the two, which is unlike both.
        let strange = Morphology.eroded(strangeness.map { $0 > 0 }, width, height, times: 3)
        let shade = shade(of: product, smooth, product.indices.map { product[$0] && strangeness[$0] <= 0 })
        let reach = Int32(max(3, max(width, height) / 25))
        var cells: [Int32] = []
        var numbers = [Int32](repeating: -1, count: product.count)
        for index in product.indices where max(inside[index], outside[index]) <= reach || shade[index] {
            numbers[index] = Int32(cells.count)
            cells.append(Int32(index))
        }

        var neighbours = [Int32](repeating: -1, count: cells.count * 8)
        var ties: [(index: Int, step: Int, cost: Float)] = []
        ties.reserveCapacity(cells.count * 4)
        var sides = [(sink: Float, source: Float)](repeating: (0, 0), count: cells.count)
        for (cell, index) in cells.enumerated() {
            let index = Int(index)
            if product[index] {
                sides[cell].sink += Self.inertia + (strange[index] ? Self.conviction * strangeness[index] : 0)
            } else {
                sides[cell].source += Self.inertia + (outside[index] > 1 ? Self.trust : 0)
            }
            for (step, way) in MinimumCut.steps.enumerated() {
                let (x, y) = (index % width + way.x, index / width + way.y)
                guard x >= 0, y >= 0, x < width, y < height else { continue }
                let other = y * width + x
                neighbours[cell * 8 + step] = numbers[other]
                if numbers[other] < 0 {
                    let cost = edge(index, other, step)
                    if product[other] { sides[cell].sink += cost } else { sides[cell].source += cost }
                } else if step % 2 == 0 {
                    ties.append((cell, step, edge(index, other, step)))
                }
            }
        }
        var cut = MinimumCut(neighbours: neighbours)
        for (cell, side) in sides.enumerated() { cut.add(cell, sink: side.sink, source: side.source) }
        for tie in ties { cut.join(tie.index, tie.step, tie.cost) }
        var moved = 0
        for (isProduct, index) in zip(cut.solve(), cells) where background[Int(index)] == isProduct {
            background[Int(index)] = !isProduct
            moved += 1
        }
        movedShare = Float(moved) / Float(max(1, background.count { !$0 }))
    }

    /// What leaving the side that the flood gave it costs a pixel.
    private static let inertia: Float = 0.015
    /// What it costs more where the flood came well past it.
    private static let trust: Float = 0.03
    /// What it costs more to take a pixel unlike the background in any light from the product.
    private static let conviction: Float = 2

    /// Areas of the product that may be the background in shade: they look like it, and two thirds of their outline are soft, as where the
    /// flood stopped in the middle of a shadow. A grey product's is sharp.
    private func shade(of product: [Bool], _ smooth: ColourField, _ shaded: [Bool]) -> [Bool] {
        let level = Morphology.dilated(Morphology.eroded(shaded, width, height, times: 2), width, height, times: 2)
        let regions = Regions(width: width, height: height, member: zip(level, product).map { $0 && $1 })
        var rims = [(soft: Int, all: Int)](repeating: (0, 0), count: regions.areas.count)
        let reach = 3
        for y in reach..<max(reach, height - reach) {
            for x in reach..<max(reach, width - reach) where product[y * width + x] {
                let index = y * width + x
                for step in [1, -1, width, -width] where !product[index + step] {
                    guard let label = (0...reach).lazy.map({ regions.labels[index - step * $0] }).first(where: { $0 > 0 }) else { continue }
                    let contrast = BackgroundModel.distance(smooth.values[index - step * reach] - smooth.values[index + step * reach])
                    rims[Int(label)].soft += contrast < 12 ? 1 : 0
                    rims[Int(label)].all += 1
                }
            }
        }
        return regions.labels.map { $0 > 0 && rims[Int($0)].soft * 3 > rims[Int($0)].all * 2 }
    }

    /// How much less a colour can be the background in some light: 0 and below if it can, 1 if it surely cannot.
    private static func strangeness(_ colour: SIMD4<Float>, _ behind: SIMD4<Float>) -> Float {
        guard let (light, tint) = Likeness.relation(colour, behind) else {
            return min(1, (BackgroundModel.distance(colour - behind) - 6) / 6)
        }
        // What stands in a shadow is lit by the room and by the product beside it.
        let stray = (tint - 6 - 14 * max(0, 1 - light)) / 6
        let glare = (light - 1.04) / 0.06
        // Few shadows are darker.
        let gloom = (0.2 - light) / 10
        return min(1, max(stray, glare, gloom))
    }

    /// What it costs two neighbours to be on different sides: little across an edge.
    private func edge(_ index: Int, _ other: Int, _ step: Int) -> Float {
        let difference = field.values[index] - field.values[other]
        // The way to a diagonal neighbour is longer, and the outline between the two shorter.
        let length: Float = step < 4 ? 1 : 0.7071
        let contrast = (difference * difference).max() * length * length
        return length * (0.005 + exp(-contrast / 200))
    }
}
