"""A structured handbag: grained leather, a rounded flap with stitching, a turn-lock, a top handle on rings."""

import math

import materials
import numpy as np
import shapes

WIDTH, DEPTH, HEIGHT = 2.1, 0.72, 1.45


def section(z):
    """Half width and half depth of the body at a height."""
    u = z / HEIGHT
    return WIDTH / 2 * (1 - 0.10 * u), DEPTH / 2 * (1 - 0.42 * u**1.3)


def loop(half_width, half_depth, radius, z, count=12):
    """A rounded rectangle at a height."""
    points = []
    for cx, cy, start in ((1, 1, 0), (-1, 1, 90), (-1, -1, 180), (1, -1, 270)):
        for a in np.radians(np.linspace(start, start + 90, count)):
            points.append((cx * (half_width - radius) + radius * math.cos(a), cy * (half_depth - radius) + radius * math.sin(a), z))
    return points


def body(leather):
    rings = [[(0, 0, 0.0)] * 48, loop(WIDTH / 2 - 0.10, DEPTH / 2 - 0.10, 0.06, 0.0)]
    for z in np.concatenate([np.linspace(0.0, 0.08, 8)[1:], np.linspace(0.1, HEIGHT - 0.08, 16)]):
        half_width, half_depth = section(z)
        tuck = 0.10 * (1 - math.sqrt(max(0, 1 - max(0, 1 - z / 0.08) ** 2)))
        bulge = 0.035 * math.sin(math.pi * z / HEIGHT)
        rings.append(loop(half_width - tuck, half_depth - tuck + bulge, 0.12, z))
    half_width, half_depth = section(HEIGHT)
    for a in np.linspace(0.2, math.pi / 2, 6):
        rings.append(loop(half_width - 0.09 * (1 - math.cos(a)), half_depth - 0.09 * (1 - math.cos(a)), 0.11, HEIGHT - 0.08 + 0.08 * math.sin(a)))
    rings.append([(0, 0, HEIGHT)] * 48)
    return shapes.shade(shapes.grid(rings, leather, closed=True), 60)


def flap_place(u, v, lift=0.0):
    """A point of the flap: u across (-1...1), v from the back (0) over the top to the front's end (1)."""
    half_depth = section(HEIGHT)[1]
    line = [(half_depth + 0.03, HEIGHT - 0.28), (half_depth + 0.02, HEIGHT - 0.08), (half_depth - 0.05, HEIGHT + 0.025), (0, HEIGHT + 0.035), (-half_depth + 0.05, HEIGHT + 0.025)]
    for z in np.linspace(HEIGHT - 0.06, 0.58, 6):
        line.append((-section(z)[1] - 0.045 - 0.036 * math.sin(math.pi * z / HEIGHT), z))
    path = FLAP_PATH if FLAP_PATH is not None else shapes.smooth_path([(0, y, z) for y, z in line], 200)
    drop = v * 199
    i = min(int(drop), 198)
    y, z = path[i][1:] + (path[i + 1][1:] - path[i][1:]) * (drop - i)
    ahead = path[i + 1][1:] - path[i][1:]
    out = np.array([ahead[1], -ahead[0]]) / np.linalg.norm(ahead)
    half_width = section(min(max(z, 0), HEIGHT))[0] + 0.012
    return np.array([u * half_width, y + lift * out[0], z + lift * out[1]])


FLAP_PATH = None


def flap_end(u):
    """How far down the flap hangs across its width: a gentle curve with round corners, as v."""
    return 1.0 - 0.20 * abs(u) ** 2.6 - 0.16 * max(0, abs(u) - 0.86) ** 2 / 0.0196


def flap(leather, thread):
    across = np.linspace(-1, 1, 81)
    rows = [[flap_place(u, v * flap_end(u)) for u in across] for v in np.linspace(0, 1, 90)]
    sheet = shapes.grid(rows, leather)
    shapes.recalculate(sheet)
    shapes.modified(sheet, "SOLIDIFY", thickness=0.045, offset=0.0)
    shapes.bevelled(sheet, 0.014, 3)
    seam = [flap_place(u * 0.955, flap_end(u) - 0.032, 0.026) for u in np.linspace(-0.99, 0.99, 400)]
    return [sheet] + stitches(thread, seam)


def stitches(thread, path, length=0.035, gap=0.022):
    path = np.array(path)
    travelled = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    parts = []
    for start in np.arange(0, travelled[-1] - length, length + gap):
        ends = [[np.interp(start + d, travelled, path[:, k]) for k in range(3)] for d in (0, length)]
        parts.append(shapes.tube(ends, 0.0075, thread, steps=3))
    return parts


def ring(centre, radius, metal, turn):
    circle = [(radius * math.cos(a), 0, radius * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 48, endpoint=False)]
    item = shapes.tube(circle, 0.02, metal, closed=True, steps=6)
    item.location, item.rotation_euler = centre, turn
    return item


def handle(leather, metal):
    parts = []
    spread, base = 0.55, HEIGHT + 0.12
    arch = [(spread * math.cos(a), 0, base + 0.12 + 0.72 * math.sin(a) ** 0.8) for a in np.linspace(0, math.pi, 80)]
    parts.append(shapes.tube([(spread, 0, base + 0.04)] + arch + [(-spread, 0, base + 0.04)], 0.062, leather))
    for side in (-1, 1):
        parts.append(shapes.lathe(shapes.rounded([(0, -0.05), (0.075, -0.05), (0.075, 0.06), (0, 0.06)], 0.012), metal))
        parts[-1].location = (side * spread, 0, base + 0.06)
        parts.append(ring((side * spread, 0, base - 0.01), 0.075, metal, (0, 0, math.pi / 2)))
        tab = [(side * spread, y, z) for y, z in ((-0.11, HEIGHT + 0.05), (-0.06, HEIGHT + 0.075), (0, HEIGHT + 0.085), (0.06, HEIGHT + 0.075), (0.11, HEIGHT + 0.05))]
        parts.append(shapes.ribbon(shapes.smooth_path(tab, 20), 0.15, 0.035, leather, bevel=0.012))
    return parts


def lock(metal):
    """The turn-lock where the flap ends."""
    place = flap_place(0, 0.90, 0.02)
    plate = shapes.slab(shapes.rounded([(-0.15, -0.10), (0.15, -0.10), (0.15, 0.10), (-0.15, 0.10)], 0.06, closed=True), 0.03, metal, bevel=0.01, at=place)
    boss = shapes.lathe(shapes.rounded([(0, 0), (0.06, 0), (0.055, 0.05), (0, 0.05)], 0.01), metal)
    boss.rotation_euler, boss.location = (math.pi / 2, 0, 0), place
    knob = shapes.slab(shapes.rounded([(-0.028, -0.078), (0.028, -0.078), (0.028, 0.078), (-0.028, 0.078)], 0.026, closed=True), 0.035, metal, bevel=0.01, at=place - (0, 0.065, 0))
    return [plate, boss, knob]


def build():
    leather = materials.leather((0.36, 0.115, 0.035), grain=46, strength=0.28, roughness=0.44)
    thread = materials.principled((0.78, 0.55, 0.32), roughness=0.8)
    gold = materials.gold(0.2)
    parts = [body(leather)] + flap(leather, thread) + handle(leather, gold) + lock(gold)
    for x in (-0.8, 0.8):
        for y in (-0.2, 0.2):
            parts.append(shapes.lathe([(0, -0.03), (0.05, -0.03), (0.06, 0.02)], gold))
            parts[-1].location = (x, y, 0)
    shapes.joined(parts, (0, 0, 0.03))
    return parts
