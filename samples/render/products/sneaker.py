"""A low leather sneaker: a lofted upper over a cupsole, with overlays, stitching, tongue and laces.

The shoe lies along x, its toe towards -x. A place on the upper is (s, t): s runs from the heel (0) to the toe (1), t from the
sole's edge (0) up to the opening or, in front of it, to the middle of the vamp (1).
"""

import math

import materials
import numpy as np
import shapes

LENGTH = 2.9


def curve(*knots):
    """A smooth function through (s, value) knots."""
    s, values = np.array(knots).T
    slopes = np.gradient(values, s)

    def at(x):
        i = int(np.clip(np.searchsorted(s, x) - 1, 0, len(s) - 2))
        span = s[i + 1] - s[i]
        u = (np.clip(x, s[0], s[-1]) - s[i]) / span
        return (
            (2 * u**3 - 3 * u**2 + 1) * values[i] + (u**3 - 2 * u**2 + u) * span * slopes[i]
            + (-2 * u**3 + 3 * u**2) * values[i + 1] + (u**3 - u**2) * span * slopes[i + 1]
        )

    return at


FOOT = curve((0, 0.34), (0.15, 0.385), (0.40, 0.37), (0.70, 0.485), (0.85, 0.46), (1, 0.40))
SPRING = curve((0, 0.03), (0.08, 0.0), (0.65, 0.0), (0.85, 0.04), (1, 0.13))
SOLE = curve((0, 0.33), (0.3, 0.29), (0.7, 0.25), (0.9, 0.25), (1, 0.24))
RISE = curve((0, 0.76), (0.06, 0.75), (0.17, 0.60), (0.28, 0.60), (0.38, 0.74), (0.44, 0.79), (0.54, 0.62), (0.64, 0.47), (0.76, 0.37), (0.88, 0.30), (1, 0.23))
OPENING = curve((0, 0.20), (0.10, 0.22), (0.25, 0.25), (0.38, 0.21), (0.44, 0.15), (0.60, 0.09), (0.66, 0.0), (1, 0.0))


def cap(s, heel=0.13, toe=0.22):
    """How much of the full width is left where the heel and the toe close, 0...1."""
    share = 1.0
    if s < heel:
        share = math.sqrt(max(0.0, 1 - (1 - s / heel) ** 2))
    if s > 1 - toe:
        share = min(share, max(0.0, 1 - ((s - 1 + toe) / toe) ** 2.4) ** (1 / 2.2))
    return share


def upper(s, t, side, lift=0.0):
    """A point of the upper, `lift` above its surface; `side` is -1 towards the camera and 1 away from it."""

    def place(s, t):
        s = min(max(s, 0.0), 1.0)
        shrink = cap(s)
        width, gap = 0.95 * FOOT(s) * shrink, OPENING(s) * (shrink if s < 0.5 else 1)
        angle = t * math.pi / 2
        round_ = 0.62 if s < 0.5 else 0.62 + 0.3 * min(1, (s - 0.5) / 0.3)
        y = gap + (width - gap) * max(0.0, math.cos(angle)) ** round_
        z = SPRING(s) + SOLE(s) - 0.05 + (RISE(s) + 0.05) * math.sin(angle) ** 0.95 * (1 if s < 0.85 else 0.25 + 0.75 * cap(s, toe=0.15))
        lean = 0.06 * math.sin(angle) if s < 0.1 else 0.0
        return np.array([(0.5 - s) * (LENGTH - 0.08) - lean * (1 - s / 0.1), side * y, z])

    here = place(s, t)
    if not lift:
        return here
    step = 0.004
    along = place(min(s + step, 1), t) - place(max(s - step, 0), t)
    across = place(s, min(t + step, 1)) - place(s, max(t - step, 0))
    normal = np.cross(along, across) * side
    length = np.linalg.norm(normal)
    return here + normal / length * lift if length > 1e-9 else here


def steps(count, low=0.0, high=1.0):
    """Positions along the shoe, closer together at its ends."""
    return low + (high - low) * (1 - np.cos(np.linspace(0, math.pi, count))) / 2


