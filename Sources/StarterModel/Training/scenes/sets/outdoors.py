"""Sand, beach, water, snow, forest, rocks."""

import math

import numpy as np

from ..materials import minerals
from ..materials.nodes import Surface, plain
from ..materials.organics import leaf
from ..shapes import plants
from ..shapes.meshes import grid, mesh, turned
from ..shapes.terrain import boulder, field, waves
from ..surroundings import hung, picture_of
from .pieces import far, ground, made, wall_of
from .studio import stand


def _behind(stage, chance, y=5.0):
    """The backdrop by its name: a wall of colour or a far picture."""
    name = stage.facts["backdrop"]
    if name == "wall":
        wall_of(stage, chance, "wall", y)
    elif name in ("sky", "dusk", "pines", "sea"):
        picture, _ = picture_of(name, chance)
        with stage.part("backdrop"):
            hung(picture * (0.55 / max(float(picture.mean()), 0.05)) ** 0.7, 24.0, 18.0, 7.0)
    else:
        far(stage, chance, name, light=0.8)
    stage.behind = 3.0


def _ripples(chance, amount, slope=0.03):
    heading, rate, seed = chance.uniform(-0.7, 0.7), chance.uniform(7, 12), chance.branch("ripples")

    def height(x, y):
        dune = 0.07 * waves(x, y, seed.branch(1), 3, 0.9)
        along = x * math.sin(heading) + y * math.cos(heading) + 0.22 * waves(x, y, seed.branch(2), 3, 1.1)
        wave = np.sin(rate * along)
        return dune + amount * (wave + 0.3 * np.abs(wave)) * np.clip(1.3 - 0.12 * np.hypot(x, y), 0.1, 1) + slope * np.clip(y - 1.5, 0, 6)

    return height


def sand(stage):
    chance = stage.chance.branch("set")
    with stage.part("ground"):
        field(made(stage), _ripples(chance, chance.uniform(0.008, 0.02)), 10, 200, 0.5)
    stage.sink, stage.height = 0.012, lambda x, y: -0.01
    _behind(stage, chance, 6.0)
    if chance.happens(0.3):
        stand(stage, chance, "round podium", minerals.rough_stone(chance, (0.45, 0.34, 0.24), 0.3, 2.5, 0.9))


def beach(stage):
    """Sand, and where the backdrop is the sea: wet sand, foam, turquoise water, sky."""
    chance = stage.chance.branch("set")
    with stage.part("ground"):
        field(made(stage), _ripples(chance, chance.uniform(0.004, 0.014), -0.05), 9, 180, 0.5)
    stage.sink, stage.height = 0.012, lambda x, y: -0.01
    if stage.facts["backdrop"] == "sea":
        shore = chance.uniform(2.6, 3.6)
        line = [(x, shore + 0.35 * math.sin(0.8 * x + chance.normal(0.1)) + 0.12 * math.sin(2.3 * x)) for x in np.linspace(-30, 30, 160)]
        with stage.part("backdrop"):
            for offset, z, material in (
                (0.0, 0.075, plain((0.80, 0.84, 0.84), 0.8)),
                (0.3, 0.085, minerals.water(chance, (0.05, 0.42, 0.46))),
                (3.5, 0.09, minerals.water(chance, (0.02, 0.20, 0.34))),
            ):
                points = [(x, y + offset, z) for x, y in line] + [(x, 70, z) for x, _ in line]
                count = len(line)
                mesh(points, [(i, i + 1, count + i + 1, count + i) for i in range(count - 1)], material, False)
        _behind(stage, chance)
    else:
        far(stage, chance, stage.facts["backdrop"], light=0.7)
    stage.behind = 2.2


def water(stage):
    chance = stage.chance.branch("set")
    ground(stage, made(stage))
    _behind(stage, chance, chance.uniform(3.0, 5.5))
    form = stage.facts["form"]
    if form == "shallow water":
        stage.sink = 0.02
    elif form == "podium":
        stand(stage, chance, chance.choose(("round podium", "square podium")), minerals.plaster(chance, stage.rgb("accent"), 0.05, 0.03))
        stage.level *= 0.6
        for item in stage.collections["stand"].objects:
            item.scale.z *= 0.6
    else:
        _slabs(stage, chance, minerals.rough_stone(chance, chance.choose(((0.10, 0.10, 0.105), (0.36, 0.32, 0.28), (0.22, 0.21, 0.20))), 0.4, 2.0, 0.5), 1)


def _slabs(stage, chance, material, count):
    """Flat stones laid on each other; sets the level."""
    z = -0.05
    with stage.part("stand"):
        for k in range(count):
            height, radius = chance.uniform(0.14, 0.24), chance.uniform(0.78, 0.98) * (1.35 - 0.3 * k if count > 1 else 1.0)
            angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
            edge = 1 + 0.10 * waves(2 * np.cos(angle), 2 * np.sin(angle), chance, 3, 1.0)
            outline = [(0.0, 0.0), (1.0, 0.0), (1.03, 0.3), (1.0, 0.75), (0.95, 0.97), (0.9, 1.0), (0.0, 1.0)]
            rows = [np.stack([radius * r * edge * np.cos(angle), 0.82 * radius * r * edge * np.sin(angle), np.full(72, z + height * h)], 1) for r, h in outline]
            grid(rows, material, closed=True, sharp=50, at=(chance.normal(0.03), chance.normal(0.03), 0))
            z += height - 0.004
    stage.level, stage.reach = z, 0.95


