"""Jewellery, watches, glasses."""

import math

import numpy as np

from ..materials.nodes import glass, metal, plain
from ..materials.organics import cloth, leather
from ..shapes.meshes import ball, box, cylinder, grid, rounded, slab, smooth_path, thick, torus, tube, turned

GEMS = ((0.75, 0.88, 0.98), (0.10, 0.55, 0.28), (0.75, 0.05, 0.10), (0.10, 0.20, 0.80), (0.60, 0.30, 0.80), (0.95, 0.80, 0.55))


def _precious(design):
    return metal(design.chance.choose(("gold", "silver", "rose gold", "gold")), design.chance.uniform(0.06, 0.16))


def _gem(colour, size, **place):
    """A round brilliant, its table upwards, in eight facets."""
    turned(
        [(0, -0.62 * size), (size * 0.97, 0.0), (size, 0.05 * size), (0.58 * size, 0.34 * size), (0, 0.34 * size)],
        plain(colour, 0.02, coat_weight=1.0, specular_ior_level=1.0) if colour[0] < 0.7 else glass(colour, ior=1.9),
        10,
        smooth=False,
        **place,
    )


def ring(design):
    chance, gold = design.chance, _precious(design)
    torus(0.36, chance.uniform(0.032, 0.05), gold, at=(0, 0, 0.4))
    gem, size = chance.choose(GEMS), chance.uniform(0.12, 0.17)
    turned(rounded([(0, 0), (size * 0.55, 0.0), (size * 0.95, size * 0.75), (size * 0.85, size * 0.75), (0, 0.02)], 0.01), gold, 24, at=(0, 0, 0.75))
    _gem(gem, size, at=(0, 0, 0.75 + size * 0.72))
    if chance.happens(0.5):
        for k in (-3, -2, -1, 1, 2, 3):
            angle = math.pi / 2 + k * 0.19 + math.copysign(0.16, k)
            _gem((0.9, 0.95, 1.0), 0.038, at=(0.405 * math.cos(angle), 0, 0.4 + 0.405 * math.sin(angle)), turn=(0, math.pi / 2 - angle, 0))
    return chance.uniform(-0.7, 0.7)


def bead_bracelet(design):
    chance, gold = design.chance, _precious(design)
    count = 22
    beads = plain(chance.choose((design.body, design.accent, (0.80, 0.77, 0.72), (0.02, 0.02, 0.02), (0.05, 0.22, 0.18))), 0.12, coat_weight=0.7)
    radius = 0.44
    for level in range(chance.integer(1, 2)):
        for k in range(count):
            angle = 2 * math.pi * (k + 0.5 * level) / count
            ball(0.062, gold if k % 11 == 0 else beads, 20, at=(radius * math.cos(angle), radius * math.sin(angle), 0.062 + 0.105 * level))
    ball(0.05, gold, 18, at=(0, -radius - 0.05, 0.05))


def pendant(design):
    """A necklace on a bust of linen or stone."""
    chance, gold = design.chance, _precious(design)
    stand = cloth(chance, chance.choose(((0.78, 0.74, 0.66), (0.05, 0.05, 0.055), (0.55, 0.45, 0.36), (0.70, 0.50, 0.47))), 34)
    rows, turn = [], np.linspace(0, 2 * math.pi, 64, endpoint=False)
    for z, half_width, half_depth in (
        (0, 0.34, 0.15),
        (0.05, 0.36, 0.16),
        (0.35, 0.40, 0.17),
        (0.6, 0.38, 0.15),
        (0.74, 0.24, 0.12),
        (0.82, 0.13, 0.11),
        (1.0, 0.11, 0.10),
        (1.03, 0.09, 0.08),
        (1.035, 0.0, 0.0),
    ):
        rows.append((half_width, half_depth, z))
    fine = smooth_path(rows, 50)
    grid([np.stack([w * np.cos(turn), d * np.sin(turn), np.full(64, z)], 1) for w, d, z in fine], stand, closed=True, sharp=180)

    def front(x, z):
        half_width, half_depth = np.interp(z, fine[:, 2], fine[:, 0]), np.interp(z, fine[:, 2], fine[:, 1])
        return (x, -half_depth * math.sqrt(max(0.0, 1 - (x / max(half_width, 1e-3)) ** 2)) - 0.012, z)

    chain = [front(x, 0.84 - 0.42 * (1 - (abs(x) / 0.11) ** 1.0 * 1.0) ** 1.0) for x in np.linspace(-0.109, 0.109, 41)]
    tube(chain, 0.009, gold, sides=6)
    drop = front(0, 0.36)
    if chance.happens(0.5):
        ball(0.055, plain(chance.choose(GEMS[1:]), 0.03, coat_weight=1.0), 24, at=drop)
        torus(0.062, 0.01, gold, at=drop)
    else:
        cylinder(0.07, 0.018, gold, 0.006, at=(drop[0], drop[1] + 0.005, drop[2]), turn=(math.pi / 2, 0, 0))
    return chance.uniform(-0.3, 0.3)


