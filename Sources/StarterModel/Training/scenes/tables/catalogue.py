"""The products' two-level tree: groups, categories and the kinds of product a category is photographed with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """One category; `identifier` is the letters-only word that stands for it in a prompt."""

    key: str
    group: str
    english: str
    japanese: str
    products: tuple

    @property
    def identifier(self) -> str:
        return "bd" + self.key


GROUPS = {
    "beauty": ("Beauty", "ビューティー"),
    "drinks": ("Drinks", "飲料"),
    "food": ("Food", "食品"),
    "fashion": ("Fashion", "ファッション"),
    "accessories": ("Accessories", "アクセサリー"),
    "electronics": ("Electronics", "電子機器"),
    "home": ("Home", "ホーム"),
    "leisure": ("Leisure", "レジャー"),
}

CATEGORIES = {
    category.key: category
    for category in (
        Category("skincare", "beauty", "Skincare", "スキンケア", ("cream jar", "serum bottle", "lotion tube")),
        Category("perfume", "beauty", "Perfume", "香水", ("square perfume bottle", "round perfume bottle", "tall perfume bottle")),
        Category("makeup", "beauty", "Make-up", "メイク", ("lipstick", "nail polish", "powder compact")),
        Category("bodycare", "beauty", "Hair and body", "ヘア・ボディケア", ("shampoo bottle", "pump bottle", "bar of soap")),
        Category("softdrinks", "drinks", "Soft drinks", "ソフトドリンク", ("drinks can", "juice bottle", "water bottle")),
        Category("wine", "drinks", "Wine and spirits", "ワイン・酒", ("wine bottle", "whisky bottle", "beer bottle", "sake bottle")),
        Category("coffee", "drinks", "Coffee and tea", "コーヒー・お茶", ("mug", "takeaway cup", "coffee bag", "teapot")),
        Category("pantry", "food", "Pantry", "食料品", ("jam jar", "oil bottle", "tin can", "cereal box")),
        Category("snacks", "food", "Snacks and sweets", "お菓子", ("snack bag", "chocolate bar", "biscuit tin")),
        Category("bakery", "food", "Bakery", "ベーカリー", ("layer cake", "cupcake", "doughnut")),
        Category("shoes", "fashion", "Shoes", "靴", ("sneaker", "ankle boot", "ballet flat")),
        Category("bags", "fashion", "Bags", "バッグ", ("handbag", "tote bag", "bucket bag")),
        Category("hats", "fashion", "Hats", "帽子", ("sun hat", "fedora", "beanie")),
        Category("jewellery", "accessories", "Jewellery", "ジュエリー", ("ring", "bead bracelet", "pendant", "hoop earrings")),
        Category("watches", "accessories", "Watches", "腕時計", ("wristwatch", "smartwatch")),
        Category("eyewear", "accessories", "Eyewear", "アイウェア", ("round glasses", "square sunglasses")),
        Category("phones", "electronics", "Phones", "スマートフォン", ("smartphone", "tablet")),
        Category("audio", "electronics", "Audio", "オーディオ", ("headphones", "smart speaker", "bookshelf speaker", "earbuds case")),
        Category("cameras", "electronics", "Cameras", "カメラ", ("camera", "instant camera", "lens")),
        Category("ceramics", "home", "Vases and tableware", "花瓶・食器", ("vase", "bowl", "carafe")),
        Category("candles", "home", "Candles", "キャンドル", ("candle in a glass", "pillar candle", "reed diffuser")),
        Category("lamps", "home", "Lamps", "照明", ("table lamp", "mushroom lamp", "globe lamp")),
        Category("furniture", "home", "Furniture", "家具", ("chair", "stool", "armchair", "side table")),
        Category("kitchenware", "home", "Kitchenware", "キッチン用品", ("kettle", "saucepan", "pepper mill")),
        Category("toys", "leisure", "Toys", "おもちゃ", ("toy car", "building blocks", "stacking rings", "teddy bear")),
        Category("sports", "leisure", "Sports", "スポーツ", ("dumbbell", "sports ball", "flask")),
        Category("stationery", "leisure", "Books and stationery", "本・文具", ("book", "notebook", "pencil pot")),
        Category("plants", "leisure", "House plants", "観葉植物", ("potted plant", "cactus", "succulent")),
    )
}

PRODUCTS_JAPANESE = {
    "cream jar": "クリームジャー",
    "serum bottle": "美容液ボトル",
    "lotion tube": "ローションチューブ",
    "square perfume bottle": "四角い香水瓶",
    "round perfume bottle": "丸い香水瓶",
    "tall perfume bottle": "細長い香水瓶",
    "lipstick": "口紅",
    "nail polish": "マニキュア",
    "powder compact": "コンパクト",
    "shampoo bottle": "シャンプーボトル",
    "pump bottle": "ポンプボトル",
    "bar of soap": "石けん",
    "drinks can": "缶ジュース",
    "juice bottle": "ジュースボトル",
    "water bottle": "水のボトル",
    "wine bottle": "ワインボトル",
    "whisky bottle": "ウイスキーボトル",
    "beer bottle": "ビール瓶",
    "sake bottle": "日本酒の瓶",
    "mug": "マグカップ",
    "takeaway cup": "テイクアウトカップ",
    "coffee bag": "コーヒー豆の袋",
    "teapot": "ティーポット",
    "jam jar": "ジャムの瓶",
    "oil bottle": "オイルボトル",
    "tin can": "缶詰",
    "cereal box": "シリアルの箱",
    "snack bag": "スナック袋",
    "chocolate bar": "板チョコ",
    "biscuit tin": "ビスケット缶",
    "layer cake": "ケーキ",
    "cupcake": "カップケーキ",
    "doughnut": "ドーナツ",
    "sneaker": "スニーカー",
    "ankle boot": "アンクルブーツ",
    "ballet flat": "バレエシューズ",
    "handbag": "ハンドバッグ",
    "tote bag": "トートバッグ",
    "bucket bag": "バケットバッグ",
    "sun hat": "麦わら帽子",
    "fedora": "中折れ帽",
    "beanie": "ニット帽",
    "ring": "指輪",
    "bead bracelet": "ビーズブレスレット",
    "pendant": "ペンダント",
    "hoop earrings": "フープピアス",
    "wristwatch": "腕時計",
    "smartwatch": "スマートウォッチ",
    "round glasses": "丸眼鏡",
    "square sunglasses": "サングラス",
    "smartphone": "スマートフォン",
    "tablet": "タブレット",
    "headphones": "ヘッドホン",
    "smart speaker": "スマートスピーカー",
    "bookshelf speaker": "スピーカー",
    "earbuds case": "イヤホンケース",
    "camera": "カメラ",
    "instant camera": "インスタントカメラ",
    "lens": "レンズ",
    "vase": "花瓶",
    "bowl": "ボウル",
    "carafe": "カラフェ",
    "candle in a glass": "グラスキャンドル",
    "pillar candle": "ピラーキャンドル",
    "reed diffuser": "リードディフューザー",
    "table lamp": "テーブルランプ",
    "mushroom lamp": "マッシュルームランプ",
    "globe lamp": "球形ランプ",
    "chair": "椅子",
    "stool": "スツール",
    "armchair": "アームチェア",
    "side table": "サイドテーブル",
    "kettle": "ケトル",
    "saucepan": "片手鍋",
    "pepper mill": "ペッパーミル",
    "toy car": "おもちゃの車",
    "building blocks": "積み木",
    "stacking rings": "輪投げタワー",
    "teddy bear": "テディベア",
    "dumbbell": "ダンベル",
    "sports ball": "ボール",
    "flask": "水筒",
    "book": "本",
    "notebook": "ノート",
    "pencil pot": "ペン立て",
    "potted plant": "鉢植え",
    "cactus": "サボテン",
    "succulent": "多肉植物",
}

FLOOR_STANDING = {"chair", "stool", "armchair", "side table"}
"""Products that stand on floors, not on tables: rooms are furnished around them at half size."""
