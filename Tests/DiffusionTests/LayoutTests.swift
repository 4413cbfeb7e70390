import Foundation
import Imaging
import Tensor
import Testing

@testable import Diffusion

@Suite("The layout of a scene")
struct LayoutTests {
    /// A bottle of half the canvas's height in its middle.
    private let bottle: Mask = {
        var mask = Mask(width: 256, height: 256, fill: 0)
        for y in 84..<212 {
            for x in 108..<148 { mask.values[y * 256 + x] = 255 }
        }
        return mask
    }()

    private let light = SceneLayout.Light(azimuth: 1, elevation: 0.7)

    /// Nearness, identity and shadow in a cell of 32 x 32.
    private func cell(_ maps: Tensor, _ row: Int, _ column: Int) -> (nearness: Float, identity: Float, shadow: Float) {
        let values = maps.values
        let first = (row * 32 + column) * 3
        return (values[first], values[first + 1], values[first + 2])
    }

    private func maps(_ layout: SceneLayout, _ mask: Mask? = nil) -> Tensor {
        LayoutMap.tensor(layout, productMask: mask ?? bottle, latentScale: 8)
    }

    @Test("The ground is at 0.5 under the product and falls evenly to nothing at the horizon")
    func ground() {
        let horizon: Float = 0.1
        let result = maps(SceneLayout(horizon: horizon, groundEnd: 0.15, backdrop: 0.1, light: light))
        let base: Float = 212.0 / 256
        for row in 14..<32 {
            let middle = (Float(row) + 0.5) / 32
            let seen = cell(result, row, 2)
            #expect(abs(seen.nearness - 0.5 * (middle - horizon) / (base - horizon)) < 0.01)
            #expect(abs(seen.identity - 50 / 255) < 1e-4)
        }
        for row in 0..<8 {
            #expect(abs(cell(result, row, 2).identity - 100 / 255) < 1e-4 && abs(cell(result, row, 2).nearness - 0.1) < 1e-4)
        }
    }

    @Test("The shadow begins at the foot and falls away from the light")
    func shadow() {
        for side: Float in [-1, 1] {
            let result = maps(
                SceneLayout(horizon: 0, groundEnd: 0.2, backdrop: 0.2, light: .init(azimuth: side, elevation: 0.7)))
            let sums = (0..<32).map { column in (0..<32).reduce(Float(0)) { $0 + cell(result, $1, column).shadow } }
            let (left, right) = (sums[..<13].reduce(0, +), sums[19...].reduce(0, +))
            #expect(side > 0 ? left > 3 && right < 0.5 : right > 3 && left < 0.5)
            #expect(cell(result, 25, 15).shadow > 0.5)
        }
        let noon = maps(SceneLayout(horizon: 0, groundEnd: 0.2, backdrop: 0.2, light: .init(azimuth: 1, elevation: 1.4)))
        let evening = maps(SceneLayout(horizon: 0, groundEnd: 0.2, backdrop: 0.2, light: .init(azimuth: 1, elevation: 0.4)))
        func dark(_ maps: Tensor) -> Float { (0..<1024).reduce(0) { $0 + cell(maps, $1 / 32, $1 % 32).shadow } }
        #expect(dark(evening) > 2 * dark(noon))
    }

    @Test("A stand carries the product: its top goes round the foot, its side faces the camera, the ground lies lower")
    func stand() {
        var layout = SceneLayout(horizon: 0, groundEnd: 0.25, backdrop: 0.25, light: light)
        let flat = maps(layout)
        layout.stand = .init(radius: 2, height: 0.15)
        let raised = maps(layout)
        #expect(abs(cell(raised, 26, 15).identity - 150 / 255) < 1e-4)
        #expect(abs(cell(raised, 29, 15).identity - 150 / 255) < 1e-4)
        #expect(abs(cell(raised, 26, 2).identity - 50 / 255) < 1e-4)
        #expect(cell(raised, 26, 2).nearness < cell(flat, 26, 2).nearness)
    }

