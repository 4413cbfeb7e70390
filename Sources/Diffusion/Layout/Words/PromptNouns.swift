/// What the nouns of a prompt are: things to stand a product on, places, products themselves.
enum PromptNouns {
    /// Whether a phrase names something that a product is put on, and not what hangs behind it.
    static func isGround(_ phrase: String) -> Bool {
        phrase.says(grounds) && !phrase.says(hangings) && !isToStand(phrase)
    }

    /// Whether a phrase names the product: what it is called says nothing of its surroundings.
    static func isProduct(_ phrase: String) -> Bool {
        (phrase.says(products) && !phrase.contains(" vase of ")) || phrase.hasPrefix(" my ") || phrase.hasPrefix(" our ")
    }

    /// Whether a phrase names something flat that is hung or built behind.
    static func isHanging(_ phrase: String) -> Bool { phrase.says(hangings) }

    /// The places that a phrase about a ground or the light names, as phrases: the kitchen of "a kitchen counter".
    static func places(in phrase: String) -> [String] {
        let phrase = ColourWords.withoutNames(phrase)
        let named = Scenery.places.said(in: phrase).filter { !gobos.all.contains($0) }.map { " \($0) " }
        return named.isEmpty && phrase.says(furnishings) ? [" room "] : named
    }

    /// What light falls through, and what only belongs to a kitchen.
    private static let gobos: Words = "window, curtain, island, study, 窓, カーテン"

    /// Whether the last word of an English phrase names the product: a "gym bag" is no gym.
    static func endsInProduct(_ phrase: String) -> Bool {
        // "Neon tubes" are no packaging.
        phrase.split(separator: " ").last.map { !$0.hasPrefix("tube") && " \($0) ".says(products) } ?? false
    }

    /// What stands in rooms and may be the product elsewhere.
    private static let furnishings: Words = "sofa, couch, armchair, bed, bar, wardrobe, bookcase, ソファ, ベッド, バーカウンター"

    /// Whether a phrase with leaves or stones in it is about a place or what hangs behind: 松の背景 is a backdrop, 松の枝 a prop.
    static func isScenic(_ phrase: String) -> Bool { isHanging(phrase) || ColourWords.withoutNames(phrase).says(scenic) }

    /// Whether what a phrase names lies beside the product without being said to: "lemons", but neither "lemon yellow" nor "a lemon grove".
    static func isProp(_ phrase: String) -> Bool {
        guard let named = PropWords.named(in: phrase), !isProduct(phrase), !isScenic(phrase) else {
            return false
        }
        // Words that also name a colour or a material are things in the plural and in pieces.
        let single = named.words.all.filter { !$0.contains(" ") && !$0.hasSuffix("s") && phrase.contains(" \($0) ") }
        let isColour = single.contains { ColourWords.hue(of: " \($0) ") != nil || SurfaceMaterial(" \($0) ") != nil }
        return !isColour || phrase.says(pieces) || named.words.all.contains { phrase.contains(" \($0)s ") || phrase.contains(" \($0)es ") }
    }

    /// "My candle should stand next to a window": it is told to.
    private static func isToStand(_ phrase: String) -> Bool {
        phrase.says("should stand, to stand, will stand, must stand, can stand")
    }

    static let grounds: Words =
        LayoutWords.stands + SurfaceMaterial.spreads + SurfaceMaterial.furniture + """
            hay bale, bale, kerb, curb, step, stair, staircase, doorstep, basketball court, tennis court, path, sink,
            washbasin, table, tabletop, table top, tablecloth, countertop, counter, worktop, desk, desktop, nightstand,
            vanity, shelf, shelve, ledge, slab, bench, benche, board, crate, stool, tray, bar top, windowsill, sill, pier,
            dock, deck, jetty, floor, floorboard, flooring, ground, pavement, cobblestone, surface, plank, sideboard,
            dresser, kitchen island, barrel, boulder,
            石段, 階段, 天板, の板, プレート, トレイ, 小道, 路面, アスファルト, フローリング, 敷石, 石畳, テーブル, カウンター, 机, デスク, 棚, の台,
            洗面台, 床, 地面, 路面, 木箱, 桟橋, ベンチ, 切り株, 丸太, 作業台, 調理台, 出窓
            """

    static let hangings: Words = """
        wall, background, backdrop, paper, panelled, paneled, wallpaper, curtain, cyclorama, gradient,
        壁, 背景, 背景紙, グラデーション
        """

    static let scenic =
        Scenery.places + Scenery.skies + Scenery.garlands + LayoutWords.farAway + "view, tree, neon, landscape, 風景, 林, スタジオ"

    static let pieces: Words = "slice, sliced, wedge, halve, half, zest, leave, sprig, cube, fresh, whole, ripe"

    private static let products: Words = """
        product, item, bottle, jar, can, tube, box, packaging, package, pouch, cosmetic, skincare, cream, serum,
        lotion, shampoo, conditioner, soap, perfume, fragrance, lipstick, mascara, makeup, nail polish, toner,
        moisturizer, moisturiser, shoe, sneaker, boot, heel, sandal, handbag, bag, wallet, purse, backpack, watch,
        ring box, necklace, bracelet, earring, jewellery, jewelry, phone, smartphone, laptop, headphone, earbud,
        speaker, camera, mug, teapot, vase, lamp, chair, sofa, armchair, toy, doll, cider, beer, wine, whisky,
        whiskey, gin, soda, juice, coffee bag, honey, jam, sauce, chocolate bar, cereal, sunscreen, sunglasse,
        t shirt, hoodie, photo, photograph, photography, packshot,
        ボトル, 商品, 製品, 瓶, 化粧水, 香水, 口紅, バッグ, 靴, スニーカー, 時計, 箱
        """
}