def hoop_earrings(design):
    """Two hoops on a small stand."""
    chance, gold = design.chance, _precious(design)
    stand = plain(chance.choose((design.second, (0.80, 0.77, 0.70), (0.03, 0.03, 0.03))), 0.6)
    box((0.34, 0.22, 0.05), stand, 0.015)
    box((0.05, 0.05, 0.92), stand, 0.012, at=(0, 0.03, 0.03))
    box((0.78, 0.05, 0.05), stand, 0.015, at=(0, 0.03, 0.92))
    radius, weight = chance.uniform(0.16, 0.24), chance.uniform(0.018, 0.035)
    for x in (-0.3, 0.3):
        torus(radius, weight, gold, at=(x, -0.03, 0.93 - radius), turn=(0, 0, chance.uniform(0.2, 0.5)))
    return chance.uniform(-0.3, 0.3)


def _strapped(material, width, depth, height):
    """A closed strap that stands as an oval, its front at y = -depth."""
    line = smooth_path(
        [
            (0, -depth, 0.12),
            (0, -depth * 0.98, height * 0.5),
            (0, -depth * 0.9, height - 0.16),
            (0, -depth * 0.3, height - 0.02),
            (0, depth * 0.45, height - 0.08),
            (0, depth, height * 0.6),
            (0, depth * 0.9, height * 0.25),
            (0, depth * 0.3, 0.02),
            (0, -depth * 0.6, 0.02),
        ],
        80,
        closed=True,
    )
    rows = [[p + np.array([x, 0, 0]) for x in np.linspace(-width / 2, width / 2, 7)] for p in np.concatenate([line, line[:1]])]
    thick(grid(rows, material, sharp=180), 0.045)


def wristwatch(design):
    chance = design.chance
    steel = metal(chance.choose(("silver", "gold", "rose gold", "black", "silver")), 0.14)
    strap = leather(chance, chance.choose((design.body, (0.10, 0.04, 0.018), (0.015, 0.015, 0.016), (0.24, 0.12, 0.05)))) if chance.happens(0.7) else steel
    _strapped(strap, 0.27, 0.34, 1.0)
    dial = chance.choose(((0.80, 0.79, 0.76), (0.02, 0.02, 0.024), (0.03, 0.08, 0.22), (0.03, 0.13, 0.09), (0.6, 0.42, 0.28)))
    face, tilt = (0, -0.34, 0.53), (math.pi / 2 - 0.04, 0, 0)
    turned(rounded([(0, -0.06), (0.29, -0.06), (0.31, 0.02), (0.30, 0.075), (0.265, 0.09), (0.262, 0.06), (0, 0.06)], 0.015), steel, at=face, turn=tilt)
    cylinder(0.262, 0.004, plain(dial, 0.25, metallic=0.3), 0.0, at=(face[0], face[1] - 0.061, face[2]), turn=tilt)
    mark = plain((0.85, 0.84, 0.8) if np.mean(dial) < 0.4 else (0.03, 0.03, 0.03), 0.3)
    for k in range(12):
        angle = k * math.pi / 6
        box(
            (0.018 if k % 3 else 0.028, 0.01, 0.05),
            mark,
            0.0,
            at=(0.205 * math.sin(angle), face[1] - 0.068, face[2] + 0.205 * math.cos(angle)),
            turn=(0, angle, 0),
        )
    for angle, length in ((-0.98, 0.13), (0.95, 0.19)):
        box((0.02, 0.008, length), mark, 0.0, at=(0, face[1] - 0.076, face[2]), turn=(0, angle, 0))
    cylinder(0.035, 0.06, steel, 0.01, at=(0.3, face[1], face[2]), turn=(0, math.pi / 2, 0))
    return chance.uniform(-0.55, 0.55)