    @Test("Light falls between legs and through a ring; what is open far up stands on each of its feet, a toy car on all it spans")
    func openings() throws {
        func mask(_ isProduct: (Int, Int) -> Bool) -> Mask {
            var mask = Mask(width: 256, height: 256, fill: 0)
            for y in 0..<256 { for x in 0..<256 where isProduct(x, y) { mask.values[y * 256 + x] = 255 } }
            return mask
        }
        func stool(isOpen: Bool) -> Mask {
            mask { x, y in (72..<184).contains(x) && (100..<212).contains(y) && (y < 116 || x < 84 || x >= 172 || !isOpen) }
        }
        func ring(isOpen: Bool) -> Mask {
            mask { x, y in
                let away = ((x - 128) * (x - 128) + (y - 160) * (y - 160))
                return away < 52 * 52 && (away >= 44 * 44 || !isOpen)
            }
        }
        let layout = SceneLayout(horizon: -0.3, groundEnd: 0.1, backdrop: 0.1, light: .init(azimuth: 0.5, elevation: 0.7, spread: 0.02))
        func shaded(_ mask: Mask) -> [[Bool]] {
            let map = LayoutMap(layout, productMask: mask)
            return (0..<128).map { y in
                (0..<128).map { map.cell(row: (Float(y) + 0.5) / 128, column: (Float($0) - 63.5) / 128).shadow > 0.5 }
            }
        }
        for (open, filled) in [(stool(isOpen: true), stool(isOpen: false)), (ring(isOpen: true), ring(isOpen: false))] {
            let (open, filled) = (shaded(open), shaded(filled))
            func area(_ map: [[Bool]]) -> Int { map.joined().count { $0 } }
            #expect(area(open) < area(filled) * 7 / 10 && area(open) > area(filled) / 10, "\(area(open)) of \(area(filled))")
            // Somewhere there is light between two shadows.
            #expect(open.contains { row in zip(row, row.dropFirst()).count { $0 != $1 } >= 4 })
        }
        let map = LayoutMap(layout, productMask: stool(isOpen: true))
        func distance(_ x: Float, _ y: Float) -> Float { map.distanceFromFoot(map.hit(row: y / 256, column: (x - 128) / 256)) }
        #expect(distance(78, 211) < 1.1 && distance(178, 211) < 1.1 && distance(128, 208) > 4)
        let car = mask { x, y in (40..<216).contains(x) && (140..<212).contains(y) && (y < 200 || x < 72 || x >= 184) }
        #expect(try #require(ProductSolid(car)).feet.all.count == 1)
        #expect(try #require(ProductSolid(stool(isOpen: true))).feet.all.count == 2)
        let whole = try #require(ProductSolid(bottle)?.pieces { _, _ in (0, 1) })
        #expect(whole.count == 1 && whole[0].axis == LayoutMap.frame * (ProductSolid(bottle)?.halfWidth ?? 0))
        // Seen a little from above and from the side, its nearest leg alone in the lowest rows, two at the back.
        let feet = [(76, 211), (168, 205), (100, 186), (190, 180)]
        let table = mask { x, y in
            (64..<200).contains(x) && (100..<116).contains(y)
                || feet.contains { abs(x - $0.0) < 5 && (116...$0.1).contains(y) }
        }
        #expect(try #require(ProductSolid(table)).feet.all.map { Int($0.base * 256) }.sorted() == feet.map { $0.1 + 1 }.sorted())
        let under = LayoutMap(layout, productMask: table)
        func away(_ x: Float, _ y: Float) -> Float { under.distanceFromFoot(under.hit(row: y / 256, column: (x - 128) / 256)) }
        for (x, y) in feet { #expect(away(Float(x), Float(y)) < 1.2) }
        #expect(away(130, 196) > 4, "the ground between the legs is free")
        // A camera at the ground's level sees the back feet on the horizon.
        let low = try #require(ProductSolid(table)?.pieces { row, _ in row > 0.8 ? (0, 1) : (90, 91) })
        #expect(low.count == 5 && low[0].axis < 1 && low[0].depth < 2 && low[0].halfDepth(ofHalfWidth: 1) < 1)
    }

    @Test("Things side by side stand and throw shadows each for itself, the one behind further back")
    func parts() {
        var pair = Mask(width: 256, height: 256, fill: 0)
        for y in 100..<212 {
            for x in 60..<100 { pair.values[y * 256 + x] = 255 }
        }
        for y in 160..<200 {
            for x in 150..<190 { pair.values[y * 256 + x] = 255 }
        }
        let layout = SceneLayout(horizon: 0, groundEnd: 0.2, backdrop: 0.2, light: .init(azimuth: 0.6, elevation: 1.35))
        let map = LayoutMap(layout, productMask: pair)
        func distance(_ x: Float, _ y: Float) -> Float { map.distanceFromFoot(map.hit(row: y / 256, column: (x - 128) / 256)) }
        #expect(abs(distance(80, 212) - 1) < 0.1 && abs(distance(170, 200) - 1) < 0.1)
        #expect(distance(80, 205) < 0.9 && distance(170, 193) < 0.9 && distance(170, 212) > 1.2)
        #expect(distance(125, 205) > 1.5, "the ground between is free")
        #expect(map.cell(row: 200 / 256, column: -3.0 / 256).shadow < 0.2 && map.cell(row: 205 / 256, column: -48.0 / 256).shadow > 0.8)
        // A thing that hangs beside what stands belongs to it.
        for y in 130..<200 {
            for x in 150..<190 { pair.values[y * 256 + x] = y < 150 ? 255 : 0 }
        }
        #expect(ProductSolid.parts(of: pair).count == 1)
        // A comb is one thing, however many teeth a mask has.
        var comb = Mask(width: 256, height: 256, fill: 0)
        for y in 100..<212 {
            for x in stride(from: 20, to: 240, by: 4) { comb.values[y * 256 + x] = 255 }
        }
        #expect(ProductSolid.parts(of: comb).count == 1)
    }

    @Test(
        "A floor line set by hand is where the ground ends, in every kind of scene; above the foot where it was set below",
        arguments: LayoutKind.allCases)
    func floorLine(_ kind: LayoutKind) throws {
        guard let usual = SceneLayout.make(kind, prompt: "round", seed: 5) else { return }
        for row in [0.05, 0.2, 0.4, 0.6, 0.75, 0.95] {
            let layout = SceneArrangement(floorLine: row).applied(to: usual, productMask: bottle)
            let end = try #require(LayoutMap(layout, productMask: bottle).farEdge)
            let foot: Float = 212.0 / 256
            #expect(abs(end - min(Float(row), foot - 0.03)) < 0.005, "\(row): \(end)")
            // What somebody wrote into the catalogue by hand is no stranger scene than the range allows.
            #expect(
                SceneArrangement(floorLine: -1e9).applied(to: usual, productMask: bottle)
                    == SceneArrangement(floorLine: 0.05).applied(to: usual, productMask: bottle))
            // The maps that the model gets say so too, beside the product.
            let identities = (0..<32).map { cell(maps(layout), $0, 1).identity * 255 }
            let first = identities.firstIndex { $0 < 75 } ?? 32
            #expect(abs(Float(first) - end * 32) <= 1, "\(row): \(first)")
        }
    }

