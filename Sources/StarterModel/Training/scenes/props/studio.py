"""Props of the set builder: solids, discs, arches, books, candles, textiles."""

import math

import numpy as np

from ..materials.nodes import glass, glowing, metal, plain
from ..materials.organics import cloth, leaf
from ..shapes import plants
from ..shapes.meshes import ball, box, cylinder, grid, rounded, slab, smooth_path, thick, turned
from ..shapes.terrain import waves
from ..tables.colours import colour


def spheres(stage, chance):
    tones = [stage.rgb("accent"), stage.rgb("backdrop"), colour("ivory")]
    for k in range(chance.integer(1, 4)):
        radius = chance.uniform(0.07, 0.26)
        if spot := stage.spot(chance, radius):
            shiny = chance.happens(0.25)
            ball(
                radius,
                metal(chance.choose(("gold", "silver", "copper")), 0.12) if shiny else plain(tones[k % 3], 0.45),
                40,
                at=(*spot, radius + stage.height(*spot)),
            )


def blocks(stage, chance):
    tones = [stage.rgb("accent"), stage.rgb("backdrop"), stage.rgb("surface")]
    for k in range(chance.integer(2, 3)):
        radius, height = chance.uniform(0.14, 0.26), chance.uniform(0.15, 0.8)
        if spot := stage.spot(chance, radius * 1.3):
            at = (*spot, stage.height(*spot))
            shape, made = chance.choose(("box", "cylinder", "arch")), plain(tones[k % 3], 0.6)
            if shape == "box":
                box((1.8 * radius, 1.8 * radius, height), made, 0.015, at=at, turn=(0, 0, chance.uniform(-0.5, 0.5)))
            elif shape == "cylinder":
                cylinder(radius, height, made, 0.015, at=at)
            else:
                angle = np.linspace(0, math.pi, 24)
                slab(
                    [(radius * 1.2 * math.cos(a), radius * 1.2 * math.sin(a)) for a in angle]
                    + [(radius * 0.55 * math.cos(a), radius * 0.55 * math.sin(a)) for a in angle[::-1]],
                    0.2,
                    made,
                    0.01,
                    at=at,
                    turn=(0, 0, chance.uniform(-0.4, 0.4)),
                )


def disc(stage, chance):
    """A large disc upright behind the product."""
    radius = chance.uniform(0.7, 1.15)
    y = min(stage.behind - 0.15, stage.reach + chance.uniform(0.35, 0.8))
    x = chance.normal(0.2)
    turned(
        rounded([(0, 0), (radius, 0), (radius, 0.07), (0, 0.07)], 0.012),
        metal("gold", 0.25) if chance.happens(0.12) else plain(stage.rgb("accent"), 0.7),
        128,
        at=(x, y, radius * chance.uniform(0.75, 0.98) + stage.height(x, y)),
        turn=(math.pi / 2, 0, 0),
    )


def arch(stage, chance):
    """A standing arch behind the product."""
    half, rise, wide = chance.uniform(0.6, 0.8), chance.uniform(0.5, 0.9), chance.uniform(0.14, 0.24)
    angle = np.linspace(0, math.pi, 36)
    outer = [(half + wide, 0)] + [((half + wide) * math.cos(a), rise + (half + wide) * math.sin(a)) for a in angle] + [(-half - wide, 0)]
    inner = [(-half, 0)] + [(half * math.cos(a), rise + half * math.sin(a)) for a in angle[::-1]] + [(half, 0)]
    y = min(stage.behind - 0.2, stage.reach + chance.uniform(0.3, 0.6))
    slab(outer + inner, 0.24, plain(stage.rgb("accent"), 0.85), 0.012, at=(chance.normal(0.15), y, 0))


def candles(stage, chance):
    wax = plain((0.80, 0.74, 0.63), 0.5, subsurface_weight=0.2)
    for _ in range(chance.integer(2, 3)):
        radius, height = chance.uniform(0.06, 0.11), chance.uniform(0.25, 0.65)
        if spot := stage.spot(chance, radius + 0.05):
            z = stage.height(*spot)
            turned(rounded([(0, 0), (radius, 0), (radius, height), (0, height - 0.012)], 0.015), wax, 40, at=(*spot, z))
            cylinder(0.006, 0.03, plain((0.02, 0.02, 0.02), 0.9), 0.0, 8, at=(*spot, z + height - 0.015))
            turned([(0.001, 0), (0.02, 0.03), (0.024, 0.055), (0.011, 0.10), (0.001, 0.135)], glowing((1.0, 0.6, 0.2), 9.0), 16, at=(*spot, z + height))


def books(stage, chance):
    if spot := stage.spot(chance, 0.42, near=0.1, far=0.5):
        z = stage.height(*spot)
        for k in range(chance.integer(2, 4)):
            height = chance.uniform(0.07, 0.12)
            size, turn = (chance.uniform(0.6, 0.72), chance.uniform(0.42, 0.5)), chance.uniform(-0.25, 0.25)
            cover = plain(colour(chance.choose((stage.facts["accent_colour"], stage.facts["backdrop_colour"], "ivory", "warm grey"))), 0.7)
            box((*size, height * 0.86), plain((0.74, 0.70, 0.60), 0.9), 0.0, at=(*spot, z + height * 0.07), turn=(0, 0, turn))
            for low in (z, z + height * 0.9):
                box((size[0] * 1.03, size[1] * 1.04, height * 0.1), cover, 0.004, at=(*spot, low), turn=(0, 0, turn))
            z += height + 0.001


