"""Japanese captions by dictionary: English noun phrases and Japanese ones both put modifiers first, so a longest-match
translation joined with の reads well enough to teach the vocabulary. Phrases in another order have patterns below.
"""

import re

PATTERNS = [
    (r"seamless (.+) studio sweep", "{}のスタジオ背景"),
    (r"plain (.+) background", "{}の無地の背景"),
    (r"tropical leaves on an? (.+) background", "{}の背景と熱帯の葉"),
    (r"(.+) on an? (.+)", "{1}の上の{0}"),
    (r"(.+) in (.+ water with ripples)", "{1}の中の{0}"),
    (r"(.+) water with ripples", "{}の水面"),
    (r"(.+) light from the (left|right)", "{1}からの{0}の光"),
    (r"dramatic side light from the (left|right), dark shadows", "{}からのドラマチックな光"),
    (r"(\w+) and (\w+) (neon .+)", "{0}と{1}の{2}"),
    (r"(kitchen|living room) with (.+)", "{1}の{0}"),
    (r"blurred (.+) bokeh background", "{}のぼけ背景"),
    (r"blurred (.+) background", "ぼけた{}の背景"),
]
"""Tried in this order on the whole phrase; groups are translated on their own."""

WORDS = {
    # colours
    "white": "白", "ivory": "アイボリー", "cream": "クリーム色", "beige": "ベージュ", "blush pink": "淡いピンク", "hot pink": "濃いピンク", "pink": "ピンク",
    "peach": "ピーチ色", "coral": "コーラル", "terracotta": "テラコッタ", "mustard yellow": "マスタード色", "lemon yellow": "レモンイエロー", "yellow": "黄色",
    "sage green": "セージグリーン", "mint green": "ミントグリーン", "emerald green": "エメラルドグリーン", "olive green": "オリーブ色", "green": "緑", "sky blue": "空色",
    "powder blue": "水色", "navy blue": "紺色", "deep blue": "深い青", "pale blue": "薄い青", "blue": "青", "turquoise": "ターコイズ", "teal": "青緑", "lavender": "ラベンダー色",
    "deep purple": "濃い紫", "purple": "紫", "burgundy": "ワインレッド", "red": "赤", "chocolate brown": "こげ茶", "brown": "茶色", "warm grey": "暖かいグレー", "cool grey": "冷たいグレー",
    "grey": "グレー", "charcoal": "チャコール", "black": "黒", "cyan": "シアン", "orange": "オレンジ", "dark": "暗い",
    # surfaces and materials
    "marble": "大理石", "concrete": "コンクリート", "rough stone": "粗い石", "stone": "石", "terrazzo": "テラゾー", "linen": "リネン", "satin": "サテン", "cloth": "布", "draped": "ドレープ",
    "folded": "折りたたんだ", "whitewashed wood": "白木", "pale birch wood": "白樺の木", "birch wood": "白樺の木", "oak wood": "オーク材", "walnut wood": "ウォールナット材", "teak wood": "チーク材",
    "dark wood": "濃い木", "wood panel wall": "板壁", "wood": "木", "wooden": "木", "table": "テーブル", "kitchen counter": "キッチンカウンター", "surface": "台", "round podium": "丸い台座",
    "square podium": "四角い台座", "stepped podium": "段の台座", "podiums": "台座", "podium": "台座", "platform": "台", "dark glossy floor": "暗く光る床", "floor": "床", "round rug": "丸いラグ",
    "tree stump": "切り株", "moss": "苔", "mossy ground": "苔の地面", "fresh snow": "新雪", "sand": "砂浜", "water": "水面", "ripples": "さざ波",
    # surroundings
    "background": "背景", "fabric background": "布の背景", "winter background": "冬の背景", "wall": "壁", "tile wall": "タイルの壁", "plaster wall": "漆喰の壁", "brick wall": "レンガの壁",
    "concrete wall": "コンクリートの壁", "forest": "森", "garden courtyard": "中庭", "photo studio": "撮影スタジオ", "sunset sky": "夕焼け空", "meadow at sunrise": "朝の草原",
    "city street": "街", "night lights": "夜景", "living room interior": "リビング", "living room": "リビング", "kitchen": "キッチン", "pine trees in winter": "冬の松",
    "turquoise sea and blue sky": "青い海と空", "neon tubes": "ネオン管", "neon ring": "ネオンの輪", "neon light": "ネオンの光", "neon": "ネオン", "night": "夜",
    # light
    "cool daylight": "涼しい昼光", "golden hour sunlight": "夕方の金色の光", "long shadows": "長い影", "warm tones": "暖色", "golden tones": "金色", "hard sunlight with window frame shadows": "窓枠の影の強い日光",
    "sunlight with dappled leaf shadows": "木漏れ日の葉の影", "backlit glow": "逆光", "bright studio light": "明るいスタジオ光", "studio light": "スタジオ光", "soft window": "柔らかい窓",
    "overhead softbox": "真上のソフトボックス", "soft natural light": "柔らかい自然光", "green tones": "緑の色調", "natural light": "自然光", "natural daylight": "自然な昼光", "daylight": "昼光",
    "sunlight through trees": "木々の間の日光", "morning light": "朝の光", "soft morning light": "柔らかい朝の光", "warm sunset light": "暖かい夕日", "warm evening light": "暖かい夜の光",
    "dark mood": "暗い雰囲気", "warm indoor light": "暖かい室内光", "left": "左", "right": "右",
    # props
    "green leaves": "緑の葉", "lush green leaves": "茂った緑の葉", "palm leaves": "ヤシの葉", "smooth stones": "丸い石", "flowers": "花", "lit candles": "灯したろうそく",
    "dried pampas grass": "パンパスグラス", "decorative spheres": "飾りの球", "water droplets": "水滴", "a potted plant": "鉢植え", "a framed picture on the wall": "壁の額縁",
    "geometric blocks": "幾何学ブロック", "an arch": "アーチ", "apples": "りんご", "berries": "ベリー", "oranges": "オレンジ", "limes": "ライム", "lemons": "レモン", "ice cubes": "氷",
    "pine branches": "松の枝", "a round disc backdrop": "丸い円盤の背景",
    # products
    "product": "商品", "cream jar": "クリーム瓶", "perfume bottle": "香水瓶", "pump bottle": "ポンプボトル", "sneaker": "スニーカー", "boot": "ブーツ", "lotion tube": "チューブ", "handbag": "ハンドバッグ",
    "serum bottle": "美容液", "lipstick": "口紅", "vase": "花瓶", "glass bottle": "ガラス瓶", "wine bottle": "ワインボトル", "soda can": "缶", "juice bottle": "ジュース", "camera": "カメラ",
    "food jar": "食品の瓶", "smartphone": "スマートフォン", "ring": "指輪", "smartwatch": "スマートウォッチ", "coffee cup": "コーヒーカップ", "speaker": "スピーカー", "cereal box": "シリアルの箱",
    "bowl": "ボウル", "headphones": "ヘッドホン", "cake": "ケーキ", "chair": "椅子", "snack bag": "スナック袋", "table lamp": "テーブルランプ", "toy car": "おもちゃの車", "bracelet": "ブレスレット",
    "pendant": "ペンダント", "teddy bear": "テディベア", "toy blocks": "積み木", "stool": "スツール", "candle": "キャンドル", "mug": "マグカップ", "soap box": "石けんの箱",
}