    @Test("Light set by hand throws the shadow to the other side, whatever the words say", arguments: LightDirection.allCases)
    func lightByHand(_ direction: LightDirection) throws {
        let usual = try #require(SceneLayout.make(.wall, prompt: "light from the left", seed: 5))
        let result = maps(SceneArrangement(light: direction).applied(to: usual, productMask: bottle))
        func dark(_ columns: Range<Int>, _ rows: Range<Int>) -> Float {
            rows.reduce(0) { sum, row in columns.reduce(sum) { $0 + cell(result, row, $1).shadow } }
        }
        let (left, right, before) = (dark(0..<13, 0..<32), dark(19..<32, 0..<32), dark(0..<32, 28..<32))
        switch direction {
        case .left, .frontLeft: #expect(right > 3 * left && right > 3)
        case .right, .frontRight: #expect(left > 3 * right && left > 3)
        case .backLeft: #expect(right > 3 * left && before > 1)
        case .backRight: #expect(left > 3 * right && before > 1)
        case .back: #expect(before > 3)
        case .front: #expect(before < 0.5 && left < 1 && right < 1)
        case .above: #expect(left + right + before < 6)
        }
    }

    @Test("A canvas without a product, a product that fills it, and one of a single pixel give maps within 0...1")
    func strangeProducts() {
        var dot = Mask(width: 256, height: 256, fill: 0)
        dot.values[40_000] = 255
        for mask in [
            Mask(width: 256, height: 256, fill: 0), Mask(width: 256, height: 256, fill: 255), dot, Mask(width: 64, height: 512, fill: 255),
        ] {
            for kind in LayoutKind.allCases {
                guard let layout = SceneLayout.make(kind, prompt: "", seed: 3) else { continue }
                #expect(maps(layout, mask).values.allSatisfy { (0...1).contains($0) })
            }
        }
    }

