/// The props that a prompt may name, in English and Japanese, and what they look like.
struct PropWords {
    /// How many of them there are and where.
    enum Arrangement {
        /// A few on the ground beside the product; how much their sizes differ is 0...1.
        case beside(count: Int, size: Float, variety: Float)
        /// Many small ones around it.
        case scattered(count: Int, size: Float)
        /// A sprig that reaches in from an upper corner.
        ///
        /// Lengths are half those of its leaves, in heights of the canvas; width is in half-lengths.
        case sprig(count: Int, lengths: ClosedRange<Float>, width: Float, spread: Float, blur: Float)
        /// Plants of one of these species that grow beside the product and behind it.
        case plants([PlantFigures.Species])
        /// A plant in a pot, further back.
        case potted
        /// One behind the product, larger than it.
        case behind
        /// Dry stalks that stand in a bunch beside the product and behind it.
        case stalks
        /// Fronds that reach in from an upper corner.
        case palm
    }

    let words: Words
    let shape: PropFigure.Shape
    let arrangement: Arrangement
    /// sRGB, 0...255; none for what is made in the scene's own colour, as sets are built.
    let colours: [SIMD3<Float>]
    /// Whether each of them has another of its colours, as leaves have.
    var isMixed = false

    /// The colour that a phrase gives this prop; nil where it names none, or where the prop has its own.
    func hue(in phrase: String) -> SIMD3<Float>? {
        switch arrangement {
        case .beside, .scattered, .behind: break
        default: return nil
        }
        return ColourWords.hue(of: words.all.reduce(phrase) { $0.replacing(" \($1)s ", with: " ").replacing(" \($1) ", with: " ") })
    }

    func coloured(_ colour: SIMD3<Float>) -> PropWords {
        PropWords(words: words, shape: shape, arrangement: arrangement, colours: [colour])
    }

    /// What a phrase names; nil where it names no prop.
    static func named(in phrase: String) -> PropWords? {
        let phrase = ColourWords.withoutNames(phrase)
        return all.first { ($0.isFruit ? fruit(in: phrase) : phrase).says($0.words) }
    }

    private var isFruit: Bool {
        switch shape {
        case .citrus, .apple, .strawberry: true
        default: false
        }
    }

    /// A phrase without what only tells the next word's kind or colour: "orange flowers" are no oranges, nor an "apple tree branch" apples.
    private static func fruit(in phrase: String) -> String {
        let words = phrase.split(separator: " ").map(String.init)
        let others = words.indices.filter { index in
            guard index + 1 < words.count else { return true }
            return words[index + 1] != "tree" && !all.contains { !$0.isFruit && " \(words[index + 1]) ".says($0.words) }
        }
        return " " + others.map { words[$0] }.joined(separator: " ") + " "
    }

    private static func green(_ words: Words, _ arrangement: Arrangement) -> PropWords {
        PropWords(
            words: words, shape: leaf, arrangement: arrangement, colours: [[78, 112, 64], [56, 92, 60], [100, 126, 80], [68, 104, 78]])
    }

    private static let leaf = PropFigure.Shape.leaf(width: 0.42, bend: 0)

    private static func twig(_ words: Words, _ colours: [SIMD3<Float>]) -> PropWords {
        let arrangement = Arrangement.sprig(count: 64, lengths: 0.026...0.036, width: 0.08, spread: 0.5, blur: 0.003)
        return PropWords(words: words, shape: leaf, arrangement: arrangement, colours: colours)
    }

    private static func beside(
        _ words: Words, _ shape: PropFigure.Shape, _ colours: [SIMD3<Float>], count: Int = 3, size: Float = 1,
        variety: Float = 0.25, isMixed: Bool = false
    ) -> PropWords {
        PropWords(
            words: words, shape: shape, arrangement: .beside(count: count, size: size, variety: variety), colours: colours, isMixed: isMixed
        )
    }

