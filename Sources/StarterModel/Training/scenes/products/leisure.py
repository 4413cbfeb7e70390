"""Toys, sports, books and stationery."""

import math

import numpy as np
from mathutils import Euler, Vector

from ..materials.nodes import bright, metal, plain
from ..materials.organics import cloth, fur, leather, wood
from ..materials.minerals import plaster
from ..shapes.meshes import ball, box, cylinder, flat_label, rounded, slab, torus, tube, turned, wrapped_label

BRIGHT = ((0.75, 0.07, 0.05), (0.85, 0.50, 0.04), (0.05, 0.30, 0.60), (0.10, 0.42, 0.18), (0.80, 0.72, 0.15), (0.60, 0.18, 0.45), (0.20, 0.58, 0.62))


def _play_colours(design):
    return [design.body, design.second, design.accent, *design.chance.some(BRIGHT, 2)]


def toy_car(design):
    chance = design.chance
    lacquer = plain(design.body, 0.15, coat_weight=0.8)
    side = rounded(
        [(-0.56, 0.12), (0.56, 0.12), (0.57, 0.28), (0.40, 0.33), (0.2, 0.35), (0.06, 0.52), (-0.34, 0.52), (-0.46, 0.35), (-0.57, 0.33)],
        [0.05, 0.06, 0.05, 0.04, 0.05, 0.07, 0.08, 0.05, 0.05],
        5,
        closed=True,
    )
    slab(side, 0.46, lacquer, 0.04)
    window = rounded([(0.13, 0.36), (0.03, 0.485), (-0.30, 0.485), (-0.38, 0.36)], 0.03, 4, closed=True)
    slab(window, 0.468, plain((0.04, 0.06, 0.08), 0.06, coat_weight=0.8), 0.0)
    slab([(0.16, 0.35), (0.05, 0.50), (0.062, 0.505), (0.185, 0.35)], 0.34, plain((0.04, 0.06, 0.08), 0.06), 0.0)
    tyre, hub = plain((0.02, 0.02, 0.02), 0.7), metal("silver", 0.2)
    for x in (-0.33, 0.34):
        for y in (-0.22, 0.22):
            turned(rounded([(0, -0.055), (0.135, -0.055), (0.135, 0.055), (0, 0.055)], 0.025), tyre, at=(x, y, 0.135), turn=(math.pi / 2, 0, 0))
            turned(rounded([(0, -0.06), (0.075, -0.06), (0.075, 0.06), (0, 0.06)], 0.012), hub, at=(x, y, 0.135), turn=(math.pi / 2, 0, 0))
    slab([(-0.57, 0.2), (0.575, 0.2), (0.575, 0.225), (-0.57, 0.225)], 0.466, plain(design.accent, 0.3), 0.0)
    for y in (-0.15, 0.15):
        ball(0.045, plain((0.8, 0.75, 0.5), 0.1), 18, at=(0.555, y, 0.25))
    return (0 if chance.happens(0.5) else math.pi) + chance.uniform(-0.6, 0.5)


def building_blocks(design):
    chance, colours = design.chance, _play_colours(design)
    made = lambda: plain(chance.choose(colours), 0.4) if chance.happens(0.75) else wood(chance, "birch", planks=False)  # noqa: E731
    size = 0.27
    for x in (-0.29, 0.0, 0.29):
        box((size, size, size), made(), 0.025, at=(x, 0, 0), turn=(0, 0, chance.uniform(-0.2, 0.2)))
    for x in (-0.15, 0.15):
        box((size, size, size), made(), 0.025, at=(x, 0, size), turn=(0, 0, chance.uniform(-0.2, 0.2)))
    if chance.happens(0.5):
        slab([(-0.16, 0), (0.16, 0), (0, 0.24)], size, made(), 0.02, at=(0, 0, 2 * size))
    else:
        cylinder(0.13, size, made(), 0.02, at=(0, 0, 2 * size))


def stacking_rings(design):
    colours, z = _play_colours(design), 0.05
    cylinder(0.36, 0.05, wood(design.chance, "birch", planks=False), 0.015)
    for k, radius in enumerate((0.24, 0.21, 0.18, 0.15, 0.12)):
        torus(radius, 0.085, plain(colours[k % len(colours)], 0.3), at=(0, 0, z + 0.085), turn=(math.pi / 2, 0, 0))
        z += 0.15
    ball(0.12, plain(colours[2], 0.3), 32, at=(0, 0, z + 0.1))


