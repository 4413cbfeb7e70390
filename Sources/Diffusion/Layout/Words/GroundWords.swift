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

    /// All that is said of what surfaces are made of.
    static let names = (words + usual).map(\.words).reduce("", +)

    /// The first that fits is taken, so narrower words come first.
    private static let usual: [(material: SurfaceMaterial, words: Words)] = [
        (
            .moss,
            "hay, straw, bale, turf, fairway, garden ground, flowerbed, flower bed, pitch, golf, clover, hay bale, picnic spot, 藁, 干し草, ゴルフ"
        ),
        (
            .linen,
            fabrics + """
                sheet, pillow, mattress, wicker, rattan, basket, towel, napkin, burlap, canvas, felt, denim, deckchair, ottoman, pouf,
                beanbag, fur, sheepskin, fleece, shag, macrame, crochet, lace, doily, tarp, corduroy, tweed, crib, cot, nest,
                籐, タオル, レジャーシート, デニム, 麻, ファー, 毛皮, ニット, セーター, かご, バスケット
                """
        ),
        (
            .gloss,
            """
            glass, metal, metallic, steel, chrome, aluminium, aluminum, brass, copper, bronze, crystal, foil, tin, resin, epoxy, enamel,
            porcelain, perspex, plexi, plexiglass,
            漆塗り, ガラス, クリスタル, 真鍮, 銅, 鏡, 金属, ステンレス, メタル
            """
        ),
        (
            .wood,
            furniture + """
                desk, bench, benche, bookshelf, bookcase, chest, console, ladder, raft, swing, driftwood, plywood, bamboo, cork, stage,
                herringbone, laminate, veneer, nightstand, bedside, dresser, sideboard, shelf, shelve, windowsill, sill, barrel, porch,
                deck, dock, jetty, railing, floorboard, dance floor, court floor, stage, piano, slat, board, counter, tray, trunk,
                drawer, cabinet, bar, café table, cafe table, dining table, coffee table, kitchen table, picnic table, bistro table,
                side table, breakfast table,
                カウンター, デッキ, デスク, 机, 棚, ベンチ, 木目, 桟橋, の板, 窓辺, 出窓, フローリング, 作業台, カフェのテーブル, 食卓, 樽
                """
        ),
        (
            .stone,
            """
            pebble, gravel, quartz, basalt, shale, clay, flagstone, cobble, tarmac, altar, fountain, quarry, cave, cliff, bridge,
            parking lot, car park, crosswalk, race track, racetrack, running track, summit, street, road, sidewalk, curb, kerb, step,
            stair, staircase, court, rooftop, roof, terrace, patio, playground, skatepark, path, driveway, poolside, pool edge, edge,
            sink, basin, washbasin, hearth, ruin,
            アスファルト, タイル張り, 敷石, 石畳, 砂利, 階段, 石段, 歩道, 道路, 路面, 屋上, 洗面台, テラス, 広場
            """
        ),
        (.snow, "ice, icy, frozen, frost, frosty, glacier, 氷"),
        (.sand, "shore, coast, seabed, sandpit, sandbox, soil, dirt, mud, earth, 浜, 土"),
        (.water, "sea, ocean, pool, river, stream, wave, splash, pond, ripple, bathwater, 海, 川, プール"),
    ]
}
