"""Brands: numbered, invented, and each with one palette, a few materials, a light, props and a way of printing labels.

Scenes of one brand differ in product, camera and setting, and agree in all of this: they are the pairs that a style reference is learned from.
"""

from dataclasses import dataclass
from functools import lru_cache

from .chance import Chance
from .tables.catalogue import CATEGORIES
from .tables.colours import PALETTES
from .tables.preferences import PREFERENCES
from .tables.settings import SETTINGS
from .tables.styles import STYLES

BRANDS = 280
"""Ten a category."""

_SYLLABLES = (
    "al",
    "be",
    "ca",
    "da",
    "el",
    "fi",
    "ga",
    "ho",
    "io",
    "ju",
    "ka",
    "lu",
    "ma",
    "no",
    "or",
    "pa",
    "qui",
    "ra",
    "so",
    "ta",
    "u",
    "vi",
    "wa",
    "ya",
    "zen",
    "mi",
    "ri",
    "to",
    "ne",
    "len",
)


@dataclass(frozen=True)
class Brand:
    number: int
    name: str
    category: str
    style: str
    palette: str
    settings: tuple
    surfaces: tuple
    lights: tuple
    props: tuple
    label: int
    """Which of the label layouts it prints."""
    metal: str
    finish: str


def leaning(chance: Chance, options, *preferred, count: int, strength: float = 6.0) -> tuple:
    """`count` of the options, those in each of the preferred tuples `strength` times as likely."""
    weights = {}
    for option in options:
        weights[option] = 1.0
        for favourites in preferred:
            weights[option] *= strength if option in favourites else 1.0
    picked = []
    while len(picked) < min(count, len(weights)):
        option = chance.weighted({key: value for key, value in weights.items() if key not in picked})
        picked.append(option)
    return tuple(picked)


@lru_cache(maxsize=None)
def brand(number: int) -> Brand:
    """The brand of a number, 0 ..< BRANDS."""
    chance = Chance("brand", number)
    category = list(CATEGORIES)[number % len(CATEGORIES)]
    likes = PREFERENCES[category]
    style = chance.weighted(
        {key: 1 + 3 * len(set(value.palettes) & set(likes.palettes)) + len(set(value.lights) & set(likes.lights)) for key, value in STYLES.items()}
    )
    taste = STYLES[style]
    settings = leaning(chance, SETTINGS, likes.settings, count=3, strength=14)
    surfaces = {surface for setting in settings for surface in SETTINGS[setting].surfaces}
    lights = {light for setting in settings for light in SETTINGS[setting].lights}
    props = {prop for setting in settings for prop in SETTINGS[setting].props}
    name = "".join(chance.choose(_SYLLABLES) for _ in range(chance.integer(2, 3)))
    return Brand(
        number=number,
        name=name.capitalize(),
        category=category,
        style=style,
        palette=leaning(chance, PALETTES, likes.palettes, taste.palettes, count=1)[0],
        settings=settings,
        surfaces=leaning(chance, sorted(surfaces), likes.surfaces, taste.surfaces, count=3),
        lights=leaning(chance, sorted(lights), likes.lights, taste.lights, count=2),
        props=leaning(chance, sorted(props), likes.props, taste.props, count=3),
        label=chance.integer(0, 5),
        metal=chance.choose(("gold", "silver", "rose gold", "black")),
        finish=chance.choose(("matte", "satin", "gloss")),
    )
