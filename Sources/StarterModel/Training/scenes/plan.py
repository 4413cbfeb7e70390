"""Plans a scene: every decision that has a name, drawn before anything is built, so that facts and counts need no rendering."""

from .brands import BRANDS, brand
from .chance import Chance
from .splits import DESIGNS, split
from .tables.catalogue import CATEGORIES, FLOOR_STANDING
from .tables.colours import DARK, PALETTES
from .tables.preferences import ANYTHING, PREFERENCES, PREFERRED
from .tables.settings import COMMON, SETTINGS
from .tables.styles import STYLES
from .tables.words import NEON

RECIPE = 1
"""Rises when the same number would give another picture: scenes of different recipes must not share a folder."""

BRANDED = 0.65
SURROUNDINGS = ("forest", "city", "courtyard", "interior", "night", "studio", "sunrise", "sunset", "lamps", "foliage", "window", "shelves")
"""The eight HDRIs of the bpy package and four synthetic ones."""


def _draw(chance, options, preferred, common=None):
    """One of the options; a preferred one `PREFERRED` times as likely, or all alike where nothing is preferred."""
    common = common or {}
    return chance.weighted({option: common.get(option, 1.0) * (PREFERRED if option in preferred else 1.0) for option in options})


def plan(number: int) -> dict:
    """The facts of scene `number` as far as they are decided without geometry; JSON values only."""
    chance = Chance("scene", RECIPE, number)
    category = list(CATEGORIES)[chance.integer(0, len(CATEGORIES) - 1)]
    anything = chance.happens(ANYTHING)
    branded = not anything and chance.happens(BRANDED / (1 - ANYTHING))
    if branded:
        owner = brand(chance.integer(0, BRANDS // len(CATEGORIES) - 1) * len(CATEGORIES) + list(CATEGORIES).index(category))
        likes, style = owner, owner.style
        setting = chance.choose(owner.settings)
        palette = owner.palette
    else:
        owner, likes = None, PREFERENCES[category]
        nothing = anything
        setting = _draw(chance, SETTINGS, () if nothing else likes.settings, COMMON)
        palette = _draw(chance, PALETTES, () if nothing else likes.palettes)
        style = chance.weighted({key: 1 + 5 * (palette in value.palettes) for key, value in STYLES.items()})
    scene = SETTINGS[setting]
    liked = (lambda kind: ()) if anything else (lambda kind: getattr(likes, kind))
    product = chance.choose(CATEGORIES[category].products)
    if product in FLOOR_STANDING and setting in ("kitchen", "bathroom", "bokeh", "night bar", "satin", "linen", "tabletop"):
        setting = "room"
        scene = SETTINGS[setting]
    surface = _draw(chance, dict.fromkeys(scene.surfaces), liked("surfaces"))
    light = _draw(chance, scene.lights, liked("lights"))
    design = chance.integer(0, DESIGNS - 1)
    count = min(scene.most_props, chance.weighted({0: 0.34, 1: 0.5, 2: 0.16}))
    props = []
    while len(props) < count:
        props.append(_draw(chance, [prop for prop in scene.props if prop not in props], liked("props")))
    facts = {
        "number": number,
        "recipe": RECIPE,
        "split": split(number, owner.number if owner else None, design),
        "category": category,
        "group": CATEGORIES[category].group,
        "product": product,
        "design": design,
        "brand": owner.number if owner else None,
        "brand_name": owner.name if owner else None,
        "style": style,
        "category_coupled": not anything,
        "setting": setting,
        "form": chance.choose(scene.forms),
        "surface": surface,
        "palette": palette,
        "light": light,
        "side": chance.side(),
        "props": props,
    }
    if product in FLOOR_STANDING and setting == "room":
        facts["form"], facts["props"] = chance.choose(("floor", "floor", "rug")), []
    _colour(facts, chance.branch("colours"))
    if light == "neon":
        facts["neon"] = chance.some(NEON, 2)
    _surround(facts, chance.branch("surroundings"))
    _photograph(facts, scene, chance.branch("camera"))
    return facts


def _colour(facts, chance):
    """Which of the palette's colours the surface, the backdrop and the props have."""
    ground, second, accent = PALETTES[facts["palette"]]
    if chance.happens(0.3):
        ground, second = second, ground
    facts["surface_colour"] = ground if facts["setting"] in ("sweep", "satin", "linen", "podium", "niche") or chance.happens(0.5) else second
    if facts["surface"] == "water":
        facts["surface_colour"] = chance.choose((ground, "teal", "navy blue", "powder blue", "black"))
    facts["backdrop_colour"] = ground if facts["setting"] in ("sweep", "satin") or chance.happens(0.75) else second
    facts["accent_colour"] = accent if chance.happens(0.6) else second
    if facts["setting"] == "two-tone":
        facts["surface_colour"] = chance.choose(sorted({ground, second, accent} - {facts["backdrop_colour"]}))
    if facts["setting"] == "neon":
        facts["surface_colour"] = chance.choose(("black", "navy blue", "deep purple", "charcoal")) if facts["surface"] == "acrylic" else "black"
    if facts["form"] in ("floor", "rug") and facts["surface"] not in ("oak", "walnut", "birch", "teak"):
        facts["surface"] = chance.choose(("oak", "walnut", "birch"))
    facts["dark"] = facts["backdrop_colour"] in DARK


def _surround(facts, chance):
    """What is behind the set."""
    setting = facts["setting"]
    walls = {"wall": 3, "plaster wall": 2.5, "brick wall": 0.5, "tile wall": 0.6, "panel wall": 0.8, "concrete wall": 0.6}
    facts["backdrop"] = {
        "sweep": lambda: "sweep",
        "two-tone": lambda: "paper",
        "podium": lambda: chance.weighted({"wall": 3, "sweep": 2, "plaster wall": 1}),
        "niche": lambda: "plaster wall",
        "tabletop": lambda: chance.weighted(walls),
        "bokeh": lambda: chance.choose(SURROUNDINGS),
        "linen": lambda: "fabric",
        "satin": lambda: "fabric",
        "sand": lambda: chance.weighted({"wall": 2, "sky": 1.5, "dusk": 1}),
        "beach": lambda: chance.weighted({"sea": 3, "sunset": 1, "sunrise": 1}),
        "water": lambda: chance.weighted({"wall": 4, "dusk": 1, "sunset": 1, "forest": 1, "foliage": 1}),
        "snow": lambda: chance.weighted({"pines": 2, "wall": 1, "sky": 1, "foliage": 0.2}),
        "forest": lambda: chance.weighted({"forest": 2, "foliage": 1}),
        "rocks": lambda: chance.weighted({"rocks": 2, "wall": 1.5, "dusk": 0.7, "darkness": 0.8}),
        "kitchen": lambda: chance.weighted({"tile wall": 3, "wall": 1.5, "plaster wall": 1, "brick wall": 0.4}),
        "bathroom": lambda: chance.weighted({"tile wall": 3, "plaster wall": 1.5, "wall": 1}),
        "room": lambda: chance.weighted({"wall": 3, "plaster wall": 2, "panel wall": 0.8, "brick wall": 0.4}),
        "neon": lambda: chance.weighted({"darkness": 3, "brick wall": 0.8, "concrete wall": 0.8}),
        "botanical": lambda: "leaves",
        "night bar": lambda: chance.weighted({"lamps": 3, "night": 1, "shelves": 1}),
    }[setting]()
    if facts["light"] == "surroundings" and facts["backdrop"] in ("night", "lamps", "shelves"):
        facts["light"] = "lamplight"


def _photograph(facts, scene, chance):
    """Camera: degrees, millimetres, shares of the picture."""
    low, high = scene.elevation
    facts["camera"] = {
        "elevation": round(chance.uniform(low, high), 1),
        "azimuth": round(max(-16.0, min(16.0, chance.normal(7))), 1),
        "lens": chance.choose((50, 65, 85)),
        "share": round(chance.uniform(0.30, 0.60), 3),
        "across": round(chance.choose((0.0, 0.0, 0.0, chance.side() * chance.uniform(0.08, 0.17))), 3),
        "down": round(chance.uniform(0.05, 0.15), 3),
        "blur": round(chance.uniform(*scene.blur), 4),
    }
    facts["look"] = chance.weighted({"contrast": 0.5, "punchy": 0.3, "soft": 0.2})
