"""Soft drinks, wine and spirits, coffee and tea."""

import math

import numpy as np

from ..materials.nodes import glass, metal, plain
from ..materials.organics import cloth, wood
from ..shapes.meshes import cylinder, flat_label, grid, rounded, smooth_path, tube, turned, with_texture, wrapped_label


def drinks_can(design):
    chance = design.chance
    radius, height = chance.choose(((0.26, 0.92), (0.22, 1.0), (0.29, 0.86)))
    shell = design.coat(roughness=0.22)
    turned(rounded([(0, 0.02), (radius * 0.75, 0.0), (radius, 0.07), (radius, height - 0.09), (radius * 0.83, height - 0.015)], 0.03), shell)
    turned(
        rounded(
            [(radius * 0.83, height - 0.016), (radius * 0.86, height), (radius * 0.80, height - 0.002), (radius * 0.78, height - 0.03), (0, height - 0.03)],
            0.008,
        ),
        metal("silver", 0.25),
    )
    wrapped_label(
        radius * 1.004, 0.1, height - 0.12, 200, design.print(radius * 3.2, height - 0.22, clear=True, layout=chance.choose((1, 2, 4)), roughness=0.25)
    )
    turned([(radius * 1.002, 0.075), (radius * 1.002, 0.15)], plain(design.accent, 0.22))


def juice_bottle(design):
    chance = design.chance
    radius, height = chance.uniform(0.2, 0.24), chance.uniform(0.68, 0.78)
    juice = chance.choose(((0.85, 0.34, 0.02), (0.62, 0.04, 0.05), (0.85, 0.62, 0.06), (0.25, 0.42, 0.06), (0.45, 0.06, 0.25)))
    turned(
        rounded(
            [(0, 0), (radius, 0), (radius, height * 0.72), (radius * 0.44, height), (radius * 0.44, height + 0.08), (0, height + 0.08)],
            [0, 0.04, 0.14, 0.08, 0, 0],
        ),
        plain(juice, 0.06, coat_weight=1.0, coat_roughness=0.02),
    )
    cylinder(radius * 0.52, 0.11, design.cap(), 0.012, at=(0, 0, height + 0.06))
    wrapped_label(radius * 1.015, height * 0.16, height * 0.56, 190, design.print(radius * 3, height * 0.4, clear=False))


def water_bottle(design):
    chance = design.chance
    radius, height = chance.uniform(0.17, 0.2), chance.uniform(0.85, 0.95)
    turned(
        rounded(
            [(0, 0), (radius, 0), (radius, height * 0.62), (radius * 0.45, height * 0.9), (radius * 0.42, height), (0, height)], [0, 0.04, 0.16, 0.1, 0, 0]
        ),
        glass((0.82, 0.93, 0.95)),
    )
    turned([(0, 0.03), (radius * 0.9, 0.03), (radius * 0.9, height * 0.6), (0, height * 0.6)], glass((0.86, 0.95, 0.97), ior=1.33))
    cylinder(radius * 0.5, 0.09, design.coat(design.accent), 0.012, at=(0, 0, height - 0.01))
    wrapped_label(radius * 1.015, height * 0.2, height * 0.48, 200, design.print(radius * 3.2, height * 0.28, clear=False))


def _bottle(design, body, radius, shoulder, neck, height, reach=170, low=0.14, high=0.46, soft=0.1):
    """A bottle of `body` material with paper label; returns the neck's top."""
    turned(
        rounded(
            [
                (0, 0.01),
                (radius * 0.8, 0),
                (radius, 0.015),
                (radius, shoulder),
                (neck, shoulder + (height - shoulder) * 0.42),
                (neck, height - 0.05),
                (neck * 1.18, height - 0.05),
                (neck * 1.18, height),
                (0, height),
            ],
            [0, 0.02, 0.02, soft, soft, 0.004, 0.006, 0.008, 0],
        ),
        body,
    )
    wrapped_label(
        radius * 1.008,
        low,
        high,
        reach,
        design.print(
            radius * 2.8 * reach / 170,
            high - low,
            clear=False,
            paper=design.chance.choose(((0.80, 0.76, 0.67), (0.82, 0.81, 0.78), (0.03, 0.03, 0.032), design.second)),
        ),
    )


