"""Tables before walls and before far places; linen and satin."""

import numpy as np

from ..materials import organics
from ..shapes.meshes import cylinder, mesh
from ..shapes.terrain import field, waves
from .pieces import far, made, wall, wall_of
from .studio import stand


def tabletop(stage):
    chance = stage.chance.branch("set")
    y = chance.uniform(1.5, 3.0)
    with stage.part("ground"):
        mesh([(-30, -12, 0), (30, -12, 0), (30, y, 0), (-30, y, 0)], [(0, 1, 2, 3)], made(stage), False)
    wall_of(stage, chance, stage.facts["backdrop"], y + (0.0 if chance.happens(0.5) else 1.2))
    if chance.happens(0.15):
        stand(stage, chance, "round podium", organics.wood(chance, chance.choose(("oak", "walnut")), planks=False))
        stage.facts["form"] = "round podium"


def bokeh(stage):
    """A table's end, and a place far behind it."""
    chance = stage.chance.branch("set")
    far(stage, chance, stage.facts["backdrop"])
    edge = chance.uniform(0.9, 1.7)
    with stage.part("ground"):
        mesh(
            [(-30, -12, 0), (30, -12, 0), (30, edge, 0), (-30, edge, 0), (30, edge, -0.12), (-30, edge, -0.12)],
            [(0, 1, 2, 3), (3, 2, 4, 5)],
            made(stage),
            False,
        )
    stage.behind = edge - 0.1


def linen(stage):
    """A cloth in low folds that rises behind."""
    chance = stage.chance.branch("set")
    seed, heading = chance.branch("folds"), chance.uniform(0, 3.1)
    rise = chance.uniform(0.4, 0.6)

    def height(x, y):
        along = x * np.cos(heading) + y * np.sin(heading)
        crease = np.abs(waves(0.9 * x, 0.9 * y, seed.branch(1), 2, 1.1)) ** 0.7
        return 0.10 * crease + 0.035 * np.sin(4.5 * along + 2.0 * waves(x, y, seed.branch(2), 2, 0.8)) + rise * np.clip(y - 1.1, 0, 8) ** 1.6

    with stage.part("ground"):
        field(made(stage), height, 7, 170, 0.75)
    stage.height = lambda x, y: 0.03
    _hang(stage)


def _hang(stage):
    """The same cloth far behind, so that no edge shows."""
    wall(stage, made(stage), 8.0)
    stage.behind = 1.6


def satin(stage):
    chance = stage.chance.branch("set")
    heading, amount, rate, rise = chance.uniform(0, 3.1), chance.uniform(0.09, 0.17), chance.uniform(2.2, 3.6), chance.uniform(0.35, 0.55)
    seed = chance.branch("drape")

    def height(x, y):
        along = x * np.cos(heading) + y * np.sin(heading)
        fold = np.sin(rate * along + 2.2 * waves(x, y, seed.branch(1), 3, 0.7))
        return amount * np.sign(fold) * np.abs(fold) ** 0.8 + 0.05 * waves(x, y, seed.branch(2), 2, 1.6) + rise * np.clip(y - 1.0, 0, 8) ** 1.6

    with stage.part("ground"):
        field(made(stage), height, 7, 190, 0.62)
    stage.height = lambda x, y: 0.05
    stage.sink = 0.015
    _hang(stage)


def with_rug(stage, chance, rgb):
    with stage.part("ground"):
        cylinder(1.5, 0.02, organics.cloth(chance, rgb, 20), 0.01, 120)
    stage.level = 0.02


KINDS = {"tabletop": tabletop, "bokeh": bokeh, "linen": linen, "satin": satin}
