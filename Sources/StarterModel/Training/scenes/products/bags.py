"""Bags and hats."""

import math

import numpy as np

from ..materials.nodes import plain
from ..materials.organics import cloth, knit, leather
from ..shapes.meshes import ball, box, grid, outwards, rounded, smooth_path, thick, torus, tube, turned, with_texture
from ..shapes.terrain import waves


def _hide(design):
    return leather(design.chance, design.body) if design.chance.happens(0.8) else cloth(design.chance, design.body, 26)


def _section(half_width, half_depth, corner, z, count=9):
    """A rounded rectangle at a height."""
    points = []
    for cx, cy, start in ((1, 1, 0), (-1, 1, 90), (-1, -1, 180), (1, -1, 270)):
        points += [
            (cx * (half_width - corner) + corner * math.cos(a), cy * (half_depth - corner) + corner * math.sin(a), z)
            for a in np.radians(np.linspace(start, start + 90, count))
        ]
    return points


def handbag(design):
    chance = design.chance
    hide, brass = _hide(design), design.metal(0.18)
    width, depth, height, taper = chance.uniform(0.95, 1.1), 0.36, chance.uniform(0.62, 0.74), chance.uniform(0.04, 0.2)
    half = lambda z: (width / 2 * (1 - taper * z / height), depth / 2 * (1 - 0.42 * (z / height) ** 1.3))  # noqa: E731
    rings = (
        [[(0, 0, 0.0)] * 36]
        + [
            _section(half(z)[0] - tuck, half(z)[1] - tuck, 0.06, z)
            for z, tuck in (
                (0.0, 0.05),
                (0.012, 0.02),
                (0.04, 0.0),
                *((z, 0.0) for z in np.linspace(0.1, height - 0.04, 9)),
                (height - 0.012, 0.012),
                (height, 0.05),
            )
        ]
        + [[(0, 0, height)] * 36]
    )
    grid(rings, hide, closed=True, sharp=60)
    drop = chance.uniform(0.28, 0.42)
    line = [(half(height)[1] * 0.9, height + 0.012), (0.0, height + 0.022), (-half(height)[1] * 0.95, height + 0.012)] + [
        (-half(z)[1] - 0.02, z) for z in np.linspace(height - 0.05, height - drop, 6)
    ]
    path, rows = smooth_path(line, 40), []
    for v, (y, z) in zip(np.linspace(0, 1, 40), path):
        reach = half(min(z, height))[0] * (1.01 if v < 0.55 else 1.01 * math.sqrt(max(0.0, 1 - ((v - 0.55) / 0.45) ** 2.6 * 0.55)))
        rows.append([(u * reach, y - 0.012 * (v > 0.2), z) for u in np.linspace(-1, 1, 25)])
    thick(grid(rows, hide, sharp=180), 0.02)
    box((0.13, 0.03, 0.09), brass, 0.012, at=(0, -half(height - drop)[1] - 0.045, height - drop + 0.02))
    reach = width * 0.24
    top = smooth_path(
        [
            (-reach, 0, height),
            (-reach * 0.92, 0, height + 0.2),
            (-reach * 0.45, 0, height + 0.34),
            (reach * 0.45, 0, height + 0.34),
            (reach * 0.92, 0, height + 0.2),
            (reach, 0, height),
        ],
        50,
    )
    tube(top, 0.024, hide)
    for x in (-reach, reach):
        torus(0.04, 0.01, brass, at=(x, 0, height + 0.03))
    return chance.uniform(-0.5, 0.5)


def tote_bag(design):
    chance = design.chance
    canvas = cloth(chance, design.body if chance.happens(0.5) else (0.74, 0.69, 0.58), 34)
    width, height, depth = 0.86, 0.82, 0.24
    columns, rows = 41, 25

    def face(side):
        result = []
        for v in np.linspace(0, 1, rows):
            line = []
            for u in np.linspace(-1, 1, columns):
                sag = 0.012 * math.sin(4 * u + 5 * v) + 0.01 * math.sin(9 * u - 3 * v)
                thickness = depth / 2 * (1 - 0.72 * v**0.8) * (1 - 0.5 * abs(u) ** 5)
                line.append((u * width / 2 * (1 + 0.03 * math.sin(3 * v)), side * (thickness + sag * v), v * height - 0.02 * v * (1 - u * u) * (side < 0)))
            result.append(line)
        return result

    front, back = face(-1), face(1)
    for surface in (front, back):
        thick(grid(surface, canvas, sharp=180), 0.012)
    for x in (0, -1):
        grid([[a[x], b[x]] for a, b in zip(front, back)], canvas)
    grid([front[0], back[0]], canvas)
    print_ = design.print(0.5, 0.36, clear=True, layout=chance.choose((0, 2, 3)), roughness=0.9)
    middle = [[(x, y - 0.012, z) for x, y, z in row[9:-9]] for row in front[6:18]]
    with_texture(grid(middle, print_, sharp=180), len(middle[0]), len(middle))
    for y, side in ((-0.045, -1), (0.045, 1)):
        line = smooth_path(
            [
                (-0.22, y, height - 0.12),
                (-0.2, y, height + 0.2),
                (-0.09, y * 0.8, height + 0.4),
                (0.09, y * 0.8, height + 0.4),
                (0.2, y, height + 0.2),
                (0.22, y, height - 0.12),
            ],
            40,
        )
        tube(line, 0.02, leather(chance, (0.30, 0.15, 0.06)) if chance.happens(0.4) else canvas, sides=8)
    return chance.uniform(-0.45, 0.45)


