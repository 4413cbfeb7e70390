/// What carries a product where the words name a thing and not what it is made of: a desk, a sofa, a kerb.
extension SurfaceMaterial {
    /// The material of what a phrase puts under the product: the one that it names, or what such things are usually made of. Furniture of a named
    /// colour is painted.
    static func under(_ phrase: String) -> SurfaceMaterial? {
        if let named = SurfaceMaterial(phrase) { return named }
        guard let usual = usual.first(where: { phrase.says($0.words) })?.material else { return nil }
        let isPainted = ColourWords.hue(of: phrase) != nil && !phrase.says("brown, 茶色")
        return usual == .wood && isPainted ? nil : usual
    }

    /// The colour of a ground whose words name none, sRGB, 0...255; nil where such things are of any colour. Cloth before paper or a wall is of
    /// its colour.
    static func usualColour(of phrase: String, before scenery: Scenery) -> SIMD3<Float>? {
        guard let material = under(phrase) else { return nil }
        switch scenery {
        case .plain where SurfaceMaterial(phrase) != nil, .wall where SurfaceMaterial(phrase) != nil: return nil
        default: break
        }
        let name: String? =
            switch material {
            case .wood: "wood"
            case .stone: "concrete"
            case .moss: "grass"
            case .linen, .cloth: "linen"
            case .snow: "snow"
            case .sand: "sand"
            case .water: "water"
            default: nil
            }
        return name.flatMap { ColourWords.colour(of: " \($0) ") }
    }

    /// Cloth that is spread out, and carries a product without being said to.
    static let spreads: Words = """
        bedding, bed sheet, bedsheet, duvet, quilt, throw, tatami, picnic blanket, blanket,
        畳, シーツ, 座布団, 布団, 毛布, ブランケット, 風呂敷, ゴザ
        """

    /// What carries a product only where the words put it there: it may be the product.
    private static let seats: Words = """
        sofa, couch, armchair, bed, cushion, mat, carpet, doormat, hammock,
        マット, カーペット, 絨毯, ソファ, クッション, ベッド, ハンモック
        """

    static let fabrics: Words = spreads + seats

    /// What is made of wood, and carries a product without being said to.
    static let furniture: Words = """
        workbench, mantelpiece, mantel, chopping board, cutting board, boardwalk, veranda, pallet, bar counter,
        ちゃぶ台, こたつ, 縁側, ウッドデッキ, まな板
        """

    /// The first that fits is taken, so narrower words come first.
    private static let usual: [(material: SurfaceMaterial, words: Words)] = [
        (.moss, "hay, straw, bale, turf, pitch, golf, clover, hay bale, picnic spot, 藁, 干し草, ゴルフ"),
        (
            .linen,
            fabrics + """
                sheet, pillow, wicker, rattan, basket, towel, napkin, burlap, canvas, felt, denim, deckchair,
                籐, タオル, レジャーシート, デニム, 麻
                """
        ),
        (
            .gloss,
            """
            glass, metal, metallic, steel, chrome, aluminium, aluminum, brass, perspex, plexi, plexiglass,
            漆塗り, ガラス, 金属, ステンレス, メタル
            """
        ),
        (
            .wood,
            furniture + """
                desk, bench, benche, nightstand, bedside, dresser, sideboard, shelf, shelve, windowsill, sill, barrel, porch,
                deck, dock, jetty, railing, floorboard, dance floor, court floor, stage, piano, slat, board, counter, tray,
                trunk, drawer, cabinet, bar, café table, cafe table, dining table, coffee table, kitchen table, picnic table,
                bistro table, side table, breakfast table,
                カウンター, デッキ, デスク, 机, 棚, ベンチ, 木目, 桟橋, 窓辺, 出窓, フローリング, 作業台,
                カフェのテーブル, 食卓, 樽
                """
        ),
        (
            .stone,
            """
            pebble, gravel, summit, street, road, sidewalk, curb, kerb, step, stair, staircase, court, rooftop, roof,
            terrace, patio, playground, skatepark, path, driveway, poolside, pool edge, edge, sink, basin, washbasin,
            hearth, ruin,
            アスファルト, 砂利, 階段, 石段, 歩道, 道路, 路面, 屋上, 洗面台, テラス, 広場
            """
        ),
        (.snow, "ice, icy, frozen, 氷"), (.sand, "shore, coast, 浜"),
        (.water, "sea, ocean, pool, river, stream, wave, splash, 海, 川, プール"),
    ]
}
