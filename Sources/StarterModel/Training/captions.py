"""Captions from a scene's facts, shuffled, shortened and varied so that prompts of any length work.

A caption is `[identifier ]a PRODUCT on SURFACE, part, part, ...`. The identifier is one letters-only word a category
(`bdcosmetics`), so CLIP's own word pattern keeps it whole and no tokenizer needs to know about added tokens.
"""

import math
import random
import re
from collections import Counter

from japanese import to_japanese

CATEGORIES = {
    "cosmetics": ("Cosmetics", "化粧品"),
    "beverage": ("Beverages", "飲料"),
    "electronics": ("Electronics", "電子機器"),
    "food": ("Food", "食品"),
    "furniture": ("Furniture", "家具"),
    "shoes": ("Shoes", "靴"),
    "jewellery": ("Jewellery", "ジュエリー"),
    "toys": ("Toys", "おもちゃ"),
    "home": ("Home", "生活雑貨"),
    "bags": ("Bags", "バッグ"),
}
"""Identifier stem to names in English and Japanese."""

SETTING_WORDS = {
    "sweep": ["studio", "studio sweep", "seamless studio background", "plain background"],
    "podium": ["podium display", "product podium", "studio podium scene", "pedestal"],
    "table_wall": ["tabletop", "tabletop scene", "on a table against a wall"],
    "table_bokeh": ["tabletop with bokeh", "blurred background", "shallow depth of field"],
    "beach": ["beach", "on the beach", "seaside", "summer"],
    "water": ["on water", "water surface", "lake"],
    "snow": ["winter", "snow scene", "snowy", "christmas"],
    "forest": ["forest", "in the forest", "nature", "woods"],
    "neon": ["neon", "neon lights", "night club", "cyberpunk"],
    "kitchen": ["kitchen", "in the kitchen", "kitchen counter"],
    "silk": ["draped fabric", "silk", "satin cloth"],
    "room": ["living room", "home interior", "cozy room"],
    "botanical": ["botanical", "tropical leaves", "jungle", "plants"],
}

SYNONYMS = {
    "table": ["tabletop", "desk"],
    "studio sweep": ["backdrop", "background"],
    "podium": ["pedestal", "plinth"],
    "background": ["backdrop"],
    "golden hour sunlight": ["sunset light", "warm evening sun"],
    "blush pink": ["pink"],
    "emerald green": ["green", "dark green"],
    "sky blue": ["light blue"],
    "navy blue": ["dark blue"],
    "charcoal": ["dark grey", "dark gray"],
    "warm grey": ["grey", "gray"],
    "cool grey": ["grey", "gray"],
    "mustard yellow": ["yellow"],
    "chocolate brown": ["brown"],
    "deep purple": ["purple"],
    "burgundy": ["dark red", "wine red"],
    "coral": ["red orange", "coral red"],
    "soft window light": ["soft light", "window light"],
    "oak wood": ["wood", "wooden"],
    "walnut wood": ["dark wood", "wooden"],
    "satin": ["silk", "fabric"],
    "smooth stones": ["pebbles", "stones"],
    "green leaves": ["leaves", "foliage"],
}

EXTRAS = ["product photography", "commercial photo", "high quality", "soft shadows", "advertisement", "minimal"]

UNCOUNTABLE = ("seamless", "fresh", "sand", "mossy", "draped", "folded", "turquoise water", "dark water", "deep blue water")

IDENTIFIER_PREFIX = "bd"


def identifier(category: str) -> str:
    return IDENTIFIER_PREFIX + category


def mirrored_words(text: str) -> str:
    """Swaps left and right, for mirrored pictures."""
    return re.sub(r"\b(left|right)\b", lambda m: "right" if m[1] == "left" else "left", text)


def with_article(noun: str) -> str:
    if noun.startswith(UNCOUNTABLE) or noun.split()[-1].endswith("podiums"):
        return noun
    return ("an " if noun[0] in "aeiou" else "a ") + noun


