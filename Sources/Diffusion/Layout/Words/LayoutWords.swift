/// What a prompt says about the shape of its scene, in English or Japanese.
struct LayoutWords {
    private let text: String
    /// What the words put under the product; all of them where they put nothing there.
    private let under: String
    private let scenery: Scenery
    private let lights: String

    init(_ prompt: String) {
        text = PromptClauses.phrase(prompt)
        let clauses = PromptClauses(prompt)
        let surfaces = clauses.ground + [clauses.stand].compactMap(\.self)
        under = surfaces.isEmpty ? text : surfaces.joined(separator: " ")
        scenery = Scenery(clauses)
        lights = clauses.light.joined(separator: " ")
    }

    /// The kind of scene that the words suggest; floor and wall where they suggest none.
    var kind: LayoutKind {
        let isFar = says(Self.farAway) || scenery.isFar
        if says(Self.stands) { return .podium }
        if SurfaceMaterial(under) == .cloth, !isFar { return .cloth }
        if says(Self.tables) { return isFar || isOutdoors ? .table : .wall }
        if isOutdoors { return .open }
        if says(Self.studios) { return .sweep }
        return isFar ? .table : .wall
    }

    var isOutdoors: Bool { says(Self.grounds) }

    /// Whether they speak of a kitchen, whose wall is further away than its counter's edge.
    var isKitchen: Bool { says(Self.kitchens) }

    /// Light from the side that the words name, else from either; low where they speak of evening, high where they say above, from the back
    /// where they set the product against it. Soft light is wide, hard light narrow; a window is beside the product and not far above it, and
    /// what is to be dramatic comes along the ground.
    func light(_ chance: inout LayoutChance) -> SceneLayout.Light {
        let aside = chance.next(in: 0.5...1.3)
        let either = chance.next(in: -1...1)
        let height = chance.next(in: 0.6...1)
        let spread = chance.next(in: says(Self.soft) ? 0.14...0.26 : says(Self.hard) ? 0.02...0.06 : 0.07...0.22)
        let side: Float = isLit(Self.right) ? 1 : isLit(Self.left) ? -1 : either < 0 ? -1 : 1
        if isLit(Self.behind) { return SceneLayout.Light(azimuth: (1.9 + 0.7 * aside) * side, elevation: 0.9 * height, spread: spread) }
        let isFromSide = isLit(Self.left + Self.right)
        if says(Self.alongside) || (isFromSide && says(Self.dramatic)) {
            return SceneLayout.Light(azimuth: (1.05 + 0.35 * aside) * side, elevation: 0.5 * height, spread: 2 * spread)
        }
        let elevation = says(Self.lowLight) ? 0.75 * height - 0.2 : isLit(Self.overhead) ? 1.35 : height
        let isWindow = isFromSide && !says(Self.hard)
        return SceneLayout.Light(
            azimuth: (isWindow ? 0.8 + 0.4 * aside : aside) * side, elevation: isWindow ? 0.8 * elevation : elevation, spread: spread)
    }

    /// How much lower (below zero) or higher than usual the horizon is: a camera that looks down sees less of what is behind.
    var cameraLift: Float { says(Self.above) ? -0.45 : says(Self.low) ? 0.16 : 0 }

    enum LightSide { case left, right, behind, above }

    /// Where they say that the light comes from.
    var lightSides: [LightSide] {
        let sides: [(LightSide, Words)] = [
            (.left, Self.left), (.right, Self.right), (.behind, Self.behind), (.above, Self.overhead),
        ]
        return sides.filter { isLit($0.1) }.map(\.0)
    }

    var namesLight: Bool { !lightSides.isEmpty }

    /// Whether what they say of the light has some words: "room for text on the left" is no light.
    private func isLit(_ words: Words) -> Bool { lights.says(words) }

    private func says(_ words: Words) -> Bool { text.says(words) }

