"""Category commonality: how each category is photographed in shops, and why.

`settings`, `palettes`, `surfaces`, `lights` and `props` are what a category prefers; a preferred one is drawn `PREFERRED` times as often as
another that fits. A quarter of the scenes (`ANYTHING`) ignores all of it, so that no prompt is impossible.
"""

from dataclasses import dataclass

ANYTHING = 0.25
PREFERRED = 14.0


@dataclass(frozen=True)
class Preference:
    reason: str
    settings: tuple
    palettes: tuple
    surfaces: tuple
    lights: tuple
    props: tuple


PREFERENCES = {
    "skincare": Preference(
        "clean and gentle: water, stone and pale plaster stand for purity and ingredients",
        ("water", "podium", "bathroom", "niche"),
        ("pure", "porcelain", "sage", "blush", "mist"),
        ("travertine", "white marble", "plaster", "paint"),
        ("soft window", "leaf shadows", "softbox"),
        ("stones", "eucalyptus", "leaves", "droplets"),
    ),
    "perfume": Preference(
        "desire and luxury: satin, dark gloss and petals, light that draws glass",
        ("satin", "podium", "water", "rocks"),
        ("peony", "bordeaux", "plum", "blush", "noir"),
        ("satin", "black marble", "pink marble", "acrylic"),
        ("backlight", "side", "golden sun"),
        ("petals", "pearls", "flowers"),
    ),
    "makeup": Preference(
        "colour is the product: saturated paper, gloss and geometry",
        ("two-tone", "podium", "satin", "sweep"),
        ("candy", "coral reef", "peony", "bordeaux", "sorbet"),
        ("acrylic", "paper", "satin", "paint"),
        ("high key", "softbox", "window shadows"),
        ("spheres", "petals", "disc", "pearls"),
    ),
    "bodycare": Preference(
        "the bathroom and its plants; green and aqua promise freshness",
        ("bathroom", "botanical", "water", "linen"),
        ("mint", "sage", "lagoon", "mist", "sky"),
        ("terrazzo", "travertine", "white marble", "water"),
        ("cool day", "leaf shadows", "soft window"),
        ("towels", "leaves", "eucalyptus", "citrus", "droplets"),
    ),
    "softdrinks": Preference(
        "thirst and summer: beach, ice, fruit, bright flat colour in hard sun",
        ("beach", "water", "two-tone", "snow"),
        ("citrus", "sun", "sky", "coral reef", "candy"),
        ("sand", "water", "paper", "acrylic"),
        ("golden sun", "cool day", "high key"),
        ("citrus", "ice", "palm"),
    ),
    "wine": Preference(
        "evening, cellar and bar: dark wood, slate and lamplight",
        ("night bar", "bokeh", "rocks", "tabletop"),
        ("bordeaux", "noir", "cocoa", "pine", "midnight"),
        ("dark wood", "walnut", "slate", "black marble"),
        ("lamplight", "side", "backlight"),
        ("candles", "books", "stones", "pampas"),
    ),
    "coffee": Preference(
        "the breakfast table: warm wood, linen and morning light",
        ("tabletop", "kitchen", "bokeh", "linen"),
        ("cocoa", "oat", "clay", "mustard"),
        ("oak", "walnut", "linen", "beige marble"),
        ("window shadows", "soft window", "golden sun"),
        ("linen", "books", "flowers"),
    ),
    "pantry": Preference(
        "home cooking: kitchen counters, wood, herbs and fruit by the window",
        ("kitchen", "tabletop", "linen", "bokeh"),
        ("olive grove", "clay", "mustard", "oat"),
        ("oak", "whitewashed wood", "linen", "white marble", "teak"),
        ("soft window", "golden sun", "window shadows"),
        ("herbs", "citrus", "apples", "linen"),
    ),
    "snacks": Preference(
        "fun and appetite: loud colour blocks, hard shadows",
        ("two-tone", "sweep", "podium", "bokeh"),
        ("sun", "candy", "citrus", "signal", "mustard"),
        ("paper", "acrylic", "paint"),
        ("high key", "window shadows", "golden sun"),
        ("spheres", "blocks", "citrus"),
    ),
    "bakery": Preference(
        "soft sweetness: pastel sweeps, marble tops and linen",
        ("tabletop", "linen", "kitchen", "sweep"),
        ("blush", "sorbet", "mint", "oat"),
        ("white marble", "linen", "pink marble", "whitewashed wood"),
        ("soft window", "high key", "softbox"),
        ("flowers", "petals", "apples"),
    ),
    "shoes": Preference(
        "form against bold architecture: concrete, paper and hard light",
        ("sweep", "two-tone", "podium", "rocks"),
        ("steel", "signal", "stone", "cobalt", "mustard"),
        ("concrete", "paper", "basalt", "plaster"),
        ("window shadows", "side", "blind shadows"),
        ("blocks", "stones", "spheres"),
    ),
    "bags": Preference(
        "fashion sets: plaster arches, earth colours, late sun",
        ("niche", "sand", "sweep", "podium"),
        ("clay", "cocoa", "autumn", "oat", "olive grove"),
        ("plaster", "travertine", "sand", "paint"),
        ("golden sun", "window shadows", "leaf shadows"),
        ("pampas", "arch", "spheres"),
    ),
    "hats": Preference(
        "holiday: sand, sea and palm shadows",
        ("sand", "beach", "niche", "two-tone"),
        ("oat", "sorbet", "sky", "clay"),
        ("sand", "plaster", "paper"),
        ("golden sun", "leaf shadows", "cool day"),
        ("palm", "shells", "pampas"),
    ),
    "jewellery": Preference(
        "small things of value: satin, pearls, fine stone, low light with one highlight",
        ("satin", "podium", "rocks", "niche"),
        ("emerald", "blush", "noir", "porcelain", "plum"),
        ("satin", "black marble", "green marble", "travertine"),
        ("side", "softbox", "leaf shadows"),
        ("pearls", "petals", "shells"),
    ),
    "watches": Preference(
        "precision: slate, dark wood and steel colours, a hard side light",
        ("rocks", "night bar", "podium", "tabletop"),
        ("steel", "midnight", "noir", "pine"),
        ("slate", "walnut", "basalt", "black marble"),
        ("side", "backlight", "blind shadows"),
        ("books", "stones", "blocks"),
    ),
    "eyewear": Preference(
        "sun is the reason for it: hard shadows on paper, sand and plaster",
        ("two-tone", "sand", "sweep", "beach"),
        ("sun", "sorbet", "sky", "mustard", "coral reef"),
        ("paper", "sand", "plaster", "acrylic"),
        ("golden sun", "window shadows", "leaf shadows"),
        ("disc", "shells", "blocks", "citrus"),
    ),
    "phones": Preference(
        "technology: clean sweeps, gloss and cool gradients of light",
        ("sweep", "podium", "neon", "tabletop"),
        ("steel", "pure", "mist", "plum", "midnight"),
        ("acrylic", "paper", "concrete", "paint"),
        ("overhead", "softbox", "cool day"),
        ("blocks", "disc", "spheres"),
    ),
    "audio": Preference(
        "night and sound: neon, dark gloss; or a quiet shelf at home",
        ("neon", "room", "sweep", "night bar"),
        ("plum", "midnight", "noir", "cobalt"),
        ("wet floor", "acrylic", "walnut", "concrete"),
        ("neon", "side", "lamplight"),
        ("books", "blocks", "disc"),
    ),
    "cameras": Preference(
        "travel and craft: wooden tables, rocks, blurred places",
        ("bokeh", "rocks", "tabletop", "forest"),
        ("stone", "autumn", "pine", "steel"),
        ("walnut", "slate", "teak", "oak"),
        ("golden sun", "side", "surroundings"),
        ("books", "leaves", "stones"),
    ),
    "ceramics": Preference(
        "the maker's table: linen, plaster and pampas in north light",
        ("niche", "tabletop", "linen", "room"),
        ("oat", "sage", "stone", "clay"),
        ("plaster", "travertine", "birch", "linen"),
        ("soft window", "window shadows", "overcast"),
        ("pampas", "books", "linen"),
    ),
    "candles": Preference(
        "evening calm: bath, books, warm small lights",
        ("bathroom", "room", "bokeh", "niche"),
        ("cocoa", "blush", "lavender field", "oat"),
        ("travertine", "oak", "terrazzo", "plaster"),
        ("lamplight", "soft window", "leaf shadows"),
        ("eucalyptus", "flowers", "pampas", "books"),
    ),
    "lamps": Preference(
        "a lamp belongs in a room; its walls show its light",
        ("room", "niche", "tabletop"),
        ("mustard", "sage", "stone", "clay", "midnight"),
        ("oak", "plaster", "birch", "walnut"),
        ("lamplight", "soft window", "overcast"),
        ("books", "vase"),
    ),
    "furniture": Preference(
        "rooms with floors and windows; sweeps for catalogues",
        ("room", "sweep", "niche", "two-tone"),
        ("stone", "mustard", "olive grove", "mist", "oat"),
        ("oak", "birch", "paper", "concrete"),
        ("window shadows", "soft window", "cool day"),
        ("vase", "books"),
    ),
    "kitchenware": Preference(
        "in use: counters, tiles, herbs",
        ("kitchen", "tabletop", "two-tone"),
        ("sage", "steel", "mustard", "olive grove", "signal"),
        ("white marble", "oak", "concrete", "terrazzo"),
        ("soft window", "cool day", "window shadows"),
        ("herbs", "citrus", "apples", "linen"),
    ),
    "toys": Preference(
        "play: primary colours, blocks, bright even light, the nursery's floor",
        ("two-tone", "podium", "sweep", "room"),
        ("sun", "sky", "signal", "mint", "citrus"),
        ("paper", "paint", "birch"),
        ("high key", "cool day", "soft window"),
        ("blocks", "spheres", "disc"),
    ),
    "sports": Preference(
        "effort and outdoors: concrete, rock, snow and hard side light",
        ("rocks", "snow", "neon", "sweep"),
        ("signal", "steel", "cobalt", "noir"),
        ("concrete", "basalt", "slate", "snow"),
        ("side", "cool day", "backlight"),
        ("stones", "blocks", "ice"),
    ),
    "stationery": Preference(
        "the desk: birch and paper in daylight",
        ("tabletop", "two-tone", "sweep", "bokeh"),
        ("mist", "mustard", "mint", "lavender field", "cobalt"),
        ("birch", "paper", "oak", "linen"),
        ("soft window", "cool day", "blind shadows"),
        ("books", "leaves", "vase"),
    ),
    "plants": Preference(
        "green on green, or a sunny wall",
        ("botanical", "room", "forest", "niche"),
        ("clay", "sage", "pine", "olive grove"),
        ("plaster", "moss", "oak", "terrazzo"),
        ("leaf shadows", "soft window", "overcast"),
        ("stones", "books", "ferns"),
    ),
}