def wine_bottle(design):
    chance = design.chance
    tint = chance.choose(((0.012, 0.022, 0.012), (0.02, 0.012, 0.008), (0.03, 0.05, 0.015), (0.45, 0.36, 0.12), (0.62, 0.30, 0.24)))
    _bottle(design, plain(tint, 0.05, coat_weight=1.0, coat_roughness=0.02), 0.155, chance.uniform(0.5, 0.58), 0.056, 1.12, soft=chance.uniform(0.06, 0.14))
    turned(
        rounded([(0.06, 0.86), (0.062, 0.88), (0.067, 1.12), (0, 1.126)], 0.006),
        plain(chance.choose(((0.18, 0.01, 0.02), (0.02, 0.02, 0.02), (0.6, 0.42, 0.16), design.accent)), 0.35),
    )


def whisky_bottle(design):
    chance = design.chance
    width = chance.uniform(0.24, 0.29)
    power, squash = chance.choose(((8.0, 0.6), (2.0, 1.0), (5.0, 0.9)))
    turned(
        rounded([(0, 0), (width, 0), (width, 0.56), (0.075, 0.66), (0.075, 0.76), (0, 0.76)], [0, 0.04, 0.07, 0.04, 0, 0]),
        glass((0.97, 0.95, 0.92)),
        power=power,
        squash=squash,
    )
    turned(
        rounded([(0, 0.05), (width * 0.87, 0.05), (width * 0.87, 0.46), (0, 0.46)], 0.03),
        glass(chance.choose(((0.90, 0.42, 0.08), (0.92, 0.58, 0.18), (0.85, 0.30, 0.05))), ior=1.36),
        power=power,
        squash=squash * 0.98,
    )
    cylinder(
        0.092,
        0.17,
        wood(chance, chance.choose(("oak", "walnut", "dark wood")), planks=False) if chance.happens(0.5) else design.metal(),
        0.015,
        at=(0, 0, 0.75),
    )
    wrapped_label(
        width * 1.012,
        0.14,
        0.40,
        70 if power > 2 else 130,
        design.print(width * 1.6, 0.26, clear=False, paper=chance.choose(((0.78, 0.72, 0.60), (0.04, 0.035, 0.03)))),
        power=power,
        squash=squash,
    )


def beer_bottle(design):
    chance = design.chance
    tint = chance.choose(((0.14, 0.045, 0.012), (0.02, 0.07, 0.02), (0.05, 0.02, 0.01)))
    _bottle(design, plain(tint, 0.06, coat_weight=1.0, coat_roughness=0.03), 0.17, 0.5, 0.062, 0.98, low=0.12, high=0.42, soft=0.12)
    wrapped_label(0.0665, 0.78, 0.86, 170, design.print(0.2, 0.08, clear=False, layout=0))
    cylinder(0.082, 0.04, design.metal(), 0.012, at=(0, 0, 0.965))


def sake_bottle(design):
    chance = design.chance
    tint = chance.choose(((0.03, 0.08, 0.05), (0.30, 0.50, 0.58), (0.80, 0.79, 0.75), (0.02, 0.02, 0.025)))
    _bottle(design, plain(tint, 0.12, coat_weight=0.8), 0.165, 0.62, 0.052, 1.1, reach=80, low=0.12, high=0.56, soft=0.14)
    cylinder(0.07, 0.1, plain(chance.choose(((0.5, 0.03, 0.03), (0.02, 0.02, 0.02), (0.75, 0.74, 0.70))), 0.4), 0.015, at=(0, 0, 1.05))


def mug(design):
    chance = design.chance
    radius, height = chance.uniform(0.34, 0.4), chance.uniform(0.66, 0.85)
    flare = chance.uniform(0.9, 1.08)
    glaze = design.coat(roughness=0.25)
    turned(
        rounded(
            [(0, 0.0), (radius * 0.9, 0.0), (radius * flare, height), (radius * flare - 0.04, height), (radius * 0.82, 0.08), (0, 0.07)],
            [0, 0.07, 0.018, 0.018, 0.06, 0],
        ),
        glaze,
    )
    side = chance.side()
    reach = radius * (0.5 + flare / 2)
    handle = smooth_path(
        [
            (side * reach * 0.95, 0, height * 0.82),
            (side * (reach + 0.18), 0, height * 0.78),
            (side * (reach + 0.22), 0, height * 0.5),
            (side * (reach + 0.12), 0, height * 0.25),
            (side * reach * 0.9, 0, height * 0.18),
        ],
        40,
    )
    tube(handle, 0.042, glaze)
    turned([(0, height * 0.84), (radius * flare - 0.055, height * 0.84)], plain((0.06, 0.025, 0.01), 0.08))
    if chance.happens(0.6):
        wrapped_label(
            lambda z: radius * (0.9 + (flare - 0.9) * z / height) * 1.012,
            height * 0.3,
            height * 0.72,
            80,
            design.print(radius * 1.3, height * 0.42, clear=True),
        )