    /// A stand as the words have it: a rug is flat and wide, a platform or a stump low. Where they do not speak of a podium's shape, the
    /// seed decides.
    func stand(_ chance: inout LayoutChance) -> SceneLayout.Stand {
        if says(Self.rugs) { return SceneLayout.Stand(radius: chance.next(in: 2...2.6), height: 0.006) }
        let isLow = says(Self.lowStands)
        let kind = chance.next(in: 0...1)
        let turn = chance.next(in: -0.5...0.5)
        var stand = SceneLayout.Stand(
            radius: chance.next(in: isLow ? 1.6...2.6 : 1.3...2), height: chance.next(in: isLow ? 0.05...0.12 : 0.08...0.28))
        let isRound = isLow || says(Self.rounds)
        if says(Self.several) || (!isRound && !says(Self.squares + Self.stepped) && kind > 0.85) {
            stand.neighbours = [Float(-1), 1].map { side in
                let (across, away) = (chance.next(in: 1.45...2), chance.next(in: 0.3...1.3))
                let room = (across * across + away * away).squareRoot() - 1.04
                return SceneLayout.Stand.Neighbour(
                    across: side * across, away: away, radius: min(chance.next(in: 0.45...0.75), room), height: chance.next(in: 0.4...2.2))
            }
        } else if says(Self.squares) || (!isRound && !says(Self.stepped) && kind > 0.65) {
            // Half the time as a box that faces the camera.
            stand.shape = .square(turn: kind < 0.8 ? turn : 0)
            stand.radius *= 0.92
        } else if says(Self.stepped) || (!isRound && kind > 0.45) {
            stand.shape = .stepped
            stand.radius *= 0.85
        }
        return stand
    }

    static let stands: Words = podiums + lowStands + rugs
    /// What is built for a photo.
    static let podiums: Words = "podium, pedestal, plinth, display stand, stand, 台座, ステージ, 円形の台"
    static let stumps: Words = "stump, log, 切り株, 丸太"
    private static let lowStands: Words = "platform, 石の台" + stumps
    private static let rounds: Words = "round, circular, cylinder, 丸い, 円形, 円柱"
    private static let squares: Words = "square, 四角い"
    private static let stepped: Words = "stepped, tiered, 段の, 段のある"
    private static let several: Words = "podiums, pedestals, plinths, different heights, 高さの違う"
    private static let rugs: Words = "rug, ラグ"
    private static let tables: Words = """
        table, tabletop, counter, countertop, worktop, desk, shelf, ledge, nightstand, vanity, pier, plank, marble,
        kitchen,
        テーブル, カウンター, 机, 棚, 大理石, キッチン
        """
    private static let grounds: Words = """
        beach, sand, snow, forest, moss, mossy, snowy, sandy, water, sea, lake, grass, meadow, desert, jungle,
        海, 砂浜, 砂の, 砂漠, 雪, 森, 苔, 水面, 水の上, 水辺, 湖, 草原, 草の上
        """
    private static let studios: Words = "studio, sweep, seamless, plain, スタジオ, 無地, 背景紙"
    static let kitchens = cookers + "kitchen, kitchenette, pantry, キッチン, 台所, 厨房"
    /// What stands in kitchens, and before paper is the product.
    static let cookers: Words = "stove, stovetop, cooktop, oven, fridge, refrigerator, コンロ, オーブン, 冷蔵庫"
    /// Out of focus.
    static let farAway: Words = "bokeh, blurred, blurry, out of focus, ぼけ, ボケ, ぼかし"
    private static let above: Words = "seen from above, high angle, 俯瞰"
    private static let low: Words = "low angle, eye level, ローアングル"
    private static let right: Words = "right, 右"
    private static let left: Words = "left, 左"
    private static let overhead: Words = "from above, overhead, 真上"
    /// Also of its shadows.
    private static let hard: Words = "hard, harsh, sunlight, sunshine, sunny, crisp, dramatic, 直射, 日光, 強い光, くっきり"
    static let alongside: Words = "side light, sidelight, side lighting, サイド光, サイドライト"
    static let dramatic: Words = "dramatic, ドラマチック"
    static let soft: Words = "soft, softbox, diffused, overcast, bright studio light, 明るいスタジオ光, 柔らか, ソフト, 曇り"
    static let behind: Words = "backlight, backlit, backlighting, rim light, from behind, 逆光, 後ろから"
    private static let lowLight: Words = "golden hour, sunset, sunrise, evening, dusk, late afternoon, long shadow, 夕, 朝日, 長い影"
}
