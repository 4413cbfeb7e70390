/// What scenery the words speak of, in English and Japanese.
extension Scenery {
    /// The scenery that the phrases of a backdrop speak of.
    init(_ clauses: PromptClauses) { self.init(clauses.backdrop, light: clauses.light) }

    private init(_ backdrop: [String], light: [String] = []) {
        // Some colours are named after places.
        let places = backdrop.map(ColourWords.withoutNames)
        let phrases = places.joined(separator: " ")
        func says(_ words: Words) -> Bool { phrases.says(words) }
        let isSnowy =
            says("snow, snowy, winter, 雪") && says("pine, fir, spruce, tree, 松, もみ, 針葉樹, 木々" + Self.forests)
        // "The sea at golden hour" has an evening's sky, "blue sky, golden hour sunlight" a blue one.
        let isLate = !says("blue, 青") && light.contains { $0.says(Self.evenings) }
        let isEvening = says(Self.evenings)
        if says("neon, cyberpunk, ネオン, サイバーパンク") || light.contains(where: { $0.says("neon, ネオン") }) {
            let named = (backdrop + light).joined(separator: " ")
            let found = Self.tubeColours.filter { named.says($0.words) }.map(\.colour)
            let first = found.first ?? Self.tubeColours[0].colour
            self = .neon(first, found.dropFirst().first ?? found.first ?? Self.tubeColours[1].colour, NeonForm(named))
        } else if says(Self.towns) || (says(Self.garlands) && !says(Self.rooms)) {
            self = .lamps
        } else if says("photo studio, 撮影スタジオ") {
            self = .studio
        } else if says(Self.snows) {
            self = .pines(isBlurred: Self.isBlurred(phrases))
        } else if says("mount fuji, mt fuji, 富士") {
            self = .mountains(isEvening: isEvening || isLate)
        } else if says(Self.streams) {
            self = .foliage(isWood: true)
        } else if says(Self.seas) {
            self = .sea(isEvening: isEvening || isLate)
        } else if says(Self.heights) {
            self = .mountains(isEvening: isEvening || isLate)
        } else if says("lake, 湖") {
            self = .sea(isEvening: isEvening || isLate)
        } else if isSnowy || (says("pine, 松") && !says(Self.forests)) {
            self = .pines(isBlurred: Self.isBlurred(phrases))
        } else if says(Self.fields) {
            self = .meadow(isBlue: says("blue sky, clear sky, 青空"))
        } else if says("courtyard, 中庭") {
            self = .courtyard
        } else if says(Self.doors) {
            self = .wall(.wood)
        } else if says(Self.greenery) {
            self = .foliage(isWood: says(Self.forests + "tree, 木々"))
        } else if says(Self.skies) || (isEvening && !Self.isIndoors(phrases)) {
            self = .sky(isEvening: isEvening || isLate)
        } else if says("winter, 雪景色"), !PromptNouns.isHanging(phrases) {
            self = .pines(isBlurred: Self.isBlurred(phrases))
        } else if says("fireplace, 暖炉") {
            self = .room
        } else if let material = places.compactMap(SurfaceMaterial.init).first(where: {
            $0.isBuilt || ($0.canHang && !Self.isIndoors(phrases))
        }) {
            self = says(LayoutWords.kitchens) ? .kitchen(material) : .wall(material)
        } else if says(LayoutWords.kitchens) {
            self = .kitchen(.tile)
        } else if says(Self.bathrooms) {
            self = .wall(.tile)
        } else if says(Self.rooms) {
            self = .room
        } else if Self.isBlurred(phrases) {
            // "Creamy bokeh" is of leaves, "a dumbbell rack out of focus" is indoors.
            self = Self.isOnlyBlurred(phrases) ? .foliage(isWood: false) : .room
        } else {
            self = .plain
        }
    }

    /// Whether a phrase speaks of a room of any kind.
    static func isIndoors(_ phrase: String) -> Bool {
        ColourWords.withoutNames(phrase).says(indoors)
    }

    static let skies: Words = "sky, cloud, 空, 雲"

    /// Whether a phrase speaks of the sea or other wide water.
    static func isSea(_ phrase: String) -> Bool { ColourWords.withoutNames(phrase).says(waters) }

    static let doors: Words = "door, doorway, barn, shed, shutter, ドア, 扉, 雨戸"