def patch(material, low, high, bottom, top, side, thickness=0.022, rows=60, columns=24):
    """An overlay between s = low...high and t = bottom(s)...top(s)."""
    surface = [[upper(s, bottom(s) + (top(s) - bottom(s)) * u, side, 0.026) for u in np.linspace(0, 1, columns)] for s in np.linspace(low, high, rows)]
    item = shapes.grid(surface, material)
    shapes.recalculate(item)
    shapes.modified(item, "SOLIDIFY", thickness=thickness, offset=0.0)
    return shapes.bevelled(item, 0.008, 2)


def stitches(material, path, length=0.022, gap=0.016):
    """A row of stitches along points."""
    path = np.array(path)
    travelled = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    parts = []
    for start in np.arange(0, travelled[-1] - length, length + gap):
        ends = [[np.interp(start + d, travelled, path[:, k]) for k in range(3)] for d in (0, length)]
        parts.append(shapes.tube(ends, 0.006, material, steps=2))
    return parts


def sole(material, levels, swell):
    """A part of the sole between two shares of its height; `swell` says how far it stands out at each level."""
    along = steps(90)
    rings = []
    for level, out in zip(levels, swell):
        ring = []
        for side, order in ((-1, along), (1, along[::-1][1:-1])):
            for s in order:
                ring.append(((0.5 - s) * (LENGTH + 2 * out), side * ((FOOT(s) + out) * cap(s, toe=0.20)), SPRING(s) + SOLE(s) * level))
        rings.append(ring)
    item = shapes.grid(rings, material, closed=True)
    half = len(along) - 1
    lids = [shapes.grid([ring[: half + 1], [ring[0]] + ring[half + 1 :][::-1] + [ring[half]]], material) for ring in (rings[0], rings[-1])]
    return [shapes.shade(item, 35)] + lids


def body(leather, lining):
    parts = []
    for side in (-1, 1):
        rows = [[upper(s, t, side) for t in np.linspace(0, 1, 40)] for s in steps(140)]
        item = shapes.grid(rows, leather)
        shapes.recalculate(item)
        parts.append(shapes.modified(item, "SOLIDIFY", thickness=0.04, offset=0.0))
        edge = [upper(s, 1, side) for s in np.linspace(0.0, 0.44, 60)]
        parts.append(shapes.tube(edge, 0.042, lining))
    floor = [[((0.5 - s) * LENGTH * 0.97, side * 0.9 * FOOT(s) * cap(s), SPRING(s) + SOLE(s) + 0.05) for side in (-1, 1)] for s in steps(60)]
    parts.append(shapes.grid(floor, lining))
    return parts


def tongue(leather):
    path = [upper(s, 1, 1) * (1, 0, 1) + (0, 0, lift) for s, lift in ((0.70, -0.03), (0.64, -0.01), (0.56, 0.01), (0.48, 0.03), (0.42, 0.09))]
    path.append(path[-1] + np.array([0.14, 0, 0.20]))
    smooth = shapes.smooth_path(path, 50)
    widths = np.interp(np.linspace(0, 1, 50), [0, 0.7, 0.95, 1], [0.55, 1.0, 1.05, 0.94])
    return [shapes.ribbon(smooth, 0.44, 0.075, leather, bevel=0.03, widths=widths, axis=(0, 1, 0))]


