"""A lipstick in a fluted gilt case, its cap beside it."""

import math

import labels
import materials
import numpy as np
import shapes


def bullet(material):
    """The stick: a cylinder whose top is cut at a slant, with a soft edge."""
    radius, base, steps = 0.235, 1.18, 96
    rings = []
    for share in np.concatenate([np.linspace(0, 0.8, 12), np.linspace(0.83, 1, 14)]):
        inset = radius * (1 - max(0.0, (share - 0.86) / 0.14) ** 3 * 0.22)
        ring = []
        for k in range(steps):
            a = 2 * math.pi * k / steps
            top = 1.98 + 0.62 * inset * -math.cos(a) * 1.15 + 0.03 * math.sin(a)
            ring.append((inset * math.cos(a), inset * math.sin(a), base + (top - base) * share))
        rings.append(ring)
    edge = rings[-1]
    for shrink in np.linspace(0.93, 0.0, 9):
        centre = np.mean(edge, axis=0)
        rings.append([tuple(centre + (np.array(p) - centre) * shrink + (0, 0, 0.035 * (1 - shrink**2))) for p in edge])
    return shapes.shade(shapes.grid(rings, material, closed=True), 60)


def fluted(material, low, high, radius, flutes=36):
    steps = flutes * 10
    rings = []
    for z, shrink in ((low, 0.985), (low + 0.012, 1), (high - 0.012, 1), (high, 0.985)):
        turn = [2 * math.pi * k / steps for k in range(steps)]
        rings.append([((radius * shrink + 0.009 * abs(math.cos(a * flutes / 2))) * math.cos(a), (radius * shrink + 0.009 * abs(math.cos(a * flutes / 2))) * math.sin(a), z) for a in turn])
    return shapes.grid(rings, material, closed=True, smooth=True)


def build():
    lacquer = materials.principled((0.012, 0.010, 0.012), roughness=0.16, coat_weight=1.0, coat_roughness=0.03)
    gold = materials.gold(0.16)
    wax = materials.principled((0.52, 0.012, 0.03), roughness=0.36, subsurface_weight=0.15, coat_weight=0.25, coat_roughness=0.2)
    sheet = labels.paper((900, 260))
    labels.line(sheet, "ROSSO", "serif", 170, (0.5, 0.5), (235, 196, 130, 255), tracking=0.24)
    base = shapes.rounded([(0, 0), (0.36, 0), (0.36, 0.72), (0, 0.72)], [0, 0.025, 0.02, 0])
    ring = shapes.rounded([(0, 0.72), (0.375, 0.72), (0.375, 0.80), (0, 0.80)], [0, 0.012, 0.012, 0])
    inner = shapes.rounded([(0, 0.80), (0.30, 0.80), (0.30, 1.20), (0.27, 1.22), (0.24, 1.22), (0.24, 1.1)], [0, 0, 0.02, 0.012, 0.01, 0])
    stick = [
        shapes.lathe(base, lacquer),
        shapes.wrapped_label(0.3615, 0.25, 0.46, 100, materials.printed(sheet, metallic=1.0, roughness=0.25)),
        shapes.lathe(ring, gold),
        fluted(gold, 0.81, 1.02, 0.305),
        shapes.lathe(inner, gold),
        bullet(wax),
    ]
    cap = [shapes.lathe(shapes.rounded([(0.33, 0.0), (0.375, 0.0), (0.375, 1.30), (0, 1.32)], [0, 0.012, 0.06, 0], steps=10), lacquer), shapes.lathe([(0.3785, 0.03), (0.3785, 0.11)], gold), shapes.lathe([(0.33, 0), (0.33, 1.2), (0, 1.2)], gold)]
    shapes.joined(stick, (-0.45, 0.0, 0))
    # The cap lies in front, its open end towards the left of the picture.
    shapes.joined(cap, (0.18, -0.35, 0.376), turn=(0, math.pi / 2, 0.32))
    return stick + cap