    /// Whether a phrase alone speaks of a place, and not just of a wall or of paper.
    static func isPlace(_ phrase: String) -> Bool {
        switch Scenery([phrase]) {
        case .plain, .wall: false
        case .foliage: phrase.says(greenery)
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
    static func isBlurred(_ phrase: String) -> Bool { phrase.says(LayoutWords.farAway) }

    /// Whether phrases say how it is blurred and nothing of what is.
    private static func isOnlyBlurred(_ phrases: String) -> Bool {
        let rest = LayoutWords.farAway.all.reduce(phrases) { $0.replacing(" \($1) ", with: " ") }
        return Words.isJapanese(phrases) || rest.split(separator: " ").allSatisfy { blurWords.all.contains(String($0)) }
    }

    /// What tells of blur, or of where it is.
    private static let blurWords: Words = """
        a, an, the, of, in, and, with, very, softly, soft, creamy, smooth, beautiful, shallow, deep, depth, field, background, backdrop,
        behind, it, nicely, nice, light, subtle, gently, gentle, dreamy, warm, cool, green, slightly, blur, defocused, golden, sunny,
        outdoor, outdoors, natural, summer, spring
        """

    /// Whether the words speak of a picture on the wall.
    static func hasPicture(_ clauses: PromptClauses) -> Bool {
        (clauses.backdrop + clauses.props).contains {
            $0.says("framed picture, picture, poster, painting, 額縁, 絵画, ポスター")
        }
    }

    private static let gardens: Words = """
        forest, garden, jungle, botanical, rainforest, woodland, park, orchard, vineyard, terrace, balcony, patio, nature, woods, grove,
        greenhouse, conservatory, backyard, yard, plantation, canopy, porch, veranda, campsite, camping, picnic,
        森, 庭, 公園, 緑の中, テラス, 温室, 果樹園, ベランダ, バルコニー, 木陰, 縁側, キャンプ, ピクニック
        """
    private static let plants: Words = """
        leaf, leave, foliage, tree, greenery, hedge, bamboo, ivy, bush, bushe, monstera, palm, 葉, 熱帯, 竹, 木々, 新緑, 並木
        """
    private static let greenery = gardens + plants
    private static let evenings: Words = "sunset, dusk, sunrise, dawn, golden hour, 夕焼け, 夕日, 夕暮れ, 朝日, 朝焼け"
    private static let forests: Words = "forest, wood, woodland, rainforest, bamboo forest, bamboo grove, canopy, 森, 竹林"
    private static let streams: Words = "stream, brook, creek, waterfall, 渓流, 清流, 小川, 滝"
    private static let seas: Words = """
        sea, ocean, seaside, shore, coast, surf, wave, pool, harbour, harbor, beach, beache, lakeside, riverside,
        river, riverbank, poolside, seafront, waterfront, beachfront, lagoon, marina, yacht, boat, bay, island, pier,
        jetty, dock,
        海, 波打, プール, 砂浜, ビーチ, 川, 湖畔, 港, 南国の島, 桟橋
        """
    private static let waters = seas + "lake, 湖"
    private static let heights: Words = """
        mountain, hill, peak, summit, dune, alp, alpine, canyon, desert, valley, cliff, volcano, highland,
        山, 砂丘, 砂漠, アルプス, 高原, 渓谷
        """
    private static let fields: Words = """
        meadow, field, countryside, prairie, pasture, farm, farmland, savanna, savannah,
        草原, 野原, 畑, 牧場, 田んぼ
        """
    private static let towns: Words = """
        night, city, street, skyline, city light, bokeh light, market, market stall, alley, downtown, festival,
        firework, concert, nightclub, disco, subway station, metro station, train station, traffic, stage light,
        stadium,
        夜, 夜景, 街, 祭り, 屋台, 花火, 商店街, 路地, 横丁, 市場
        """
    /// Lights that hang in rooms as well.
    private static let garlands: Words = "fairy light, string light, party light, christmas light, lantern, 提灯, イルミネーション"
    private static let snows: Words = "snowstorm, blizzard, snowscape, frozen lake, snowfield, ski slope, piste, 雪原, 銀世界, ゲレンデ, 吹雪"
    private static let bathrooms: Words = """
        bathroom, spa, shower, washroom, onsen, sauna, bathtub, hammam, sink, washbasin,
        浴室, 洗面, バスルーム, スパ, 温泉, お風呂, 銭湯, サウナ, 浴槽
        """
    private static let rooms: Words = """
        room, interior, cafe, café, coffee shop, bedroom, office, studio apartment, lounge, library, bookshelf,
        bookshelve, restaurant, hotel, home, house, apartment, loft, workspace, gym, pub, cocktail bar, wine bar,
        hotel bar, bar counter, bar interior, speakeasy, barbershop, barber shop, salon, garage, workshop, atelier,
        shop, store, boutique, supermarket, airport, nursery, playroom, classroom, school, clinic, cinema, theatre,
        theater, museum, chalet, cabin, lodge, fireplace, window, windowsill, window sill, curtain, barista,
        espresso machine, coffee machine, bakery, cellar, yoga studio, dance studio, attic, hallway, lobby,
        mantelpiece, mantel,
        ジム, 居酒屋, ショップ, ガレージ, 工房, アトリエ, 教室, 居間, 茶室, 旅館, 窓, カーテン, 障子, 暖炉,
        図書館, 美容室, サロン, 空港, ラウンジ, 畳, 床の間, こたつ, ヨガスタジオ, リビング, 部屋, 室内, カフェ,
        寝室, オフィス, 書斎, 和室, 本棚, 店内, レストラン, ホテル, 喫茶店
        """
    private static let indoors = rooms + bathrooms + LayoutWords.kitchens
    /// The names of places, without what also stands beside products or before a light.
    static let places =
        LayoutWords.kitchens + bathrooms + rooms + gardens + seas + heights + fields + towns + streams + snows
        + "courtyard, 中庭, lake, 湖"
    private static let tubeColours: [(words: Words, colour: SIMD3<Float>)] = [
        ("pink, magenta, ピンク", [255, 64, 168]), ("blue, 青", [52, 120, 255]), ("purple, violet, 紫", [164, 60, 255]),
        ("green, 緑", [60, 255, 140]), ("red, 赤", [255, 58, 58]), ("orange, オレンジ", [255, 140, 50]),
        ("teal, cyan, turquoise, ターコイズ", [40, 226, 240]), ("yellow, 黄", [255, 220, 80]),
    ]
}
