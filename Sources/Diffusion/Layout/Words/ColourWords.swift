import Foundation

/// What colour words give a scene's surfaces, in English and Japanese.
///
/// Values are sRGB, 0...255: between the means of such surfaces over the starter model's training scenes, which light and shadow
/// wash out, and the plain colours. Longer words are looked for first.
enum ColourWords {
    struct Entry {
        let words: Words
        let colour: SIMD3<Float>
        /// Adjectives of colour count for more than what a thing is made of: a "pink marble table" is pink.
        let isHue: Bool
    }

    /// The colour that a phrase speaks of; nil where it names none.
    ///
    /// - Parameter phrase: lower case; English words between single spaces, with one at either end
    static func colour(of phrase: String) -> SIMD3<Float>? { colour(of: phrase, ordered) }

    /// The same by adjectives of colour alone: "with red stones" has one, "with stones" none.
    static func hue(of phrase: String) -> SIMD3<Float>? { colour(of: phrase, orderedHues) }

    /// A phrase without the names of things that only name a colour or another thing: neither "ocean blue" nor "sea salt" is a sea.
    static func withoutNames(_ phrase: String) -> String {
        guard !Words.isJapanese(phrase) else {
            return lookalikes.reduce(phrase) { $0.replacing($1, with: " ") }
        }
        let words = phrase.split(separator: " ").map(String.init)
        let others = words.indices.filter { index in
            !namesakes.all.contains(words[index]) || index + 1 == words.count || !followers.all.contains(words[index + 1])
        }
        return others.count == words.count ? phrase : " " + others.map { words[$0] }.joined(separator: " ") + " "
    }

    /// Things that colours are named after, and other things.
    private static let namesakes: Words = """
        snow, stone, sand, ocean, sea, forest, moss, sky, pine, night, midnight, slate, lake, brick, leaf, shell, lime, apple, cherry,
        lemon, orange, berry, ice, pearl, rose, grass, olive, river, beach, garden, field, kitchen, pool, school, gym
        """
    /// Japanese words that only have a place's or a thing's name in them: colours, silver, air, room for text, what sparkles.
    private static let lookalikes =
        ["水", "空", "桜", "砂", "苔", "レモン", "オレンジ", "雪", "海", "夜"].map { $0 + "色" } + [
            "空気", "空間", "シルバー", "カバー", "スパークリング", "スパイス", "畳ん", "畳み", "花瓶",
        ]
    /// What follows them then.
    private static let followers: Words = """
        blue, green, white, grey, gray, red, pink, beige, coloured, colored, tone, tones, toned, salt, gold, juice, soap, wood, oil,
        cream, plaster, stone, stones, pebble, pebbles, shells, glass, towel, towels, rose, roses, flowers, herbs, berries, chair,
        chairs, bag, bags
        """

    private static func colour(of phrase: String, _ forms: [Form]) -> SIMD3<Float>? {
        var rest = phrase
        var found: [(colour: SIMD3<Float>, weight: Float)] = []
        for (form, gap, entry) in forms where strstr(rest, form) != nil {
            rest = rest.replacing(form, with: gap)
            found.append((entry.colour, entry.isHue ? 3 : 1))
        }
        let weight = found.reduce(0) { $0 + $1.weight }
        let isDark = [" dark ", "暗い", "濃い"].contains(where: rest.contains)
        guard weight > 0 else { return isDark ? SIMD3(repeating: 52) : nil }
        let mixed = found.reduce(SIMD3<Float>.zero) { $0 + $1.colour * $1.weight } / weight
        let isPale = [" light ", "明るい"].contains(where: rest.contains)
        return isDark ? mixed * 0.55 : isPale ? mixed * 0.7 + 70 : mixed
    }

    /// What a word looks like in a phrase, and what stays in its place once it is found.
    private typealias Form = (form: String, gap: String, entry: Entry)

    private static let ordered: [Form] = (hues + materials + places)
        .flatMap { entry in entry.words.all.map { ($0, entry) } }
        .sorted { $0.0.count > $1.0.count }
        .flatMap { word, entry -> [Form] in
            Words.isJapanese(word) ? [(word, "", entry)] : [(" \(word) ", " ", entry), (" \(word)s ", " ", entry)]
        }
    private static let orderedHues = ordered.filter(\.entry.isHue)

    private static func hue(_ words: Words, _ red: Float, _ green: Float, _ blue: Float) -> Entry {
        Entry(words: words, colour: SIMD3(red, green, blue), isHue: true)
    }

    private static func thing(_ words: Words, _ red: Float, _ green: Float, _ blue: Float) -> Entry {
        Entry(words: words, colour: SIMD3(red, green, blue), isHue: false)
    }

