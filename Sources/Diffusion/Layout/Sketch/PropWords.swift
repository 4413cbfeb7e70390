/// The props that a prompt may name, in English and Japanese, and what they look like.
struct PropWords {
    /// How many of them there are and where.
    enum Arrangement {
        /// A few on the ground beside the product.
        case beside(count: Int, size: Float)
        /// Many small ones around it.
        case scattered(count: Int, size: Float)
        /// A sprig that reaches in from an upper corner.
        ///
        /// Lengths are half those of its leaves, in heights of the canvas; width is in half-lengths.
        case sprig(count: Int, lengths: ClosedRange<Float>, width: Float, spread: Float, blur: Float)
        /// Plants that grow beside the product and behind it.
        case plants
        /// A plant in a pot, further back.
        case potted
        /// Fronds that reach in from an upper corner.
        case palm
    }

    let words: [String]
    let shape: PropFigure.Shape
    let arrangement: Arrangement
    /// sRGB, 0...255.
    let colours: [SIMD3<Float>]

    /// What a phrase names; nil where it names no prop.
    static func named(in phrase: String) -> PropWords? { all.first { PromptClauses.says(phrase, $0.words) } }

    private static func green(_ words: [String], _ arrangement: Arrangement) -> PropWords {
        PropWords(
            words: words, shape: leaf, arrangement: arrangement, colours: [[84, 130, 66], [58, 106, 62], [112, 146, 84], [74, 118, 84]])
    }

    private static let leaf = PropFigure.Shape.leaf(width: 0.42, bend: 0)

    private static func twig(_ words: [String], _ colours: [SIMD3<Float>], blur: Float = 0.003) -> PropWords {
        let arrangement = Arrangement.sprig(count: 64, lengths: 0.026...0.036, width: 0.08, spread: 0.5, blur: blur)
        return PropWords(words: words, shape: leaf, arrangement: arrangement, colours: colours)
    }

    private static func beside(
        _ words: [String], _ shape: PropFigure.Shape, _ colours: [SIMD3<Float>], count: Int = 3, size: Float = 1
    ) -> PropWords {
        PropWords(words: words, shape: shape, arrangement: .beside(count: count, size: size), colours: colours)
    }

    private static func scattered(
        _ words: [String], _ shape: PropFigure.Shape, _ colours: [SIMD3<Float>], count: Int, size: Float
    ) -> PropWords {
        PropWords(words: words, shape: shape, arrangement: .scattered(count: count, size: size), colours: colours)
    }

    /// The first that fits is taken, so narrower words come first.
    private static let all: [PropWords] = [
        twig(["pine", "pine branch", "fir", "松", "もみ"], [[60, 88, 64], [78, 104, 74]]),
        twig(["pampas", "pampas grass", "dried grass", "wheat", "パンパス"], [[206, 184, 150], [222, 204, 174]], blur: 0.008),
        beside(["lemon", "lime", "レモン"], .ball, [[240, 212, 74], [232, 200, 60]]),
        beside(["orange", "tangerine", "オレンジ"], .ball, [[240, 148, 46], [230, 134, 40]]),
        beside(["apple", "cherry", "cherrie", "berry", "berrie", "りんご", "ベリー", "いちご"], .ball, [[186, 44, 50], [160, 34, 52]]),
        beside(["bauble", "ornament", "christmas", "クリスマス", "飾り"], .ball, [[204, 164, 84], [178, 44, 52]]),
        scattered(["pearl", "真珠"], .ball, [[240, 234, 224], [232, 224, 214]], count: 14, size: 0.22),
        scattered(["water drop", "droplet", "水滴"], .ball, [[206, 220, 226], [190, 208, 216]], count: 18, size: 0.16),
        beside(["sphere", "decorative ball", "球"], .ball, [[226, 214, 202], [206, 190, 178], [232, 228, 222]], size: 0.9),
        beside(
            ["stone", "pebble", "rock", "小石", "丸い石", "石を"], .stone, [[206, 202, 196], [192, 188, 184], [174, 172, 172]], count: 4,
            size: 1.15),
        beside(["shell", "seashell", "貝"], .stone, [[236, 220, 200], [228, 204, 188]], size: 0.8),
        beside(["book", "本"], .stack, [[168, 120, 96], [120, 136, 150], [196, 176, 140]], count: 1, size: 1.5),
        beside(["towel", "タオル"], .stack, [[226, 218, 206], [206, 196, 184]], count: 1, size: 1.5),
        beside(["ice", "ice cube", "氷"], .block, [[206, 224, 234], [188, 210, 224]], count: 3, size: 0.8),
        beside(["geometric block", "block", "cube", "ブロック"], .block, [[214, 198, 182], [196, 170, 150], [226, 214, 200]], size: 1.2),
        beside(["candle", "ろうそく", "キャンドル"], .candle, [[236, 224, 200], [228, 212, 184]], count: 2, size: 0.9),
        scattered(["petal", "花びら"], leaf, [[226, 150, 166], [240, 190, 198]], count: 18, size: 0.38),
        scattered(
            ["flower", "blossom", "rose", "peony", "花", "桜", "バラ"], .blossom,
            [[238, 190, 196], [246, 230, 224], [206, 178, 226], [240, 206, 110]], count: 9, size: 0.5),
        green(["palm", "palm leave", "palm frond", "ヤシ", "椰子"], .palm),
        green(["potted plant", "pot plant", "house plant", "鉢植え", "観葉植物"], .potted),
        green(
            ["branch", "branche", "eucalyptu", "twig", "枝"],
            .sprig(count: 17, lengths: 0.03...0.055, width: 0.42, spread: 0.75, blur: 0.007)),
        green(["leaf", "leave", "plant", "foliage", "fern", "herb", "greenery", "葉", "植物", "ハーブ"], .plants),
    ]
}
