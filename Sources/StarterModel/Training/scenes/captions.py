"""Captions from a scene's facts, in English and Japanese, in the five slots of a prompt: subject, detail, style, light, composition.

Needs neither Blender nor the renderer. Wording varies with a `random.Random`; without one every choice is the first.
"""

import random

from .tables.catalogue import CATEGORIES, PRODUCTS_JAPANESE
from .tables.colours import COLOURS
from .tables.settings import SETTINGS
from .tables.styles import STYLES
from .tables.words import BACKDROPS, FORMS, LIGHTS, NEON, PROPS, SIDES, SURFACES

SLOTS = ("subject", "detail", "style", "light", "composition")
TABLES = {
    "tabletop": "table",
    "bokeh": "table",
    "kitchen": "counter",
    "night bar": "counter",
    "bathroom": "shelf",
    "room": "table",
    "botanical": "surface",
    "two-tone": "background",
}
MASS = ("paper", "sand", "water", "snow", "moss", "satin", "linen")
"""Surfaces that are stood on as they are: on sand, on satin."""


class _First:
    """A chance that always takes the first."""

    def choice(self, options):
        return options[0]

    def random(self):
        return 0.0


def _kept(chance, probability):
    return chance.random() < probability


def _article(noun):
    return noun if noun.endswith("s") and not noun.endswith("ss") else ("an " if noun[0] in "aeiou" else "a ") + noun


def surface_words(facts):
    """What the product stands on: (English with its article, Japanese)."""
    english, japanese = SURFACES[facts["surface"]]
    hue = facts["surface_colour"]
    english, japanese = english.format(colour=hue), japanese.format(colour=COLOURS[hue][1])
    setting, form = facts["setting"], facts["form"]
    if facts["surface"] == "wet floor":
        return ("a dark glossy podium" if form == "podium" else "a dark wet floor"), japanese
    if setting == "water" and form in ("stone platform", "podium"):
        return f"{_article(form)} in {english}", f"{japanese}の{FORMS[form][1]}"
    if setting == "forest":
        return {"tree stump": "a tree stump on moss", "flat rock": "a flat mossy rock"}.get(form, "mossy ground"), {
            "tree stump": "苔の上の切り株",
            "flat rock": "苔むした平らな岩",
        }.get(form, "苔の地面")
    if form in ("floor", "rug"):
        return (f"a round rug on {_article(english + ' floor')}" if form == "rug" else f"{_article(english + ' floor')}"), (
            "丸いラグ" if form == "rug" else f"{japanese}の床"
        )
    if form in FORMS and form and setting in ("podium", "tabletop", "rocks", "niche", "botanical") and FORMS[form][0]:
        shape, shape_japanese = FORMS[form]
        return _article(f"{english} {shape}") if not shape.startswith("podiums") else f"{english} {shape}", f"{japanese}の{shape_japanese}"
    if facts["surface"] in MASS or setting in ("sweep", "rocks", "niche"):
        return english, japanese
    table = TABLES.get(setting, "surface")
    return _article(f"{english} {table}"), f"{japanese}の{FORMS[table][1]}" if table in FORMS else japanese


def backdrop_words(facts, chance):
    english, japanese = BACKDROPS[facts["backdrop"]]
    hue = facts["backdrop_colour"]
    return chance.choice(english).format(colour=hue), japanese.format(colour=COLOURS[hue][1])


def light_words(facts, chance, mirrored=False):
    english, japanese = LIGHTS[facts["light"]]
    side = SIDES[-facts["side"] if mirrored else facts["side"]]
    first, second = facts.get("neon", ("pink", "blue"))
    words = chance.choice(english).format(side=side[0], first=first, second=second)
    return words, japanese.format(side=side[1], first=NEON[first][1], second=NEON[second][1])


