"""Lamps."""

import numpy as np

from ..materials.nodes import Surface, bright, plain
from ..materials.organics import cloth, wood
from ..shapes.meshes import ball, cylinder, rounded, smooth_path, turned


def _shade_material(design, colour):
    """A lit shade: it glows a little, warm."""
    lit = design.chance.happens(0.6)
    return Surface(colour, roughness=0.9, emission_color=(1.0, 0.72, 0.42, 1), emission_strength=0.9 if lit else 0.0).made


def _foot(design):
    kind = design.chance.choose(("metal", "wood", "coat"))
    return design.metal() if kind == "metal" else wood(design.chance, "walnut", planks=False) if kind == "wood" else design.coat()


def table_lamp(design):
    chance, foot = design.chance, _foot(design)
    if chance.happens(0.5):
        turned(rounded([(0, 0), (0.2, 0), (0.2, 0.03), (0.022, 0.05), (0.022, 0.6), (0, 0.6)], 0.012), foot)
    else:
        turned(
            np.concatenate([[(0, 0)], smooth_path([(0.13, 0.0), (0.22, 0.14), (0.17, 0.34), (0.04, 0.45), (0.03, 0.58)], 40), [(0, 0.58)]]),
            design.coat(roughness=0.25),
        )
    low, high = chance.choose(((0.36, 0.22), (0.32, 0.3), (0.4, 0.16)))
    shade = chance.choose(((0.80, 0.74, 0.63), (0.78, 0.77, 0.74), bright(design.second, 1.0)))
    turned(
        [(low, 0.54), (high, 0.97), (high - 0.012, 0.97), (low - 0.012, 0.54)],
        _shade_material(design, shade) if chance.happens(0.8) else cloth(chance, shade, 30),
    )


def mushroom_lamp(design):
    chance = design.chance
    coat = design.coat(roughness=0.2)
    turned(np.concatenate([[(0, 0)], smooth_path([(0.22, 0.0), (0.18, 0.05), (0.09, 0.2), (0.075, 0.5)], 30), [(0, 0.5)]]), coat)
    dome = smooth_path([(0.43, 0.42), (0.42, 0.52), (0.3, 0.70), (0.12, 0.79), (0.001, 0.80)], 40)
    turned(dome, _shade_material(design, design.body) if chance.happens(0.5) else coat)
    turned([(0.42, 0.43), (0.05, 0.46)], plain((0.8, 0.72, 0.6), 0.8, emission_color=(1, 0.75, 0.45, 1), emission_strength=1.5))


def globe_lamp(design):
    foot = _foot(design)
    cylinder(0.2, design.chance.uniform(0.05, 0.22), foot, 0.02)
    ball(0.34, _shade_material(design, (0.8, 0.77, 0.72)), 48, at=(0, 0, 0.52))


KINDS = {"table lamp": table_lamp, "mushroom lamp": mushroom_lamp, "globe lamp": globe_lamp}
