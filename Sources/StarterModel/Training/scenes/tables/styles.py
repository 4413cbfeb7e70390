"""Styles a brand can have: the word for it, and which palettes, surfaces, lights and props go with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    english: tuple
    japanese: tuple
    palettes: tuple
    surfaces: tuple
    lights: tuple
    props: tuple


STYLES = {
    "minimal": Style(
        ("minimal", "clean and minimal", "minimalist"),
        ("ミニマル", "シンプル"),
        ("pure", "stone", "mist", "oat"),
        ("paper", "plaster", "white marble", "concrete"),
        ("soft window", "softbox", "overhead"),
        ("disc", "stones"),
    ),
    "luxurious": Style(
        ("luxurious", "elegant", "premium"),
        ("高級感のある", "エレガントな"),
        ("noir", "emerald", "bordeaux", "midnight"),
        ("black marble", "green marble", "satin", "dark wood"),
        ("side", "backlight", "lamplight"),
        ("pearls", "petals", "candles"),
    ),
    "natural": Style(
        ("natural", "organic", "earthy"),
        ("ナチュラルな", "自然な"),
        ("sage", "olive grove", "clay", "pine"),
        ("oak", "linen", "travertine", "moss", "sand"),
        ("leaf shadows", "golden sun", "overcast"),
        ("leaves", "stones", "eucalyptus", "pampas", "ferns"),
    ),
    "playful": Style(
        ("playful", "fun and colourful", "vibrant"),
        ("ポップな", "遊び心のある"),
        ("candy", "citrus", "sun", "coral reef", "signal"),
        ("paper", "acrylic", "terrazzo"),
        ("high key", "window shadows", "cool day"),
        ("spheres", "blocks", "citrus"),
    ),
    "moody": Style(
        ("moody", "dramatic", "dark and moody"),
        ("ムーディーな", "ドラマチックな"),
        ("noir", "plum", "midnight", "cocoa"),
        ("slate", "dark wood", "basalt", "black marble"),
        ("side", "blind shadows", "lamplight", "neon"),
        ("stones", "candles", "pampas"),
    ),
    "fresh": Style(
        ("fresh", "light and airy", "bright"),
        ("さわやかな", "フレッシュな"),
        ("mint", "sky", "porcelain", "lagoon"),
        ("white marble", "water", "terrazzo", "whitewashed wood"),
        ("cool day", "high key", "soft window"),
        ("citrus", "leaves", "ice", "droplets"),
    ),
    "romantic": Style(
        ("romantic", "soft and feminine", "delicate"),
        ("ロマンチックな", "やわらかな"),
        ("blush", "peony", "lavender field", "sorbet"),
        ("satin", "pink marble", "plaster", "linen"),
        ("backlight", "soft window", "leaf shadows"),
        ("petals", "flowers", "pearls"),
    ),
    "rustic": Style(
        ("rustic", "handmade", "farmhouse"),
        ("素朴な", "手作り感のある"),
        ("autumn", "clay", "oat", "cocoa"),
        ("teak", "whitewashed wood", "linen", "slate"),
        ("golden sun", "window shadows", "soft window"),
        ("herbs", "pampas", "apples", "linen"),
    ),
    "futuristic": Style(
        ("futuristic", "high-tech", "sleek"),
        ("未来的な", "スタイリッシュな"),
        ("steel", "plum", "cobalt", "noir"),
        ("acrylic", "wet floor", "concrete"),
        ("neon", "overhead", "side"),
        ("blocks", "disc", "spheres"),
    ),
    "mediterranean": Style(
        ("mediterranean", "sun-drenched", "summery"),
        ("地中海風の", "夏らしい"),
        ("coral reef", "sun", "clay", "sky"),
        ("plaster", "travertine", "sand", "terrazzo"),
        ("golden sun", "leaf shadows", "window shadows"),
        ("palm", "citrus", "shells", "arch"),
    ),
}
