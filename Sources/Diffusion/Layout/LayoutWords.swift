/// What a prompt says about the shape of its scene, in English or Japanese.
struct LayoutWords {
    private let text: String

    init(_ prompt: String) { text = PromptClauses.phrase(prompt) }

    /// The kind of scene that the words suggest; floor and wall where they suggest none.
    var kind: LayoutKind {
        if says(Self.stands) { return .podium }
        if says(Self.cloths), !says(Self.laid) { return .cloth }
        if says(Self.tables) { return says(Self.farAway) || isOutdoors ? .table : .wall }
        if isOutdoors { return .open }
        if says(Self.studios) { return .sweep }
        return says(Self.farAway) ? .table : .wall
    }

    var isOutdoors: Bool { says(Self.grounds) }

    /// Light from the side that the words name, else from either; low where they speak of evening, high where they say above.
    func light(_ chance: inout LayoutChance) -> SceneLayout.Light {
        let aside = chance.next(in: 0.5...1.3)
        let either = chance.next(in: -1...1)
        let height = chance.next(in: 0.6...1)
        let side: Float = says(Self.right) ? 1 : says(Self.left) ? -1 : either < 0 ? -1 : 1
        let elevation = says(Self.lowLight) ? 0.6 * height : says(Self.overhead) ? 1.35 : height
        return SceneLayout.Light(azimuth: aside * side, elevation: elevation)
    }

    /// How much lower (below zero) or higher than usual the horizon is: a camera that looks down sees less of what is behind.
    var cameraLift: Float { says(Self.above) ? -0.45 : says(Self.low) ? 0.16 : 0 }

    private func says(_ words: [String]) -> Bool { PromptClauses.says(text, words) }

    /// A stand as the words have it: a rug is flat and wide, a platform or a stump low.
    func stand(_ chance: inout LayoutChance) -> SceneLayout.Stand {
        if says(Self.rugs) { return SceneLayout.Stand(radius: chance.next(in: 2.3...3), height: 0.006) }
        let isLow = says(Self.lowStands)
        return SceneLayout.Stand(
            radius: chance.next(in: isLow ? 1.5...2.1 : 1.4...1.9), height: chance.next(in: isLow ? 0.05...0.12 : 0.1...0.24))
    }

    static let stands = ["podium", "pedestal", "plinth", "stand", "台座", "ステージ", "円形の台"] + lowStands + rugs
    private static let lowStands = ["platform", "disc", "disk", "stump", "log", "石の台", "切り株", "丸太"]
    private static let rugs = ["rug", "ラグ"]
    private static let cloths = ["silk", "satin", "draped", "velvet", "linen", "cloth", "シルク", "サテン", "布", "リネン"]
    /// Tables whose cloth lies flat.
    private static let laid = ["linen table", "linen surface", "cloth table", "リネンのテーブル", "リネンテーブル"]
    private static let tables = [
        "table", "counter", "desk", "shelf", "plank", "marble", "kitchen", "テーブル", "カウンター", "机", "棚", "大理石", "キッチン",
    ]
    private static let grounds = [
        "beach", "sand", "snow", "forest", "moss", "mossy", "snowy", "sandy", "water", "sea", "lake", "grass", "meadow", "desert", "jungle",
        "海", "砂浜", "砂の", "砂漠", "雪", "森", "苔", "水面", "水の上", "水辺", "湖", "草原", "草の上",
    ]
    private static let studios = ["studio", "sweep", "seamless", "plain", "スタジオ", "無地", "背景紙"]
    private static let farAway = ["bokeh", "blurred", "blurry", "out of focus", "ぼけ", "ボケ", "ぼかし"]
    private static let above = ["seen from above", "high angle", "俯瞰"]
    private static let low = ["low angle", "eye level", "ローアングル"]
    private static let right = ["right", "右"]
    private static let left = ["left", "左"]
    private static let overhead = ["from above", "overhead", "真上"]
    private static let lowLight = ["golden hour", "sunset", "sunrise", "evening", "long shadow", "夕", "朝日", "長い影"]
}
