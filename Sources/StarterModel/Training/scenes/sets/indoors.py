"""Kitchen, bathroom, living room, botanical set."""

import math

import numpy as np

from ..materials import minerals, organics
from ..materials.nodes import glass, metal, plain
from ..materials.organics import leaf
from ..shapes import plants
from ..shapes.meshes import box, cylinder, flat_label, mesh, rounded, slab, smooth_path, tube, turned
from ..tables.colours import colour
from .pieces import ground, made, neutral, wall_of
from .studio import stand
from .tables import with_rug


def _board(stage, material, back):
    """A counter or shelf that ends at the wall."""
    with stage.part("ground"):
        mesh([(-30, -12, 0), (30, -12, 0), (30, back, 0), (-30, back, 0)], [(0, 1, 2, 3)], material, False)


def _crockery(stage, chance, y, z=0.0, count=(2, 4), span=2.0):
    """Jars, boards, bowls and jugs along a wall, away from the product's middle."""
    wooden = organics.wood(chance, chance.choose(("oak", "walnut")), planks=False)
    with stage.part("prop"):
        for _ in range(chance.integer(*count)):
            x = chance.side() * chance.uniform(0.62, span)
            if any(abs(x - a) < 0.42 for a, b, _ in stage.taken if b == y):
                continue
            stage.taken.append((x, y, 0.25))
            glaze = plain(colour(chance.choose(("white", "ivory", "warm grey", "charcoal", stage.facts["accent_colour"]))), 0.3)
            kind = chance.choose(("jar", "board", "bowl", "jug", "herbs"))
            if kind == "jar":
                radius, height = chance.uniform(0.13, 0.18), chance.uniform(0.3, 0.5)
                turned(rounded([(0, 0), (radius, 0), (radius, height), (0, height)], 0.04), glaze, at=(x, y, z))
                cylinder(radius * 0.95, 0.07, wooden, 0.015, at=(x, y, z + height))
            elif kind == "board":
                outline = rounded([(-0.28, 0), (0.28, 0), (0.28, 0.72), (-0.28, 0.72)], 0.12, 6, closed=True)
                slab(outline, 0.05, wooden, 0.01, at=(x, y + 0.12, z), turn=(-0.12, 0, 0))
            elif kind == "bowl":
                turned(smooth_path([(0.1, 0.0), (0.2, 0.08), (0.3, 0.2), (0.285, 0.2), (0.1, 0.04)], 30), glaze, at=(x, y, z))
            elif kind == "jug":
                turned(smooth_path([(0.13, 0.0), (0.19, 0.14), (0.12, 0.34), (0.14, 0.42)], 30), glaze, at=(x, y, z))
                tube(smooth_path([(x + 0.13, y, z + 0.36), (x + 0.27, y, z + 0.3), (x + 0.17, y, z + 0.1)], 20), 0.02, glaze)
            else:
                cylinder(0.14, 0.24, plain((0.50, 0.22, 0.12), 0.8), 0.02, at=(x, y, z))
                for _ in range(5):
                    plants.twig(chance, leaf(chance, "fresh"), 0.35, (x, y, z + 0.22), (chance.normal(0.5), chance.normal(0.4), 1.0), 0.36, 0.45, 8)


def kitchen(stage):
    chance = stage.chance.branch("set")
    y = chance.uniform(1.7, 2.5)
    _board(stage, made(stage), y)
    wall_of(stage, chance, stage.facts["backdrop"], y)
    stage.behind = y - 0.55
    _crockery(stage, chance, y - 0.3)
    if chance.happens(0.5):
        z = chance.uniform(1.35, 1.8)
        with stage.part("backdrop"):
            box((8, 0.4, 0.07), organics.wood(chance, "oak", planks=False, turn=0.0), 0.01, at=(0, y - 0.2, z))
        _crockery(stage, chance, y - 0.21, z + 0.07, (2, 4), 1.8)


def bathroom(stage):
    """A stone shelf before tiles; sometimes a basin's edge, a mirror, a bottle or two."""
    chance = stage.chance.branch("set")
    y = chance.uniform(1.2, 2.0)
    _board(stage, made(stage), y)
    wall_of(stage, chance, stage.facts["backdrop"], y, None if chance.happens(0.6) else neutral(chance))
    stage.behind = y - 0.1
    if chance.happens(0.35):
        radius, x = chance.uniform(0.8, 1.1), chance.side() * chance.uniform(0.4, 1.0)
        with stage.part("backdrop"):
            turned(
                rounded([(0, 0), (radius, 0), (radius, 0.04), (radius * 0.97, 0.04), (0, 0.035)], 0.008),
                metal("silver", 0.05),
                96,
                at=(x, y - 0.02, radius + 0.35),
                turn=(math.pi / 2, 0, 0),
            )
    if chance.happens(0.25):
        stand(stage, chance, "round podium", minerals.travertine(chance) if chance.happens(0.5) else organics.wood(chance, "oak", planks=False))
    elif chance.happens(0.35) and (spot := stage.spot(chance, 0.16)):
        with stage.part("prop"):
            turned(
                rounded([(0, 0), (0.14, 0), (0.14, 0.42), (0.05, 0.48), (0.05, 0.58), (0, 0.58)], 0.03),
                glass((0.75, 0.30, 0.07)) if chance.happens(0.4) else plain(neutral(chance), 0.4),
                at=(*spot, 0),
            )


