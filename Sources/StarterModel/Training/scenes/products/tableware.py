"""Vases, tableware, candles, kitchenware."""

import math

import numpy as np

from ..materials import organics
from ..materials.minerals import plaster
from ..materials.nodes import bright, glass, glowing, metal, plain
from ..materials.organics import leaf
from ..shapes import plants
from ..shapes.meshes import ball, cylinder, rounded, smooth_path, tube, turned, wrapped_label


def _clay(design):
    if design.chance.happens(0.5):
        return plaster(design.chance, design.body, 0.3, 0.12)
    return design.coat(roughness=design.chance.choose((0.15, 0.3, 0.55)))


def vase(design):
    chance = design.chance
    shape = chance.choose(
        (
            [(0.20, 0), (0.32, 0.2), (0.36, 0.42), (0.24, 0.68), (0.12, 0.84), (0.17, 0.98)],
            [(0.24, 0), (0.27, 0.3), (0.2, 0.62), (0.16, 0.8), (0.25, 1.0)],
            [(0.16, 0), (0.30, 0.12), (0.38, 0.3), (0.3, 0.5), (0.1, 0.6), (0.09, 0.85), (0.13, 0.94)],
            [(0.2, 0), (0.2, 0.5), (0.21, 0.9)],
            [(0.13, 0), (0.26, 0.4), (0.35, 0.74), (0.28, 0.9), (0.2, 0.94)],
        )
    )
    profile = smooth_path([(r * chance.uniform(0.92, 1.08), z) for r, z in shape], 70)
    if chance.happens(0.3):
        profile[:, 0] += 0.008 * np.sin(profile[:, 1] * 60)
    lip = profile[-1]
    inner = [(lip[0] - 0.02, lip[1] + 0.012), (lip[0] - 0.035, lip[1] - 0.02), (profile[-16][0] - 0.04, profile[-16][1])]
    turned(np.concatenate([[(0, 0.0)], profile, inner]), _clay(design))
    if chance.happens(0.45):
        kind = chance.choose(("twig", "grass", "plume"))
        at = (0, 0, lip[1] - 0.12)
        for _ in range(chance.integer(2, 3)):
            if kind == "twig":
                plants.twig(chance, leaf(chance), chance.uniform(0.5, 0.75), at, (chance.uniform(-0.5, 0.5), chance.uniform(-0.2, 0.3), 1.0))
            elif kind == "plume":
                plants.plume(chance, leaf(chance, "dry"), chance.uniform(0.6, 0.85), at)
            else:
                plants.twig(chance, leaf(chance, "grey"), chance.uniform(0.5, 0.7), at, (chance.uniform(-0.4, 0.4), chance.uniform(-0.2, 0.2), 1.0), 0.2, 0.42)


def bowl(design):
    chance = design.chance
    height = chance.uniform(0.3, 0.42)
    outer = smooth_path([(0.2, 0.0), (0.24, 0.03), (0.42, 0.14), (0.54, height)], 30)
    turned(
        np.concatenate([[(0, 0.0)], outer, [(0.515, height + 0.005)], smooth_path([(0.5, height), (0.39, 0.17), (0.2, 0.06), (0.001, 0.05)], 24)]),
        _clay(design),
    )
    if chance.happens(0.6):
        colour, size = chance.choose((((0.80, 0.33, 0.03), 0.15), ((0.50, 0.03, 0.03), 0.14), ((0.80, 0.62, 0.06), 0.14), ((0.25, 0.36, 0.04), 0.14)))
        peel = plain(colour, 0.4)
        for k in range(7):
            angle, reach = 6.283 * k / 6, 0.25 if k < 6 else 0.0
            ball(
                size * chance.uniform(0.93, 1.05),
                peel,
                24,
                at=(reach * math.cos(angle), reach * math.sin(angle), height - 0.02 + (0.12 if k == 6 else 0)),
                scale=(1, 1, 0.93),
            )


