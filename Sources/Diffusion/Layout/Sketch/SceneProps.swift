import Foundation

/// Small things that a prompt places beside the product: fruit, stones, blossoms, leaves.
///
/// They are flat figures in the picture's plane, in heights of the canvas: `across` from its middle, `down` from its upper edge.
struct SceneProps {
    private enum Shape { case ball, stone, blossom, leaf, needles }

    private struct Prop {
        let shape: Shape
        /// Across and down.
        let middle: SIMD2<Float>
        let radius: Float
        let angle: Float
        let colour: SIMD3<Float>
        let seed: UInt32
        /// Width of its soft rim, in heights: it is a little out of focus.
        let blur: Float
        /// Whether it lies on the ground, which is darker around it.
        let lies: Bool
    }

    private struct Kind {
        let words: [String]
        let shape: Shape
        let colours: [SIMD3<Float>]
    }

    private let props: [Prop]
    /// Where the main light comes from, across.
    private let side: Float

    /// - Parameters:
    ///   - foot: the product's foot, down and across, and half its width, in heights of the canvas
    ///   - aspect: the canvas's width in heights
    init(_ clauses: PromptClauses, foot: (row: Float, column: Float, half: Float), aspect: Float, light: SceneLayout.Light, seed: UInt64) {
        side = light.azimuth > 0 ? 1 : -1
        var chance = LayoutChance(seed: seed ^ 0x9809)
        var props: [Prop] = []
        for (index, kind) in clauses.props.compactMap({ phrase in Self.kinds.first { PromptClauses.says(phrase, $0.words) } }).enumerated()
        {
            let leftOrRight: Float = (chance.next(in: -1...1) < 0) == (index % 2 == 0) ? -1 : 1
            func colour() -> SIMD3<Float> {
                kind.colours[Int(chance.next(in: 0...Float(kind.colours.count) - 0.01))] * chance.next(in: 0.9...1.08)
            }
            switch kind.shape {
            case .leaf, .needles:
                // A sprig that reaches in from an upper corner, on the light's side.
                let root = SIMD2(leftOrRight * (aspect / 2 + 0.02), chance.next(in: 0.0...0.16))
                let count = kind.shape == .leaf ? 13 : 64
                for leaf in 0..<count {
                    let along = 0.05 + 0.3 * Float(leaf) / Float(count)
                    let bend = 0.5 + 1.2 * along
                    let stem = SIMD2(root.x - leftOrRight * along * cos(bend - 0.5), root.y + along * sin(bend))
                    let spread: Float = kind.shape == .leaf ? 0.75 : 0.5
                    let turn = leaf % 2 == 0 ? spread : -spread
                    let heading = atan2(sin(bend), -leftOrRight * cos(bend - 0.5)) + turn + chance.next(in: -0.2...0.2)
                    let long: Float = kind.shape == .leaf ? chance.next(in: 0.045...0.075) : chance.next(in: 0.026...0.036)
                    let middle = stem + SIMD2(cos(heading), sin(heading)) * long
                    props.append(
                        Prop(
                            shape: kind.shape, middle: middle, radius: long, angle: heading, colour: colour(), seed: UInt32(leaf),
                            blur: kind.shape == .leaf ? 0.009 : 0.003, lies: false))
                }
            case .ball, .stone, .blossom:
                let size = min(max(0.42 * foot.half, 0.055), 0.085)
                var across = foot.column + leftOrRight * (foot.half + 0.8 * size)
                for number in 0..<(kind.shape == .blossom ? 7 : 3) {
                    let radius = size * chance.next(in: 0.75...1.1) * (kind.shape == .blossom ? 0.62 : 1)
                    across += leftOrRight * radius * chance.next(in: 0.7...1.3)
                    let down = foot.row - chance.next(in: -0.01...0.08) - 0.6 * radius
                    props.append(
                        Prop(
                            shape: kind.shape, middle: SIMD2(across, down), radius: radius, angle: chance.next(in: 0...6), colour: colour(),
                            seed: UInt32(number), blur: kind.shape == .blossom ? 0.006 : 0.004, lies: true))
                    across += leftOrRight * radius * 0.8
                }
            }
        }
        self.props = props.sorted { $0.middle.y < $1.middle.y }
    }

    /// The scene's colour with what lies before it.
    ///
    /// - Parameter pixel: heights of the canvas
    func over(_ scene: SIMD3<Float>, across: Float, down: Float, pixel: Float) -> SIMD3<Float> {
        var colour = scene
        for prop in props {
            let away = SIMD2(across, down) - prop.middle
            let reach = 1.6 * prop.radius
            guard abs(away.x) < reach, abs(away.y) < reach else { continue }
            if prop.lies {
                let foot = SIMD2(away.x + 0.25 * side * prop.radius, (away.y - 0.72 * prop.radius) * 2.6) / prop.radius
                colour *= 1 - 0.34 * (1 - smooth(0.4, 1.35, (foot.x * foot.x + foot.y * foot.y).squareRoot()))
            }
            let seen = Self.figure(prop, away, pixel: pixel, side: side)
            colour += (seen.colour - colour) * seen.cover
        }
        return colour
    }