def laces(cotton, metal):
    parts = []
    rows = np.linspace(0.625, 0.455, 6)
    for s in rows:
        near, far = upper(s, 0.92, -1, 0.035), upper(s, 0.92, 1, 0.035)
        middle = (near + far) / 2 + (0, 0, 0.05)
        path = shapes.smooth_path([near - (0, 0.01, 0.05), near, middle, far, far + (0, 0.01, -0.05)], 30)
        parts.append(shapes.ribbon(path, 0.072, 0.022, cotton, bevel=0.008, axis=(0.86, 0, 0.5)))
        for side in (-1, 1):
            eyelet = [upper(s + 0.008 * math.cos(a), 0.90 + 0.03 * math.sin(a), side, 0.03) for a in np.linspace(0, 2 * math.pi, 20, endpoint=False)]
            parts.append(shapes.tube(eyelet, 0.008, metal, closed=True, steps=4))
    knot = (upper(rows[-1], 0.92, -1, 0.05) + upper(rows[-1], 0.92, 1, 0.05)) / 2 + (0, 0, 0.07)
    for side in (-1, 1):
        loop = [knot, knot + (-0.10, side * 0.20, 0.10), knot + (-0.20, side * 0.36, 0.02), knot + (-0.16, side * 0.36, -0.08), knot + (-0.06, side * 0.18, 0.0), knot]
        tail = [knot, knot + (-0.12, side * 0.12, 0.02), knot + (-0.22, side * 0.22, -0.08), knot + (-0.26, side * 0.30, -0.22)]
        for path in (loop, tail):
            parts.append(shapes.tube(shapes.smooth_path(path, 40), 0.022, cotton, steps=5))
    parts.append(shapes.tube([knot - (0, 0.05, 0), knot + (0, 0.05, 0)], 0.045, cotton, steps=6))
    return parts


def build():
    leather = materials.leather((0.80, 0.77, 0.71), grain=70, strength=0.10, roughness=0.45)
    suede = materials.bumpy(materials.principled((0.09, 0.19, 0.31), roughness=0.95, sheen_weight=0.4), 120, 0.25, 0.01)
    navy = materials.bumpy(materials.principled((0.015, 0.03, 0.07), roughness=0.9, sheen_weight=0.3), 120, 0.25, 0.01)
    rubber = materials.principled((0.83, 0.81, 0.76), roughness=0.55)
    gum = materials.principled((0.50, 0.27, 0.10), roughness=0.5)
    lining = materials.bumpy(materials.principled((0.62, 0.50, 0.36), roughness=0.9), 90, 0.2, 0.01)
    cotton = materials.bumpy(materials.principled((0.86, 0.84, 0.79), roughness=0.9), 130, 0.4, 0.01)
    thread = materials.principled((0.88, 0.84, 0.76), roughness=0.7)
    metal = materials.steel(0.3)

    parts = sole(gum, (0.0, 0.03, 0.20, 0.22), (-0.03, 0.0, 0.012, 0.005))
    parts += sole(rubber, (0.22, 0.25, 0.60, 0.92, 1.0, 1.0), (0.0, 0.014, 0.022, 0.012, -0.004, -0.05))
    parts += body(suede, lining) + tongue(suede) + laces(cotton, metal)
    for side in (-1, 1):
        heel_top = lambda s: 0.72 - 1.6 * s  # noqa: E731
        parts.append(patch(navy, 0.0, 0.17, lambda s: 0.07, heel_top, side))
        stay = lambda s: 0.70 - 0.5 * max(0, s - 0.6)  # noqa: E731
        parts.append(patch(leather, 0.43, 0.665, stay, lambda s: 0.995, side, thickness=0.03))
        parts.append(patch(navy, 0.80, 0.985, lambda s: 0.07, lambda s: 0.42 + 0.25 * (s - 0.8), side, columns=30))
        wave = lambda s: 0.10 + 0.55 * ((0.60 - s) / 0.38) ** 1.5  # noqa: E731
        parts.append(patch(leather, 0.22, 0.60, lambda s: wave(s) - 0.05 * (0.60 - s) / 0.38, lambda s: wave(s) + 0.22 * math.sin(math.pi * min(1, (0.62 - s) / 0.40)) ** 0.8 * 0.55 + 0.02, side))
        parts += stitches(thread, [upper(s, heel_top(s) - 0.035, side, 0.040) for s in np.linspace(0.015, 0.165, 40)])
        parts += stitches(thread, [upper(s, stay(s) + 0.03, side, 0.044) for s in np.linspace(0.437, 0.66, 40)])
        parts += stitches(thread, [upper(s, 0.385 + 0.25 * (s - 0.8), side, 0.040) for s in np.linspace(0.805, 0.98, 40)])
    return parts
