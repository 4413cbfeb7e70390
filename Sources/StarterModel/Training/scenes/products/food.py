"""Pantry, snacks and sweets."""

import math

import numpy as np

from ..materials.nodes import bright, metal, plain
from ..materials.organics import cloth
from ..shapes.meshes import box, cylinder, flat_label, grid, rounded, slab, turned, with_texture, wrapped_label


def jam_jar(design):
    chance = design.chance
    radius, height = chance.uniform(0.30, 0.36), chance.uniform(0.52, 0.66)
    power = chance.choose((2.0, 2.0, 4.0))
    fruit = chance.choose(((0.45, 0.02, 0.03), (0.75, 0.28, 0.02), (0.16, 0.02, 0.08), (0.80, 0.50, 0.06), (0.32, 0.36, 0.06), (0.30, 0.12, 0.03)))
    turned(
        rounded([(0, 0), (radius, 0), (radius, height * 0.86), (radius * 0.85, height), (0, height)], [0, 0.05, 0.07, 0.02, 0]),
        plain(fruit, 0.05, coat_weight=1.0, coat_roughness=0.02),
        power=power,
    )
    cylinder(radius * 0.93, 0.13, design.metal() if chance.happens(0.5) else design.coat(design.second), 0.015, at=(0, 0, height - 0.01))
    if chance.happens(0.12):
        turned(
            rounded([(0, height + 0.125), (radius * 0.95, height + 0.125), (radius * 1.12, height + 0.02), (radius * 1.2, height - 0.06)], 0.03),
            cloth(chance, design.accent, 24),
        )
    wrapped_label(
        radius * 1.012, height * 0.18, height * 0.68, 130, design.print(radius * 2.3, height * 0.5, clear=False, paper=(0.8, 0.77, 0.70)), power=power
    )


def oil_bottle(design):
    chance = design.chance
    tint = chance.choose(((0.03, 0.06, 0.015), (0.42, 0.34, 0.04), (0.02, 0.02, 0.02)))
    power = chance.choose((2.0, 6.0))
    radius = 0.145
    turned(
        rounded([(0, 0), (radius, 0), (radius, 0.62), (0.05, 0.74), (0.05, 0.92), (0, 0.92)], [0, 0.03, 0.06, 0.05, 0, 0]),
        plain(tint, 0.06, coat_weight=1.0),
        power=power,
    )
    cylinder(0.065, 0.13, design.cap(), 0.012, at=(0, 0, 0.9))
    wrapped_label(radius * 1.012, 0.16, 0.5, 80 if power > 2 else 150, design.print(radius * (1.6 if power > 2 else 2.5), 0.34, clear=False), power=power)


def tin_can(design):
    radius, height = design.chance.choose(((0.36, 0.62), (0.32, 0.78), (0.42, 0.38)))
    steel = metal("silver", 0.3)
    turned(
        rounded(
            [
                (0, 0),
                (radius * 1.02, 0),
                (radius * 1.02, 0.03),
                (radius, 0.04),
                (radius, height - 0.04),
                (radius * 1.02, height - 0.03),
                (radius * 1.02, height),
                (radius * 0.96, height),
                (radius * 0.95, height - 0.03),
                (0, height - 0.03),
            ],
            0.008,
        ),
        steel,
    )
    turned([(radius * 1.006, 0.045), (radius * 1.006, height - 0.045)], design.coat(roughness=0.45))
    wrapped_label(
        radius * 1.012, height * 0.12, height * 0.88, 150, design.print(radius * 2.6, height * 0.76, clear=True, layout=design.chance.choose((1, 2, 4)))
    )


def cereal_box(design):
    chance = design.chance
    width, depth, height = chance.uniform(0.58, 0.72), chance.uniform(0.16, 0.26), chance.uniform(0.85, 1.0)
    box((width, depth, height), design.coat(roughness=0.45), 0.008)
    flat_label(
        width * 0.98,
        height * 0.97,
        design.print(width, height, clear=True, layout=chance.choose((1, 2, 4)), roughness=0.45),
        at=(0, -depth / 2 - 0.003, height / 2),
    )
    for x in (-1, 1):
        flat_label(
            depth * 0.9,
            height * 0.9,
            design.print(depth, height, clear=True, layout=3, roughness=0.45),
            at=(x * (width / 2 + 0.003), 0, height / 2),
            turn=(0, 0, x * math.pi / 2),
        )


