import Foundation

/// What tubes of light are bent to, on a dark wall.
enum NeonForm {
    case tubes, ring, frame

    /// The form that phrases speak of; nil where they leave it open.
    init?(_ phrases: String) {
        guard let found = Self.words.first(where: { phrases.says($0.words) }) else { return nil }
        self = found.form
    }

    private static let words: [(form: NeonForm, words: Words)] = [
        (.ring, "ring, circle, リング, 輪"), (.frame, "frame, フレーム, 枠"), (.tubes, "tube, チューブ, 管"),
    ]
}

extension Scenery {
    /// - Parameter form: nil for one that the seed chooses
    static func neon(_ base: SIMD3<Float>, _ first: SIMD3<Float>, _ second: SIMD3<Float>, _ form: NeonForm?, _ view: View) -> SIMD3<Float> {
        switch form ?? view.pick([.tubes, .tubes, .ring, .frame], 4) {
        case .tubes: base * 0.3 + tubes(first, second, view)
        case .ring: base * 0.3 + outline(first, second, isRound: true, view)
        case .frame: base * 0.3 + outline(first, second, isRound: false, view)
        }
    }

    private static func tubes(_ first: SIMD3<Float>, _ second: SIMD3<Float>, _ view: View) -> SIMD3<Float> {
        // They end above the floor; their light goes further.
        let foot = max(view.floor, 0.2)
        let seen = 1 - smooth(foot - 0.1, foot - 0.05, view.place.y)
        let wall = 1 - 0.5 * smooth(foot - 0.3, foot + 0.1, view.place.y)
        let (count, half) = (3 + Int(view.chance(6) * 2.99), 0.006 + 0.008 * view.chance(7))
        var light = SIMD3<Float>.zero
        for tube in 0..<count {
            let index = Int32(tube)
            let middle = view.aspect * (Float(tube) + 0.3 + 0.4 * view.noise.chance(index, 2)) / Float(count)
            let lean = 0.3 * (view.noise.chance(index, 3) - 0.5)
            let away = view.place.x - middle - lean * (view.place.y - 0.3)
            light += shine(away, half: half, tube % 2 == 0 ? first : second, seen: seen, wall: wall, view)
        }
        return light
    }

    /// A ring or a frame with round corners behind the product, or two side by side.
    private static func outline(_ first: SIMD3<Float>, _ second: SIMD3<Float>, isRound: Bool, _ view: View) -> SIMD3<Float> {
        let foot = max(view.floor, 0.2)
        func one(_ colour: SIMD3<Float>, least: Float, aside: Float, _ number: Int32) -> SIMD3<Float> {
            // All of it is in the picture.
            let half = min(least + 0.09 * view.chance(number), max(foot / 2 - 0.04, 0.08))
            let rise = min(0.12 * view.chance(number + 1), max(foot - 2 * half - 0.06, 0))
            let middle = SIMD2(view.aspect / 2 + aside, foot - half - 0.02 - rise)
            let corner = isRound ? half : 0.05
            let side = isRound ? SIMD2(half, half) : SIMD2(half * (0.7 + 0.5 * view.chance(number + 3)), half)
            let away = view.place - middle
            let beyond = SIMD2(abs(away.x), abs(away.y)) - side + corner
            let outside = SIMD2(max(beyond.x, 0), max(beyond.y, 0))
            // Inside, the light of two sides that meet goes over into one another.
            let inside = SIMD2(max(-beyond.x, 0), max(-beyond.y, 0))
            let deep = inside.x * inside.y / max((inside.x * inside.x + inside.y * inside.y).squareRoot(), 1e-4)
            let distance = (outside.x * outside.x + outside.y * outside.y).squareRoot() - deep - corner
            return shine(distance, half: 0.008 + 0.005 * view.chance(number + 2), colour, seen: 1, wall: 1.2, view)
        }
        if view.chance(5) < 0.25 { return one(first, least: 0.15, aside: -0.17, 10) + one(second, least: 0.15, aside: 0.17, 20) }
        // The other colour comes from a lamp outside the picture.
        let lamp = SIMD2(view.chance(31) < 0.5 ? 0 : view.aspect, 0.2)
        return one(first, least: 0.19, aside: 0.3 * (view.chance(6) - 0.5), 10) + second * (0.3 * view.glow(lamp, 0.6))
    }

    /// What a tube gives a place that is so far from its middle: its glass, and its light on the wall.
    private static func shine(
        _ distance: Float, half: Float, _ colour: SIMD3<Float>, seen: Float, wall: Float, _ view: View
    ) -> SIMD3<Float> {
        let (away, soft) = (abs(distance), 0.005 + 0.4 * view.blur)
        let core = 1 - smooth(half - soft, half + soft, away)
        let glow = 0.34 * exp(-away / 0.075) + 0.11 * exp(-away / 0.3)
        return colour * (glow * wall) + (colour * 0.5 + 84) * (core * seen)
    }
}