def takeaway_cup(design):
    turned(
        rounded([(0, 0.0), (0.23, 0.0), (0.32, 0.82), (0, 0.82)], [0, 0.012, 0.01, 0]),
        design.coat((0.78, 0.74, 0.66) if design.chance.happens(0.5) else None, 0.7),
    )
    turned(
        rounded([(0.335, 0.81), (0.338, 0.86), (0.30, 0.88), (0.29, 0.93), (0, 0.93)], 0.012),
        plain(design.chance.choose(((0.02, 0.02, 0.02), (0.82, 0.81, 0.79))), 0.35),
    )
    turned([(0.268, 0.28), (0.305, 0.62)], design.coat(design.accent, 0.8))
    wrapped_label(lambda z: (0.23 + 0.09 * z / 0.82) * 1.03, 0.34, 0.56, 90, design.print(0.45, 0.22, clear=True))


def coffee_bag(design):
    """A side-folded bag that stands, its top rolled."""
    chance, columns, rows = design.chance, 33, 25
    coat = design.coat(roughness=0.5)
    height, width = chance.uniform(0.8, 0.92), chance.uniform(0.26, 0.3)

    def face(side, count=columns):
        result = []
        for v in np.linspace(0, 1, rows):
            fill = 1 - 0.92 * v**2.6
            line = []
            for u in np.linspace(-1, 1, count):
                depth = 0.15 * fill * (1 - 0.22 * u**4) * (1 + 0.08 * math.sin(5 * v + 2 * u))
                line.append((u * width * (1 + 0.02 * math.sin(7 * v)), side * (depth + 0.008), v * height))
            result.append(line)
        return result

    grid(face(-1), coat)
    grid(face(1), coat)
    for x in (-1, 1):
        grid([[(x * width, -y, z), (x * width * 0.96, 0, z), (x * width, y, z)] for (_, y, z) in (row[0] for row in face(1))], coat)
    flat_label(2 * width * 1.02, 0.07, plain(design.accent, 0.5), at=(0, -0.035, height - 0.03))
    picture = design.print(width * 1.3, height * 0.42, clear=False)
    surface = [[(x, y - 0.005, z) for x, y, z in row[5:-5]] for row, v in zip(face(-1), np.linspace(0, 1, rows)) if 0.2 <= v <= 0.64]
    with_texture(grid(surface, picture), columns - 10, len(surface))


def teapot(design):
    chance = design.chance
    glaze = design.coat(roughness=0.2)
    radius = 0.4
    profile = smooth_path([(0.22, 0.0), (radius * 0.95, 0.14), (radius, 0.3), (radius * 0.8, 0.5), (0.2, 0.6)], 40)
    turned(np.concatenate([[(0, 0.0)], profile, [(0, 0.61)]]), glaze)
    turned(rounded([(0.215, 0.595), (0.2, 0.64), (0.05, 0.69), (0, 0.69)], 0.02), glaze)
    turned(
        rounded([(0, 0.68), (0.03, 0.68), (0.055, 0.74), (0.03, 0.78), (0, 0.78)], 0.02), wood(chance, "oak", planks=False) if chance.happens(0.4) else glaze
    )
    side = chance.side()
    spout = smooth_path([(side * 0.33, 0, 0.2), (side * 0.5, 0, 0.28), (side * 0.56, 0, 0.46), (side * 0.66, 0, 0.56)], 30)
    tube(spout, 0.075, glaze, radii=np.linspace(1.15, 0.5, 30))
    handle = smooth_path([(-side * 0.3, 0, 0.52), (-side * 0.52, 0, 0.56), (-side * 0.62, 0, 0.38), (-side * 0.52, 0, 0.2), (-side * 0.36, 0, 0.17)], 40)
    tube(handle, 0.035, cloth(chance, (0.5, 0.36, 0.2), 40) if chance.happens(0.25) else glaze)


KINDS = {
    "drinks can": drinks_can,
    "juice bottle": juice_bottle,
    "water bottle": water_bottle,
    "wine bottle": wine_bottle,
    "whisky bottle": whisky_bottle,
    "beer bottle": beer_bottle,
    "sake bottle": sake_bottle,
    "mug": mug,
    "takeaway cup": takeaway_cup,
    "coffee bag": coffee_bag,
    "teapot": teapot,
}
