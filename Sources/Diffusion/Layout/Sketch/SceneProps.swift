import Foundation

/// The props of a prompt in their places around the product.
struct SceneProps {
    private var figures: [PropFigure] = []
    /// Where the main light comes from, across.
    private let side: Float

    /// - Parameters:
    ///   - foot: the product's foot, down and across, and half its width, in heights of the canvas
    ///   - aspect: the canvas's width in heights
    init(
        _ clauses: PromptClauses, foot: (row: Float, column: Float, half: Float), aspect: Float, light: SceneLayout.Light, seed: UInt64
    ) {
        side = light.azimuth > 0 ? 1 : -1
        var chance = LayoutChance(seed: seed ^ 0x9809)
        for (index, kind) in clauses.props.compactMap(PropWords.named).enumerated() {
            // One kind to the left, the next to the right.
            let aside: Float = (chance.next(in: -1...1) < 0) == (index % 2 == 0) ? -1 : 1
            switch kind.arrangement {
            case .beside(let count, let size): lay(count, kind, size: size, foot: foot, aside: aside, &chance)
            case .scattered(let count, let size): scatter(count, kind, size: size, foot: foot, &chance)
            case .sprig(let count, let lengths, let spread, let blur):
                let root = SIMD2(aside * (aspect / 2 + 0.02), chance.next(in: 0...0.16))
                hang(count, kind, lengths: lengths, spread: spread, blur: blur, root: root, aside: aside, &chance)
            }
        }
        figures.sort { $0.middle.y < $1.middle.y }
    }

    /// The scene's colour with what lies before it.
    ///
    /// - Parameter pixel: in heights of the canvas
    func over(_ scene: SIMD3<Float>, across: Float, down: Float, pixel: Float) -> SIMD3<Float> {
        var colour = scene
        for figure in figures {
            let away = SIMD2(across, down) - figure.middle
            guard abs(away.x) < figure.reach, abs(away.y) < figure.reach else { continue }
            colour *= 1 - figure.shade(away, side: side)
            let look = figure.look(away, pixel: pixel, side: side)
            colour += (look.colour - colour) * look.cover
        }
        return colour
    }

    /// What stands beside a product is about as large as a part of it, and never tiny.
    private static func size(_ half: Float) -> Float { min(max(0.42 * half, 0.055), 0.085) }

    private static func colour(_ kind: PropWords, _ chance: inout LayoutChance) -> SIMD3<Float> {
        let index = min(Int(chance.next(in: 0...Float(kind.colours.count))), kind.colours.count - 1)
        return kind.colours[index] * chance.next(in: 0.9...1.08)
    }

    private mutating func lay(
        _ count: Int, _ kind: PropWords, size: Float, foot: (row: Float, column: Float, half: Float), aside: Float,
        _ chance: inout LayoutChance
    ) {
        let usual = Self.size(foot.half)
        var across = foot.column + aside * (foot.half + 0.8 * usual)
        for number in 0..<count {
            let radius = usual * size * chance.next(in: 0.75...1.1)
            across += aside * radius * chance.next(in: 0.7...1.3)
            let down = foot.row - chance.next(in: -0.01...0.08) - 0.6 * radius
            figures.append(
                PropFigure(
                    shape: kind.shape, middle: SIMD2(across, down), radius: radius, angle: chance.next(in: 0...6),
                    colour: Self.colour(kind, &chance), seed: UInt32(number), blur: 0.005))
            across += aside * radius * 0.8
        }
    }

    private mutating func scatter(
        _ count: Int, _ kind: PropWords, size: Float, foot: (row: Float, column: Float, half: Float), _ chance: inout LayoutChance
    ) {
        for number in 0..<count {
            let radius = Self.size(foot.half) * size * chance.next(in: 0.7...1.3)
            let across = foot.column + chance.next(in: -2.4...2.4) * max(foot.half, 0.12)
            let down = min(foot.row + chance.next(in: -0.08...0.13), 0.98)
            figures.append(
                PropFigure(
                    shape: kind.shape, middle: SIMD2(across, down), radius: radius, angle: chance.next(in: 0...6),
                    colour: Self.colour(kind, &chance), seed: UInt32(number), blur: 0.003))
        }
    }

    /// Leaves or needles along a stem that bends down, in turn to its left and right.
    private mutating func hang(
        _ count: Int, _ kind: PropWords, lengths: ClosedRange<Float>, spread: Float, blur: Float, root: SIMD2<Float>, aside: Float,
        _ chance: inout LayoutChance
    ) {
        for number in 0..<count {
            let along = 0.05 + 0.3 * Float(number) / Float(count)
            let bend = 0.5 + 1.2 * along
            let stem = SIMD2(root.x - aside * along * cos(bend - 0.5), root.y + along * sin(bend))
            let turn = number % 2 == 0 ? spread : -spread
            let heading = atan2(sin(bend), -aside * cos(bend - 0.5)) + turn + chance.next(in: -0.2...0.2)
            let length = chance.next(in: lengths)
            figures.append(
                PropFigure(
                    shape: kind.shape, middle: stem + SIMD2(cos(heading), sin(heading)) * length, radius: length, angle: heading,
                    colour: Self.colour(kind, &chance), seed: UInt32(number), blur: blur))
        }
    }
}
