import Foundation

/// What the words say of the light: its colour, how dark the set is, and what stands in its way.
struct LightPattern {
    enum Gobo { case none, window, leaves, blinds }

    let gobo: Gobo
    /// Factor of all colours.
    let tint: SIMD3<Float>
    /// How much darker than its middle the picture's rim is, 0...1.
    let falloff: Float
    /// How dark the product's shadow is, 0...1.
    let shadow: Float
    /// Whether colours are to be pale.
    let isPastel: Bool

    init(_ clauses: PromptClauses) {
        let words = clauses.light.joined(separator: " ")
        func says(_ list: [String]) -> Bool { PromptClauses.says(words, list) }
        gobo = Self.gobos.first { says($0.words) }?.gobo ?? .none
        let isDark = says(["dark", "dramatic", "moody", "low key", "暗い", "ドラマチック"])
        let isWarm = says(["golden hour", "sunset", "warm", "evening", "candle", "lamplight", "暖かい", "夕", "朝日", "灯り"])
        let isCool = says(["cool", "winter", "morning", "overcast", "寒色", "冷たい", "涼しい", "朝の光", "曇り"])
        let isBright = says(["bright", "high key", "明るい"])
        let isBacklit = says(["backlight", "backlit", "glowing rim", "逆光"])
        isPastel = says(["pastel", "パステル"])
        let dim: Float = isDark ? 0.86 : isBright ? 1.06 : 1
        tint = (isWarm ? SIMD3(1.05, 0.99, 0.9) : isCool ? SIMD3(0.98, 1, 1.03) : SIMD3(repeating: 1)) * dim
        falloff = isDark ? 0.55 : isBacklit ? 0.45 : isBright ? 0.05 : 0.14
        shadow = says(["hard", "sunlight", "long shadow", "crisp", "dramatic", "golden hour", "直射", "日光", "長い影", "夕"]) ? 0.5 : 0.34
    }

    /// The part of the main light that reaches a place of the ground or of a wall, in units of the product's distance.
    func reach(_ place: SIMD2<Float>, footprint: Float, seed: UInt32) -> Float {
        switch gobo {
        case .none: return 1
        case .window:
            // Four panes, seen aslant.
            let slant = SIMD2(place.x + 0.55 * place.y, place.y) / 0.3
            let pane = slant - slant.rounded(.down)
            let soft = 0.05 + footprint / 0.3
            let open = smooth(0.06, 0.06 + soft, min(pane.x, 1 - pane.x)) * smooth(0.06, 0.06 + soft, min(pane.y, 1 - pane.y))
            return 0.74 + 0.34 * open
        case .blinds:
            let slat = (place.y + 0.25 * place.x) / 0.07
            return 0.83 + 0.22 * smooth(-0.35, 0.35 + footprint / 0.07, sin(2 * .pi * slat))
        case .leaves:
            let noise = PlaneNoise(seed: seed &+ 401)
            let turned = SIMD2(place.x + 0.6 * place.y, place.y * 0.9 - 0.5 * place.x)
            let leaves = noise.fractal(SIMD2(turned.x, turned.y * 2.2), wavelength: 0.16, octaves: 3, footprint: footprint, roughness: 0.55)
            return 0.84 + 0.22 * smooth(-0.45, 0.35, leaves)
        }
    }

    private static let gobos: [(gobo: Gobo, words: [String])] = [
        (.window, ["window frame", "window shadow", "窓枠"]), (.leaves, ["dappled", "leaf shadow", "木漏れ日", "葉の影"]),
        (.blinds, ["blind", "ブラインド"]),
    ]
}
