/// What the nouns of a prompt are: things to stand a product on, places, products themselves.
enum PromptNouns {
    /// Whether a phrase names something that a product is put on, and not what hangs behind it.
    static func isGround(_ phrase: String) -> Bool {
        PromptClauses.says(phrase, grounds) && !PromptClauses.says(phrase, hangings) && !grounds.contains { isVerb($0, in: phrase) }
    }

    /// Whether a phrase names the product: what it is called says nothing of its surroundings.
    static func isProduct(_ phrase: String) -> Bool {
        (PromptClauses.says(phrase, products) && !phrase.contains(" vase of ")) || phrase.hasPrefix(" my ") || phrase.hasPrefix(" our ")
    }

    /// Whether a phrase names something flat that is hung or built behind.
    static func isHanging(_ phrase: String) -> Bool { PromptClauses.says(phrase, hangings) }

    /// The places that a phrase names, as phrases: the kitchen of "a kitchen counter".
    static func places(in phrase: String) -> [String] {
        let phrase = ColourWords.withoutNames(phrase)
        let named = places.filter { PromptClauses.says(phrase, [$0]) }.map { " \($0) " }
        return named.isEmpty && PromptClauses.says(phrase, furnishings) ? [" room "] : named
    }

    /// Whether the last word of an English phrase names the product: a "gym bag" is no gym.
    static func endsInProduct(_ phrase: String) -> Bool {
        // "Neon tubes" are no packaging.
        phrase.split(separator: " ").last.map { !$0.hasPrefix("tube") && PromptClauses.says(" \($0) ", products) } ?? false
    }

    /// What stands in rooms and may be the product elsewhere.
    private static let furnishings = ["sofa", "couch", "armchair", "bed", "bar", "wardrobe", "bookcase", "ソファ", "ベッド", "バーカウンター"]

    /// Whether what a phrase names lies beside the product without being said to: "lemons", but neither "lemon yellow" nor "a lemon grove".
    static func isProp(_ phrase: String) -> Bool {
        guard let named = PropWords.named(in: phrase), !isProduct(phrase), !isHanging(phrase), !PromptClauses.says(phrase, scenic) else {
            return false
        }
        // Words that also name a colour or a material are things in the plural and in pieces.
        let single = named.words.filter { !$0.contains(" ") && phrase.contains(" \($0) ") }
        let isColour = single.contains { ColourWords.hue(of: " \($0) ") != nil || SurfaceMaterial(" \($0) ") != nil }
        return !isColour || PromptClauses.says(phrase, pieces + named.words.flatMap { ["\($0)s", "\($0)es"] })
    }

    /// "My candle should stand next to a window": it is told to.
    private static func isVerb(_ word: String, in phrase: String) -> Bool {
        word == "stand" && ["should", "to", "will", "must", "can"].contains { phrase.contains(" \($0) stand ") }
    }

    private static let grounds =
        LayoutWords.stands + SurfaceMaterial.spreads + SurfaceMaterial.furniture + [
            "hay bale", "bale", "kerb", "curb", "step", "stair", "staircase", "doorstep", "basketball court", "tennis court", "path",
            "sink", "washbasin", "石段", "階段",
            "路面", "アスファルト",
            "フローリング", "敷石", "石畳",
            "table", "tabletop", "table top", "tablecloth", "countertop", "counter", "worktop", "desk", "desktop", "nightstand", "vanity",
            "shelf", "shelve", "ledge", "slab", "bench", "benche", "board", "crate", "stool", "tray", "bar top", "windowsill", "sill",
            "pier", "dock", "deck", "jetty", "floor", "floorboard", "flooring", "ground", "pavement", "cobblestone", "surface", "plank",
            "sideboard", "dresser", "kitchen island", "barrel", "boulder",
            "テーブル", "カウンター", "机", "デスク", "棚", "の台", "洗面台", "床", "地面", "路面", "木箱", "桟橋", "ベンチ", "切り株", "丸太", "作業台", "調理台", "出窓",
        ]

    private static let hangings = [
        "wall", "background", "backdrop", "paper", "panelled", "paneled", "wallpaper", "curtain", "cyclorama", "gradient", "壁", "背景", "背景紙",
        "グラデーション",
    ]

    private static let places = [
        "kitchen", "bathroom", "bedroom", "living room", "office", "cafe", "café", "coffee shop", "restaurant", "forest", "garden",
        "courtyard",
        "terrace", "park", "meadow", "beach", "sea", "ocean", "mountain", "jungle", "city", "street", "night", "gym", "pub",
        "windowsill",
        "window sill", "mantelpiece", "fireplace", "workbench", "garage", "shop", "store",
        "supermarket",
        "hotel", "balcony", "patio", "jetty", "pier", "dock", "lakeside", "poolside", "stream", "greenhouse", "woods", "rooftop", "alley",
        "market",
        "こたつ", "縁側", "窓辺", "居間", "旅館", "桟橋", "ベランダ", "渓流", "キッチン", "台所", "浴室", "洗面",
        "寝室",
        "リビング",
        "部屋", "和室", "オフィス", "カフェ", "森", "庭", "公園", "草原", "砂浜", "海", "山", "街", "夜",
    ]

    /// What tells that a phrase with leaves or stones in it is about a place.
    private static let scenic = [
        "forest", "garden", "jungle", "botanical", "blurred", "blurry", "bokeh", "view", "tree", "field", "meadow", "orchard", "park",
        "courtyard", "neon", "sky", "grove", "vineyard", "beach", "landscape", "room", "café", "cafe", "living room", "bedroom", "interior",
        "market",
        "greenhouse", "部屋", "リビング", "森", "庭", "ぼけ", "ボケ", "ぼかし", "空", "畑", "公園", "風景", "林",
    ]

    private static let pieces = ["slice", "sliced", "wedge", "halve", "half", "zest", "leave", "sprig", "cube", "fresh", "whole", "ripe"]

    private static let products = [
        "product", "item", "bottle", "jar", "can", "tube", "box", "packaging", "package", "pouch", "cosmetic", "skincare", "cream", "serum",
        "lotion", "shampoo", "conditioner", "soap", "perfume", "fragrance", "lipstick", "mascara", "makeup", "nail polish", "toner",
        "moisturizer", "moisturiser", "shoe", "sneaker", "boot", "heel", "sandal", "handbag", "bag", "wallet", "purse", "backpack", "watch",
        "ring box", "necklace", "bracelet", "earring", "jewellery", "jewelry", "phone", "smartphone", "laptop", "headphone", "earbud",
        "speaker", "camera", "mug", "teapot", "vase", "lamp", "chair", "sofa", "armchair", "toy", "doll", "cider", "beer", "wine", "whisky",
        "whiskey",
        "gin", "soda", "juice", "coffee bag", "honey", "jam", "sauce", "chocolate bar", "cereal", "sunscreen", "sunglasse", "t shirt",
        "hoodie",
        "photo", "photograph", "photography", "packshot", "ボトル", "商品", "製品", "瓶", "化粧水", "香水", "口紅", "バッグ", "靴", "スニーカー", "時計", "箱",
    ]
}