def carafe(design):
    chance = design.chance
    profile = smooth_path([(0.22, 0.0), (0.27, 0.08), (0.25, 0.36), (0.11, 0.66), (0.10, 0.82), (0.14, 0.95)], 60)
    clear = chance.happens(0.7)
    if clear:
        turned(
            np.concatenate([[(0, 0.0)], profile, profile[::-1] * (0.94, 1.0) + (0, 0.006), [(0, 0.03)]]),
            design.tinted_glass(((0.95, 0.97, 0.96), (0.75, 0.88, 0.90), (0.92, 0.75, 0.6))),
        )
        level = profile[:34] * (0.9, 1.0) + (0, 0.03)
        turned(
            np.concatenate([[(0, 0.03)], level, [(0, level[-1][1])]]),
            glass(chance.choose(((0.92, 0.96, 0.97), (0.92, 0.55, 0.15), (0.80, 0.20, 0.22))), ior=1.33),
        )
    else:
        turned(np.concatenate([[(0, 0.0)], profile, profile[-12:][::-1] * (0.88, 1.0)]), _clay(design))
    ball(0.11, organics.wood(chance, "oak", planks=False) if chance.happens(0.5) else design.coat(design.accent), 28, at=(0, 0, 1.0), scale=(1, 1, 0.85))


def _flame(at, size=1.0):
    turned(
        [(0.001, 0), (0.022 * size, 0.035 * size), (0.026 * size, 0.06 * size), (0.012 * size, 0.11 * size), (0.001, 0.15 * size)],
        glowing((1.0, 0.62, 0.22), 9.0),
        16,
        at=at,
    )


def candle_in_a_glass(design):
    chance = design.chance
    radius, height = chance.uniform(0.32, 0.4), chance.uniform(0.66, 0.8)
    wax = plain(chance.choose(((0.80, 0.74, 0.62), (0.80, 0.79, 0.76), bright(design.body, 1.0))), 0.5, subsurface_weight=0.2)
    clear = chance.happens(0.4)
    shell = glass((0.95, 0.94, 0.92)) if clear else design.coat()
    turned(rounded([(0, 0), (radius, 0), (radius, height), (radius - 0.03, height), (radius - 0.03, 0.06), (0, 0.06)], [0, 0.05, 0.012, 0.012, 0.03, 0]), shell)
    cylinder(radius - 0.035, height * 0.74, wax, 0.015, at=(0, 0, 0.062))
    cylinder(0.008, 0.07, plain((0.02, 0.02, 0.02), 0.9), 0.0, 8, at=(0, 0, height * 0.74 + 0.06))
    if chance.happens(0.6):
        _flame((0, 0, height * 0.74 + 0.1), 1.3)
    wrapped_label(radius * 1.008, height * 0.25, height * 0.68, 90, design.print(radius * 1.55, height * 0.43, clear=False))


def pillar_candle(design):
    chance = design.chance
    wax = plain(chance.choose(((0.80, 0.74, 0.62), bright(design.body, 1.0), (0.80, 0.79, 0.76))), 0.5, subsurface_weight=0.2)
    ribs = chance.happens(0.4)
    for k, (x, y) in enumerate(((0, 0), (0.36, 0.12), (-0.3, 0.2))[: chance.integer(1, 3)]):
        radius, height = (0.19, 0.17, 0.15)[k], (0.9, 0.6, 0.42)[k]
        turned(
            rounded([(0, 0), (radius, 0), (radius, height), (radius * 0.8, height), (radius * 0.6, height - 0.03), (0, height - 0.035)], 0.02),
            wax,
            18 if ribs else 64,
            smooth=not ribs,
            at=(x, y, 0),
        )
        cylinder(0.009, 0.06, plain((0.02, 0.02, 0.02), 0.9), 0.0, 8, at=(x, y, height - 0.04))
        _flame((x, y, height), 1.2)


def reed_diffuser(design):
    chance = design.chance
    clear = chance.happens(0.5)
    radius = chance.uniform(0.2, 0.24)
    power = chance.choose((2.0, 6.0))
    turned(
        rounded([(0, 0), (radius, 0), (radius, 0.38), (0.07, 0.46), (0.07, 0.54), (0, 0.54)], [0, 0.03, 0.06, 0.03, 0, 0]),
        glass((0.95, 0.93, 0.9)) if clear else design.coat(),
        power=power,
    )
    if clear:
        turned([(0, 0.03), (radius * 0.88, 0.03), (radius * 0.88, 0.24), (0, 0.24)], glass((0.95, 0.75, 0.45), ior=1.36), power=power)
    cylinder(0.085, 0.05, design.metal(), 0.01, at=(0, 0, 0.5))
    for k in range(6):
        lean = (chance.uniform(-0.3, 0.3), chance.uniform(-0.12, 0.2))
        tube([(0, 0, 0.5), (lean[0] * 0.55, lean[1] * 0.55, 1.04)], 0.009, plain((0.10, 0.07, 0.045) if k % 2 or not clear else (0.6, 0.46, 0.3), 0.8), sides=6)
    wrapped_label(radius * 1.01, 0.09, 0.30, 80, design.print(radius * 1.5, 0.21, clear=False), power=power)


