"""Settings: where a product is photographed, and what fits there."""

from dataclasses import dataclass

STUDIO = ("soft window", "softbox", "overhead", "side", "golden sun", "cool day", "backlight", "leaf shadows", "window shadows", "blind shadows", "high key")
DAYLIGHT = ("golden sun", "cool day", "overcast", "backlight", "leaf shadows")
INDOORS = ("soft window", "window shadows", "golden sun", "cool day", "blind shadows", "lamplight")
TABLE_TOPS = (
    "white marble",
    "black marble",
    "green marble",
    "beige marble",
    "pink marble",
    "oak",
    "walnut",
    "birch",
    "teak",
    "dark wood",
    "whitewashed wood",
    "concrete",
    "terrazzo",
    "plaster",
    "slate",
    "travertine",
    "acrylic",
    "paper",
    "linen",
)
SET_MATERIALS = ("paint", "paint", "plaster", "plaster", "white marble", "travertine", "oak", "terrazzo", "concrete", "acrylic", "green marble")


@dataclass(frozen=True)
class Setting:
    """One setting; `elevation` in degrees, `blur` the size of a far light's image as a share of the picture's width."""

    english: tuple
    japanese: tuple
    surfaces: tuple
    lights: tuple
    props: tuple
    elevation: tuple = (4, 16)
    blur: tuple = (0.01, 0.07)
    forms: tuple = ("",)
    most_props: int = 2