    @Test(
        "The words of a prompt choose the kind of scene, in both languages",
        arguments: [
            ("a jar on a blush pink podium, sage green wall", LayoutKind.podium), ("on fresh snow, winter", .open),
            ("a bottle on a stone platform in dark water", .podium), ("on draped satin", .cloth),
            ("an oak table, blurred garden behind", .table),
            ("white marble kitchen counter, tiles", .wall), ("seamless studio sweep, soft light", .sweep), ("", .wall),
            ("ピンクの台座の上の化粧水", .podium), ("新雪の上のボトル", .open), ("木のテーブル、ぼけた庭", .table), ("a misunderstanding", .wall),
            ("大理石の上の化粧水", .wall), ("on an ivory linen table, sage green wall", .wall), ("on draped linen", .cloth),
            ("リネンのテーブルの上のボトル", .wall), ("on a round rug on a wooden floor", .podium),
        ])
    func words(_ prompt: String, _ kind: LayoutKind) {
        #expect(LayoutWords(prompt).kind == kind)
    }

    @Test("A rug is flat and wide, a stump lower than a podium, and what carries something narrow is not as narrow")
    func stands() throws {
        func stand(_ words: String, _ seed: UInt64) throws -> SceneLayout.Stand {
            let layout = SceneLayout.make(.auto, prompt: words, seed: seed)
            return try #require(layout?.stand)
        }
        for seed: UInt64 in 0..<20 {
            let (rug, stump) = (try stand("on a round rug on a wooden floor", seed), try stand("on a tree stump on moss", seed))
            let podium = try stand("on a podium", seed)
            #expect(rug.height < 0.01 && rug.radius > podium.radius && stump.height < 0.13 && podium.height >= 0.08)
        }
        var needle = Mask(width: 64, height: 64, fill: 0)
        for y in 20..<50 { needle.values[y * 64 + 32] = 255 }
        let layout = SceneLayout(
            horizon: 0.1, groundEnd: 0.2, backdrop: 0.2, stand: .init(radius: 1.5, height: 0.1), light: .init(azimuth: 1, elevation: 1))
        let map = LayoutMap(layout, productMask: needle)
        #expect(map.hit(row: 0.79, column: -0.1).identity == .stand && map.hit(row: 0.79, column: -0.35).identity == .ground)
    }

