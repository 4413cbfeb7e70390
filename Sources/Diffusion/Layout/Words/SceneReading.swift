/// What a model that paints over a sketch understands of a prompt, in a few terms: shown while one types, so that words which say nothing
/// are noticed before anything is painted.
public struct SceneReading: Sendable, Equatable {
    /// A thing, or a kind of light, in both languages.
    public struct Term: Sendable, Hashable {
        public let english: String
        public let japanese: String

        init(_ english: String, _ japanese: String) { (self.english, self.japanese) = (english, japanese) }
    }

    /// What the product stands on, what is behind it, what lies around it, and how it is lit, in this order; none twice.
    public let terms: [Term]

    /// - Parameter prompt: of which the first 2,000 characters are read
    public init(_ prompt: String) {
        let prompt = String(prompt.prefix(PromptPhrase.longestPrompt))
        let clauses = PromptClauses(prompt)
        let words = LayoutWords(prompt)
        let surfaces = [clauses.stand].compactMap(\.self) + clauses.ground
        let stand = surfaces.contains { $0.says(LayoutWords.podiums) } ? Self.podium : nil
        let grounds = surfaces.compactMap { SurfaceMaterial.under($0)?.term } + [stand].compactMap(\.self)
        let props = clauses.props.compactMap { PropWords.named(in: $0)?.term }
        var found: [Term] = []
        for term in grounds + [Scenery(clauses).term].compactMap(\.self) + props + words.lightTerms + LightPattern(clauses, seed: 0).terms
        where !found.contains(term) {
            found.append(term)
        }
        terms = found
    }

    private static let podium = Term("podium", "台座")
}

extension SurfaceMaterial {
    fileprivate var term: SceneReading.Term? {
        switch self {
        case .plain: nil
        case .wood: .init("wood", "木")
        case .endGrain: .init("tree stump", "切り株")
        case .marble: .init("marble", "大理石")
        case .stone: .init("stone", "石")
        case .terrazzo: .init("terrazzo", "テラゾー")
        case .sand: .init("sand", "砂")
        case .snow: .init("snow", "雪")
        case .water: .init("water", "水面")
        case .moss: .init("moss and grass", "苔と草")
        case .tile: .init("tiles", "タイル")
        case .brick: .init("brick", "レンガ")
        case .cloth: .init("draped cloth", "布のドレープ")
        case .linen: .init("linen", "リネン")
        case .gloss: .init("glossy floor", "光沢のある床")
        }
    }
}

extension Scenery {
    fileprivate var term: SceneReading.Term? {
        switch self {
        case .plain: nil
        case .wall(let material): material.term.map { .init("\($0.english) behind", "\($0.japanese)の壁") }
        case .kitchen: .init("kitchen", "キッチン")
        case .foliage(let isWood): isWood ? .init("forest", "森") : .init("garden", "庭")
        case .meadow: .init("meadow", "草原")
        case .lamps: .init("city lights", "街の灯り")
        case .courtyard: .init("courtyard", "中庭")
        case .studio: .init("photo studio", "撮影スタジオ")
        case .sky(let isEvening): isEvening ? .init("evening sky", "夕空") : .init("sky", "空")
        case .sea(let isEvening): isEvening ? .init("evening sea", "夕方の海") : .init("sea", "海")
        case .pines: .init("snowy pines", "雪の松林")
        case .mountains: .init("mountains", "山")
        case .room: .init("room", "部屋")
        case .neon: .init("neon", "ネオン")
        }
    }
}

extension PropWords {
    /// By its first word in each language.
    fileprivate var term: SceneReading.Term {
        .init(words.all[0], words.all.first { $0.utf8.first.map { $0 > 0x7F } == true } ?? words.all[0])
    }
}

extension LightPattern {
    fileprivate var terms: [SceneReading.Term] {
        let pattern: SceneReading.Term? =
            switch gobo {
            case .none: nil
            case .window: .init("window light", "窓の光")
            case .leaves: .init("leaf shadows", "葉の影")
            case .blinds: .init("blinds", "ブラインド")
            }
        // What is golden is warm.
        return [pattern].compactMap(\.self) + moods.filter { $0 != .warm || !moods.contains(.golden) }.map(\.term)
    }
}

extension LayoutWords {
    /// Where the light comes from.
    fileprivate var lightTerms: [SceneReading.Term] {
        lightSides.map { side in
            switch side {
            case .left: .init("from the left", "左から")
            case .right: .init("from the right", "右から")
            case .behind: .init("backlight", "逆光")
            case .above: .init("from above", "上から")
            }
        }
    }
}

extension LightPattern.Mood {
    fileprivate var term: SceneReading.Term {
        switch self {
        case .golden: .init("golden hour", "夕方の金色の光")
        case .warm: .init("warm light", "暖かい光")
        case .cool: .init("cool light", "涼しい光")
        case .dark: .init("dark", "暗め")
        case .bright: .init("bright", "明るめ")
        case .pastel: .init("pastel", "パステル")
        }
    }
}