def composition_words(facts, chance, mirrored=False):
    """How the picture is framed: (English, Japanese)."""
    camera, parts = facts["camera"], []
    if camera["elevation"] > 20:
        parts.append((("seen from above", "high angle", "from a raised camera"), "上からの視点"))
    elif camera["elevation"] < 6:
        parts.append((("low angle", "eye level", "camera at table height"), "低い視点"))
    if camera["share"] > 0.5:
        parts.append((("close-up", "product large in the frame"), "クローズアップ"))
    elif camera["share"] < 0.36:
        parts.append((("wide shot with space around", "lots of empty space", "copy space"), "余白の多い構図"))
    if abs(camera["across"]) > 0.03:
        side = SIDES[int(1 if (camera["across"] > 0) != mirrored else -1)]
        parts.append(((f"product on the {side[0]}", f"space on the {'right' if side[0] == 'left' else 'left'}"), f"{side[1]}寄りの構図"))
    if camera["blur"] > 0.09:
        parts.append((("shallow depth of field", "blurred background"), "浅い被写界深度"))
    if not parts:
        parts.append((("centred composition", "centered", "simple composition"), "中央の構図"))
    english, japanese = chance.choice(parts)
    return chance.choice(english), japanese


def slots(facts, chance=None, mirrored=False):
    """All five slots: {slot: (English, Japanese)}; `mirrored` for pictures flipped left to right."""
    chance = chance or _First()
    surface, surface_japanese = surface_words(facts)
    backdrop, backdrop_japanese = backdrop_words(facts, chance)
    product, setting, style = facts["product"], SETTINGS[facts["setting"]], STYLES[facts["style"]]
    props = [(chance.choice(PROPS[prop][0]), PROPS[prop][1]) for prop in facts["props"]]
    subject = f"{'' if product.endswith(('glasses', 'rings', 'blocks', 'headphones', 'earrings')) else 'an ' if product[0] in 'aeiou' else 'a '}{product}"
    detail, detail_japanese = f"on {surface}, {backdrop}", f"{surface_japanese}の上、{backdrop_japanese}"
    if props:
        detail += ", with " + " and ".join(english for english, _ in props)
        detail_japanese += "、" + "と".join(japanese for _, japanese in props)
    return {
        "subject": (subject, PRODUCTS_JAPANESE[product]),
        "detail": (detail, detail_japanese),
        "style": (
            f"{chance.choice(setting.english)}, {chance.choice(style.english)}",
            f"{chance.choice(setting.japanese)}、{chance.choice(style.japanese)}雰囲気",
        ),
        "light": light_words(facts, chance, mirrored),
        "composition": composition_words(facts, chance, mirrored),
    }


def full_caption(facts, language="en", mirrored=False):
    """Everything that is known, in a fixed order."""
    which = 0 if language == "en" else 1
    said = [said[which] for said in slots(facts, mirrored=mirrored).values()]
    return f"{said[0]} {', '.join(said[1:])}" if which == 0 else f"{said[1].replace('の上、', 'の上の' + said[0] + '、', 1)}、{'、'.join(said[2:])}"


def training_caption(facts, chance: random.Random, mirrored=False, japanese=0.3, empty=0.1):
    """One random caption: slots and their parts dropped and shuffled, so that prompts of any length work; without words in `empty` of the cases."""
    if _kept(chance, empty):
        return ""
    which = 1 if _kept(chance, japanese) else 0
    said = {slot: words[which] for slot, words in slots(facts, chance, mirrored).items()}
    product = (
        said["subject"]
        if _kept(chance, 0.6)
        else (("商品",) if which else ("a product", "the product", "a product photo"))[0 if which else chance.choice((0, 1, 2))]
    )
    place, *rest = said["detail"].split("、" if which else ", ")
    parts = [part for part in rest if _kept(chance, 0.85)]
    parts += [part for slot, probability in (("light", 0.75), ("composition", 0.3)) for part in (said[slot],) if _kept(chance, probability)]
    parts += [part for part in said["style"].split("、" if which else ", ") if _kept(chance, 0.45)]
    chance.shuffle(parts)
    with_place = _kept(chance, 0.85)
    if which:
        head = f"{place}の{product}" if with_place else product
        return "、".join([head, *parts])
    head = f"{product} {place}" if with_place else product
    if not with_place and _kept(chance, 0.5) and parts:
        return ", ".join(parts)
    return ", ".join([head, *parts])


def identifier(facts):
    """The word of the product's category."""
    return CATEGORIES[facts["category"]].identifier
