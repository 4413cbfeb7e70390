"""Phones, audio, cameras."""

import math

import numpy as np
from PIL import Image

from ..materials.nodes import bright, metal, plain
from ..materials.organics import cloth, leather, wood
from ..shapes.meshes import box, cylinder, flat_label, rounded, slab, smooth_path, thick, torus, tube, turned, grid
from .labels import printed

BLACK = (0.010, 0.010, 0.011)


def _plate(width, height, depth, corner, material, edge=0.012, **place):
    """A rounded plate standing on its lower edge."""
    outline = rounded([(-width / 2, 0), (width / 2, 0), (width / 2, height), (-width / 2, height)], corner, 6, closed=True)
    return slab(outline, depth, material, edge, **place)


def _screen(design):
    """A lit wallpaper: two colours in waves."""
    chance = design.chance
    y, x = np.mgrid[0:96, 0:64] / 64.0
    wave = 0.5 + 0.5 * np.sin(4 * y + chance.uniform(1, 4) * np.sin(3 * x + chance.uniform(0, 6)) + chance.uniform(0, 6))
    a, b = np.array(bright(design.body, 1.2)), np.array(bright(design.accent, 1.2))
    picture = np.uint8(255 * np.clip((a * (1 - wave[..., None]) + b * wave[..., None]) ** (1 / 2.2), 0, 1))
    material = printed(Image.fromarray(picture).convert("RGBA"), 0.05, coat_weight=1.0)
    tree = material.node_tree
    shader = tree.nodes["Principled BSDF"]
    picture_node = next(node for node in tree.nodes if node.type == "TEX_IMAGE")
    tree.links.new(picture_node.outputs["Color"], shader.inputs["Emission Color"])
    shader.inputs["Emission Strength"].default_value = 0.45
    return material


def smartphone(design):
    """Two phones, one showing its back, leaning on each other; or one alone."""
    chance, lean = design.chance, math.radians(-10)
    width, height, corner = 0.49, 1.0, 0.075
    rim = metal(chance.choose(("silver", "black", "gold", "rose gold")), 0.2)
    back = plain(design.body, 0.22, coat_weight=0.5)
    if chance.happens(0.6):
        x, y = -0.2, 0.16
        _plate(width, height, 0.055, corner, rim, at=(x, y, 0), turn=(lean, 0, 0.12))
        _plate(width * 0.985, height * 0.985, 0.02, corner, back, 0.004, at=(x + 0.003, y - 0.022, 0.008), turn=(lean, 0, 0.12))
        for dx, dz in ((-0.13, 0.86), (-0.13, 0.70), (0.0, 0.78)):
            cylinder(
                0.062,
                0.03,
                plain(BLACK, 0.05, coat_weight=1.0),
                0.008,
                at=(x + dx, y - 0.03 + math.sin(-lean) * dz, dz * math.cos(lean)),
                turn=(math.pi / 2 + lean, 0, 0.12),
            )
    x = 0.14
    _plate(width, height, 0.055, corner, rim, at=(x, 0, 0), turn=(lean, 0, -0.12))
    _plate(width * 0.98, height * 0.985, 0.02, corner, plain(BLACK, 0.05, coat_weight=1.0), 0.003, at=(x - 0.003, -0.021, 0.007), turn=(lean, 0, -0.12))
    tilt = np.array([0, -math.sin(lean), math.cos(lean)])
    centre = np.array([x - 0.006, -0.036, 0.0]) + tilt * height * 0.5
    flat_label(width * 0.9, height * 0.94, _screen(design), at=tuple(centre), turn=(lean, 0, -0.12))
    return 0.0


def tablet(design):
    chance, lean = design.chance, math.radians(-14)
    width, height = (0.78, 1.0) if chance.happens(0.5) else (1.1, 0.78)
    _plate(width, height, 0.04, 0.06, metal(chance.choose(("silver", "black", "rose gold")), 0.25), turn=(lean, 0, 0))
    _plate(width * 0.985, height * 0.985, 0.012, 0.055, plain(BLACK, 0.05, coat_weight=1.0), 0.002, at=(0, -0.017, 0.008), turn=(lean, 0, 0))
    flat_label(width * 0.9, height * 0.9, _screen(design), at=(0, -0.027 - math.sin(lean) * height / 2, math.cos(lean) * height / 2), turn=(lean, 0, 0))
    slab([(-0.12, 0), (0.14, 0), (0.10, 0.45), (0.06, 0.45)], 0.3, plain(bright(design.body, 0.9), 0.5), 0.01, at=(0, 0.14, 0), turn=(0, 0, math.pi / 2))
    return chance.uniform(-0.35, 0.35)


