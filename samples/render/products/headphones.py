"""Over-ear headphones: soft leather pads, anodised cups, a padded band."""

import math

import materials
import numpy as np
import shapes

SPREAD = 0.80  # from the middle to a cup's inner side
HUB = 0.575  # height of the cups' centres


def cup(side, shell, accent, leather, mesh_cloth):
    """One cup, turned around the x axis: pad inside, shell outside, a disc with a bright ring."""
    parts = [
        shapes.lathe(shapes.rounded([(0.31, 0.10), (0.31, 0.02), (0.35, -0.07), (0.47, -0.10), (0.56, 0.02), (0.55, 0.14), (0.45, 0.18), (0, 0.18)], [0, 0.04, 0.08, 0.10, 0.09, 0.05, 0.04, 0], steps=10), leather, squash=0.86),
        shapes.lathe([(0.33, 0.06), (0, 0.07)], mesh_cloth, squash=0.86),
        shapes.lathe(shapes.rounded([(0.48, 0.16), (0.535, 0.20), (0.52, 0.32), (0.43, 0.41), (0, 0.43)], [0, 0.03, 0.07, 0.08, 0], steps=10), shell, squash=0.86),
        shapes.lathe(shapes.rounded([(0.36, 0.40), (0.365, 0.432), (0.335, 0.44), (0.325, 0.425)], 0.008), accent, squash=0.86),
        shapes.lathe([(0.325, 0.427), (0.1, 0.436), (0, 0.437)], materials.principled((0.30, 0.26, 0.22), metallic=0.9, roughness=0.42), squash=0.86),
    ]
    for item in parts:
        item.rotation_euler = (0, side * math.pi / 2, 0)
        item.location = (side * SPREAD, 0, HUB)
    return parts


def yoke(side, metal):
    """The fork that holds a cup, and the slider into the band."""
    x = side * (SPREAD + 0.24)
    turn = np.linspace(math.radians(-8), math.radians(188), 50)
    fork = [(x + side * 0.03 * math.sin(a), 0.53 * math.cos(a), HUB + 0.60 * math.sin(a)) for a in turn]
    return [
        shapes.ribbon(fork, 0.085, 0.035, metal, bevel=0.012),
        shapes.tube([(x, 0, HUB + 0.58), (x - side * 0.01, 0, HUB + 0.94)], 0.045, metal),
    ] + [shapes.tube([(x - side * 0.02, sign * 0.42, HUB - 0.05), (x - side * 0.02, sign * 0.555, HUB - 0.05)], 0.04, metal) for sign in (-1, 1)]


def build():
    shell = materials.principled((0.66, 0.56, 0.45), roughness=0.38, metallic=0.25, coat_weight=0.2, coat_roughness=0.25)
    accent = materials.principled((0.95, 0.66, 0.42), metallic=1.0, roughness=0.2)
    leather = materials.leather((0.40, 0.27, 0.17), grain=60, strength=0.22, roughness=0.5)
    cloth = materials.bumpy(materials.principled((0.045, 0.04, 0.036), roughness=0.95), 160, 0.5, 0.01)
    parts = []
    for side in (-1, 1):
        parts += cup(side, shell, accent, leather, cloth) + yoke(side, accent)
    reach = SPREAD + 0.24
    turn = np.linspace(math.radians(4), math.radians(176), 90)
    top = HUB + 0.90
    arc = np.array([(reach * math.cos(a), 0, top + 0.72 * math.sin(a)) for a in turn])
    widths = 0.72 + 0.28 * np.sin(turn) ** 2
    parts.append(shapes.ribbon(arc, 0.36, 0.06, shell, bevel=0.022, widths=widths, axis=(0, 1, 0)))
    inner = np.array([(0.945 * reach * math.cos(a), 0, top + 0.655 * math.sin(a)) for a in turn[12:-12]])
    parts.append(shapes.ribbon(inner, 0.37, 0.10, leather, bevel=0.045, widths=widths[12:-12], axis=(0, 1, 0)))
    for end in (0, -1):
        parts.append(shapes.lathe(shapes.rounded([(0, -0.10), (0.075, -0.10), (0.085, 0.06), (0, 0.06)], 0.02), accent))
        parts[-1].location = arc[end] + (0, 0, 0.02)
    return parts