    private static func scattered(
        _ words: Words, _ shape: PropFigure.Shape, _ colours: [SIMD3<Float>], count: Int, size: Float, isMixed: Bool = false
    ) -> PropWords {
        PropWords(words: words, shape: shape, arrangement: .scattered(count: count, size: size), colours: colours, isMixed: isMixed)
    }

    static let names = all.map(\.words).reduce("", +)

    /// The first that fits is taken, so narrower words come first.
    private static let all: [PropWords] = [
        twig("pine, pine branch, fir, 松, もみの, モミ", [[60, 88, 64], [78, 104, 74]]),
        PropWords(
            words: "pampas, pampas grass, dried grass, wheat, パンパスグラス, パンパス, ススキ", shape: leaf, arrangement: .stalks,
            colours: [[196, 170, 134], [214, 192, 160]]),
        beside("lemon, レモン", .citrus(isLong: true), [[240, 212, 74], [232, 200, 60]]),
        beside("lime, ライム", .citrus(isLong: true), [[158, 186, 70], [136, 170, 58]]),
        beside(
            "orange, tangerine, mandarin, clementine, オレンジ, みかん", .citrus(isLong: false), [[240, 148, 46], [230, 134, 40]]),
        beside("apple, りんご, リンゴ", .apple, [[186, 44, 50], [160, 34, 52]], size: 1.15),
        scattered(
            "cherry blossom, sakura, 桜", .blossom, [[242, 196, 206], [248, 218, 222], [234, 176, 190]], count: 10, size: 0.45),
        beside("cherry, cherrie, さくらんぼ", .apple, [[160, 26, 44], [132, 22, 42]], count: 5, size: 0.55),
        beside("strawberry, strawberrie, いちご, イチゴ", .strawberry, [[206, 38, 44], [186, 30, 40]], count: 5, size: 0.75),
        scattered(
            "berry, berrie, blueberry, blueberrie, raspberry, raspberrie, cranberry, cranberrie, ベリー", .ball,
            [[84, 52, 120], [64, 46, 104], [58, 56, 116]], count: 12,
            size: 0.36),
        beside("bauble, ornament, christmas, クリスマス, 飾り, オーナメント", .bauble, [[204, 164, 84], [178, 44, 52]]),
        scattered("pearl, 真珠, パール", .ball, [[240, 234, 224], [232, 224, 214]], count: 14, size: 0.22),
        scattered(
            "water drop, droplet, dewdrop, water bead, 水滴, 水しぶき", .drop, [[206, 220, 226], [190, 208, 216]], count: 26,
            size: 0.18),
        beside("peaches, apricot, nectarine, 桃, あんず", .apple, [[236, 138, 98], [228, 118, 92]], size: 1.05),
        beside("plum, prune, プラム, すもも", .egg, [[92, 42, 78], [78, 36, 74], [108, 50, 76]], count: 5, size: 0.72, isMixed: true),
        beside("tomato, tomatoe, トマト", .apple, [[196, 52, 40], [206, 70, 46]], count: 4, size: 0.75),
        beside(
            "pumpkin, gourd, halloween, かぼちゃ, カボチャ, ハロウィン", .pumpkin, [[222, 126, 48], [206, 104, 40], [232, 200, 152]], size: 1.5,
            variety: 0.5, isMixed: true),
        beside(
            "egg, 卵, たまご", .egg, [[240, 226, 206], [226, 196, 164], [246, 240, 230]], count: 4, size: 0.75, variety: 0.1, isMixed: true),
        beside(
            "gift, presents, wrapped present, プレゼントの箱, ギフトボックス", .gift, [[170, 46, 52], [226, 214, 196], [64, 96, 78]], size: 1.3,
            variety: 0.5, isMixed: true),
        scattered("grape, ぶどう, ブドウ, 葡萄", .ball, [[92, 54, 108], [78, 46, 96], [112, 70, 116]], count: 16, size: 0.42),
        scattered(
            "coffee bean, cocoa bean, cacao bean, コーヒー豆, 珈琲豆, カカオ豆", .bean(isCut: true), [[92, 58, 38], [76, 46, 30], [108, 70, 46]],
            count: 30, size: 0.3),
        scattered(
            "nut, almond, hazelnut, pecan, cashew, pistachio, peanut, walnuts, ナッツ, アーモンド, くるみ", .bean(isCut: false),
            [[186, 132, 84], [170, 116, 72], [204, 156, 108]], count: 18, size: 0.36),
        scattered(
            "confetti, 紙吹雪", .petal, [[226, 110, 130], [240, 196, 84], [110, 176, 200], [150, 190, 120]], count: 26, size: 0.26,
            isMixed: true),
        scattered("feather, 羽根", .petal, [[244, 240, 234], [232, 226, 218]], count: 10, size: 0.55),
        beside("sphere, decorative ball, orb, 球", .ball, [], count: 4, size: 1.05, variety: 0.6),
        PropWords(words: "arch, arche, archway, アーチ", shape: .arch(straight: 1), arrangement: .behind, colours: []),
        PropWords(words: "disc, disk, circle, 円盤, 円板", shape: .disc, arrangement: .behind, colours: []),
        beside(
            "stone, pebble, rock, 小石, 丸い石, 石を", .stone, [[206, 202, 196], [192, 188, 184], [174, 172, 172]], count: 4,
            size: 1.15, variety: 0.5),
        beside("shell, seashell, 貝殻, 貝", .shell, [[236, 216, 192], [232, 196, 176], [240, 230, 216]], size: 0.95),
        beside(
            "book, magazine, novel, 洋書, 雑誌, 本", .books, [[168, 120, 96], [120, 136, 150], [196, 176, 140]], count: 1, size: 1.5),
        beside("towel, タオル", .towels, [[226, 218, 206], [206, 196, 184]], count: 1, size: 1.5),
        beside("ice, ice cube, 氷", .ice, [[206, 224, 234], [188, 210, 224]], count: 4, size: 0.9),
        beside("geometric block, block, cube, ブロック, 積み木", .block, [], size: 1.4, variety: 0.4),
        beside("candle, ろうそく, キャンドル", .candle, [[236, 224, 200], [228, 212, 184]], count: 2, size: 0.9),
        scattered("petal, 花びら", .petal, [[226, 150, 166], [240, 190, 198]], count: 18, size: 0.42),
        scattered(
            """
            flower, blossom, rose, peony, peonie, daisy, daisie, orchid, tulip, wildflower, hydrangea, carnation, lily,
            lilie, geranium, bougainvillea, hibiscus, camellia, magnolia, jasmine, sunflower, poppy, poppie, anemone,
            ranunculus, chamomile,
            花, フラワー, バラ, タンポポ, 椿, ミモザ, 菊, 百合
            """, .blossom,
            [[238, 190, 196], [246, 230, 224], [206, 178, 226], [240, 206, 110]], count: 9, size: 0.5),
        scattered(
            "autumn leaf, autumn leave, fallen leaf, fallen leave, dry leave, maple leaf, maple leave, 落ち葉, 紅葉, もみじ, 枯れ葉",
            .fallenLeaf, [[204, 104, 44], [222, 158, 62], [160, 66, 42], [186, 122, 56]], count: 13, size: 0.62, isMixed: true),
        green("palm, palm leave, palm frond, ヤシ, 椰子", .palm),
        green("potted plant, pot plant, house plant, houseplant, 鉢植え, 観葉植物", .potted),
        green(
            "branch, branche, eucalyptu, twig, olive branch, 枝, ユーカリ",
            .sprig(count: 17, lengths: 0.03...0.055, width: 0.42, spread: 0.75, blur: 0.007)),
        green("fern, シダ", .plants([.fern])),
        green("herb, mint, basil, rosemary, thyme, sage leave, parsley, ハーブ, ミント, バジル", .plants([.herb])),
        green("tropical, monstera, jungle, banana leave, 熱帯, トロピカル, モンステラ", .plants([.broadLeaved, .fern])),
        green("leaf, leave, plant, foliage, greenery, 葉, 植物", .plants([.broadLeaved, .vine, .fern])),
    ]
}
