"""Fruit."""

import numpy as np

from ..materials.nodes import Surface, bright, plain
from ..materials.organics import leaf
from ..shapes import plants
from ..shapes.meshes import ball, cylinder, smooth_path, tube, turned


def peel(chance, colour):
    surface = Surface(colour, roughness=0.38, subsurface_weight=0.05)
    vector = surface.at(offset=chance.offset())
    return surface.bumped(surface.noise(vector, 42, 2, 0.5), 0.2, 0.015).made


def citrus(stage, chance):
    """Whole fruit and a cut half that shows its segments."""
    colour = chance.choose(((0.82, 0.34, 0.03), (0.84, 0.66, 0.06), (0.30, 0.46, 0.05), (0.80, 0.28, 0.14)))
    skin, flesh, pith = peel(chance, colour), plain(bright(colour, 1.05), 0.25, subsurface_weight=0.2), plain((0.82, 0.78, 0.66), 0.6)
    radius = chance.uniform(0.15, 0.2)
    for _ in range(chance.integer(1, 3)):
        if spot := stage.spot(chance, radius, far=0.45):
            ball(radius, skin, 40, at=(*spot, stage.height(*spot) + radius * 0.95), scale=(1, 1, 0.94))
            if chance.happens(0.4):
                points, faces = plants.blade(0.24, 0.05, 0.3)
                growth = plants.Growth()
                growth.add(plants.turned_to(points, chance.uniform(0, 6.28), 0.4), faces)
                growth.grown(leaf(chance, "deep"), (*spot, stage.height(*spot) + radius * 1.85))
    if spot := stage.spot(chance, radius, far=0.4, back=0.2):
        angle, tilt = np.linspace(-np.pi / 2, 0, 18), (chance.uniform(0.9, 1.25), 0, chance.normal(0.4))
        at = (*spot, stage.height(*spot) + radius * 0.9)
        turned(np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1), skin, 40, at=at, turn=tilt)
        cylinder(radius * 0.99, 0.006, pith, 0.0, at=at, turn=tilt)
        cylinder(radius * 0.89, 0.009, flesh, 0.0, at=at, turn=tilt)
        cylinder(radius * 0.09, 0.012, pith, 0.0, 20, at=at, turn=tilt)


def apples(stage, chance):
    colour = chance.choose(((0.45, 0.03, 0.03), (0.35, 0.45, 0.07), (0.60, 0.12, 0.05)))
    surface = Surface(colour, roughness=0.22, coat_weight=0.3)
    streaks = surface.noise(surface.at(scale=(6, 6, 1), offset=chance.offset()), 2.0, 3, 0.6)
    skin = surface.coloured(
        surface.ramp(streaks, [(0.3, bright(colour, 0.75)), (0.7, bright((colour[0] * 1.1, colour[1] + 0.10, colour[2] + 0.02), 1.0))])
    ).made
    stem, profile = (
        plain((0.10, 0.06, 0.03), 0.8),
        smooth_path([(0.03, 0.02), (0.11, 0.0), (0.19, 0.14), (0.2, 0.22), (0.13, 0.33), (0.05, 0.32), (0.004, 0.27)], 40),
    )
    for _ in range(chance.integer(2, 4)):
        if spot := stage.spot(chance, 0.2, far=0.45):
            z = stage.height(*spot)
            turned(profile, skin, 40, sharp=180, at=(*spot, z))
            tube([(spot[0], spot[1], z + 0.26), (spot[0] + 0.02, spot[1], z + 0.4)], 0.009, stem, sides=6)


KINDS = {"citrus": citrus, "apples": apples}