    @Test(
        "The words give a podium its shape, in both languages; where they do not, seeds differ",
        arguments: [
            ("on a square podium", "square"), ("四角い台座の上のボトル", "square"), ("on a stepped podium", "stepped"), ("段のある台座の上", "stepped"),
            ("on a round podium", "round"), ("丸い台座の上", "round"), ("on podiums of different heights", "several"), ("高さの違う台座の上", "several"),
            ("on a tree stump", "round"), ("on a podium", "any"),
        ])
    func shapes(_ words: String, _ shape: String) throws {
        func name(_ stand: SceneLayout.Stand) -> String {
            switch stand.shape {
            case _ where !stand.neighbours.isEmpty: "several"
            case .round: "round"
            case .square: "square"
            case .stepped: "stepped"
            }
        }
        let stands = try (0..<30).map { try #require(SceneLayout.make(.auto, prompt: words, seed: $0)?.stand) }
        let names = Set(stands.map(name))
        #expect(shape == "any" ? names.count == 4 : names == [shape], "\(names)")
        for stand in stands {
            for neighbour in stand.neighbours {
                let distance = (neighbour.across * neighbour.across + neighbour.away * neighbour.away).squareRoot()
                #expect(distance > 1 + neighbour.radius && neighbour.radius > 0.2 && neighbour.height > 0)
            }
        }
    }

    @Test("A block is met at its top and at the side that faces the camera, turned or not, and throws its shadow away from the light")
    func blocks() throws {
        let camera = LayoutMap.Point(x: 0, y: -1, z: 0.5)
        func block(_ turn: Float?) -> StandBlock {
            StandBlock(middle: SIMD2(0, 0), half: 0.2, top: 0, bottom: -0.2, turn: turn.map { SIMD2(cos($0), sin($0)) })
        }
        /// Towards a place.
        func meeting(_ block: StandBlock, _ x: Float, _ y: Float, _ z: Float) -> StandBlock.Meeting? {
            block.meeting(from: camera, along: LayoutMap.Point(x: x - camera.x, y: y - camera.y, z: z - camera.z))
        }
        for turn: Float? in [nil, 0, 0.4] {
            let block = block(turn)
            let top = try #require(meeting(block, 0, 0, 0))
            #expect(top.side == nil && abs(top.depth - 1) < 1e-4)
            let front = try #require(meeting(block, 0, -0.1, -0.1))
            #expect(front.side.map { abs($0.outward) < 0.45 } == true && front.depth < 1)
            #expect(meeting(block, 0.5, 0, 0) == nil && meeting(block, 0, 0, 0.3) == nil)
            #expect(block.distance(to: .zero) < -0.15 && abs(block.distance(to: SIMD2(0.6, 0)) - 0.4) < 0.05)
            let light = LayoutMap.Point(x: 0.7, y: 0, z: 0.7)
            func shadow(_ x: Float) -> Float { block.shadow(at: LayoutMap.Point(x: x, y: 0, z: -0.2), light: light) }
            #expect(shadow(-0.28) > 0.8 && shadow(-0.7) < 0.05 && shadow(0.4) < 0.05)
            #expect(block.shadow(at: LayoutMap.Point(x: 0, y: 0, z: 0), light: light) == 0)
        }
        // One with its corner to the camera shows two faces that look apart.
        let corner = block(.pi / 4)
        let (left, right) = (try #require(meeting(corner, -0.1, -0.1, -0.1)?.side), try #require(meeting(corner, 0.1, -0.1, -0.1)?.side))
        #expect(left.outward < -0.6 && right.outward > 0.6)
    }

    @Test("The same seed gives the same layout, another seed another; the words say where light comes from; off is none")
    func seeds() throws {
        let first = SceneLayout.make(.auto, prompt: "on a podium", seed: 1)
        #expect(first != nil && first == SceneLayout.make(.auto, prompt: "on a podium", seed: 1))
        #expect(first != SceneLayout.make(.auto, prompt: "on a podium", seed: 2))
        #expect(SceneLayout.make(.off, prompt: "on a podium", seed: 1) == nil)
        for seed: UInt64 in 0..<20 {
            #expect(try #require(SceneLayout.make(.wall, prompt: "light from the right", seed: seed)).light.azimuth > 0)
            #expect(try #require(SceneLayout.make(.wall, prompt: "左からの光", seed: seed)).light.azimuth < 0)
        }
    }
}