LONGEST_FIRST = sorted(WORDS, key=len, reverse=True)


def translate(phrase: str) -> str:
    """One English caption part to Japanese; words that the dictionary lacks are left out."""
    if phrase in WORDS:
        return WORDS[phrase]
    for pattern, japanese in PATTERNS:
        if match := re.fullmatch(pattern, phrase):
            return japanese.format(*map(translate, match.groups()))
    if ", " in phrase:
        return "、".join(map(translate, phrase.split(", ")))
    found = []
    rest = phrase
    while rest:
        word = next((word for word in LONGEST_FIRST if re.match(rf"{re.escape(word)}\b", rest)), None)
        if word:
            found.append(WORDS[word])
            rest = rest[len(word) :].lstrip()
        else:
            rest = rest.partition(" ")[2]
    joined = ""
    for word in found:
        # い-adjectives and verbs modify without の.
        joined += word if not joined or joined.endswith(("い", "だ")) else "の" + word
    return joined


def to_japanese(product: str | None, surface: str | None, parts: list[str]) -> str:
    """`SURFACEの上のPRODUCT、part、part`."""
    head = [translate(surface) + "の上" if product else translate(surface)] if surface else []
    head += [translate(product)] if product else []
    return "、".join((["の".join(head)] if head else []) + [translate(part) for part in parts])
