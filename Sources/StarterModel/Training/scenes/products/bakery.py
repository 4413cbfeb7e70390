"""Cakes and doughnuts."""

import math

import numpy as np

from ..materials.nodes import Surface, bright, plain
from ..shapes.meshes import ball, cylinder, grid, rounded, torus, tube, turned

CREAMS = ((0.82, 0.76, 0.64), (0.80, 0.48, 0.48), (0.11, 0.045, 0.022), (0.60, 0.72, 0.58), (0.82, 0.66, 0.36))
FRUITS = ((0.50, 0.02, 0.03), (0.06, 0.03, 0.14), (0.45, 0.03, 0.12))


def crumb(chance, colour):
    """Baked dough."""
    surface = Surface(colour, roughness=0.95)
    vector = surface.at(offset=chance.offset())
    pores = surface.noise(vector, 22, 3, 0.7)
    return surface.coloured(surface.ramp(pores, [(0.3, bright(colour, 0.55)), (0.7, bright(colour, 1.1))])).bumped(pores, 0.6, 0.04).made


def layer_cake(design):
    chance = design.chance
    cream, sponge = (
        plain(chance.choose(CREAMS), 0.55, subsurface_weight=0.1),
        crumb(chance, chance.choose(((0.52, 0.31, 0.13), (0.09, 0.035, 0.018), (0.62, 0.44, 0.22)))),
    )
    radius, layers = 0.44, chance.integer(2, 3)
    naked, z = chance.happens(0.5), 0.03
    cylinder(0.56, 0.03, plain((0.8, 0.79, 0.77), 0.15), 0.01)
    for k in range(layers):
        cylinder(radius, 0.15, sponge if naked else cream, 0.02, at=(0, 0, z))
        z += 0.15
        cylinder(radius * (1.015 if naked else 1.0), 0.05, cream, 0.02, at=(0, 0, z - 0.005))
        z += 0.045
    if not naked:
        for k in range(9):
            reach = chance.uniform(0.08, 0.24)
            angle = 6.283 * k / 9
            ball(
                0.05,
                design.coat(design.accent, 0.2),
                14,
                at=(radius * math.cos(angle), radius * math.sin(angle), z - reach * 0.5),
                scale=(0.7, 0.7, 1 + 2.5 * reach),
            )
    berry = plain(chance.choose(FRUITS), 0.25)
    for k in range(9):
        angle = 6.283 * k / 9
        ball(0.065, berry, 16, at=(0.31 * math.cos(angle), 0.31 * math.sin(angle), z + 0.04), scale=(1, 1, 1.15))
    ball(0.07, berry, 16, at=(0, 0, z + 0.045))


def cupcake(design):
    chance = design.chance
    turn, rows = np.linspace(0, 2 * np.pi, 96, endpoint=False), []
    for z in np.linspace(0, 1, 6):
        radius = (0.24 + 0.1 * z) * (1 + 0.035 * np.cos(24 * turn))
        rows.append(np.stack([radius * np.cos(turn), radius * np.sin(turn), np.full(96, 0.38 * z)], 1))
    grid(rows, design.coat(design.body, 0.7), closed=True)
    turned(rounded([(0, 0.37), (0.34, 0.37), (0.37, 0.42), (0.3, 0.48), (0, 0.5)], 0.03), crumb(chance, (0.5, 0.28, 0.11)))
    angle = np.linspace(0, 5.2 * 2 * math.pi, 190)
    share = angle / angle[-1]
    spiral = np.stack([0.27 * (1 - share) ** 0.8 * np.cos(angle), 0.27 * (1 - share) ** 0.8 * np.sin(angle), 0.5 + 0.36 * share], 1)
    tube(spiral, 0.105, plain(chance.choose(CREAMS), 0.5, subsurface_weight=0.1), radii=1.05 - 0.75 * share, sides=14)
    ball(0.07, plain(chance.choose(FRUITS), 0.2), 18, at=(0.0, 0, 0.92))


def doughnut(design):
    chance = design.chance
    dough = crumb(chance, (0.58, 0.32, 0.12))
    icing = plain(chance.choose(((0.78, 0.32, 0.36), (0.10, 0.04, 0.02), (0.82, 0.78, 0.72), (0.60, 0.42, 0.75), (0.45, 0.68, 0.72))), 0.15, coat_weight=0.6)
    for level, (x, y) in enumerate(((0, 0), (0.05, 0.04), (-0.03, 0.0))[: chance.integer(2, 3)]):
        z = 0.15 + 0.25 * level
        torus(0.3, 0.165, dough, steps=72, at=(x, y, z), turn=(math.pi / 2, 0, 0), scale=(1, 0.85, 1))
        turn, rows = np.linspace(0, 2 * np.pi, 120, endpoint=False), []
        edge = 0.12 * np.sin(5 * turn + level) + 0.08 * np.sin(8 * turn + 2 * level)
        for share in np.linspace(0, 1, 14):
            inner, outer = math.pi * 0.98, 0.02
            angle = inner + (outer - edge - inner) * share
            rows.append(np.stack([(0.3 + 0.172 * np.cos(angle)) * np.cos(turn), (0.3 + 0.172 * np.cos(angle)) * np.sin(turn), 0.15 * np.sin(angle)], 1))
        grid(rows, icing, closed=True, sharp=180, at=(x, y, z + 0.004))
        for _ in range(40):
            heading, reach = chance.uniform(0, 6.28), chance.uniform(-0.8, 0.8)
            place = (
                (0.3 + 0.17 * math.sin(reach)) * math.cos(heading) + x,
                (0.3 + 0.17 * math.sin(reach)) * math.sin(heading) + y,
                z + 0.155 * math.cos(reach),
            )
            cylinder(
                0.009,
                0.05,
                plain(chance.choose((design.accent, design.second, (0.8, 0.7, 0.2), (0.7, 0.2, 0.3))), 0.4),
                0.004,
                8,
                at=place,
                turn=(math.pi / 2, 0, chance.uniform(0, 6)),
            )


KINDS = {"layer cake": layer_cake, "cupcake": cupcake, "doughnut": doughnut}