def headphones(design):
    """Standing on their cups, the band above."""
    chance = design.chance
    shell = design.coat(roughness=0.35)
    soft = leather(chance, chance.choose((BLACK, design.second, (0.2, 0.1, 0.05))), 80)
    steel = metal(chance.choose(("silver", "black", "gold")), 0.2)
    lean = 0.09
    for side in (-1, 1):
        at, turn = (side * 0.36, 0, 0.255), (0, side * (math.pi / 2 - lean), 0)
        turned(rounded([(0, 0.02), (0.235, 0.02), (0.235, 0.10), (0.17, 0.155), (0, 0.155)], [0, 0.02, 0.05, 0.03, 0]), shell, at=at, turn=turn, squash=0.84)
        cylinder(0.14, 0.012, steel, 0.004, at=(at[0] + side * 0.154, 0, at[2] + 0.014), turn=turn)
        turned(rounded([(0.10, -0.08), (0.21, -0.08), (0.225, 0.02), (0.10, 0.02)], 0.04, closed=True) + [(0.10, -0.08)], soft, at=at, turn=turn, squash=0.84)
        tube(smooth_path([(side * 0.44, 0, 0.26), (side * 0.475, 0, 0.45), (side * 0.45, 0, 0.62)], 20), 0.02, steel)
    angle = np.linspace(math.radians(-8), math.radians(188), 60)
    line = np.stack([0.455 * np.cos(angle), 0 * angle, 0.60 + 0.40 * np.sin(angle)], 1)
    rows = [[p * (1, 1, 1) + np.array([0, y, 0]) for y in np.linspace(-0.075, 0.075, 5)] for p in line]
    thick(grid(rows, soft, sharp=180), 0.05)
    return chance.uniform(-0.7, 0.7)


def smart_speaker(design):
    chance = design.chance
    fabric = cloth(chance, design.body, 40)
    if chance.happens(0.5):
        turned(rounded([(0, 0), (0.32, 0), (0.32, 0.86), (0, 0.86)], [0, 0.07, 0.07, 0]), fabric)
        top = 0.87
        cylinder(0.29, 0.012, plain(BLACK, 0.1, coat_weight=1.0), 0.004, at=(0, 0, 0.858))
    else:
        profile = smooth_path([(0.28, 0.0), (0.42, 0.16), (0.45, 0.36), (0.36, 0.58), (0.2, 0.68)], 40)
        turned(np.concatenate([[(0, 0)], profile, [(0, 0.69)]]), fabric)
        top = 0.698
        cylinder(0.19, 0.015, plain(BLACK, 0.1, coat_weight=1.0), 0.005, at=(0, 0, 0.683))
    torus(0.13, 0.008, plain((0, 0, 0), 0.5, emission_color=(0.2, 0.6, 1, 1), emission_strength=1.5), at=(0, 0, top), turn=(math.pi / 2, 0, 0))
    return 0.0


def bookshelf_speaker(design):
    chance = design.chance
    width, depth, height = 0.56, 0.44, chance.uniform(0.88, 1.0)
    body = wood(chance, chance.choose(("walnut", "oak", "dark wood", "birch")), planks=False, turn=0.0) if chance.happens(0.65) else design.coat()
    box((width, depth, height), body, 0.02)
    front = -depth / 2
    flat_label(width * 0.94, height * 0.95, plain(BLACK, 0.5), at=(0, front - 0.002, height / 2))
    for radius, z in ((0.19, 0.32), (0.085, 0.70)):
        turn, at = (math.pi / 2, 0, 0), (0, front, z * height / 0.95)
        turned(
            rounded([(0, 0.0), (radius * 0.34, 0.0), (radius * 0.85, 0.045), (radius, 0.03), (radius * 1.1, 0.0)], 0.01),
            plain((0.03, 0.03, 0.032) if chance.happens(0.6) else design.accent, 0.45),
            at=at,
            turn=turn,
        )
        torus(radius * 1.05, 0.014, metal("silver", 0.25), at=(0, front - 0.01, z * height / 0.95))
    return chance.uniform(-0.5, 0.5)


def earbuds_case(design):
    chance = design.chance
    shell = design.coat(roughness=0.15)
    width, height = 0.82, 0.6
    _plate(width, height, 0.34, 0.2, shell, 0.12)
    box((width * 1.005, 0.345, 0.012), plain(bright(design.body, 0.35), 0.6), 0.0, at=(0, 0, height * 0.66))
    torus(0.02, 0.008, plain((0.3, 0.9, 0.4), 0.3, emission_color=(0.3, 0.9, 0.4, 1), emission_strength=1.0), at=(0, -0.172, height * 0.45))
    for side in (-1, 1):
        x = side * 0.62
        turned(smooth_path([(0.02, 0.0), (0.045, 0.02), (0.04, 0.24)], 14), shell, at=(x, -0.08, 0))
        turned(
            smooth_path([(0.005, -0.08), (0.09, -0.05), (0.10, 0.02), (0.05, 0.09), (0.005, 0.10)], 20), shell, at=(x, -0.09, 0.27), turn=(1.0, 0, side * 0.5)
        )
    return chance.uniform(-0.4, 0.4)


