"""Chairs, stools, armchairs, side tables: one unit is about their height."""

import math

import numpy as np

from ..materials.minerals import marble
from ..materials.nodes import metal, plain
from ..materials.organics import cloth, leather, wood
from ..shapes.meshes import box, cylinder, grid, thick, torus, tube


def _frame(design):
    chance = design.chance
    return (
        wood(chance, chance.choose(("oak", "walnut", "birch", "dark wood")), planks=False, turn=0.0)
        if chance.happens(0.75)
        else metal(chance.choose(("black", "silver", "brass")), 0.3)
    )


def _cover(design):
    return cloth(design.chance, design.body, 28) if design.chance.happens(0.75) else leather(design.chance, design.body)


def _legs(material, half_width, half_depth, height, splay=0.05, thickness=0.022):
    for x in (-1, 1):
        for y in (-1, 1):
            tube(
                [(x * (half_width + splay), y * (half_depth + splay), 0), (x * half_width, y * half_depth, height)],
                thickness,
                material,
                radii=[0.7, 1.15],
                sides=12,
            )


def chair(design):
    chance, frame = design.chance, _frame(design)
    seat, width, depth = 0.47, 0.48, 0.46
    _legs(frame, width / 2 - 0.05, depth / 2 - 0.05, seat)
    if chance.happens(0.5):
        box((width, depth, 0.07), _cover(design), 0.03, at=(0, 0, seat))
        rows = [
            [(x, depth / 2 - 0.03 + 0.10 * (z - seat) + 0.10 * -((x / 0.24) ** 2) * 0.5, z) for x in np.linspace(-width / 2, width / 2, 13)]
            for z in np.linspace(seat + 0.1, seat + 0.5, 9)
        ]
        thick(grid(rows, _cover(design), sharp=180), 0.05)
        for x in (-0.17, 0.17):
            tube([(x, depth / 2 - 0.06, seat), (x, depth / 2 + 0.02, seat + 0.3)], 0.018, frame)
    else:
        box((width, depth, 0.035), frame, 0.015, at=(0, 0, seat))
        angle = np.linspace(math.radians(5), math.radians(175), 40)
        tube(np.stack([0.25 * np.cos(angle), 0.0 + 0.23 * np.sin(angle), 0.88 + 0.0 * angle], 1), 0.026, frame)
        for a in np.linspace(math.radians(12), math.radians(168), 9):
            tube([(0.21 * math.cos(a), 0.19 * math.sin(a), seat + 0.02), (0.25 * math.cos(a), 0.23 * math.sin(a), 0.88)], 0.010, frame, sides=8)
    return chance.side() * chance.uniform(0.25, 0.75)


def stool(design):
    chance, frame = design.chance, _frame(design)
    height = chance.uniform(0.55, 0.95)
    _legs(frame, 0.13, 0.13, height, 0.09)
    torus(0.185, 0.012, frame, at=(0, 0, height * 0.4), turn=(math.pi / 2, 0, 0))
    cylinder(0.24, 0.05 if chance.happens(0.5) else 0.09, frame if chance.happens(0.5) else _cover(design), 0.025, at=(0, 0, height))
    return chance.uniform(-0.5, 0.5)


def armchair(design):
    chance, cover = design.chance, _cover(design)
    _legs(_frame(design), 0.34, 0.30, 0.16, 0.03, 0.026)
    box((0.86, 0.78, 0.2), cover, 0.06, at=(0, 0, 0.14))
    box((0.58, 0.62, 0.17), cover, 0.06, at=(0, -0.08, 0.31))
    box((0.62, 0.2, 0.58), cover, 0.08, at=(0, 0.27, 0.36), turn=(-0.16, 0, 0))
    for x in (-0.37, 0.37):
        box((0.15, 0.76, 0.34), cover, 0.06, at=(x, 0, 0.24))
    if chance.happens(0.5):
        box((0.36, 0.12, 0.34), cloth(chance, design.accent, 30), 0.055, at=(0.05, 0.06, 0.47), turn=(-0.35, 0.12, 0.1))
    return chance.side() * chance.uniform(0.2, 0.7)


def side_table(design):
    chance, frame = design.chance, _frame(design)
    height, radius = chance.uniform(0.6, 0.75), chance.uniform(0.3, 0.38)
    top = (
        marble(chance, chance.choose(("white marble", "green marble", "black marble")))
        if chance.happens(0.4)
        else design.coat()
        if chance.happens(0.4)
        else frame
    )
    cylinder(radius, 0.035, top, 0.012, at=(0, 0, height))
    if chance.happens(0.5):
        for k in range(3):
            angle = 2 * math.pi * k / 3 + 0.4
            tube(
                [
                    (radius * 0.9 * math.cos(angle), radius * 0.9 * math.sin(angle), 0),
                    (radius * 0.55 * math.cos(angle), radius * 0.55 * math.sin(angle), height),
                ],
                0.02,
                frame,
            )
    else:
        cylinder(0.03, height, frame, 0.0, 24)
        cylinder(0.22, 0.025, frame, 0.01)
    if chance.happens(0.5):
        for k in range(2):
            box((0.2, 0.15, 0.03), plain((design.accent, design.second)[k], 0.7), 0.004, at=(-0.06, 0, height + 0.035 + 0.03 * k), turn=(0, 0, 0.3 * k))
    return chance.uniform(-0.5, 0.5)


KINDS = {"chair": chair, "stool": stool, "armchair": armchair, "side table": side_table}