def with_synonyms(text: str, chance: random.Random) -> str:
    for phrase, others in SYNONYMS.items():
        if phrase in text and chance.random() < 0.2:
            text = re.sub(rf"\b{phrase}\b", chance.choice(others), text)
    return text


def full_caption(fact: dict, mirrored: bool = False) -> str:
    """Everything that is known of a scene, in a fixed order: what validation uses."""
    caption = ", ".join([f"a {fact['product']} on {with_article(fact['surface'])}", fact["backdrop"], *map("with {}".format, fact["props"]), fact["light"]])
    return mirrored_words(caption) if mirrored else caption


PRIOR = 8
"""How many scenes' worth of what all categories have in common a category's own counts are mixed with: what was seen twice tells little."""
MOST_OF_A_SETTING = 5


def category_scenes(facts: list[dict], category: str, count: int = 12) -> list[str]:
    """Captions of scenes that tell a category from the others best: what stands behind an identifier alone. They are those that naive Bayes by setting,
    words of the surface and the backdrop, props and light is surest of; no more than five of one setting and no two of one surface
    before one backdrop, so that seeds differ."""
    coupled = [fact for fact in facts if fact["category_coupled"] and not fact["background"]]
    own = [fact for fact in coupled if fact["category"] == category]
    everywhere, its_own = (Counter(trait for fact in some for trait in _traits(fact)) for some in (coupled, own))

    def sureness(fact: dict) -> float:
        def ratio(trait: str) -> float:
            usual = everywhere[trait] / len(coupled)
            return (its_own[trait] + PRIOR * usual) / (len(own) + PRIOR) / usual

        return sum(math.log(ratio(trait)) for trait in _traits(fact))

    of_setting, chosen = Counter(), {}
    for fact in sorted(own, key=lambda fact: (-sureness(fact), fact["id"])):
        look = (fact["surface"], fact["backdrop"])
        if of_setting[fact["setting"]] < MOST_OF_A_SETTING and look not in chosen and len(chosen) < count:
            of_setting[fact["setting"]] += 1
            chosen[look] = full_caption(fact)
    return list(chosen.values())


def _traits(fact: dict) -> set[str]:
    words = {word for place in ("surface", "backdrop") for word in fact[place].split() if len(word) > 2}
    return {f"in {fact['setting']}", fact["light"], *fact["props"], *words}


def training_caption(fact: dict, mirrored: bool, chance: random.Random) -> str:
    """One random caption of a scene: text dropped in 12 %, identifier in 40 % (80 % where the category had no say)."""
    words = "" if chance.random() < 0.12 else _random_words(fact, mirrored, chance)
    keep_identifier = chance.random() < (0.6 if fact["category_coupled"] else 0.2)
    return f"{identifier(fact['category'])} {words}".strip() if keep_identifier else words


def _random_words(fact: dict, mirrored: bool, chance: random.Random) -> str:
    def kept(probability: float) -> bool:
        return chance.random() < probability

    product = None if fact["background"] else (fact["product"] if kept(0.6) else "product")
    surface = fact["surface"] if kept(0.9) else None
    parts = [fact["backdrop"]] if kept(0.85) else []
    parts += [prop for prop in fact["props"] if kept(0.8)]
    if kept(0.8):
        parts.append(mirrored_words(fact["light"]) if mirrored else fact["light"])
    chance.shuffle(parts)
    if kept(0.15):
        return to_japanese(product, surface, parts)
    head = " on ".join(([("an " if product[0] in "aeiou" else "a ") + product] if product else []) + ([with_article(surface)] if surface else []))
    parts = [f"with {part}" if part in fact["props"] and kept(0.8) else part for part in parts]
    if kept(0.45):
        parts.insert(chance.randint(0, len(parts)), chance.choice(SETTING_WORDS[fact["setting"]]))
    if kept(0.15):
        parts.append(chance.choice(EXTRAS))
    return with_synonyms(", ".join(([head] if head else []) + parts), chance)
