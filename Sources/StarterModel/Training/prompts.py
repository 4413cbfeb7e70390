"""The 24 prompts of every sheet, each with an arrangement of primitives that a designer might give with it."""

from primitives import Arrangement

TABLE = Arrangement(horizon=0.2, wall=0.55, far=True)
SHELF = Arrangement(horizon=0.2, wall=0.55)
SWEEP = Arrangement(horizon=0.1, wall=0.42)
OPEN_LAND = Arrangement(horizon=0.4, wall=0.42, far=True, shadow=(1, 1.6))
PODIUM = Arrangement(horizon=0.25, wall=0.5, podium=(0.36, 0.12))

SHEET = [
    ("a product on a white marble table, soft window light from the left, blurred garden courtyard bokeh background", TABLE),
    ("a product on a blush pink round podium, blush pink background, green leaves, soft window light from the left", PODIUM),
    ("a product on sand, beach, turquoise sea and blue sky, golden hour sunlight, long shadows, warm tones", OPEN_LAND),
    ("a product on mossy ground, forest, blurred forest bokeh background", Arrangement(horizon=0.35, wall=0.5, far=True, shadow=None)),
    ("a product on a dark glossy floor, pink and blue neon tubes, pink and blue neon light, dark mood", Arrangement(horizon=0.35, wall=0.5, shadow=None)),
    ("a product on fresh snow, blurred pine trees in winter", Arrangement(horizon=0.35, wall=0.48, far=True)),
    ("a product on an oak wood kitchen counter, kitchen with white tile wall, cool daylight", SHELF),
    ("a product on deep blue water with ripples, blurred sunset sky background", Arrangement(horizon=0.4, wall=0.42, far=True, shadow=None)),
    ("a product on draped burgundy satin, burgundy fabric background", Arrangement(horizon=0.0, wall=None)),
    ("a product on seamless sky blue studio sweep, plain sky blue background, bright studio light", SWEEP),
    ("a product on a walnut wood table, blurred night lights bokeh background, warm evening light, dark mood", TABLE),
    ("a product on a rough stone surface, tropical leaves on an emerald green background, sunlight with dappled leaf shadows", SHELF),
    ("a product on seamless lemon yellow studio sweep, plain lemon yellow background, hard sunlight with window frame shadows", Arrangement(horizon=0.1, wall=0.42, shadow=(-1, 2.0))),
    ("a product on a white marble round podium, sage green background, soft window light from the right", Arrangement(horizon=0.25, wall=0.5, podium=(0.36, 0.12), shadow=(-1, 1.2))),
    ("a product on a wooden floor, living room with brick wall, with a potted plant, morning light", Arrangement(horizon=0.3, wall=0.5)),
    ("a product on a grey concrete table, charcoal wall, dramatic side light from the left, dark shadows", Arrangement(horizon=0.2, wall=0.55, shadow=(1, 2.0))),
    ("bdcosmetics", PODIUM),
    ("bdbeverage", TABLE),
    ("bdfood a product", SHELF),
    ("bdshoes a product", SWEEP),
    ("白い大理石のテーブルの上の商品、森のぼけ背景、柔らかい自然光", TABLE),
    ("砂浜の上の商品、青い海と空、暖色", OPEN_LAND),
    ("濃い紫の無地の背景、明るいスタジオ光", SWEEP),
    ("forest", Arrangement(horizon=0.35, wall=0.5, far=True, shadow=None)),
]
"""Prompt and layout; the seed of each is its position."""

STYLE_PROMPT = "a product"
