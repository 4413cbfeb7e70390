"""House plants in their pots."""

import math

import numpy as np

from ..materials.minerals import plaster
from ..materials.nodes import plain
from ..materials.organics import leaf
from ..shapes import plants
from ..shapes.meshes import ball, cylinder, grid, rounded, smooth_path, tube, turned


def _pot(design, radius=0.26, height=0.38):
    chance = design.chance
    made = plaster(chance, chance.choose((design.body, (0.50, 0.20, 0.10), (0.74, 0.72, 0.68))), 0.2) if chance.happens(0.6) else design.coat(roughness=0.3)
    if chance.happens(0.5):
        turned(
            rounded(
                [(0, 0), (radius * 0.72, 0), (radius, height), (radius * 0.9, height), (radius * 0.86, height * 0.86), (0, height * 0.86)],
                [0, 0.03, 0.01, 0.01, 0.01, 0],
            ),
            made,
        )
    else:
        turned(
            rounded(
                [
                    (0, 0),
                    (radius * 0.9, 0),
                    (radius, height * 0.5),
                    (radius * 0.88, height),
                    (radius * 0.8, height),
                    (radius * 0.8, height * 0.86),
                    (0, height * 0.86),
                ],
                [0, 0.06, 0.2, 0.01, 0.01, 0.01, 0],
            ),
            made,
        )
    cylinder(radius * 0.8, 0.02, plain((0.03, 0.02, 0.013), 0.95), 0.0, at=(0, 0, height * 0.85))
    return height * 0.86


def potted_plant(design):
    chance, z = design.chance, _pot(design)
    kind, green = chance.choose(("rosette", "palm", "twigs", "snake")), leaf(chance)
    if kind == "rosette":
        plants.rosette(chance, green, 0.62, (0, 0, z), (9, 13))
    elif kind == "palm":
        plants.frond(chance, green, 0.52, (0, 0, z), (6, 8), (0.7, 1.35))
    elif kind == "twigs":
        for _ in range(6):
            plants.twig(chance, green, chance.uniform(0.45, 0.7), (0, 0, z), (chance.uniform(-0.6, 0.6), chance.uniform(-0.6, 0.6), 1.0), 0.28, 0.42)
    else:
        plants.rosette(chance, green, 0.72, (0, 0, z), (9, 12), (0.055, 0.08), (1.3, 1.52))


def cactus(design):
    chance, z = design.chance, _pot(design)
    green = leaf(chance, chance.choose(("blue", "fresh", "grey")))
    turn = np.linspace(0, 2 * math.pi, 120, endpoint=False)

    def column(radius, height, at, lean=(0, 0, 0)):
        rows = []
        for t in np.linspace(0, 1, 24):
            r = radius * math.sqrt(max(0.0, 1 - max(0.0, (t - 0.7) / 0.3) ** 2)) * (1 + 0.07 * np.cos(12 * turn)) + 0.001
            rows.append(np.stack([r * np.cos(turn), r * np.sin(turn), np.full(120, height * t)], 1))
        grid(rows, green, closed=True, sharp=180, at=at, turn=lean)

    height = chance.uniform(0.5, 0.72)
    column(chance.uniform(0.13, 0.18), height, (0, 0, z - 0.02))
    for side in (-1, 1)[: chance.integer(0, 2)]:
        tube(smooth_path([(side * 0.1, 0, z + 0.2), (side * 0.24, -0.02, z + 0.22), (side * 0.27, -0.02, z + 0.45)], 16), 0.065, green)
        ball(0.065, green, 20, at=(side * 0.27, -0.02, z + 0.45))
    if chance.happens(0.5):
        plants.blossom(chance, plain((0.80, 0.25, 0.40), 0.6), plain((0.8, 0.6, 0.1), 0.8), 0.08, (0, -0.02, z + height - 0.03), tilt=(0.5, 0, 0))


def succulent(design):
    chance, z = design.chance, _pot(design, 0.34, 0.3)
    green = leaf(chance, chance.choose(("grey", "blue", "fresh")))
    for ring in range(5):
        growth, count, size = plants.Growth(), 9 - ring, 0.42 - 0.06 * ring
        for k in range(count):
            points, faces = plants.blade(size, size * 0.30, -0.45, 0.5, 8, 1.4)
            growth.add(plants.turned_to(points, 6.283 * (k + 0.5 * (ring % 2)) / count, 0.15 + 0.26 * ring), faces)
        growth.grown(green, (0, 0, z + 0.03 * ring))


KINDS = {"potted plant": potted_plant, "cactus": cactus, "succulent": succulent}
