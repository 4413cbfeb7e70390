"""Shoes: lofted along their length from curves for width, height and opening."""

import math

import numpy as np

from ..materials.nodes import plain
from ..materials.organics import cloth, leather
from ..shapes.meshes import box, grid, outwards, ring_faces, mesh, smooth_path, thick, tube

LENGTH = 1.25


def curve(*knots):
    """A smooth function through (s, value); s runs from heel (0) to toe (1)."""
    line = smooth_path(knots, 200)
    return lambda s: float(np.interp(s, line[:, 0], line[:, 1]))


WIDTH = curve((0, 0.150), (0.12, 0.175), (0.35, 0.160), (0.50, 0.165), (0.72, 0.215), (0.88, 0.195), (1, 0.15))


def closing(s, heel=0.12, toe=0.2):
    """The share of the width left where heel and toe close, 0...1."""
    share = 1.0
    if s < heel:
        share = math.sqrt(max(0.0, 1 - (1 - s / heel) ** 2))
    if s > 1 - toe:
        share = min(share, max(0.0, 1 - ((s - 1 + toe) / toe) ** 2.3) ** (1 / 2.2))
    return share


class Last:
    """The form that a shoe is built over; heights in scene units."""

    def __init__(self, rise, opening, floor, toe=0.2):
        self.rise, self.opening, self.floor, self.toe = rise, opening, floor, toe

    def place(self, s, t, side, lift=0.0):
        """A point of the upper: t from the sole (0) to the opening or the ridge (1)."""
        shrink = closing(s, toe=self.toe)
        width, gap = WIDTH(s) * shrink + lift, self.opening(s) * min(shrink, 1)
        angle = t * math.pi / 2
        y = gap + max(0.0, width - gap) * max(0.0, math.cos(angle)) ** (0.55 if s < 0.5 else 0.62 + 0.25 * min(1, (s - 0.5) / 0.3))
        z = self.floor(s) + (self.rise(s) + lift) * math.sin(angle) ** 0.95 * (1 if s < 0.85 else 0.25 + 0.75 * closing(s, toe=0.16))
        return np.array([(s - 0.5) * (LENGTH - 0.06), side * y, z])

    def patch(self, material, low, high, bottom, top, lift=0.008, rows=30, columns=12):
        """An overlay on both sides between s = low...high and t = bottom...top."""
        for side in (-1, 1):
            grid(
                [[self.place(s, bottom + (top - bottom) * u, side, lift) for u in np.linspace(0, 1, columns)] for s in np.linspace(low, high, rows)],
                material,
                sharp=180,
            )

    def upper(self, material, lining, open_until):
        steps = (1 - np.cos(np.linspace(0, math.pi, 70))) / 2
        for side in (-1, 1):
            thick(outwards(grid([[self.place(s, t, side) for t in np.linspace(0, 1, 24)] for s in steps], material, sharp=180)), 0.025)
        edge = [self.place(s, 1, 1) for s in np.linspace(open_until, 0.0, 30)] + [self.place(s, 1, -1) for s in np.linspace(0.0, open_until, 30)]
        tube(edge, 0.026, lining, sides=10)


def sole(material, low, high, spread=0.02, toe=0.2):
    """The sole between two heights along the shoe (functions of s)."""
    along = (1 - np.cos(np.linspace(0, math.pi, 60))) / 2
    rings = []
    for share, out in ((0, -0.02), (0.06, spread), (0.85, spread), (1, spread * 0.4)):
        ring = []
        for side, order in ((-1, along), (1, along[::-1][1:-1])):
            ring += [((s - 0.5) * (LENGTH + 2 * out), side * (WIDTH(s) + out) * closing(s, toe=toe), low(s) + (high(s) - low(s)) * share) for s in order]
        rings.append(ring)
    count = len(rings[0])
    faces = ring_faces(len(rings), count).tolist() + [list(range(count))[::-1], list(range(3 * count, 4 * count))]
    mesh(np.array(rings).reshape(-1, 3), faces, material, sharp=35)


def laces(last, material, low, high, count):
    for s in np.linspace(low, high, count):
        near, far = last.place(s, 0.93, -1, 0.012), last.place(s, 0.93, 1, 0.012)
        tube(smooth_path([near, (near + far) / 2 + (0, 0, 0.025), far], 14), 0.017, material, sides=8)
    knot = (last.place(low, 0.95, -1) + last.place(low, 0.95, 1)) / 2 + (0, 0, 0.05)
    for side in (-1, 1):
        tube(
            smooth_path([knot, knot + (0.05, side * 0.1, 0.05), knot + (0.1, side * 0.17, -0.02), knot + (0.04, side * 0.12, -0.05), knot], 26),
            0.012,
            material,
            sides=7,
        )


def _posed(design):
    """Shoes are shown from the side, a little turned."""
    return (math.pi if design.chance.happens(0.5) else 0.0) + design.chance.uniform(-0.5, 0.35)