def _objective(radius, length, at, design):
    """A lens towards -y: barrel, ring, coated front element."""
    barrel, turn = plain((0.02, 0.02, 0.021), 0.45), (math.pi / 2, 0, 0)
    turned(
        rounded(
            [
                (0, 0),
                (radius, 0),
                (radius, length * 0.6),
                (radius * 0.94, length * 0.62),
                (radius * 0.94, length),
                (radius * 0.8, length),
                (radius * 0.72, length * 0.75),
                (0, length * 0.75),
            ],
            0.012,
        ),
        barrel,
        at=at,
        turn=turn,
    )
    turned([(radius * 1.012, length * 0.30), (radius * 1.012, length * 0.52)], plain((0.035, 0.035, 0.036), 0.9), 48, at=at, turn=turn)
    turned([(radius * 0.955, length * 0.66), (radius * 0.955, length * 0.70)], plain(design.accent, 0.4), at=at, turn=turn)
    turned(
        smooth_path([(radius * 0.72, length * 0.78), (radius * 0.45, length * 0.88), (0.001, length * 0.92)], 14),
        plain((0.012, 0.008, 0.03), 0.02, coat_weight=1.0, specular_ior_level=1.0),
        at=at,
        turn=turn,
    )


def camera(design):
    chance = design.chance
    grip = leather(chance, chance.choose((BLACK, BLACK, (0.16, 0.07, 0.03), design.body)), 80)
    top = metal(chance.choose(("silver", "black", "silver")), 0.3)
    _plate(1.0, 0.46, 0.26, 0.08, grip, 0.02, at=(0, 0, 0.03))
    _plate(1.005, 0.16, 0.265, 0.05, top, 0.015, at=(0, 0, 0.46))
    _plate(1.005, 0.05, 0.265, 0.02, top, 0.01, at=(0, 0, 0.0))
    box((0.32, 0.26, 0.12), top, 0.03, at=(0.02, 0, 0.6))
    for x, radius in ((-0.36, 0.075), (0.33, 0.065)):
        cylinder(radius, 0.06, top, 0.012, at=(x, 0, 0.61))
    cylinder(0.03, 0.03, design.coat(design.accent), 0.006, at=(0.44, -0.02, 0.61))
    _objective(chance.uniform(0.2, 0.24), chance.uniform(0.26, 0.42), (0.02, -0.13, 0.30), design)
    return chance.uniform(-0.55, 0.4)


def instant_camera(design):
    chance = design.chance
    shell = design.coat(roughness=0.35)
    _plate(0.92, 0.62, 0.34, 0.13, shell, 0.05)
    _plate(0.7, 0.2, 0.3, 0.08, shell, 0.04, at=(0, 0.0, 0.58))
    flat_label(0.74, 0.05, plain(BLACK, 0.4), at=(0, -0.175, 0.09))
    _objective(0.2, 0.16, (0, -0.16, 0.36), design)
    flat_label(0.2, 0.09, plain((0.75, 0.76, 0.78), 0.15), at=(0.2, -0.155, 0.68))
    cylinder(0.05, 0.03, design.coat(design.accent), 0.008, at=(-0.24, -0.14, 0.68), turn=(math.pi / 2, 0, 0))
    for k, hue in enumerate(((0.65, 0.05, 0.04), (0.85, 0.45, 0.05), (0.1, 0.4, 0.2), (0.05, 0.2, 0.55))):
        flat_label(0.025, 0.2, plain(hue, 0.4), at=(-0.345 + 0.028 * k, -0.174, 0.22))
    return chance.uniform(-0.45, 0.45)


def lens(design):
    radius, length = design.chance.uniform(0.27, 0.31), design.chance.uniform(0.7, 0.95)
    barrel = plain((0.02, 0.02, 0.021), 0.42)
    turned(
        rounded(
            [
                (0, 0),
                (radius * 0.8, 0),
                (radius * 0.82, 0.05),
                (radius, 0.1),
                (radius, length * 0.72),
                (radius * 1.06, length * 0.8),
                (radius * 1.06, length),
                (radius * 0.92, length),
                (radius * 0.8, length * 0.9),
                (0, length * 0.9),
            ],
            0.014,
        ),
        barrel,
    )
    for low, high in ((0.18, 0.36), (0.44, 0.66)):
        turned([(radius * 1.015, length * low), (radius * 1.015, length * high)], plain((0.03, 0.03, 0.031), 0.95), 64)
    turned([(radius * 1.064, length * 0.82), (radius * 1.064, length * 0.845)], plain(design.accent, 0.4))
    turned(
        smooth_path([(radius * 0.82, length * 0.9), (radius * 0.5, length * 0.96), (0.001, length * 0.985)], 14),
        plain((0.012, 0.008, 0.03), 0.02, coat_weight=1.0, specular_ior_level=1.0),
    )
    return 0.0


KINDS = {
    "smartphone": smartphone,
    "tablet": tablet,
    "headphones": headphones,
    "smart speaker": smart_speaker,
    "bookshelf speaker": bookshelf_speaker,
    "earbuds case": earbuds_case,
    "camera": camera,
    "instant camera": instant_camera,
    "lens": lens,
}