def _pillow(width, height, depth, design, label):
    """A sealed bag: two bellies that meet in flat, crimped ends."""
    columns, rows = 33, 41
    coat = design.coat(roughness=0.28)
    phase = design.chance.uniform(0, 6)

    def face(side):
        result = []
        for v in np.linspace(0, 1, rows):
            end = np.clip(min(v, 1 - v) / 0.09, 0, 1)
            belly = math.sin(math.pi * np.clip((v - 0.05) / 0.9, 0, 1)) ** 0.55
            line = []
            for u in np.linspace(-1, 1, columns):
                puff = depth * belly * max(0.0, 1 - abs(u) ** 3.2) ** 0.7
                crease = 0.012 * math.sin(11 * u + phase) * math.sin(7 * v + 2 * u + phase) * end * max(0, 1 - abs(u) ** 4)
                line.append((u * width / 2 * (1 - 0.06 * belly), side * (puff + crease + 0.004), v * height))
            result.append(line)
        return result

    front = face(-1)
    grid(front, coat, sharp=180)
    grid(face(1), coat, sharp=180)
    with_texture(grid([[(x, y - 0.005, z) for x, y, z in row[3:-3]] for row in front[5:-5]], label, sharp=180), columns - 6, rows - 10)


def snack_bag(design):
    width, height = design.chance.uniform(0.66, 0.76), 1.0
    _pillow(width, height, 0.16, design, design.print(width, height * 0.75, clear=True, layout=design.chance.choose((2, 4, 1)), roughness=0.28))


def chocolate_bar(design):
    """A wrapped bar leaning on a bare one."""
    width, height, lean = 0.48, 0.98, math.radians(-11)
    brown = design.chance.choose(((0.055, 0.022, 0.012), (0.13, 0.055, 0.026), (0.74, 0.66, 0.52)))
    chocolate = plain(brown, 0.3)
    box((width * 0.92, 0.05, height * 0.94), chocolate, 0.01, at=(0.14, 0.09, 0), turn=(lean, 0.05, 0))
    box((width, 0.055, height), design.coat(roughness=0.5), 0.008, at=(0, -0.02, 0.0), turn=(lean, 0, 0))
    flat_label(
        width * 0.98,
        height * 0.9,
        design.print(width, height * 0.9, clear=True),
        at=(0, -0.02 - 0.031 + math.sin(-lean) * height / 2, math.cos(lean) * height / 2),
        turn=(lean, 0, 0),
    )
    for x in (-0.13, 0.02):
        box((0.13, 0.13, 0.05), chocolate, 0.015, at=(-0.32 + x * 0.4, -0.24 + 0.3 * x, 0), turn=(0, 0, x * 3))


def biscuit_tin(design):
    radius, height = 0.46, design.chance.uniform(0.3, 0.5)
    turned(rounded([(0, 0), (radius, 0), (radius, height), (0, height)], 0.02), design.coat(roughness=0.3))
    turned(rounded([(radius * 1.02, height - 0.08), (radius * 1.02, height + 0.05), (0, height + 0.07)], 0.03), design.coat(design.second, 0.3))
    wrapped_label(radius * 1.008, height * 0.1, height - 0.1, 110, design.print(radius * 1.9, height * 0.7, clear=True, roughness=0.3))
    for k in range(2):
        slab(
            [(0.13 * math.cos(a), 0.13 * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 40, endpoint=False)],
            0.05,
            plain(bright((0.62, 0.36, 0.15), 1 - 0.1 * k), 0.85),
            at=(design.chance.side() * (0.6 + 0.08 * k), -0.12 - 0.1 * k, 0.025 + 0.04 * k),
            turn=(math.pi / 2, 0, 0.4 * k),
        )


KINDS = {
    "jam jar": jam_jar,
    "oil bottle": oil_bottle,
    "tin can": tin_can,
    "cereal box": cereal_box,
    "snack bag": snack_bag,
    "chocolate bar": chocolate_bar,
    "biscuit tin": biscuit_tin,
}