def vase(stage, chance):
    if spot := stage.spot(chance, 0.24):
        z = stage.height(*spot)
        shape = chance.choose(
            ([(0.14, 0), (0.2, 0.2), (0.09, 0.42), (0.1, 0.5)], [(0.1, 0), (0.19, 0.25), (0.2, 0.4), (0.12, 0.55)], [(0.13, 0), (0.12, 0.3), (0.13, 0.6)])
        )
        turned(
            np.concatenate([[(0, 0)], smooth_path(shape, 30), [(shape[-1][0] - 0.02, shape[-1][1] - 0.08)]]), plain(stage.rgb("accent"), 0.45), at=(*spot, z)
        )
        for _ in range(2):
            plants.twig(
                chance,
                leaf(chance, chance.choose(("olive", "grey", "deep", "dry"))),
                chance.uniform(0.6, 0.9),
                (*spot, z + shape[-1][1] - 0.05),
                (math.copysign(0.35, spot[0]) + chance.normal(0.25), chance.uniform(-0.1, 0.3), 1.0),
                0.22,
                0.34,
            )


def linen(stage, chance):
    """A crumpled cloth beside the product, partly beneath its place."""
    side, count = chance.side(), 60
    u, v = np.meshgrid(np.linspace(-1, 1, count), np.linspace(-1, 1, count))
    x, y = side * (stage.reach + 0.62) + 0.62 * u + 0.05 * np.sin(4 * v), 0.2 + 0.5 * v + 0.04 * np.sin(5 * u)
    z = 0.012 + 0.10 * np.abs(waves(1.6 * u, 1.6 * v, chance, 3, 1.2)) * np.clip(1.6 - np.maximum(abs(u), abs(v)) * 1.4, 0.1, 1) + stage.height(0, 0)
    tone = colour(chance.choose((stage.facts["accent_colour"], "ivory", "beige", "cool grey")))
    thick(grid(np.stack([x, y, z], -1), cloth(chance, tone, 22), sharp=180), 0.012)
    stage.taken.append((side * (stage.reach + 0.6), 0.2, 0.4))


def towels(stage, chance):
    if spot := stage.spot(chance, 0.42, near=0.1, far=0.4):
        z, tone = stage.height(*spot), colour(chance.choose(("white", "ivory", stage.facts["accent_colour"], "sage green")))
        made = cloth(chance, tone, 46, 0.8)
        for k in range(chance.integer(2, 3)):
            box((0.72, 0.46, 0.14), made, 0.065, at=(spot[0] + chance.normal(0.01), spot[1], z + 0.135 * k), turn=(0, 0, chance.normal(0.04)))


def pearls(stage, chance):
    nacre = plain((0.80, 0.76, 0.70), 0.16, coat_weight=1.0, sheen_weight=0.2)
    for _ in range(chance.integer(7, 14)):
        radius = chance.uniform(0.022, 0.05)
        if spot := stage.spot(chance, radius, near=0.02, far=0.6, back=0.35):
            ball(radius, nacre, 24, at=(*spot, radius + stage.height(*spot)))


def baubles(stage, chance):
    tones = chance.some(((0.50, 0.03, 0.03), (0.78, 0.52, 0.2), (0.03, 0.22, 0.12), (0.72, 0.74, 0.77), (0.05, 0.12, 0.40)), 2)
    for k in range(chance.integer(2, 5)):
        radius = chance.uniform(0.10, 0.18)
        if spot := stage.spot(chance, radius):
            z = stage.height(*spot)
            ball(radius, plain(tones[k % 2], 0.12, metallic=0.8), 40, at=(*spot, z + radius * 0.92))
            cylinder(radius * 0.22, radius * 0.25, metal("gold", 0.2), 0.005, 20, at=(*spot, z + radius * 1.88))


def ice(stage, chance):
    frozen = glass((0.92, 0.97, 1.0), 0.03, 1.31)
    for _ in range(chance.integer(3, 7)):
        size = chance.uniform(0.14, 0.24)
        if spot := stage.spot(chance, size * 0.7, near=0.05, far=0.5, back=0.35):
            box((size, size, size), frozen, size * 0.17, at=(*spot, stage.height(*spot)), turn=(chance.normal(0.1), chance.normal(0.1), chance.uniform(0, 1.5)))


def droplets(stage, chance):
    """Drops on a wet surface around the product."""
    water = glass((0.97, 0.99, 1.0), 0.0, 1.33)
    for _ in range(36):
        angle, reach, size = chance.uniform(-0.6, 3.74), stage.reach + chance.uniform(0.08, 0.9), chance.uniform(0.012, 0.038)
        x, y = reach * math.cos(angle), reach * math.sin(angle)
        ball(size, water, 14, at=(x, y, stage.height(x, y) + size * 0.25), scale=(1, 1, 0.55))


KINDS = {
    "spheres": spheres,
    "blocks": blocks,
    "disc": disc,
    "arch": arch,
    "candles": candles,
    "books": books,
    "vase": vase,
    "linen": linen,
    "towels": towels,
    "pearls": pearls,
    "baubles": baubles,
    "ice": ice,
    "droplets": droplets,
}
