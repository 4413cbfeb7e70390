"""Floors, walls, sweeps and far pictures that the sets share."""

import math

import numpy as np

from ..lights import fill
from ..materials import minerals, organics
from ..materials.surfaces import surface
from ..shapes.meshes import mesh
from ..surroundings import hung, lit_by, picture_of
from ..tables.colours import colour


def ground(stage, material, back=40.0, front=-12.0, width=30.0):
    with stage.part("ground"):
        return mesh([(-width, front, 0), (width, front, 0), (width, back, 0), (-width, back, 0)], [(0, 1, 2, 3)], material, False)


def wall(stage, material, y):
    """A wall `y` behind the product."""
    stage.behind = y
    with stage.part("backdrop"):
        return mesh([(-30, 0, 0), (30, 0, 0), (30, 0, 14), (-30, 0, 14)], [(0, 1, 2, 3)], material, False, at=(0, y, -1.5))


def wall_of(stage, chance, kind, y, rgb=None):
    """A wall by the name of its backdrop."""
    rgb = stage.rgb("backdrop") if rgb is None else rgb
    tile = chance.uniform(0.22, 0.4)
    makers = {
        "wall": lambda: minerals.plaster(chance, rgb, 0.05, 0.03),
        "plaster wall": lambda: minerals.plaster(chance, rgb, 0.35, 0.16),
        "brick wall": lambda: minerals.bricks(chance),
        "tile wall": lambda: minerals.tiles(chance, rgb, tile * chance.choose((1, 2, 3)), tile, chance.happens(0.5)),
        "concrete wall": lambda: minerals.concrete(chance),
        "panel wall": lambda: organics.wood(chance, chance.choose(("oak", "walnut", "birch")), planks=True, turn=0.0),
        "sweep": lambda: minerals.plaster(chance, rgb, 0.03, 0.02),
    }
    return wall(stage, makers[kind](), y)


def sweep(stage, material, depth=2.6, radius=1.6):
    """Paper whose floor turns into the wall in a quarter circle."""
    stage.behind = depth + 0.8
    profile = (
        [(-14.0, 0.0), (depth, 0.0)]
        + [(depth + radius * math.sin(a), radius - radius * math.cos(a)) for a in np.linspace(0.05, math.pi / 2, 16)]
        + [(depth + radius, 14.0)]
    )
    points = [(side * 30, y, z) for y, z in profile for side in (-1, 1)]
    with stage.part("ground"):
        mesh(points, [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(profile) - 1)], material, sharp=180)


def far(stage, chance, name, level=1.0, light=1.0, y=9.0, centre=1.4):
    """A far picture by its name, and its light where it has a sphere; otherwise even light of its mean colour."""
    picture, sphere = picture_of(name, chance)
    mean = picture.mean((0, 1))
    goal = {"night": 0.10, "lamps": 0.08, "shelves": 0.11}.get(name, 0.34)
    picture = picture * (goal / max(float(mean.mean()), 1e-3)) ** 0.8
    stage.behind = y - 1.0
    with stage.part("backdrop"):
        hung(np.minimum(picture, 3.0), y, 7.5, centre, level)
    if sphere is not None:
        lit_by(sphere, light)
    else:
        fill(0.34 * light * min(1.0, goal / 0.3 + 0.15), tuple(np.clip(mean / mean.max(), 0.35, 1.0)))


def made(stage, name=None, hue=None):
    """The scene's surface as a material."""
    return surface(stage.chance.branch("surface"), name or stage.facts["surface"], hue or stage.facts["surface_colour"])


def neutral(chance):
    return colour(chance.choose(("ivory", "white", "beige", "warm grey")))
