"""Paper, podiums, plaster architecture."""

import math

import numpy as np

from ..materials import minerals
from ..materials.nodes import bright, plain
from ..shapes.meshes import box, cylinder, mesh, rounded, slab, turned
from .pieces import ground, made, sweep, wall, wall_of


def seamless(stage):
    sweep(stage, made(stage), stage.chance.uniform(1.6, 3.4), stage.chance.uniform(0.9, 2.2))


def two_tone(stage):
    """Two papers that meet in a line: at the floor's end, or as a slanting edge on the wall."""
    chance = stage.chance.branch("set")
    floor = minerals.plaster(chance, stage.rgb("surface"), 0.02, 0.012)
    back = minerals.plaster(chance, stage.rgb("backdrop"), 0.02, 0.012)
    ground(stage, floor)
    y = chance.uniform(0.9, 1.8)
    wall(stage, back, y)
    if chance.happens(0.25):
        x, lean = chance.uniform(-0.5, 0.5), chance.uniform(-0.5, 0.5)
        with stage.part("backdrop"):
            mesh(
                [(x, y - 0.01, -0.5), (30, y - 0.01, -0.5), (30, y - 0.01, 12), (x + 12 * lean, y - 0.01, 12)],
                [(0, 1, 2, 3)],
                minerals.plaster(chance, stage.rgb("accent"), 0.02, 0.012),
                False,
            )


def stand(stage, chance, form, material):
    """A podium of a form under the product; returns nothing, sets the level."""
    height, radius = chance.uniform(0.12, 0.5), chance.uniform(0.68, 0.88)
    with stage.part("stand"):
        if form == "round podium":
            cylinder(radius, height, material, 0.02, 96)
        elif form == "square podium":
            box((radius * 1.7, radius * 1.6, height), material, 0.015, turn=(0, 0, chance.choose((0, 0, chance.uniform(-0.5, 0.5)))))
        elif form == "stepped podium":
            low = height * chance.uniform(0.35, 0.6)
            if chance.happens(0.6):
                cylinder(radius * 1.4, low, material, 0.02, 96)
                cylinder(radius * 0.95, height - low, material, 0.02, 96, at=(0, 0, low))
            else:
                box((radius * 2.5, radius * 2.0, low), material, 0.015, at=(0, 0.1, 0))
                box((radius * 1.7, radius * 1.5, height - low), material, 0.015, at=(0, 0.1, low))
        else:
            cylinder(radius, height, material, 0.02, 96)
            second = plain(stage.rgb("accent"), 0.6) if chance.happens(0.5) else material
            for side in (-1, 1)[: chance.integer(1, 2)] if chance.happens(0.5) else (1, -1)[: chance.integer(1, 2)]:
                other = chance.uniform(0.3, 0.45)
                x, y = side * (radius + other * chance.uniform(0.75, 1.1)), chance.uniform(0.35, 0.8)
                cylinder(other, chance.uniform(0.08, 0.95), second, 0.02, 80, at=(x, y, 0))
                stage.taken.append((x, y, other))
    stage.level = height
    stage.reach = radius * (1.4 if form == "stepped podium" else 1.0)


def podium(stage):
    chance = stage.chance.branch("set")
    if stage.facts["backdrop"] == "sweep":
        sweep(stage, minerals.plaster(chance, stage.rgb("backdrop"), 0.03, 0.015), chance.uniform(2.0, 3.2), chance.uniform(0.8, 1.8))
    else:
        ground(stage, minerals.plaster(chance, stage.rgb("backdrop") if chance.happens(0.6) else stage.rgb("surface"), 0.04, 0.02))
        wall_of(stage, chance, stage.facts["backdrop"], chance.uniform(1.7, 2.8))
    stand(stage, chance, stage.facts["form"], made(stage))


def niche(stage):
    """Plaster architecture: an arch, a niche, steps, columns."""
    chance, material = stage.chance.branch("set"), made(stage)
    rgb = stage.rgb("surface")
    ground(stage, material)
    y = chance.uniform(1.1, 1.7)
    form = stage.facts["form"]
    angle = np.linspace(0, math.pi, 40)
    half, rise = chance.uniform(0.75, 1.0), chance.uniform(0.8, 1.3)
    if form in ("arch", "niche"):
        outline = (
            [(-12, -1), (-half, -1), (-half, rise)]
            + [(-half * math.cos(a), rise + half * math.sin(a)) for a in angle[1:-1]]
            + [(half, rise), (half, -1), (12, -1), (12, 12), (-12, 12)]
        )
        with stage.part("backdrop"):
            slab(outline, 0.5 if form == "arch" else 0.7, material, 0.0, at=(chance.normal(0.1), y + 0.3, 0))
        inside = stage.rgb("backdrop") if chance.happens(0.5) else bright(rgb, 0.92)
        wall(stage, minerals.plaster(chance, inside, 0.2, 0.08), y + (1.4 if form == "arch" else 0.55))
        stage.behind = y
    elif form == "steps":
        wall(stage, material, y + 1.4)
        with stage.part("stand"):
            count, depth, rise = chance.integer(2, 4), chance.uniform(0.32, 0.45), chance.uniform(0.14, 0.22)
            shift, wide = chance.choose((0.0, 0.4, -0.4)), chance.choose((3.2, 16.0))
            for k in range(count):
                box((wide, 4, rise), material, 0.012, at=(shift * k, 2.0 + 0.62 + depth * k, rise * k))
        stage.behind = 0.75
    else:
        wall(stage, material, y + 1.2)
        with stage.part("stand"):
            for side in (-1, 1)[: chance.integer(1, 2)]:
                radius, x, back = chance.uniform(0.2, 0.32), side * chance.uniform(1.0, 1.35), chance.uniform(0.5, 0.9)
                if chance.happens(0.5):
                    turn = np.linspace(0, 2 * np.pi, 160, endpoint=False)
                    flute = radius * (1 - 0.05 * np.abs(np.sin(10 * turn)))
                    slab([(r * math.cos(a), r * math.sin(a)) for r, a in zip(flute, turn)], 6.0, material, 0.0, at=(x, back, 3.0), turn=(math.pi / 2, 0, 0))
                else:
                    cylinder(radius, 6, material, 0.0, 80, at=(x, back, 0))
                turned(rounded([(0, 0), (radius * 1.25, 0), (radius * 1.25, 0.12), (0, 0.12)], 0.02), material, 80, at=(x, back, 0))
                stage.taken.append((x, back, radius * 1.2))
    if form != "steps" and chance.happens(0.45):
        stand(
            stage,
            chance,
            chance.choose(("round podium", "square podium")),
            minerals.plaster(chance, stage.rgb("accent"), 0.2, 0.08) if chance.happens(0.3) else material,
        )


KINDS = {"sweep": seamless, "two-tone": two_tone, "podium": podium, "niche": niche}
