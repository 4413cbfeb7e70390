"""Props that grow or wash ashore."""

import math

import numpy as np

from ..materials.minerals import rough_stone
from ..materials.nodes import bright, plain
from ..materials.organics import leaf, moss
from ..shapes import plants
from ..shapes.meshes import grid, rounded, slab, smooth_path, tube, turned
from ..shapes.terrain import stone

STONES = ((0.30, 0.29, 0.28), (0.42, 0.38, 0.33), (0.12, 0.12, 0.13), (0.58, 0.55, 0.50), (0.20, 0.17, 0.15))
FLOWERS = ((0.80, 0.42, 0.45), (0.84, 0.80, 0.74), (0.82, 0.56, 0.10), (0.46, 0.32, 0.70), (0.70, 0.12, 0.12), (0.82, 0.62, 0.55))


def _wing(stage, chance, size):
    """A place at the set's side for something that reaches up and over."""
    side = chance.side()
    return side, (side * (stage.reach + size * chance.uniform(0.55, 0.85)), min(stage.behind - 0.25, chance.uniform(0.25, 0.9)), 0.0)


def stones(stage, chance):
    made = rough_stone(chance, chance.choose(STONES), 0.12, 1.5, 0.6)
    for _ in range(chance.integer(2, 6)):
        size = chance.uniform(0.07, 0.26)
        if spot := stage.spot(chance, size * 1.25, far=0.6):
            stone(chance, made, size, (*spot, stage.height(*spot)), 0.55)


def leaves(stage, chance):
    """Foliage that comes in from one side, or from both."""
    for _ in range(chance.integer(1, 2)):
        side, at = _wing(stage, chance, 0.8)
        if chance.happens(0.5):
            plants.rosette(chance, leaf(chance), chance.uniform(0.55, 0.85), at, (5, 8))
        else:
            for _ in range(3):
                plants.twig(chance, leaf(chance), chance.uniform(0.7, 1.1), at, (-side * chance.uniform(-0.5, 0.4), chance.uniform(-0.2, 0.4), 1.0), 0.24, 0.36)


def palm(stage, chance):
    side, at = _wing(stage, chance, 0.9)
    plants.frond(chance, leaf(chance, chance.choose(("fresh", "deep", "olive"))), chance.uniform(0.8, 1.1), at, (2, 4), (0.6, 1.3))


def ferns(stage, chance):
    for _ in range(chance.integer(2, 4)):
        _, at = _wing(stage, chance, 0.6)
        plants.frond(
            chance,
            leaf(chance, chance.choose(("fresh", "deep"))),
            chance.uniform(0.35, 0.6),
            (at[0], at[1], stage.height(at[0], at[1])),
            (4, 7),
            (0.5, 1.2),
            needle=0.05,
        )


def flowers(stage, chance):
    heart = plain((0.75, 0.50, 0.10), 0.8)
    petal, green = plain(chance.choose(FLOWERS), 0.65, subsurface_weight=0.1), leaf(chance)
    for _ in range(chance.integer(3, 6)):
        size = chance.uniform(0.10, 0.2)
        if spot := stage.spot(chance, size, near=0.04, far=0.5):
            z = stage.height(*spot)
            plants.blossom(chance, petal, heart, size, (*spot, z + 0.05 + size * 0.25))
            growth = plants.Growth()
            for _ in range(2):
                points, faces = plants.blade(chance.uniform(0.2, 0.34), 0.055, 0.1)
                growth.add(plants.turned_to(points, chance.uniform(0, 6.28), 0.15), faces)
            growth.grown(green, (*spot, z + 0.02))


def petals(stage, chance):
    petal = plain(bright(chance.choose(FLOWERS), 1.0), 0.6, subsurface_weight=0.15)
    growth = plants.Growth()
    for _ in range(chance.integer(12, 26)):
        if spot := stage.spot(chance, 0.04, near=0.03, far=0.8, back=0.4):
            points, faces = plants.blade(chance.uniform(0.09, 0.15), chance.uniform(0.05, 0.075), -0.25, 0.3, 8, 1.1)
            growth.add(
                plants.turned_to(points, chance.uniform(0, 6.28), chance.uniform(0, 0.35), chance.normal(0.25)) + (*spot, stage.height(*spot) + 0.012), faces
            )
    if growth.points:
        growth.grown(petal)


def pampas(stage, chance):
    side, at = _wing(stage, chance, 0.45)
    dry = leaf(chance, "dry")
    for _ in range(chance.integer(3, 5)):
        plants.plume(chance, dry, chance.uniform(1.0, 1.6), (at[0] + chance.normal(0.06), at[1] + chance.normal(0.05), stage.height(at[0], at[1])))


def eucalyptus(stage, chance):
    side, at = _wing(stage, chance, 0.5)
    green = leaf(chance, "grey")
    for _ in range(chance.integer(2, 3)):
        plants.twig(
            chance,
            green,
            chance.uniform(0.6, 0.95),
            (at[0], at[1], stage.height(at[0], at[1]) + 0.03),
            (-side * chance.uniform(-0.2, 0.9), chance.uniform(0.0, 0.7), chance.uniform(0.05, 0.7)),
            0.17,
            0.48,
            16,
            0.1,
        )


def herbs(stage, chance):
    """A pot of basil or thyme."""
    if spot := stage.spot(chance, 0.24):
        pot = plain(chance.choose(((0.50, 0.21, 0.11), (0.78, 0.77, 0.74), (0.10, 0.10, 0.10))), 0.8)
        turned(rounded([(0, 0), (0.15, 0), (0.2, 0.32), (0.18, 0.32), (0.17, 0.27), (0, 0.27)], 0.012), pot, at=(*spot, 0))
        for _ in range(7):
            plants.twig(chance, leaf(chance, "fresh"), chance.uniform(0.25, 0.42), (*spot, 0.26), (chance.normal(0.5), chance.normal(0.5), 1.0), 0.34, 0.46, 10)