SETTINGS = {
    "sweep": Setting(
        ("studio sweep", "seamless studio background", "plain studio backdrop"),
        ("スタジオ背景", "シームレスなスタジオ背景"),
        ("paper",),
        STUDIO,
        ("spheres", "stones", "blocks", "disc", "leaves", "flowers", "petals"),
        (4, 22),
        (0.005, 0.04),
        most_props=1,
    ),
    "two-tone": Setting(
        ("two-tone paper set", "colour-blocked background"),
        ("二色の背景", "カラーブロックの背景"),
        ("paper",),
        STUDIO,
        ("spheres", "blocks", "disc", "citrus", "flowers"),
        (5, 20),
        (0.0, 0.02),
        most_props=1,
    ),
    "podium": Setting(
        ("podium display", "product podium", "pedestal scene"),
        ("台座のディスプレイ", "台座のシーン"),
        SET_MATERIALS,
        STUDIO,
        ("spheres", "leaves", "disc", "flowers", "blocks", "stones", "pampas", "petals", "arch"),
        (4, 16),
        (0.01, 0.05),
        ("round podium", "round podium", "square podium", "stepped podium", "podiums of different heights"),
        2,
    ),
    "niche": Setting(
        ("plaster set with an arch", "sculptural plaster set", "niche and steps"),
        ("アーチのある漆喰のセット", "ニッチと階段のセット"),
        ("plaster", "plaster", "travertine", "concrete"),
        STUDIO,
        ("spheres", "pampas", "stones", "leaves"),
        (3, 12),
        (0.01, 0.04),
        ("arch", "niche", "steps", "columns"),
        1,
    ),
    "tabletop": Setting(
        ("tabletop", "on a table against a wall", "tabletop scene"),
        ("卓上", "壁際のテーブル"),
        TABLE_TOPS,
        STUDIO,
        ("leaves", "flowers", "stones", "candles", "citrus", "pampas", "books", "vase", "linen"),
        (6, 20),
        (0.02, 0.09),
    ),
    "bokeh": Setting(
        ("tabletop with a blurred background", "shallow depth of field", "bokeh background"),
        ("ぼけた背景の卓上", "被写界深度の浅い背景"),
        TABLE_TOPS[:14],
        ("surroundings",),
        ("leaves", "flowers", "citrus", "candles", "stones"),
        (3, 13),
        (0.10, 0.20),
        most_props=1,
    ),
    "linen": Setting(
        ("folded linen", "linen cloth"),
        ("リネンの布", "折りたたんだリネン"),
        ("linen",),
        STUDIO,
        ("flowers", "leaves", "eucalyptus", "petals", "citrus", "stones"),
        (12, 34),
        (0.02, 0.06),
        ("folds",),
        1,
    ),
    "satin": Setting(
        ("draped satin", "silk fabric", "satin drapery"),
        ("サテンのドレープ", "シルクの布"),
        ("satin",),
        STUDIO,
        ("petals", "pearls", "flowers", "spheres"),
        (10, 34),
        (0.02, 0.06),
        ("drape",),
        1,
    ),
    "sand": Setting(
        ("sand dunes", "desert set", "rippled sand"),
        ("砂丘", "砂のセット"),
        ("sand",),
        ("golden sun", "side", "cool day", "leaf shadows", "softbox", "backlight"),
        ("stones", "palm", "pampas", "shells", "spheres", "disc"),
        (5, 20),
        (0.02, 0.07),
        most_props=1,
    ),
    "beach": Setting(
        ("beach", "seaside", "on the beach"),
        ("ビーチ", "海辺"),
        ("sand",),
        ("golden sun", "cool day", "leaf shadows", "backlight"),
        ("shells", "stones", "palm", "starfish"),
        (4, 14),
        (0.04, 0.12),
        most_props=1,
    ),
    "water": Setting(
        ("on water", "water surface", "rippling water"),
        ("水面", "水の上"),
        ("water",),
        ("soft window", "softbox", "golden sun", "backlight", "leaf shadows", "cool day"),
        ("stones", "leaves", "lilies", "petals"),
        (6, 20),
        (0.02, 0.07),
        ("stone platform", "stone platform", "podium", "shallow water"),
        1,
    ),
    "snow": Setting(
        ("winter scene", "in the snow", "snowy scene"),
        ("雪景色", "冬のシーン"),
        ("snow",),
        ("cool day", "golden sun", "backlight", "overcast"),
        ("pine", "ice", "stones", "baubles"),
        (5, 16),
        (0.04, 0.12),
        most_props=1,
    ),
    "forest": Setting(
        ("forest", "in the forest", "woodland"),
        ("森", "森の中"),
        ("moss",),
        ("forest sun", "overcast", "golden sun"),
        ("ferns", "stones", "flowers", "mushrooms"),
        (4, 14),
        (0.08, 0.18),
        ("tree stump", "mossy ground", "flat rock"),
        2,
    ),
    "rocks": Setting(
        ("stone set", "rocks and slate", "rugged rocks"),
        ("岩のセット", "石のシーン"),
        ("slate", "sandstone", "basalt"),
        ("side", "soft window", "golden sun", "cool day", "backlight", "leaf shadows"),
        ("stones", "moss", "leaves", "pampas"),
        (4, 16),
        (0.02, 0.07),
        ("stacked slabs", "boulders"),
        1,
    ),
    "kitchen": Setting(
        ("kitchen", "kitchen counter", "in the kitchen"),
        ("キッチン", "キッチンカウンター"),
        ("white marble", "black marble", "oak", "walnut", "terrazzo", "beige marble", "birch", "concrete"),
        INDOORS,
        ("citrus", "apples", "herbs", "linen", "vase"),
        (5, 14),
        (0.04, 0.12),
        most_props=1,
    ),
    "bathroom": Setting(
        ("bathroom", "bathroom shelf", "spa"),
        ("バスルーム", "洗面台"),
        ("white marble", "terrazzo", "travertine", "oak", "concrete", "green marble"),
        ("soft window", "window shadows", "cool day", "leaf shadows", "softbox"),
        ("towels", "eucalyptus", "stones", "candles", "droplets"),
        (4, 14),
        (0.03, 0.10),
        most_props=2,
    ),
    "room": Setting(
        ("living room", "home interior", "cosy room"),
        ("リビング", "室内"),
        ("oak", "walnut", "birch", "teak", "white marble", "travertine"),
        INDOORS,
        ("books", "vase", "candles", "linen"),
        (4, 13),
        (0.05, 0.13),
        ("table",),
        1,
    ),
    "neon": Setting(
        ("neon lights", "neon night", "cyberpunk"),
        ("ネオン", "ネオンの夜"),
        ("wet floor", "acrylic"),
        ("neon",),
        ("spheres", "blocks"),
        (3, 11),
        (0.03, 0.09),
        ("neon ring", "neon tubes", "neon frame"),
        1,
    ),
    "botanical": Setting(
        ("tropical leaves", "botanical set", "lush plants"),
        ("熱帯の葉", "ボタニカル"),
        ("plaster", "paint", "white marble", "slate", "oak", "travertine", "water"),
        ("soft window", "leaf shadows", "golden sun", "softbox", "backlight", "cool day"),
        ("flowers", "stones", "citrus"),
        (4, 14),
        (0.03, 0.08),
        ("ground", "podium"),
        1,
    ),
    "night bar": Setting(
        ("bar at night", "moody evening light", "bar counter"),
        ("夜のバー", "バーカウンター"),
        ("walnut", "dark wood", "black marble", "slate", "green marble"),
        ("lamplight",),
        ("candles", "citrus", "ice", "books"),
        (3, 11),
        (0.10, 0.20),
        most_props=1,
    ),
}

COMMON = {"sweep": 1.3, "podium": 1.3, "tabletop": 1.3, "bokeh": 1.2, "two-tone": 0.9, "niche": 0.9, "rocks": 0.8, "neon": 0.7, "night bar": 0.7}
"""How often a setting is drawn where a category has no say, beside 1."""