def sneaker(design):
    chance = design.chance
    hide = leather(chance, design.body, 70) if chance.happens(0.55) else cloth(chance, design.body, 36)
    other, detail = leather(chance, design.second, 70), leather(chance, design.accent, 70)
    rubber = plain(chance.choose(((0.82, 0.80, 0.75), (0.82, 0.82, 0.81), (0.03, 0.03, 0.03))), 0.55)
    high_top = chance.happens(0.25)
    floor = curve((0, 0.12), (0.5, 0.105), (0.85, 0.11), (1, 0.15))
    collar = 0.52 if high_top else 0.34
    last = Last(
        curve((0, collar), (0.15, collar - 0.02), (0.32, collar - 0.05), (0.45, 0.30), (0.6, 0.235), (0.76, 0.165), (0.9, 0.125), (1, 0.08)),
        curve((0, 0.085), (0.12, 0.10), (0.28, 0.10), (0.40, 0.075), (0.60, 0.04), (0.68, 0.0), (1, 0.0)),
        floor,
    )
    last.upper(hide, other, 0.42)
    last.patch(detail, 0.0, 0.16, 0.02, 0.62)
    last.patch(other, 0.80, 0.995, 0.0, 0.42)
    last.patch(other, 0.42, 0.66, 0.68, 1.0, 0.010)
    for k in range(chance.integer(1, 3)):
        last.patch(detail, 0.30 + 0.09 * k, 0.35 + 0.09 * k, 0.05, 0.68, 0.012)
    path = [(last.place(s, 1, 1) + last.place(s, 1, -1)) / 2 + (0, 0, up) for s, up in ((0.70, -0.02), (0.6, 0.005), (0.5, 0.02), (0.40, 0.06), (0.36, 0.13))]
    line = smooth_path(path, 24)
    grid([[p + np.array([0, y, -abs(y) * 0.35]) for y in np.linspace(-0.075, 0.075, 7)] for p in line], other, sharp=180)
    laces(last, plain((0.82, 0.80, 0.76), 0.9), 0.44, 0.64, 5)
    sole(rubber, curve((0, 0.0), (0.7, 0.0), (1, 0.045)), floor, 0.028)
    return _posed(design)


def ankle_boot(design):
    chance = design.chance
    hide = leather(chance, chance.choose((design.body, (0.10, 0.045, 0.02), (0.015, 0.014, 0.014), (0.30, 0.17, 0.08))), 60)
    dark = plain((0.02, 0.016, 0.012), 0.5)
    floor = curve((0, 0.15), (0.3, 0.12), (0.55, 0.07), (1, 0.08))
    last = Last(
        curve((0, 0.72), (0.12, 0.72), (0.32, 0.71), (0.42, 0.55), (0.52, 0.33), (0.66, 0.23), (0.85, 0.16), (1, 0.09)),
        curve((0, 0.10), (0.15, 0.12), (0.32, 0.115), (0.42, 0.08), (0.52, 0.0), (1, 0.0)),
        floor,
    )
    last.upper(hide, hide, 0.36)
    if chance.happens(0.5):
        last.patch(plain(design.accent, 0.9), 0.13, 0.26, 0.5, 0.985, 0.008)
    else:
        laces(last, plain((0.05, 0.04, 0.03), 0.9), 0.44, 0.6, 4)
    sole(dark, curve((0, 0.10), (0.35, 0.08), (0.5, 0.012), (0.8, 0.0), (1, 0.025)), floor, 0.014)
    box((0.27, 0.27, 0.115), dark, 0.02, at=(-0.43, 0, 0))
    return _posed(design)


def ballet_flat(design):
    chance = design.chance
    hide = leather(chance, design.body, 90, 0.25)
    floor = lambda s: 0.035 + 0.02 * max(0.0, 0.25 - s)  # noqa: E731
    last = Last(
        curve((0, 0.21), (0.15, 0.17), (0.4, 0.12), (0.62, 0.13), (0.8, 0.125), (1, 0.06)),
        curve((0, 0.11), (0.15, 0.14), (0.4, 0.135), (0.58, 0.11), (0.72, 0.0), (1, 0.0)),
        floor,
        0.26,
    )
    last.upper(hide, hide, 0.68)
    grid(
        [[((s - 0.5) * LENGTH * 0.96, y * WIDTH(s) * closing(s, toe=0.26) * 0.95, floor(s) + 0.02) for y in (-1, 0, 1)] for s in np.linspace(0.01, 0.99, 40)],
        plain((0.62, 0.48, 0.34), 0.7),
        sharp=180,
    )
    bow = last.place(0.73, 1, 1) + (0.02, 0, 0.03)
    for side in (-1, 1):
        tube(
            smooth_path([bow, bow + (0.01, side * 0.06, 0.035), bow + (0, side * 0.11, 0.0), bow + (-0.01, side * 0.05, -0.015), bow], 20), 0.014, hide, sides=8
        )
    sole(plain((0.05, 0.035, 0.02), 0.6), lambda s: 0.0, floor, 0.008, 0.26)
    return _posed(design)


KINDS = {"sneaker": sneaker, "ankle boot": ankle_boot, "ballet flat": ballet_flat}
