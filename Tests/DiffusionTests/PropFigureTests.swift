import Imaging
import Testing

@testable import Diffusion

@Suite("What lies beside a product")
struct PropFigureTests {
    @Test("What is out of focus has no hard rim, and what is round is darker below")
    func softness() {
        let light: SIMD3<Float> = [0.6, 0.6, 0.53]
        func profile(_ blur: Float) -> [Float] {
            let ball = PropFigure(shape: .ball, middle: .zero, radius: 0.06, angle: 0, colour: SIMD3(repeating: 200), seed: 1, blur: blur)
            return (0..<200).map { ball.look(SIMD2(Float($0) * 0.0005, 0), pixel: 0.001, light: light).cover }
        }
        func steepest(_ values: [Float]) -> Float { zip(values, values.dropFirst()).reduce(0) { max($0, $1.0 - $1.1) } }
        #expect(steepest(profile(0.003)) > 3 * steepest(profile(0.02)))
        let ball = PropFigure(shape: .ball, middle: .zero, radius: 0.06, angle: 0, colour: SIMD3(repeating: 200), seed: 1, blur: 0)
        let (above, below) = (
            ball.look(SIMD2(0, -0.03), pixel: 0.001, light: light), ball.look(SIMD2(0, 0.045), pixel: 0.001, light: light)
        )
        #expect(above.colour.x > 1.3 * below.colour.x)
        let (lit, dark) = (ball.look(SIMD2(0.035, 0), pixel: 0.001, light: light), ball.look(SIMD2(-0.035, 0), pixel: 0.001, light: light))
        #expect(lit.colour.x > 1.15 * dark.colour.x)
    }

    @Test(
        "As many lie there as the words say, all of them in the picture; where they say no number, a few",
        arguments: [
            ("a mug on a table, two candles", 2), ("a mug on a table with a lemon", 1), ("a mug on a table with a pair of apples", 2),
            ("a mug on a table with five smooth stones", 5), ("マグカップ、木のテーブル、レモン三つ", 3), ("a mug on a table with a stack of books", nil),
            ("a mug on a table with a few lemons", nil), ("a mug on a table with lemons", nil),
            ("a mug on a table with 3 lemons, 85 mm lens, 8k", 3), ("マグカップ、木のテーブル、２個のレモン", 2),
            ("a mug on a table with lemons, take 2", nil),
        ] as [(String, Int?)])
    func numbers(_ prompt: String, _ number: Int?) throws {
        let layout = SceneLayout(horizon: 0, groundEnd: 0.2, backdrop: 0.2, light: SceneLayout.Light(azimuth: 0.6, elevation: 0.6))
        let map = LayoutMap(layout, productMask: Mask(width: 64, height: 64, fill: 0))
        let clauses = PromptClauses(prompt)
        let phrase = try #require(clauses.props.first)
        #expect(PropCount.of(phrase) == number, "\(phrase)")
        for seed: UInt64 in 0..<8 {
            let props = SceneProps(
                clauses, foot: (0.8, 0, 0.15), aspect: 1, layout: layout, map: map, tone: SIMD3(repeating: 200), isMeadow: false, seed: seed
            )
            #expect(props.figures.count == number ?? props.figures.count && !props.figures.isEmpty)
            if number != nil { #expect(props.figures.allSatisfy { abs($0.middle.x) + 0.8 * $0.radius < 0.5 }) }
        }
    }

    @Test("What lies beside a product throws a shadow away from the light, and the ground is darkest where it touches")
    func propShadows() throws {
        for side: Float in [-1, 1] {
            let light = SceneLayout.Light(azimuth: 1.2 * side, elevation: 0.6)
            let map = LayoutMap(
                SceneLayout(horizon: 0, groundEnd: 0.2, backdrop: 0.2, light: light), productMask: Mask(width: 64, height: 64, fill: 0))
            let place = PropSolid.Place(foot: SIMD2(0.2, 0.8), half: SIMD3(repeating: 0.05))
            let solid = try #require(PropSolid(place, in: map, light: light))
            let foot = try #require(map.ground(row: 0.8, column: 0.2)).point.vector
            func hidden(_ across: Float, _ away: Float) -> (direct: Float, ambient: Float) {
                solid.hidden(from: foot + SIMD3(across, away, 0))
            }
            #expect(hidden(0, 0).direct > 0.99 && hidden(0, 0).ambient > 0.9)
            #expect(hidden(-0.04 * side, 0).direct > 0.9 && hidden(0.04 * side, 0).direct < 0.1, "from \(side)")
            #expect(hidden(-0.06 * side, 0).ambient < 0.5 * hidden(0, 0).ambient)
            #expect(hidden(0.6, 0).direct == 0 && hidden(0.6, 0).ambient < 0.01)
            // Leaves let light through.
            let leafy = try #require(PropSolid(PropSolid.Place(foot: place.foot, half: place.half, opacity: 0.5), in: map, light: light))
            #expect(leafy.hidden(from: foot).direct < 0.51)
        }
        // Above the horizon nothing stands.
        let map = LayoutMap(try #require(SceneLayout.make(.table, prompt: "", seed: 1)), productMask: Mask(width: 64, height: 64, fill: 0))
        #expect(map.ground(row: -3, column: 0) == nil)
    }

    @Test("Fruit and the like have the shape of their own, in their colours, and a cut lemon shows its flesh")
    func fruit() {
        func figure(_ shape: PropFigure.Shape, seed: UInt32) -> PropFigure {
            PropFigure(shape: shape, middle: .zero, radius: 0.1, angle: 0.3, colour: [236, 200, 60], seed: seed, blur: 0.001)
        }
        func seen(_ shape: PropFigure.Shape, seed: UInt32 = 1) -> [(place: SIMD2<Float>, look: PropFigure.Look)] {
            let figure = figure(shape, seed: seed)
            return (-20...20).flatMap { y in
                (-20...20).map { x in
                    let place = SIMD2(Float(x), Float(y)) * 0.007
                    return (place, figure.look(place, pixel: 0.002, light: [0.5, 0.6, 0.6]))
                }
            }
        }
        let shapes: [PropFigure.Shape] = [
            .ball, .bauble, .apple, .strawberry, .shell, .stone, .citrus(isLong: true), .citrus(isLong: false), .books, .towels, .ice,
            .pumpkin, .egg, .gift, .bean(isCut: true), .bean(isCut: false),
        ]
        var outlines: Set<[Bool]> = []
        for shape in shapes {
            let places = seen(shape)
            let share = Float(places.count { $0.look.cover > 0.5 }) / Float(places.count)
            #expect((0.12...0.6).contains(share), "\(shape): \(share)")
            let solid = places.filter { $0.look.cover > 0.5 }.map(\.look.colour)
            #expect(
                places.allSatisfy { (0...1).contains($0.look.cover) } && solid.allSatisfy { $0.min() > -20 && $0.max() < 420 }, "\(shape)")
            let reach = figure(shape, seed: 1).reach
            #expect(places.allSatisfy { $0.look.cover < 0.05 || (abs($0.place.x) < reach.x && abs($0.place.y) < reach.y) }, "\(shape)")
            outlines.insert(places.map { $0.look.cover > 0.5 })
        }
        #expect(outlines.count >= 14)
        // Some are cut, most are whole; pith is paler than any skin.
        let pale = (0..<60).map { seed in
            seen(.citrus(isLong: true), seed: UInt32(seed)).count { $0.look.cover > 0.9 && $0.look.colour.z > 170 }
        }
        #expect((6...30).contains(pale.count { $0 > 40 }), "\(pale)")
    }
}
