import Foundation

/// What the words say of the light: its colour, how dark the set is, and what stands in its way.
struct LightPattern {
    enum Gobo { case none, window, leaves, blinds }

    enum Mood: CaseIterable {
        case golden, warm, cool, dark, bright, pastel

        fileprivate var words: Words {
            switch self {
            case .golden: "golden hour, ゴールデンアワー"
            case .warm:
                """
                golden hour, sunset, warm, evening, candle, lamplight, candlelight, candlelit, firelight, lamp, dusk,
                late afternoon,
                暖かい, 暖色, 夕, 朝日, 灯り
                """
            case .cool: "cool, winter, morning, overcast, cold, moonlight, 寒色, 冷たい, 涼しい, 朝の光, 曇り"
            case .dark: "dark, dramatic, moody, low key, dim, dimly, spotlight, 暗い, 薄暗い, ドラマチック, スポットライト"
            case .bright: "bright, brightly, high key, airy, 明るい"
            case .pastel: "pastel, パステル"
            }
        }
    }

    let gobo: Gobo
    /// Factor of all colours.
    let tint: SIMD3<Float>
    /// How much darker than the brightest place the picture's rim is, 0...1.
    let falloff: Float
    /// Where it is brightest, from the product's column and the canvas's middle row, in the canvas's widths and heights.
    let brightest: SIMD2<Float>
    /// What a shadow takes away of each colour, 0...1. What light is left in it comes from all around: it is not of the main light's colour, and
    /// bluer where the sky is what is all around.
    let shadow: SIMD3<Float>
    /// How much brighter the picture is at the light's side, as a share.
    let lean: Float
    /// Whether the words say that it comes from a side, so that it is seen to whatever the set is.
    let isFromOneSide: Bool
    /// How much brighter it is around the product, as a share: light from behind it.
    let glow: Float
    /// What they say of its colour and of how much of it there is.
    let moods: [Mood]
    /// Whether colours are to be pale.
    var isPastel: Bool { moods.contains(.pastel) }

    /// - Parameter seed: decides what the words leave open
    init(_ clauses: PromptClauses, seed: UInt64) {
        var chance = LayoutChance(seed: seed ^ 0x119E7)
        let words = clauses.light.joined(separator: " ")
        func says(_ list: Words) -> Bool { words.says(list) }
        gobo = Self.gobos.first { says($0.words) }?.gobo ?? .none
        moods = Mood.allCases.filter { says($0.words) }
        let (isGolden, isDark) = (moods.contains(.golden), moods.contains(.dark))
        let (isWarm, isCool, isBright) = (moods.contains(.warm), moods.contains(.cool), moods.contains(.bright))
        // The sun is as far from one side of the picture as from the other.
        let isSunny = says(Self.sun)
        let isBacklit = says(LayoutWords.behind)
        let isAbove = says("from above, overhead, 真上")
        isFromOneSide = says("window light, side light, left, right, 左, 右")
        // It comes along the ground; a set that is only to be dark is darkest at its rim.
        let isDramatic = isDark && isFromOneSide && says(LayoutWords.alongside + LayoutWords.dramatic)
        // A softbox that is as wide as the set: bright and even, and hardly any shadow.
        let isEven = (isBright || isAbove || says(LayoutWords.soft)) && !isFromOneSide && !isDark
        let dim: Float = isDark ? 0.94 : isEven ? 1.07 : isBacklit || isFromOneSide ? 0.95 : 1
        let cast: SIMD3<Float> =
            isGolden ? [1.01, 0.92, 0.81] : isWarm ? [1.05, 0.99, 0.9] : isCool ? [0.97, 1, 1.04] : SIMD3(repeating: 1)
        tint = cast * dim
        falloff =
            isDark
            ? (isDramatic ? 0.15 : 0.45) : isBacklit ? 0.26 : isEven ? 0.03 : chance.next(in: isSunny ? 0.02...0.1 : 0.04...0.14)
        brightest = isBacklit ? SIMD2(0, 0.1) : isAbove ? .zero : SIMD2(chance.next(in: -0.3...0.3), chance.next(in: -0.25...0.1))
        lean =
            isBacklit || isAbove
            ? 0.03 : isFromOneSide ? (isDramatic ? 0.65 : isDark ? 0.5 : 0.4) : chance.next(in: 0.02...(isEven ? 0.06 : 0.13))
        glow = isBacklit ? 0.36 : 0
        let isHard = says("hard, harsh, sunlight, sun, sunshine, sunny, long shadow, crisp, dramatic, 直射, 日光, 日差し, 長い影, 夕")
        // The low sun is not much brighter than its sky.
        let depth = chance.next(
            in: isDramatic
                ? 0.5...0.62 : isGolden ? 0.34...0.46 : isHard ? 0.45...0.56 : isEven ? 0.14...0.24 : 0.24...0.36)
        let around = cast.sum() / 3 / cast * (isSunny ? Self.sky : SIMD3(repeating: 1))
        shadow = 1 - (1 - depth) * around
    }