def _house_plant(stage, chance, at, size):
    cylinder(size * 0.2, size * 0.36, plain(colour(chance.choose(("white", "terracotta", "beige", "charcoal"))), 0.8), 0.02, at=at)
    top = (at[0], at[1], at[2] + size * 0.33)
    kind = chance.choose(("rosette", "frond", "twigs"))
    if kind == "rosette":
        plants.rosette(chance, leaf(chance, "deep"), size * 0.75, top, (8, 12))
    elif kind == "frond":
        plants.frond(chance, leaf(chance), size * 0.65, top, (5, 7), (0.7, 1.3))
    else:
        for _ in range(5):
            plants.twig(chance, leaf(chance, "olive"), size * chance.uniform(0.7, 1.0), top, (chance.normal(0.4), chance.normal(0.3), 1.0), 0.2, 0.4, 18)


def room(stage):
    """A living room: around a table top for small things, around the floor for furniture."""
    chance = stage.chance.branch("set")
    on_floor = stage.facts["form"] in ("floor", "rug")
    y = chance.uniform(0.95, 1.5) if on_floor else chance.uniform(3.2, 4.6)
    drop = 0.0 if on_floor else 1.1
    if on_floor:
        ground(stage, organics.wood(chance, stage.facts["surface"], planks=True, turn=chance.choose((0.0, math.pi / 2))))
    else:
        with stage.part("ground"):
            edge = chance.uniform(0.8, 1.2)
            mesh(
                [(-30, -12, 0), (30, -12, 0), (30, edge, 0), (-30, edge, 0), (30, edge, -0.1), (-30, edge, -0.1)],
                [(0, 1, 2, 3), (3, 2, 4, 5)],
                made(stage),
                False,
            )
    wall_of(stage, chance, stage.facts["backdrop"], y)
    stage.behind = y if on_floor else 0.9
    unit = 0.55 if on_floor else 1.0
    with stage.part("backdrop"):
        if chance.happens(0.6):
            for k in range(chance.integer(1, 2)):
                width, height = chance.uniform(0.5, 0.8) * unit * 1.4, chance.uniform(0.6, 0.95) * unit * 1.4
                x, z = chance.side() * chance.uniform(0.3, 1.3) * (1 if on_floor else 1.6), (1.25 * unit if on_floor else chance.uniform(0.35, 0.9))
                box((width, 0.04, height), organics.wood(chance, "oak", planks=False), 0.006, at=(x, y - 0.03, z))
                flat_label(
                    width * 0.9,
                    height * 0.92,
                    minerals.plaster(chance, stage.rgb("accent") if k else neutral(chance), 0.1, 0.25),
                    at=(x, y - 0.055, z + height / 2),
                )
        if chance.happens(0.6):
            side = chance.side()
            place = (side * chance.uniform(0.75, 1.0), y - 0.35, 0.0) if on_floor else (side * chance.uniform(1.0, 2.0), y - 0.6, -drop)
            _house_plant(stage, chance, place, chance.uniform(0.7, 1.0) * (0.9 if on_floor else 2.2))
        elif not on_floor:
            side = chance.side()
            place = (side * chance.uniform(0.9, 1.8), y - 0.6, -drop)
            fabric = organics.cloth(chance, stage.rgb("accent"), 12)
            box((2.6, 1.0, 1.1), fabric, 0.12, at=place)
            box((2.6, 0.4, 1.7), fabric, 0.15, at=(place[0], place[1] + 0.35, place[2]))
    if not on_floor:
        with stage.part("backdrop"):
            mesh([(-30, -2, -1.2), (30, -2, -1.2), (30, 9, -1.2), (-30, 9, -1.2)], [(0, 1, 2, 3)], organics.wood(chance, "oak", planks=True), False)
    if stage.facts["form"] == "rug":
        with_rug(stage, chance, stage.rgb("surface"))


def botanical(stage):
    """Large leaves around and behind, the middle free."""
    chance = stage.chance.branch("set")
    ground(stage, made(stage))
    y = chance.uniform(1.5, 2.2)
    wall_of(stage, chance, "wall", y + 0.6)
    stage.behind = y
    first = leaf(chance, chance.choose(("deep", "fresh", "blue")))
    with stage.part("prop"):
        for _ in range(chance.integer(7, 11)):
            side, kind = chance.side(), chance.choose(("rosette", "rosette", "frond", "twigs"))
            at = (side * chance.uniform(0.75, 2.0), chance.uniform(0.7, y), chance.uniform(-0.1, 0.7))
            green, size = first if chance.happens(0.6) else leaf(chance), chance.uniform(0.75, 1.2)
            if kind == "rosette":
                plants.rosette(chance, green, size, at, (5, 9))
            elif kind == "frond":
                plants.frond(chance, green, size, at, (2, 4), (0.4, 1.2))
            else:
                for _ in range(3):
                    plants.twig(chance, green, size * 1.2, at, (-side * chance.uniform(-0.3, 0.8), chance.normal(0.2), chance.uniform(0.4, 1.1)), 0.24, 0.36)
        for x in np.linspace(-0.7, 0.7, 3):
            plants.rosette(chance, leaf(chance), chance.uniform(0.6, 0.9), (x, y - 0.1, chance.uniform(-0.3, 0.0)), (5, 8))
    if stage.facts["form"] == "podium":
        stand(stage, chance, "round podium", minerals.plaster(chance, stage.rgb("surface"), 0.1, 0.05))


KINDS = {"kitchen": kitchen, "bathroom": bathroom, "room": room, "botanical": botanical}