def teddy_bear(design):
    chance = design.chance
    coat = fur(chance, chance.choose(((0.34, 0.19, 0.09), (0.55, 0.38, 0.22), (0.70, 0.64, 0.54), (0.42, 0.40, 0.38), (0.70, 0.44, 0.42))))
    pale, dark = fur(chance, (0.72, 0.60, 0.44)), plain((0.012, 0.01, 0.01), 0.1)
    ball(0.28, coat, 40, at=(0, 0, 0.29), scale=(1, 0.88, 1.1))
    ball(0.25, coat, 40, at=(0, -0.03, 0.75), scale=(1.06, 0.95, 0.95))
    ball(0.105, pale, 30, at=(0, -0.24, 0.69), scale=(1.15, 0.9, 0.85))
    ball(0.032, dark, 18, at=(0, -0.335, 0.72), scale=(1.3, 0.8, 0.9))
    for side in (-1, 1):
        ball(0.09, coat, 26, at=(side * 0.19, 0.0, 0.95), scale=(1, 0.55, 1))
        ball(0.055, pale, 22, at=(side * 0.19, -0.045, 0.95), scale=(1, 0.35, 1))
        ball(0.024, dark, 16, at=(side * 0.095, -0.25, 0.80))
        ball(0.11, coat, 28, at=(side * 0.29, -0.07, 0.40), scale=(0.85, 0.95, 1.5), turn=(0.35, -side * 0.5, 0))
        ball(0.135, coat, 30, at=(side * 0.2, -0.24, 0.14), scale=(0.95, 1.5, 0.95), turn=(0, 0, -side * 0.25))
        ball(0.085, pale, 24, at=(side * 0.25, -0.42, 0.15), scale=(0.95, 0.4, 1))
    if chance.happens(0.6):
        ribbon = plain(design.accent, 0.4)
        torus(0.2, 0.03, ribbon, at=(0, -0.01, 0.54), turn=(math.pi / 2, 0, 0), scale=(1, 1, 0.95))
        for side in (-1, 1):
            ball(0.07, ribbon, 20, at=(side * 0.075, -0.25, 0.53), scale=(1.1, 0.45, 0.75), turn=(0, side * 0.3, 0))


def dumbbell(design):
    chance = design.chance
    coat, bar = plain(chance.choose(((0.02, 0.02, 0.021), design.body, design.accent)), 0.5), metal("silver", 0.2)
    sides = chance.choose((6, 6, 64))
    cylinder(0.055, 0.9, bar, 0.01, 32, at=(-0.45, 0, 0.24), turn=(0, math.pi / 2, 0))
    level = 0.24 if sides > 6 else 0.25 * math.cos(math.pi / 6)
    for start, disc in ((-0.55, -0.565), (0.24, 0.545)):
        turned(
            rounded([(0, 0), (0.25, 0), (0.25, 0.31), (0, 0.31)], [0, 0.05, 0.05, 0]),
            coat,
            sides,
            smooth=sides > 6,
            at=(start, 0, level),
            turn=(0, math.pi / 2, 0),
        )
        turned(rounded([(0, 0), (0.11, 0), (0.11, 0.02), (0, 0.02)], 0.006), bar, at=(disc, 0, level), turn=(0, math.pi / 2, 0))
    return chance.uniform(-0.7, 0.7)


def sports_ball(design):
    chance, radius = design.chance, 0.5
    kind = chance.choose(("basketball", "tennis", "football", "volley"))
    colour = {"basketball": (0.50, 0.16, 0.04), "tennis": (0.55, 0.68, 0.06), "football": (0.80, 0.79, 0.77), "volley": design.body}[kind]
    ball(radius, cloth(chance, colour, 40) if kind == "tennis" else leather(chance, colour, 90, 0.55), 64, at=(0, 0, radius))
    seam = plain((0.015, 0.013, 0.012) if kind != "tennis" else (0.78, 0.78, 0.74), 0.7)
    turn = (chance.uniform(-0.5, 0.5), chance.uniform(-0.5, 0.5), chance.uniform(-0.6, 0.6))
    if kind == "tennis":
        t = np.linspace(0, 2 * math.pi, 120, endpoint=False)
        a, b = 0.75, 0.25
        line = np.stack([a * np.cos(t) + b * np.cos(3 * t), a * np.sin(t) - b * np.sin(3 * t), 2 * math.sqrt(a * b) * np.sin(2 * t)], 1)
        tube(line / np.linalg.norm(line, axis=1, keepdims=True) * radius, 0.013, seam, closed=True, sides=6, at=(0, 0, radius), turn=turn)
    else:
        for axis in ((0, 0, 0), (math.pi / 2, 0, 0), (0, 0, math.pi / 2)):
            torus(radius - 0.002, 0.009, seam, at=(0, 0, radius), turn=tuple(np.array(axis) + 0.35))
    if kind in ("football", "volley"):
        for x, z in ((0, 0), (0.5, 0.4), (-0.5, 0.4), (0.4, -0.5), (-0.4, -0.5), (0, 0.8)):
            y = -math.sqrt(max(0.02, 1 - x * x - z * z))
            ball(0.1, plain(design.accent if kind == "volley" else (0.02, 0.02, 0.02), 0.5), 6, at=(x * 0.415, y * 0.415, radius + z * 0.415))