    /// The part of the main light that reaches a place.
    ///
    /// - Parameter place: across, and away on the ground; on a wall as far away as its foot and how high, so that what falls on both goes
    ///   on there. In units of the product's distance
    func reach(_ place: SIMD2<Float>, footprint: Float, seed: UInt32) -> Float {
        switch gobo {
        case .none: return 1
        case .window:
            // The panes of one window, seen aslant, around the product; the rest is in the shade of its wall.
            let noise = PlaneNoise(seed: seed)
            let size = 0.22 + 0.14 * noise.chance(1, 401)
            let slope = (0.3 + 0.4 * noise.chance(2, 401)) * (noise.chance(3, 401) < 0.5 ? -1 : 1)
            let panes = SIMD2<Float>(noise.chance(6, 401) < 0.5 ? 2 : 3, noise.chance(7, 401) < 0.4 ? 3 : 4)
            let middle = panes * 0.5 + SIMD2(noise.chance(4, 401) - 0.5, noise.chance(5, 401) - 1)
            let slant = SIMD2(place.x + slope * place.y, place.y * 0.85) / size + middle
            let pane = slant - slant.rounded(.down)
            let soft = 0.05 + footprint / size
            let inside = slant * (panes - slant)
            guard min(inside.x, inside.y) > 0 else { return Self.shade }
            let open = smooth(0.06, 0.06 + soft, min(pane.x, 1 - pane.x)) * smooth(0.06, 0.06 + soft, min(pane.y, 1 - pane.y))
            return Self.shade + 0.42 * open
        case .blinds:
            let slat = (place.y + 0.25 * place.x) / 0.07
            return 0.83 + 0.22 * smooth(-0.35, 0.35 + footprint / 0.07, sin(2 * .pi * slat))
        case .leaves: return 1.06 - 0.42 * Self.leaves(place, footprint: footprint, PlaneNoise(seed: seed &+ 401))
        }
    }

    /// The colour of a clear sky's light beside the sun's, paler than it is, because the ground gives light back as well; chosen by eye.
    private static let sky: SIMD3<Float> = [0.95, 1, 1.08]
    /// What light there is where the window's does not fall.
    private static let shade: Float = 0.68

    /// How much of the light a few twigs hide from a place, 0...1: they reach in from one side, and are as soft as the sun's shadows.
    private static func leaves(_ place: SIMD2<Float>, footprint: Float, _ noise: PlaneNoise) -> Float {
        // What the sun throws down aslant is longer than wide.
        let slant = 0.5 + 0.4 * noise.chance(1, 2)
        let turned = SIMD2(place.x + slant * place.y, 0.8 * place.y)
        let side: Float = noise.chance(3, 4) < 0.5 ? -1 : 1
        let soft = 0.008 + 0.016 * noise.chance(4, 4) + footprint
        let size = 1 + 0.9 * noise.chance(5, 4)
        var open: Float = 1
        for twig in 0..<twigs {
            let number = Int32(twig) &+ 20
            let heading = -0.5 + noise.chance(number, 1)
            let down = -0.4 + 0.32 * (Float(twig) + noise.chance(number, 3))
            // Just out of the picture, which is the wider the further away.
            let root = SIMD2(slant * down / 0.8 + side * (0.7 + 0.3 * noise.chance(number, 2)) * max(1 + 0.6 * down, 0.8), down)
            let way = SIMD2(-side * cos(heading), sin(heading))
            let away = turned - root
            let along = (away * way).sum()
            // It bends under its own weight.
            let across = away.y * way.x - away.x * way.y - (0.5 * noise.chance(number, 4) - 0.25) * along * along
            let length = 0.8 + 0.7 * noise.chance(number, 5)
            guard along > -0.2, along < length + 0.2, abs(across) < leaf * size + 0.05 else { continue }
            if along > 0, along < length {
                let half: Float = 0.006
                open *= 1 - (1 - smooth(half - soft, half + soft, abs(across))) * min(2 * half / (half + soft), 1)
            }
            let pair = (along / (0.36 * leaf * size)).rounded(.down)
            for step in -3...1 {
                let at = (pair + Float(step)) * 0.36 * leaf * size
                guard at > 0, at < length else { continue }
                let own = Int32(pair) &+ Int32(step) &+ 100 &* number
                let aside: Float = own & 1 == 0 ? 1 : -1
                let spread = 0.5 + 0.6 * noise.chance(own, 7)
                let reach = leaf * size * (0.7 + 0.5 * noise.chance(own, 8)) / 2
                let local = SIMD2(along - at, aside * across)
                let part = (local.x * cos(spread) + local.y * sin(spread)) / reach - 1
                let half = 0.42 * reach * max(1 - part * part, 0) * (1 - 0.3 * part)
                guard half > 0 else { continue }
                let distance = abs(local.y * cos(spread) - local.x * sin(spread))
                open *= 1 - (1 - smooth(half - soft, half + soft, distance)) * min(2 * half / (half + soft), 1)
            }
        }
        return 1 - open
    }

    private static let twigs = 6
    /// About the length of a leaf's shadow.
    private static let leaf: Float = 0.16

    private static let sun: Words = "sunlight, sunset, golden hour, sun, sunshine, sunny, 日光, 夕日, ゴールデンアワー, 日差し, 晴れた"
    private static let gobos: [(gobo: Gobo, words: Words)] = [
        (.window, "window frame, window shadow, through a window, through the window, 窓枠"),
        (
            .leaves,
            """
            dappled, leaf shadow, leave shadow, palm shadow, palm leaf shadow, foliage shadow, tree shadow, plant shadow,
            through the tree, through the leave,
            葉っぱの影, 木漏れ日, 葉の影
            """
        ),
        (.blinds, "blind, ブラインド"),
    ]
}