def kettle(design):
    enamel = design.coat(roughness=0.18) if design.chance.happens(0.7) else metal("silver", 0.15)
    dark = organics.wood(design.chance, "walnut", planks=False) if design.chance.happens(0.5) else plain((0.02, 0.02, 0.02), 0.4)
    turned(np.concatenate([[(0, 0)], smooth_path([(0.36, 0.0), (0.42, 0.06), (0.40, 0.24), (0.28, 0.48), (0.17, 0.54)], 40), [(0, 0.55)]]), enamel)
    turned(rounded([(0.18, 0.535), (0.16, 0.565), (0, 0.58)], 0.01), enamel)
    ball(0.045, dark, 20, at=(0, 0, 0.61))
    side = design.chance.side()
    tube(
        smooth_path([(side * 0.34, 0, 0.16), (side * 0.52, 0, 0.22), (side * 0.55, 0, 0.44), (side * 0.68, 0, 0.54)], 30),
        0.05,
        enamel,
        radii=np.linspace(1.3, 0.55, 30),
    )
    tube(smooth_path([(-side * 0.30, 0, 0.42), (-side * 0.36, 0, 0.72), (-side * 0.05, 0, 0.90), (side * 0.22, 0, 0.84)], 40), 0.03, dark)


def saucepan(design):
    enamel = design.coat(roughness=0.18) if design.chance.happens(0.6) else metal(design.chance.choose(("silver", "copper")), 0.15)
    steel = metal("silver", 0.15)
    turned(rounded([(0, 0), (0.42, 0), (0.44, 0.40), (0.45, 0.41)], [0, 0.06, 0.01, 0]), enamel)
    turned(rounded([(0.45, 0.405), (0.44, 0.425), (0.25, 0.47), (0, 0.48)], 0.02), enamel)
    turned(rounded([(0.04, 0.475), (0.02, 0.52), (0.06, 0.545), (0, 0.56)], 0.01), steel)
    side = design.chance.side()
    handle = (
        organics.wood(design.chance, design.chance.choose(("walnut", "oak")), planks=False) if design.chance.happens(0.6) else plain((0.02, 0.02, 0.02), 0.4)
    )
    tube(smooth_path([(side * 0.43, 0, 0.33), (side * 0.62, -0.08, 0.36), (side * 1.0, -0.25, 0.42)], 24), 0.035, handle, radii=np.linspace(0.8, 1.15, 24))


def pepper_mill(design):
    chance = design.chance
    made = organics.wood(chance, chance.choose(("walnut", "oak", "dark wood", "birch", "teak")), planks=False) if chance.happens(0.7) else design.coat()
    turned(
        np.concatenate(
            [
                [(0, 0)],
                rounded([(0.17, 0.0), (0.18, 0.06), (0.15, 0.1)], 0.02),
                smooth_path([(0.145, 0.12), (0.11, 0.34), (0.15, 0.6), (0.12, 0.68)], 30),
                [(0, 0.68)],
            ]
        ),
        made,
    )
    turned([(0.122, 0.675), (0.122, 0.70)], metal("silver", 0.2))
    turned(np.concatenate([[(0, 0.695)], smooth_path([(0.12, 0.70), (0.15, 0.78), (0.12, 0.88), (0.03, 0.92)], 24), [(0, 0.92)]]), made)
    ball(0.035, metal("silver", 0.15), 18, at=(0, 0, 0.945))
    if chance.happens(0.5):
        turned(
            np.concatenate([[(0, 0)], rounded([(0.15, 0.0), (0.16, 0.05), (0.10, 0.3), (0.13, 0.45), (0.02, 0.52)], 0.06), [(0, 0.52)]]),
            made,
            at=(0.38 * chance.side(), 0.06, 0),
        )


KINDS = {
    "vase": vase,
    "bowl": bowl,
    "carafe": carafe,
    "candle in a glass": candle_in_a_glass,
    "pillar candle": pillar_candle,
    "reed diffuser": reed_diffuser,
    "kettle": kettle,
    "saucepan": saucepan,
    "pepper mill": pepper_mill,
}