    private static func figure(
        _ prop: Prop, _ away: SIMD2<Float>, pixel: Float, side: Float
    ) -> (colour: SIMD3<Float>, cover: Float) {
        let place = away / prop.radius
        let soft = max(pixel, prop.blur) / prop.radius
        let (c, s) = (cos(prop.angle), sin(prop.angle))
        let turned = SIMD2(place.x * c + place.y * s, place.y * c - place.x * s)
        switch prop.shape {
        case .ball, .stone:
            let noise = PlaneNoise(seed: prop.seed &+ 7)
            let flat: Float = prop.shape == .ball ? 1.08 : 1.5
            let lump: Float = prop.shape == .ball ? 0 : 0.13 * noise.value(place * 1.4 + 9)
            let round = SIMD2(place.x, place.y * flat)
            let radius = (round.x * round.x + round.y * round.y).squareRoot() + lump
            let up = max(1 - min(radius, 1) * min(radius, 1), 0).squareRoot()
            let lit = 0.4 * side * round.x - 0.45 * round.y + 0.62 * up
            let shine = prop.shape == .ball ? 34 * smooth(0.7, 1.05, lit) : 0
            let grain = 1 + 0.06 * noise.fractal(place, wavelength: 0.5, octaves: 4, footprint: soft / 2)
            return (prop.colour * ((0.68 + 0.4 * lit) * grain) + shine, 1 - smooth(1 - soft, 1 + soft, radius))
        case .blossom:
            let open = SIMD2(place.x, place.y * 1.7)
            let radius = (open.x * open.x + open.y * open.y).squareRoot()
            let turn = atan2(open.y, open.x) + prop.angle
            let petal = abs(cos(2.5 * turn))
            let rim = 0.5 + 0.46 * petal.squareRoot()
            let shade = 0.86 + 0.16 * smooth(0.1, 0.9, radius) - 0.1 * (1 - petal) + 0.08 * cos(turn - prop.angle + side)
            let heart = 0.7 * (1 - smooth(0.08, 0.24, radius))
            return (prop.colour * shade * (1 - heart) + SIMD3(226, 196, 128) * heart, 1 - smooth(rim - soft, rim + soft, radius))
        case .leaf:
            let width = 0.42 * max(1 - turned.x * turned.x, 0) * (1 - 0.25 * turned.x)
            let rib = 1 - smooth(0.015, 0.05, abs(turned.y))
            let half: Float = turned.y > 0 ? 1.1 : 0.88
            let cover = abs(turned.x) < 1 ? 1 - smooth(width - soft, width + soft, abs(turned.y)) : 0
            return (prop.colour * (half + 0.16 * rib), cover)
        case .needles:
            let width = 0.07 * max(1 - turned.x * turned.x, 0)
            let cover = abs(turned.x) < 1 ? 1 - smooth(width, width + soft, abs(turned.y)) : 0
            return (prop.colour, cover)
        }
    }

    private static let greens: [SIMD3<Float>] = [[84, 124, 70], [106, 142, 82], [66, 104, 62]]
    private static let kinds: [Kind] = [
        Kind(words: ["pine", "fir", "pine branch", "松", "もみ"], shape: .needles, colours: [[60, 88, 64], [78, 104, 74]]),
        Kind(words: ["lemon", "lime", "レモン"], shape: .ball, colours: [[240, 212, 74], [232, 200, 60]]),
        Kind(words: ["orange", "tangerine", "オレンジ"], shape: .ball, colours: [[240, 148, 46], [230, 134, 40]]),
        Kind(
            words: ["apple", "cherry", "cherrie", "berry", "berrie", "strawberrie", "りんご", "ベリー", "いちご"], shape: .ball,
            colours: [[186, 44, 50], [160, 34, 52]]),
        Kind(words: ["ornament", "bauble", "ball", "飾り"], shape: .ball, colours: [[204, 164, 84], [178, 44, 52]]),
        Kind(
            words: ["stone", "pebble", "rock", "小石", "石"], shape: .stone, colours: [[150, 147, 142], [126, 124, 122], [176, 172, 166]]),
        Kind(words: ["shell", "seashell", "貝"], shape: .stone, colours: [[236, 220, 200], [228, 204, 188]]),
        Kind(
            words: ["flower", "blossom", "rose", "petal", "peony", "花", "桜", "バラ"], shape: .blossom,
            colours: [[238, 190, 196], [246, 226, 224], [226, 160, 172]]),
        Kind(
            words: ["leaf", "leave", "plant", "branch", "branche", "eucalyptu", "foliage", "palm", "fern", "herb", "葉", "枝", "植物"],
            shape: .leaf, colours: greens),
    ]
}
