"""Neon and the bar."""

import numpy as np

from ..materials import minerals
from ..materials.nodes import glowing, plain
from ..shapes.meshes import mesh, torus, tube
from ..tables.words import NEON
from .pieces import far, ground, made, wall
from .studio import stand


def neon(stage):
    chance, facts = stage.chance.branch("set"), stage.facts
    ground(stage, made(stage))
    y = chance.uniform(2.0, 3.0)
    back = {
        "darkness": lambda: plain((0.025, 0.025, 0.03), 0.5),
        "brick wall": lambda: minerals.bricks(chance),
        "concrete wall": lambda: minerals.concrete(chance, (0.10, 0.10, 0.11)),
    }
    wall(stage, back[facts["backdrop"]](), y)
    first, second = (NEON[name][0] for name in facts["neon"])
    one, two, near = glowing(first, chance.uniform(2.4, 4.0)), glowing(second, chance.uniform(2.4, 4.0)), y - 0.15
    with stage.part("backdrop"):
        if facts["form"] == "neon ring":
            radius = chance.uniform(0.75, 1.1)
            torus(radius, 0.028, one, at=(chance.normal(0.1), near, radius * chance.uniform(0.85, 1.1)))
            if chance.happens(0.35):
                torus(radius * 0.8, 0.022, two, at=(chance.normal(0.1), near, radius))
        elif facts["form"] == "neon tubes":
            count = chance.integer(3, 6)
            for k, x in enumerate(np.linspace(-1.7, 1.7, count)):
                lean = chance.choose((0.0, 0.0, 0.5))
                tube([(x, near, 0.02), (x + lean, near, 3.2)], 0.026, one if k % 2 else two, sides=10)
        else:
            half, height = chance.uniform(0.8, 1.15), chance.uniform(1.4, 1.9)
            corner = [(-half, near, 0.15), (half, near, 0.15), (half, near, height), (-half, near, height)]
            tube([corner[k % 4] for k in range(5)], 0.026, one, sides=10)
            if chance.happens(0.5):
                tube([(x * 0.86, near, z * 0.9 + 0.1) for x, _, z in [corner[k % 4] for k in range(5)]], 0.02, two, sides=10)
    if chance.happens(0.45):
        stand(stage, chance, "round podium", plain((0.02, 0.02, 0.025), 0.12))


def bar(stage):
    """A dark counter before lamps."""
    chance = stage.chance.branch("set")
    far(stage, chance, stage.facts["backdrop"], light=0.6)
    edge = chance.uniform(0.9, 1.4)
    with stage.part("ground"):
        mesh(
            [(-30, -12, 0), (30, -12, 0), (30, edge, 0), (-30, edge, 0), (30, edge, -0.12), (-30, edge, -0.12)],
            [(0, 1, 2, 3), (3, 2, 4, 5)],
            made(stage),
            False,
        )
    stage.behind = edge - 0.1


KINDS = {"neon": neon, "night bar": bar}