def pine(stage, chance):
    side, at = _wing(stage, chance, 0.6)
    green = leaf(chance, "fir")
    for _ in range(chance.integer(3, 5)):
        plants.twig(
            chance,
            green,
            chance.uniform(0.6, 1.0),
            (at[0], at[1], stage.height(at[0], at[1]) + 0.04),
            (-side * chance.uniform(-0.6, 0.8), chance.uniform(-0.1, 0.7), chance.uniform(0.1, 0.5)),
            0.17,
            0.07,
            90,
            0.1,
        )


def shells(stage, chance):
    made = [plain(rgb, 0.5) for rgb in ((0.76, 0.64, 0.52), (0.80, 0.74, 0.66), (0.72, 0.48, 0.40))]
    for k in range(chance.integer(2, 5)):
        size = chance.uniform(0.08, 0.15)
        if spot := stage.spot(chance, size, far=0.5):
            at, turn = (*spot, stage.height(*spot) + 0.01), (chance.normal(0.2), chance.normal(0.2), chance.uniform(0, 6.28))
            if chance.happens(0.5):  # a scallop
                u, v = np.meshgrid(np.linspace(-1.05, 1.05, 41), np.linspace(0.02, 1, 14))
                radius = v * size * 1.5 * (1 + 0.03 * np.cos(24 * u))
                dome = size * 0.42 * np.sin(np.pi * np.clip(v, 0, 1) ** 0.8) * (1 - 0.5 * u**2) + 0.010 * np.cos(24 * u) * v
                grid(np.stack([radius * np.sin(u), radius * np.cos(u), dome], -1), made[k % 3], at=at, turn=turn)
            else:  # a spiral
                t = np.linspace(0, 7 * math.pi, 140)
                taper = np.exp(-0.1 * t)
                line = np.stack([size * 0.62 * taper * np.cos(t), size * 0.62 * taper * np.sin(t), size * 1.9 * (1 - taper)], 1)
                tube(line, size * 0.5, made[k % 3], sides=10, radii=taper, at=at, turn=(1.3, turn[1], turn[2]))


def starfish(stage, chance):
    if spot := stage.spot(chance, 0.24, far=0.4):
        angle = np.linspace(0, 2 * math.pi, 100, endpoint=False)
        rows = []
        for v in np.linspace(1, 0, 9):
            radius = (0.13 + 0.11 * np.cos(5 * angle)) * v + 0.002
            rows.append(np.stack([radius * np.cos(angle), radius * np.sin(angle), np.full(100, 0.055 * math.sqrt(1 - v**2))], 1))
        grid(
            rows,
            rough_stone(chance, (0.62, 0.28, 0.13), 0.6, 1, 0.9),
            closed=True,
            sharp=180,
            at=(*spot, stage.height(*spot)),
            turn=(0, 0, chance.uniform(0, 6)),
        )


def lilies(stage, chance):
    pad, heart = leaf(chance, "deep"), plain((0.8, 0.6, 0.1), 0.8)
    for k in range(chance.integer(3, 6)):
        size = chance.uniform(0.16, 0.32)
        if spot := stage.spot(chance, size, near=0.1, far=0.9):
            angle = np.linspace(0.18, 2 * math.pi - 0.18, 40)
            slab(
                [(0, 0)] + [(size * math.cos(a), size * math.sin(a)) for a in angle],
                0.012,
                pad,
                0.0,
                at=(*spot, 0.012),
                turn=(math.pi / 2, 0, chance.uniform(0, 6.28)),
            )
            if k == 0:
                plants.blossom(chance, plain((0.82, 0.60, 0.66), 0.6), heart, 0.17, (*spot, 0.05), 8, (0.25, 0, 0))


def mushrooms(stage, chance):
    stem, hat = plain((0.70, 0.62, 0.50), 0.8), plain(chance.choose(((0.42, 0.20, 0.09), (0.55, 0.06, 0.04), (0.62, 0.45, 0.26))), 0.45)
    for _ in range(chance.integer(3, 5)):
        size = chance.uniform(0.08, 0.16)
        if spot := stage.spot(chance, size, far=0.5):
            z = stage.height(*spot)
            turned(smooth_path([(size * 0.4, 0), (size * 0.28, size), (size * 0.3, size * 1.7)], 12), stem, 24, at=(*spot, z))
            turned(smooth_path([(size * 0.3, size * 1.6), (size, size * 1.5), (size * 0.85, size * 2.1), (0.001, size * 2.45)], 24), hat, 32, at=(*spot, z))


def moss_cushions(stage, chance):
    green = moss(chance)
    for _ in range(chance.integer(3, 5)):
        size = chance.uniform(0.14, 0.3)
        if spot := stage.spot(chance, size, far=0.6):
            stone(chance, green, size, (*spot, stage.height(*spot) - 0.03), 0.5)


KINDS = {
    "stones": stones,
    "leaves": leaves,
    "palm": palm,
    "ferns": ferns,
    "flowers": flowers,
    "petals": petals,
    "pampas": pampas,
    "eucalyptus": eucalyptus,
    "herbs": herbs,
    "pine": pine,
    "shells": shells,
    "starfish": starfish,
    "lilies": lilies,
    "mushrooms": mushrooms,
    "moss": moss_cushions,
}