def bucket_bag(design):
    chance = design.chance
    hide = _hide(design)
    turn, rows = np.linspace(0, 2 * np.pi, 96, endpoint=False), []
    for z in np.linspace(0, 1, 30):
        pleat = 0.10 * max(0.0, (z - 0.6) / 0.4) ** 1.3
        radius = (0.33 + 0.05 * z) * (1 - 0.45 * max(0.0, (z - 0.72) / 0.28) ** 1.5) * (1 + pleat * np.cos(14 * turn))
        rows.append(np.stack([radius * np.cos(turn), 0.78 * radius * np.sin(turn), np.full(96, 0.72 * z)], 1))
    grid([np.zeros((96, 3)), *rows], hide, closed=True)
    for k in range(2):
        side = -1 if k else 1
        tube(smooth_path([(side * 0.05, -0.24, 0.6), (side * 0.09, -0.30, 0.48), (side * 0.06, -0.32, 0.34)], 20), 0.014, hide, sides=8)
        ball(0.028, design.metal(0.2), 14, at=(side * 0.06, -0.32, 0.33))
    tube(smooth_path([(-0.31, 0, 0.56), (-0.3, 0, 0.8), (-0.14, 0.02, 1.06), (0.14, 0.02, 1.06), (0.3, 0, 0.8), (0.31, 0, 0.56)], 50), 0.022, hide)
    return chance.uniform(-0.6, 0.6)


def _brimmed(design, material, crown, brim, height, dent, band, droop):
    turn, rows = np.linspace(0, 2 * np.pi, 96, endpoint=False), []
    sway = 0.03 * np.sin(2 * turn + 1) + 0.018 * np.sin(3 * turn)
    for share in np.linspace(1, 0, 12):
        radius = crown + brim * share
        rows.append(np.stack([radius * np.cos(turn), radius * np.sin(turn) * 0.94, 0.05 + sway * share - droop * share**2 + np.zeros(96)], 1))
    for share in np.linspace(0.05, 1, 14):
        radius = crown * (1 - 0.16 * share**2) * (1 if share < 0.8 else math.sqrt(max(0.0, 1 - ((share - 0.8) / 0.2) ** 2 * 0.45)))
        rows.append(np.stack([radius * np.cos(turn), radius * np.sin(turn) * 0.94, np.full(96, 0.05 + height * share)], 1))
    top = 0.05 + height
    for share in np.linspace(0.72, 0.0, 7):
        x, y = crown * 0.84 * share * np.cos(turn), crown * 0.84 * share * np.sin(turn) * 0.94
        rows.append(np.stack([x, y, top + 0.012 - dent * np.exp(-((x / 0.13) ** 2)) * (1 - share**2)], 1))
    hat = outwards(grid(rows, material, closed=True, sharp=180))
    thick(hat, 0.012)
    lowest = min(row[:, 2].min() for row in rows)
    hat.location.z = -lowest + 0.012
    turned([(crown * 1.012, 0.06), (crown * 1.005, 0.06 + height * 0.22)], band, squash=0.94, at=(0, 0, -lowest + 0.012))
    return design.chance.uniform(-0.5, 0.5)


def sun_hat(design):
    straw = cloth(design.chance, (0.66, 0.50, 0.29), 30, 0.1)
    return _brimmed(design, straw, 0.3, design.chance.uniform(0.3, 0.42), 0.28, 0.0, cloth(design.chance, design.accent, 30), 0.05)


def fedora(design):
    felt = plain(design.body, 0.95, sheen_weight=0.5)
    return _brimmed(design, felt, 0.3, design.chance.uniform(0.16, 0.22), 0.34, 0.1, cloth(design.chance, design.second, 30), -0.03)


def beanie(design):
    wool = knit(design.body, 30)
    turned(smooth_path([(0.40, 0.0), (0.42, 0.1), (0.415, 0.3), (0.36, 0.5), (0.22, 0.66), (0.02, 0.72)], 40), wool, 96)
    turned(rounded([(0.405, 0.02), (0.44, 0.02), (0.445, 0.2), (0.415, 0.21)], 0.03), wool, 96)
    if design.chance.happens(0.6):
        angle = np.linspace(-math.pi / 2, math.pi / 2, 24)
        turn = np.linspace(0, 2 * math.pi, 40, endpoint=False)
        x, y, z = np.outer(np.cos(angle), np.cos(turn)), np.outer(np.cos(angle), np.sin(turn)), np.repeat(np.sin(angle)[:, None], 40, 1)
        swell = 1 + 0.12 * waves(8 * x + 5 * z, 8 * y - 5 * z, design.chance, 2, 1.5)
        grid(np.stack([x * swell, y * swell, z * swell], -1) * 0.15, plain(design.second, 1.0, sheen_weight=0.8), closed=True, sharp=180, at=(0, 0, 0.82))
    return 0.0


KINDS = {"handbag": handbag, "tote bag": tote_bag, "bucket bag": bucket_bag, "sun hat": sun_hat, "fedora": fedora, "beanie": beanie}