def snow(stage):
    chance = stage.chance.branch("set")
    seed = chance.branch("drifts")
    with stage.part("ground"):
        field(made(stage), lambda x, y: 0.13 * waves(x, y, seed, 4, 0.9) + 0.025 * np.clip(y, 0, 9), 10, 170, 0.6)
    stage.sink, stage.height = 0.02, lambda x, y: -0.02
    _behind(stage, chance, 7.0)


def forest(stage):
    chance = stage.chance.branch("set")
    seed, form = chance.branch("ground"), stage.facts["form"]
    with stage.part("ground"):
        field(made(stage), lambda x, y: 0.10 * waves(x, y, seed, 4, 1.3) - 0.02, 7, 150, 0.6)
    stage.height = lambda x, y: 0.0
    far(stage, chance, stage.facts["backdrop"], light=0.5, y=9.0)
    stage.behind = 2.4
    if form == "tree stump":
        radius, height = chance.uniform(0.66, 0.85), chance.uniform(0.2, 0.42)
        angle = np.linspace(0, 2 * np.pi, 90, endpoint=False)
        edge = 1 + 0.05 * waves(3 * np.cos(angle), 3 * np.sin(angle), chance, 2, 1.2)
        with stage.part("stand"):
            bark = minerals.rough_stone(chance, (0.12, 0.075, 0.045), 1.0, 0.4, 0.95)
            grid(
                [
                    np.stack([radius * s * edge * np.cos(angle), radius * s * edge * np.sin(angle), np.full(90, z)], 1)
                    for s, z in ((1.25, -0.05), (1.05, 0.1), (1.0, height))
                ],
                bark,
                closed=True,
            )
            turned([(0, height - 0.002), (radius * 0.985, height - 0.002)], _rings(chance), 64)
        stage.level, stage.reach = height, radius
    elif form == "flat rock":
        _slabs(stage, chance, minerals.rough_stone(chance, (0.20, 0.20, 0.19), 0.6, 2.0, 0.7), 1)
    else:
        stage.sink = 0.02
    with stage.part("prop"):
        for _ in range(chance.integer(3, 6)):
            x, y = chance.side() * chance.uniform(0.9, 2.2), chance.uniform(0.6, 2.2)
            if chance.happens(0.5):
                plants.frond(chance, leaf(chance, chance.choose(("fresh", "deep"))), chance.uniform(0.35, 0.6), (x, y, 0), (5, 7), (0.5, 1.2), needle=0.05)
            else:
                plants.grass(chance, leaf(chance, "fresh"), chance.uniform(0.25, 0.45), (x, y, 0))


def _rings(chance):
    """A cut trunk's growth rings."""
    surface = Surface((0.5, 0.34, 0.19), roughness=0.7)
    vector = surface.at(offset=(chance.normal(0.1), chance.normal(0.1), 0))
    wave = surface.texture("Wave", vector, scale=5.5, distortion=1.6, detail=2.0, detail_scale=1.2)
    for node in surface.tree.nodes:
        if node.type == "TEX_WAVE":
            node.wave_type, node.rings_direction = "RINGS", "Z"
    return surface.coloured(surface.ramp(wave[1], [(0.2, (0.34, 0.21, 0.11)), (0.8, (0.56, 0.40, 0.24))])).made


def rocks(stage):
    """Slabs or boulders, and a cliff, a wall or darkness behind."""
    chance, material = stage.chance.branch("set"), made(stage)
    backdrop = stage.facts["backdrop"]
    seed = chance.branch("ground")
    with stage.part("ground"):
        field(material, lambda x, y: 0.05 * waves(x, y, seed, 4, 1.5), 7, 130, 0.6)
    if backdrop == "rocks":
        with stage.part("backdrop"):
            for x in np.linspace(-2.6, 2.6, 6):
                boulder(chance, material, chance.uniform(0.9, 1.5), (x + chance.normal(0.15), chance.uniform(2.2, 2.8), chance.uniform(0.0, 1.2)))
        wall_of(stage, chance, "wall", 4.0, (0.03, 0.03, 0.032))
        stage.behind = 1.3
    elif backdrop == "darkness":
        wall_of(stage, chance, "wall", 5.0, (0.02, 0.02, 0.022))
    elif backdrop == "dusk":
        _behind(stage, chance)
    else:
        wall_of(stage, chance, "wall", chance.uniform(2.2, 3.2))
    if stage.facts["form"] == "stacked slabs":
        _slabs(stage, chance, material, chance.integer(1, 2))
    else:
        _slabs(stage, chance, material, 1)
        with stage.part("stand"):
            for _ in range(chance.integer(2, 4)):
                size = chance.uniform(0.25, 0.5)
                if spot := stage.spot(chance, size * 1.2, near=0.0, far=0.5, back=0.4):
                    boulder(chance, material, size, (*spot, size * 0.3))


KINDS = {"sand": sand, "beach": beach, "water": water, "snow": snow, "forest": forest, "rocks": rocks}