def smartwatch(design):
    chance = design.chance
    _strapped(plain(chance.choose((design.body, design.accent, (0.02, 0.02, 0.022), (0.75, 0.74, 0.71))), 0.55), 0.3, 0.34, 1.0)
    box((0.46, 0.15, 0.52), metal(chance.choose(("silver", "black", "rose gold", "gold")), 0.22), 0.05, at=(0, -0.36, 0.27))
    box((0.40, 0.03, 0.46), plain((0.008, 0.008, 0.01), 0.04, coat_weight=1.0), 0.03, at=(0, -0.43, 0.30))
    glow = chance.choose(((0.1, 0.6, 0.9), (0.9, 0.3, 0.1), (0.2, 0.8, 0.4), (0.9, 0.2, 0.5)))
    lit = plain((0, 0, 0), 0.3, emission_color=(*glow, 1), emission_strength=1.2)
    for k, radius in enumerate((0.13, 0.095, 0.06)):
        torus(radius, 0.011, lit, arc=chance.uniform(3.5, 5.8), start=1.57, at=(0, -0.449, 0.53))
    return chance.uniform(-0.55, 0.55)


def _spectacles(design, outline, lens, frame, arm_length=0.6):
    chance = design.chance
    for side in (-1, 1):
        centre = np.array([side * 0.29, 0, 0.24])
        path = [(centre[0] + x * side, 0, centre[2] + z) for x, z in outline]
        tube(path, 0.022, frame, closed=True, sides=10)
        slab([(x * side * 0.98, z * 0.98) for x, z in outline][::side], 0.012, lens, 0.0, at=tuple(centre))
        top = max(z for _, z in outline)
        hinge = (side * (0.29 + max(x for x, _ in outline)), 0.01, 0.24 + top * 0.45)
        tube(
            smooth_path(
                [hinge, (hinge[0] * 1.02, 0.2, hinge[2]), (hinge[0] * 0.98, arm_length * 0.8, hinge[2] - 0.02), (hinge[0] * 0.95, arm_length, hinge[2] - 0.2)],
                30,
            ),
            0.017,
            frame,
            sides=8,
        )
    tube(smooth_path([(-0.06, -0.005, 0.28), (0, -0.02, 0.315), (0.06, -0.005, 0.28)], 14), 0.017, frame, sides=8)
    return chance.uniform(-0.45, 0.45)


def round_glasses(design):
    outline = [(0.21 * math.cos(a), 0.21 * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 40, endpoint=False)]
    chance = design.chance
    lens = glass((0.96, 0.98, 0.98), ior=1.08) if chance.happens(0.5) else plain((0.03, 0.025, 0.02), 0.03, alpha=0.86)
    return _spectacles(design, outline, lens, design.metal(0.15) if chance.happens(0.6) else plain((0.12, 0.05, 0.02), 0.15, coat_weight=0.6))


def square_sunglasses(design):
    corner = rounded([(-0.21, -0.15), (0.19, -0.17), (0.235, 0.15), (-0.225, 0.14)], 0.08, 6, closed=True)
    chance = design.chance
    frame = plain(chance.choose(((0.012, 0.012, 0.013), (0.14, 0.055, 0.02), design.body, design.accent)), 0.12, coat_weight=0.6)
    return _spectacles(design, corner, plain(chance.choose(((0.015, 0.013, 0.012), (0.05, 0.025, 0.01), (0.01, 0.02, 0.04))), 0.03, coat_weight=1.0), frame)


KINDS = {
    "ring": ring,
    "bead bracelet": bead_bracelet,
    "pendant": pendant,
    "hoop earrings": hoop_earrings,
    "wristwatch": wristwatch,
    "smartwatch": smartwatch,
    "round glasses": round_glasses,
    "square sunglasses": square_sunglasses,
}
