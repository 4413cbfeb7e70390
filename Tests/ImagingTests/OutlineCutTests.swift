import Foundation
import Testing

@testable import Imaging

@Suite struct OutlineCutTests {
    private static let products = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("samples/spring-catalogue/products")

    /// Places where the flood alone is wrong: bites out of a sole, a wall and a cap as dark as the shadow beside them, and shadow too steep for
    /// it. Found by hand.
    @Test(
        "Without the network white and black products on white are whole, and their shadows are not part of them",
        arguments: [
            ("sneaker-lark.png", [(1186, 448), (709, 128)], [(276, 622), (336, 632), (199, 585)]),
            ("mug-speckle.png", [(142, 562), (149, 624)], [(585, 693), (609, 638)]),
            ("lipstick-rosso.png", [(412, 764), (130, 679)], [(634, 753), (533, 765), (470, 775)]),
            ("cream-lumi.jpg", [(3000, 3000)], [(3646, 3197), (3578, 3209), (3516, 3220)]),
        ] as [(String, [(Int, Int)], [(Int, Int)])])
    func samples(_ name: String, _ product: [(x: Int, y: Int)], _ shadow: [(x: Int, y: Int)]) throws {
        let mask = try Cutout.make(from: Photo.load(Self.products.appendingPathComponent(name)), method: .plainBackground).mask
        for place in product { #expect(mask[place.x, place.y] == 255, "\(place) is product") }
        for place in shadow { #expect(mask[place.x, place.y] == 0, "\(place) is shadow") }
    }

    @Test("A minimum cut is as cheap as the cheapest of all partitions", arguments: 0..<40)
    func cheapest(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        func cost() -> Float { Float(random.next() % 8) }
        let (width, height) = (3, 3)
        var neighbours = [Int32](repeating: -1, count: width * height * 8)
        var ties: [(cell: Int, step: Int, other: Int, cost: Float)] = []
        for cell in 0..<(width * height) {
            for (step, way) in MinimumCut.steps.enumerated() {
                let (x, y) = (cell % width + way.x, cell / width + way.y)
                guard (0..<width).contains(x), (0..<height).contains(y) else { continue }
                neighbours[cell * 8 + step] = Int32(y * width + x)
                if step % 2 == 0 { ties.append((cell, step, y * width + x, cost())) }
            }
        }
        let sides = (0..<(width * height)).map { _ in (sink: cost(), source: cost()) }
        var cut = MinimumCut(neighbours: neighbours)
        for (cell, side) in sides.enumerated() { cut.add(cell, sink: side.sink, source: side.source) }
        for tie in ties { cut.join(tie.cell, tie.step, tie.cost) }
        func price(_ isSource: (Int) -> Bool) -> Float {
            let apart = ties.reduce(0) { $0 + (isSource($1.cell) == isSource($1.other) ? 0 : $1.cost) }
            return sides.indices.reduce(apart) { $0 + (isSource($1) ? sides[$1].source : sides[$1].sink) }
        }
        let found = cut.solve()
        let best = (0..<(1 << (width * height))).map { partition in price { partition >> $0 & 1 == 1 } }.min()
        #expect(price { found[$0] } == best)
    }
}
