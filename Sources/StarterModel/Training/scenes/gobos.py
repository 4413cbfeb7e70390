"""Shapes hung before the sun, for the shadows of leaves, windows and blinds. They are seen by shadows only."""

import math

import numpy as np
from mathutils import Vector

from .materials.nodes import plain
from .shapes import plants
from .shapes.meshes import collection, mesh

DISTANCE = 4.5
"""Units from the product along the light's way: the sun's width softens the shadow with it."""


def _strips(stage, towards, rectangles):
    """Rectangles (x0, x1, y0, y1) across the light's way."""
    turn = Vector(towards).to_track_quat("Z", "Y").to_euler()
    points, faces = [], []
    for x0, x1, y0, y1 in rectangles:
        faces.append(tuple(range(len(points), len(points) + 4)))
        points += [(x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0)]
    place = np.array(towards) * DISTANCE + (0, 0, stage.level + 0.3)
    mesh(points, faces, plain((0.02, 0.02, 0.02), 1.0), False, at=tuple(place), turn=turn)


def window(stage, chance, towards):
    """A window of two to three panes across; most of the product stays lit."""
    pane, bar, columns, rows, far = chance.uniform(0.8, 1.3), chance.uniform(0.05, 0.09), chance.integer(2, 3), chance.integer(2, 3), 14
    shift = chance.uniform(-0.4, 0.4) * pane, chance.uniform(-0.2, 0.4) * pane
    height = pane * chance.uniform(1.0, 1.5)
    left, low = shift[0] - columns * pane / 2, shift[1] - rows * height / 2
    right, high = left + columns * pane, low + rows * height
    rectangles = [(left + i * pane - bar, left + i * pane + bar, low, high) for i in range(columns + 1)]
    rectangles += [(left, right, low + j * height - bar, low + j * height + bar) for j in range(rows + 1)]
    rectangles += [(-far, left, -far, far), (right, far, -far, far), (left, right, -far, low), (left, right, high, far)]
    _strips(stage, towards, rectangles)


def blinds(stage, chance, towards):
    step, share = chance.uniform(0.28, 0.42), chance.uniform(0.4, 0.55)
    _strips(stage, towards, [(-14, 14, j * step, j * step + step * share) for j in range(-30, 31)])


def leaves(stage, chance, towards):
    """A few branches at the edge of the light, so that their shadows fall beside the product rather than on it."""
    material = plain((0.02, 0.03, 0.02), 1.0)
    centre = np.array(towards) * DISTANCE + (0, 0, stage.level + 0.3)
    across = np.cross(towards, (0, 0, 1.0))
    across /= np.linalg.norm(across)
    up = np.cross(across, towards)
    for _ in range(chance.integer(3, 6)):
        angle, reach = chance.uniform(0, 2 * math.pi), chance.uniform(0.7, 1.9)
        place = tuple(centre + across * reach * math.cos(angle) + up * reach * math.sin(angle))
        kind = chance.choose(("frond", "twig", "twig", "rosette"))
        if kind == "frond":
            plants.frond(chance, material, chance.uniform(0.8, 1.3), place, (1, 3), needle=0.05)
        elif kind == "twig":
            plants.twig(
                chance, material, chance.uniform(1.0, 1.8), place, (chance.uniform(-1, 1), chance.uniform(-1, 1), chance.uniform(-0.6, 1)), 0.2, 0.28, 18
            )
        else:
            plants.rosette(chance, material, chance.uniform(0.7, 1.1), place)


def hang(stage, chance, kind, towards):
    """Hangs a gobo (`leaves`, `window` or `blinds`) into the collection that is being filled."""
    {"leaves": leaves, "window": window, "blinds": blinds}[kind](stage, chance, towards)
    for item in collection().objects:
        item.visible_camera = item.visible_glossy = item.visible_diffuse = item.visible_transmission = False