    private static let hues = [
        hue("white, 白い, 白, ホワイト", 228, 226, 223), hue("ivory, アイボリー", 226, 220, 202), hue("cream, クリーム色", 226, 214, 190),
        hue("beige, ベージュ", 212, 190, 166), hue("blush pink, blush, 淡いピンク", 226, 186, 182),
        hue("hot pink, 濃いピンク", 222, 104, 156), hue("pink, ピンク", 226, 168, 178), hue("rose, ローズ", 206, 132, 140),
        hue("peach, ピーチ色", 230, 190, 156), hue("coral, コーラル", 222, 136, 116), hue("red, 赤い, 赤, レッド", 186, 58, 54),
        hue("terracotta, テラコッタ", 200, 128, 94), hue("rust, さび色", 160, 92, 62), hue("orange, オレンジ", 226, 148, 78),
        hue("mustard yellow, mustard, マスタード色", 208, 168, 86), hue("lemon yellow, lemon, レモンイエロー", 226, 212, 130),
        hue("yellow, 黄色, イエロー", 226, 200, 100), hue("gold, golden, 金色", 206, 172, 104),
        hue("sage green, sage, セージグリーン", 170, 180, 148), hue("mint green, mint, ミントグリーン", 178, 216, 194),
        hue("emerald green, emerald, エメラルドグリーン", 52, 140, 104), hue("olive green, olive, オリーブ色", 142, 142, 90),
        hue("forest green, 深緑", 48, 84, 58), hue("green, 緑の, 緑, グリーン", 118, 150, 100),
        hue("turquoise, ターコイズ", 96, 184, 190),
        hue("teal, 青緑", 62, 146, 146), hue("sky blue, 空色", 150, 192, 222), hue("powder blue, 水色", 186, 202, 212),
        hue("pale blue, light blue, 薄い青", 186, 206, 222), hue("navy blue, navy, 紺色", 50, 68, 110),
        hue("cobalt blue, コバルトブルー", 56, 92, 178), hue("deep blue, 深い青", 50, 84, 140),
        hue("blue, 青い, 青, ブルー", 104, 146, 196),
        hue("lavender, lilac, ラベンダー", 190, 176, 206), hue("champagne, シャンパン", 222, 204, 176),
        hue("purple, violet, 紫, パープル", 130, 98, 158), hue("burgundy, ワインレッド", 130, 52, 66),
        hue("chocolate brown, chocolate, こげ茶", 104, 70, 52), hue("brown, 茶色, ブラウン", 140, 104, 78),
        hue("warm grey, warm gray, 暖かいグレー, 温かみのあるグレー", 184, 176, 168),
        hue("grey, gray, グレー, 灰色", 178, 178, 178), hue("charcoal, チャコール", 62, 62, 66),
        hue("black, 黒い, 黒, ブラック", 44, 43, 44),
        hue("whitewashed, whitewashed wood, 白木", 196, 192, 186), hue("silver, 銀色", 196, 198, 202),
    ]

    private static let materials = [
        thing("marble, 大理石", 212, 209, 205), thing("concrete, cement, コンクリート", 184, 181, 178),
        thing("slate, スレート", 96, 100, 104),
        thing("travertine, トラバーチン", 212, 198, 176), thing("stump, log, 切り株, 丸太", 208, 182, 146),
        thing("stone, rock, boulder, 石, 岩", 158, 155, 152), thing("granite", 150, 148, 148),
        thing("asphalt, pavement, 路面", 92, 92, 96), thing("terrazzo, テラゾー", 210, 204, 197),
        thing("plaster, 漆喰", 196, 186, 174),
        thing("brick, レンガ", 150, 100, 86), thing("tile, タイル", 200, 196, 188), thing("linen, リネン", 210, 202, 192),
        thing("rug, ラグ", 208, 200, 190),
        thing("bamboo mat, tatami, wicker, rattan, straw, hay, 畳, 籐", 208, 186, 146),
        thing("satin, silk, サテン, シルク", 204, 194, 188),
        thing("birch, birch wood, 白樺", 212, 205, 194), thing("dark wood", 78, 69, 63),
        thing("wooden floor, 木の床", 156, 130, 110),
        thing("oak, オーク", 200, 173, 149), thing("walnut, ウォールナット", 126, 92, 78), thing("teak, チーク", 156, 118, 91),
        thing("wood, wooden, plank, timber, 木, 板壁", 178, 152, 132), thing("moss, mossy, 苔", 146, 156, 134),
        thing("sand, sandy, 砂", 202, 190, 177), thing("soil, dirt, mud, 土", 116, 90, 68),
        thing("snow, snowy, 新雪, 雪", 236, 238, 242), thing("ice, 氷", 206, 222, 232),
        thing("water, 水面, 水の上", 84, 146, 168),
        thing("grass, grassy, lawn, 草", 128, 152, 84), thing("leaf, leave, foliage, 葉", 96, 132, 78),
        thing("glossy floor, 暗く光る床", 78, 78, 96),
        thing("paper, 紙", 222, 218, 210), thing("velvet, ベルベット", 120, 60, 80),
    ]

    private static let places = [
        thing("forest, wood outside, woods, stream, mountain stream, waterfall, 森, 渓流, 滝", 154, 170, 122),
        thing("garden, courtyard, terrace, park, orchard, bamboo, ivy, 庭, 公園, 竹, テラス", 136, 158, 112),
        thing("meadow, 草原", 158, 170, 138),
        thing("jungle, tropical, botanical, 熱帯", 100, 138, 94), thing("beach, 砂浜", 218, 198, 166),
        thing("sea, ocean, wave, 海", 112, 178, 204),
        thing("sky, 空", 164, 200, 226), thing("sunset, dusk, 夕焼け, 夕日", 228, 164, 122), thing("sunrise, 朝日", 230, 196, 158),
        thing("winter, 冬", 176, 190, 204), thing("pine, 松", 122, 144, 130), thing("mountain, 山", 132, 144, 156),
        thing("city, street, market, alley, 街, 商店街, 路地", 146, 144, 142), thing("night, 夜", 46, 46, 62),
        thing("neon, ネオン", 96, 48, 122),
        thing("bathroom, 浴室", 206, 210, 210),
        thing(
            "living room, interior, bedroom, office, cafe, café, coffee shop, bookshelf, リビング, 部屋, 寝室, オフィス, カフェ, 和室", 168, 148, 130),
        thing("kitchen, キッチン", 196, 186, 172),
        thing("photo studio, 撮影スタジオ", 142, 148, 152), thing("studio, スタジオ", 206, 204, 200),
        thing("desert, dune, 砂漠, 砂丘", 214, 172, 124), thing("lake, 湖", 128, 158, 172),
    ]
}