def flask(design):
    chance = design.chance
    radius, height = chance.uniform(0.19, 0.23), chance.uniform(0.78, 0.86)
    turned(rounded([(0, 0), (radius, 0), (radius, height * 0.84), (radius * 0.72, height), (0, height)], [0, 0.03, 0.1, 0.03, 0]), design.coat(roughness=0.4))
    turned([(radius * 1.004, 0.0), (radius * 1.004, 0.05)], metal("silver", 0.2))
    cylinder(radius * 0.74, 0.14, plain((0.02, 0.02, 0.02), 0.5) if chance.happens(0.5) else metal("silver", 0.2), 0.02, at=(0, 0, height - 0.01))
    if chance.happens(0.5):
        torus(radius * 0.5, 0.02, plain((0.02, 0.02, 0.02), 0.6), arc=math.pi, at=(0, 0, height + 0.12))
    wrapped_label(radius * 1.006, height * 0.25, height * 0.65, 80, design.print(radius * 1.5, height * 0.4, clear=True, layout=chance.choose((0, 2, 5))))


def _volume(width, depth, height, cover, at=(0, 0, 0), turn=(0, 0, 0)):
    """A standing book: boards, pages set back."""
    pages = plain((0.78, 0.74, 0.64), 0.9)
    box((width * 0.96, depth * 0.86, height * 0.96), pages, 0.0, at=at, turn=turn)
    frame = Euler(turn).to_matrix()
    for y in (-1, 1):
        place = Vector(at) + frame @ Vector((0, y * depth * 0.47, 0))
        box((width, depth * 0.06, height), cover, 0.004, at=place, turn=turn)
    place = Vector(at) + frame @ Vector((-width / 2, 0, 0))
    box((0.02, depth, height), cover, 0.006, at=place, turn=turn)


def book(design):
    width, depth, height = 0.66, design.chance.uniform(0.12, 0.2), design.chance.uniform(0.92, 1.0)
    cover = design.coat(roughness=0.5)
    _volume(width, depth, height, cover)
    flat_label(
        width * 0.96, height * 0.96, design.print(width, height, clear=True, layout=design.chance.choose((0, 2, 3, 4))), at=(0, -depth / 2 - 0.004, height / 2)
    )
    return design.chance.uniform(-0.5, 0.2)


def notebook(design):
    """A stack of notebooks, a pen on top, or one upright before them."""
    chance, z = design.chance, 0.0
    colours = (design.body, design.accent, design.second)
    for k in range(3):
        depth = chance.uniform(0.07, 0.11)
        turn = chance.uniform(-0.2, 0.2)
        box((0.92, 0.66, depth * 0.85), plain((0.78, 0.74, 0.64), 0.9), 0.0, at=(0, 0, z + depth * 0.07), turn=(0, 0, turn))
        for height in (z, z + depth * 0.9):
            box((0.94, 0.68, depth * 0.1), plain(colours[k], 0.55), 0.006, at=(0, 0, height), turn=(0, 0, turn))
        box((0.015, 0.685, depth), plain(bright(colours[k], 0.5), 0.5), 0.0, at=(0.3, 0, z), turn=(0, 0, turn))
        z += depth + 0.002
    flat_label(0.5, 0.3, design.print(0.5, 0.3, clear=True, layout=0), at=(-0.05, 0, z + 0.004), turn=(-math.pi / 2, 0, turn))
    tube([(-0.2, -0.22, z + 0.028), (0.3, -0.06, z + 0.028)], 0.022, design.metal(0.2))
    return chance.uniform(-0.5, 0.5)


def pencil_pot(design):
    chance = design.chance
    turned(
        rounded([(0, 0), (0.25, 0), (0.25, 0.5), (0.225, 0.5), (0.225, 0.05), (0, 0.05)], [0, 0.03, 0.01, 0.01, 0.02, 0]),
        design.coat() if chance.happens(0.6) else plaster(chance, design.body, 0.2),
    )
    for k in range(7):
        angle, lean = chance.uniform(0, 6.28), chance.uniform(0.1, 0.2)
        foot, top = (
            np.array([0.08 * math.cos(angle), 0.08 * math.sin(angle), 0.06]),
            np.array([lean * math.cos(angle), lean * math.sin(angle), chance.uniform(0.75, 0.95)]),
        )
        tube([foot, top], 0.022, plain(chance.choose((design.body, design.accent, design.second, (0.8, 0.55, 0.1), (0.02, 0.02, 0.02))), 0.35), sides=6)
        tube([top, top + (top - foot) / np.linalg.norm(top - foot) * 0.07], 0.022, plain((0.62, 0.45, 0.27), 0.8), radii=[1, 0.15], sides=6)


KINDS = {
    "toy car": toy_car,
    "building blocks": building_blocks,
    "stacking rings": stacking_rings,
    "teddy bear": teddy_bear,
    "dumbbell": dumbbell,
    "sports ball": sports_ball,
    "flask": flask,
    "book": book,
    "notebook": notebook,
    "pencil pot": pencil_pot,
}
