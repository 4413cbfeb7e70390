/// What scenery the words speak of, in English and Japanese.
extension Scenery {
    /// The scenery that the phrases of a backdrop speak of.
    init(_ clauses: PromptClauses) { self.init(clauses.backdrop, light: clauses.light) }

    private init(_ backdrop: [String], light: [String] = []) {
        // Some colours are named after places.
        let places = backdrop.map { Self.colourNames.reduce($0) { $0.replacing($1, with: " ") } }
        let phrases = places.joined(separator: " ")
        func says(_ words: [String]) -> Bool { PromptClauses.says(phrases, words) }
        let isSnowy =
            says(["snow", "snowy", "winter", "雪"]) && says(["pine", "fir", "spruce", "tree", "松", "もみ", "針葉樹", "木々"] + Self.forests)
        // "The sea at golden hour" has an evening's sky, "blue sky, golden hour sunlight" a blue one.
        let isLate = !says(["blue", "青"]) && light.contains { PromptClauses.says($0, Self.evenings) }
        let isEvening = says(Self.evenings)
        if says(["neon", "ネオン"]) || light.contains(where: { PromptClauses.says($0, ["neon", "ネオン"]) }) {
            let named = (backdrop + light).joined(separator: " ")
            let found = Self.tubeColours.filter { PromptClauses.says(named, $0.words) }.map(\.colour)
            let first = found.first ?? Self.tubeColours[0].colour
            self = .neon(first, found.dropFirst().first ?? found.first ?? Self.tubeColours[1].colour, NeonForm(named))
        } else if says(["night", "city", "street", "skyline", "fairy light", "city light", "bokeh light", "夜", "夜景", "街"]) {
            self = .lamps
        } else if says(["photo studio", "撮影スタジオ"]) {
            self = .studio
        } else if says(Self.seas) {
            self = .sea(isEvening: isEvening || isLate)
        } else if says(Self.heights) {
            self = .mountains(isEvening: isEvening || isLate)
        } else if says(["lake", "湖"]) {
            self = .sea(isEvening: isEvening || isLate)
        } else if isSnowy || (says(["pine", "松"]) && !says(Self.forests)) {
            self = .pines(isBlurred: Self.isBlurred(phrases))
        } else if says(["meadow", "field", "草原", "野原", "畑"]) {
            self = .meadow(isBlue: says(["blue sky", "clear sky", "青空"]))
        } else if says(["courtyard", "中庭"]) {
            self = .courtyard
        } else if says(Self.greenery) {
            self = .foliage(isWood: says(Self.forests + ["tree", "木々"]))
        } else if isEvening || says(["sky", "cloud", "空", "雲"]) {
            self = .sky(isEvening: isEvening || isLate)
        } else if says(["winter", "雪景色"]), !PromptNouns.isHanging(phrases) {
            self = .pines(isBlurred: Self.isBlurred(phrases))
        } else if let material = places.compactMap(SurfaceMaterial.init).first {
            self = says(LayoutWords.kitchens) ? .kitchen(material) : .wall(material)
        } else if says(LayoutWords.kitchens) {
            self = .kitchen(.tile)
        } else if says(["bathroom", "spa", "shower", "washroom", "浴室", "洗面", "バスルーム", "スパ"]) {
            self = .wall(.tile)
        } else if says(Self.rooms) {
            self = .room
        } else if Self.isBlurred(phrases) {
            self = .foliage(isWood: false)
        } else {
            self = .plain
        }
    }

    /// Whether a phrase alone speaks of a place, and not just of a wall or of paper.
    static func isPlace(_ phrase: String) -> Bool {
        switch Scenery([phrase]) {
        case .plain, .wall: false
        case .foliage: PromptClauses.says(phrase, greenery)
        default: true
        }
    }

    /// Whether a place that a phrase speaks of can be seen with it.
    func leavesRoom(for phrase: String) -> Bool {
        switch (self, Scenery([phrase])) {
        case (.plain, _), (.sky, .meadow): true
        default: false
        }
    }

    /// Whether a phrase wants what it names out of focus.
    static func isBlurred(_ phrase: String) -> Bool { PromptClauses.says(phrase, LayoutWords.farAway) }

    /// Whether the words speak of a picture on the wall.
    static func hasPicture(_ clauses: PromptClauses) -> Bool {
        (clauses.backdrop + clauses.props).contains {
            PromptClauses.says($0, ["framed picture", "picture", "poster", "painting", "額縁", "絵画", "ポスター"])
        }
    }

    private static let colourNames = [
        " sky blue ", " forest green ", " sea green ", " moss green ", " pine green ", " night blue ", "空色", "水色",
    ]
    private static let greenery = [
        "forest", "garden", "jungle", "leaf", "leave", "foliage", "botanical", "rainforest", "woodland", "park", "orchard", "vineyard",
        "tree",
        "greenery", "hedge", "bamboo", "ivy", "terrace", "balcony", "patio", "nature", "森", "庭", "葉", "熱帯", "公園", "竹", "木々", "新緑", "緑の中",
        "テラス",
    ]
    private static let evenings = ["sunset", "dusk", "sunrise", "dawn", "golden hour", "夕焼け", "夕日", "夕暮れ", "朝日", "朝焼け"]
    private static let forests = ["forest", "wood", "woodland", "森"]
    private static let seas = [
        "sea", "ocean", "seaside", "shore", "coast", "surf", "wave", "pool", "harbour", "harbor", "beach", "beache", "海", "波打", "プール", "砂浜",
        "ビーチ",
    ]
    private static let heights = ["mountain", "hill", "peak", "summit", "dune", "alp", "canyon", "desert", "山", "砂丘", "砂漠"]
    private static let rooms = [
        "room", "interior", "cafe", "café", "coffee shop", "bedroom", "office", "studio apartment", "lounge", "library", "bookshelf",
        "bookshelve",
        "restaurant", "hotel", "home", "house", "apartment", "loft", "workspace", "リビング", "部屋", "室内", "カフェ", "寝室", "オフィス", "書斎", "和室",
        "本棚", "店内", "レストラン", "ホテル", "喫茶店",
    ]
    private static let tubeColours: [(words: [String], colour: SIMD3<Float>)] = [
        (["pink", "magenta", "ピンク"], [255, 64, 168]), (["blue", "青"], [52, 120, 255]), (["purple", "violet", "紫"], [164, 60, 255]),
        (["green", "緑"], [60, 255, 140]), (["red", "赤"], [255, 58, 58]), (["orange", "オレンジ"], [255, 140, 50]),
        (["teal", "cyan", "turquoise", "ターコイズ"], [40, 226, 240]), (["yellow", "黄"], [255, 220, 80]),
    ]
}
