"""Skincare, perfume, make-up, hair and body."""

import math

import numpy as np

from ..materials.nodes import bright, glass, metal, plain
from ..shapes.meshes import box, cylinder, grid, rounded, slab, torus, turned, wrapped_label, flat_label, with_texture


def cream_jar(design):
    chance = design.chance
    radius, height, lid = chance.uniform(0.40, 0.52), chance.uniform(0.34, 0.5), chance.uniform(0.16, 0.24)
    soft = chance.uniform(0.03, 0.14)
    body = design.tinted_glass(((0.86, 0.92, 0.90), (0.95, 0.86, 0.80), (0.9, 0.92, 0.95))) if chance.happens(0.25) else design.coat()
    turned(rounded([(0, 0), (radius, 0), (radius * 1.02, height), (radius * 0.86, height + 0.01), (0, height + 0.01)], soft), body)
    turned([(0, 0.05), (radius * 0.8, 0.05), (radius * 0.8, height - 0.03), (0, height - 0.03)], plain((0.84, 0.82, 0.78), 0.6))
    turned(rounded([(0, height + 0.012), (radius * 1.03, height + 0.012), (radius * 1.03, height + lid), (0, height + lid)], 0.03), design.cap())
    wrapped_label(lambda z: radius * (1.006 + 0.02 * z / height), height * 0.18, height * 0.82, 110, design.print(1.9 * radius, height * 0.64))


def serum_bottle(design):
    chance = design.chance
    radius, height = chance.uniform(0.19, 0.25), chance.uniform(0.55, 0.68)
    clear = chance.happens(0.45)
    body = design.tinted_glass(((0.90, 0.45, 0.14), (0.95, 0.97, 0.96), (0.65, 0.82, 0.86), (0.95, 0.80, 0.76))) if clear else design.coat()
    turned(
        rounded(
            [(0, 0), (radius, 0), (radius, height - 0.07), (radius * 0.42, height), (radius * 0.42, height + 0.06), (0, height + 0.06)],
            [0, 0.04, 0.07, 0.03, 0, 0],
        ),
        body,
    )
    if clear:
        turned([(0, 0.02), (radius * 0.9, 0.02), (radius * 0.9, height * 0.6), (0, height * 0.6)], plain((0.85, 0.70, 0.48), 0.25))
    turned(rounded([(0, height + 0.04), (radius * 0.50, height + 0.04), (radius * 0.50, height + 0.16), (0, height + 0.16)], 0.015), design.metal())
    turned(
        rounded([(0, height + 0.16), (radius * 0.30, height + 0.16), (radius * 0.28, height + 0.30), (radius * 0.12, height + 0.38), (0, height + 0.39)], 0.05),
        plain(chance.choose(((0.02, 0.02, 0.02), (0.8, 0.79, 0.77))), 0.45),
    )
    wrapped_label(radius * 1.012, height * 0.16, height * 0.72, 150, design.print(radius * 2.6, height * 0.56, clear=False if clear else None))


def lotion_tube(design):
    chance = design.chance
    radius, height, foot = chance.uniform(0.20, 0.25), chance.uniform(0.85, 1.0), 0.16
    rows, turn = [], np.linspace(0, 2 * np.pi, 48, endpoint=False)
    for z in np.linspace(0, 1, 16):
        depth = (1 - z**1.4) * radius + 0.012
        width = radius * (1 + 0.38 * z**1.2)
        rows.append(np.stack([width * np.cos(turn), depth * np.sin(turn), np.full(48, foot + z * height)], 1))
    grid(rows, design.coat(), closed=True)
    box((radius * 2.74, 0.03, 0.10), design.coat(), 0.008, at=(0, 0, foot + height - 0.02))
    cylinder(radius * 0.93, foot, design.cap(), 0.02)
    columns, levels = 17, 9
    surface = []
    for z in np.linspace(0.14, 0.72, levels):
        depth, width = (1 - z**1.4) * radius + 0.012, radius * (1 + 0.38 * z**1.2)
        angle = np.radians(np.linspace(-55, 55, columns)) - math.pi / 2
        surface.append(np.stack([width * 1.01 * np.cos(angle), (depth + 0.004) * np.sin(angle) * 1.01, np.full(columns, foot + z * height)], 1))
    with_texture(grid(surface, design.print(radius * 2, height * 0.58, clear=True)), columns, levels)


def _perfume_top(design, height, neck):
    cylinder(neck, 0.07, design.metal(0.15), 0.01, at=(0, 0, height))
    if design.chance.happens(0.5):
        cylinder(neck * 1.5, design.chance.uniform(0.16, 0.28), design.cap(), 0.02, at=(0, 0, height + 0.06))
    else:
        box((neck * 2.8, neck * 2.4, design.chance.uniform(0.16, 0.24)), design.cap(), 0.02, at=(0, 0, height + 0.06))


PERFUMES = ((0.95, 0.72, 0.55), (0.93, 0.78, 0.62), (0.92, 0.70, 0.72), (0.72, 0.82, 0.88), (0.90, 0.62, 0.30), (0.78, 0.88, 0.74))


def square_perfume_bottle(design):
    chance = design.chance
    width, depth, height = chance.uniform(0.5, 0.66), chance.uniform(0.22, 0.32), chance.uniform(0.58, 0.76)
    clear = chance.happens(0.65)
    box((width, depth, height), glass((0.97, 0.97, 0.97)) if clear else design.coat(), 0.05)
    if clear:
        box((width * 0.84, depth * 0.7, height * chance.uniform(0.6, 0.8)), glass(chance.choose(PERFUMES), ior=1.36), 0.03, at=(0, 0, height * 0.09))
    flat_label(width * 0.62, height * 0.4, design.print(width * 0.62, height * 0.4, clear=chance.happens(0.3)), at=(0, -depth / 2 - 0.004, height * 0.46))
    _perfume_top(design, height, 0.085)


def round_perfume_bottle(design):
    chance = design.chance
    radius, depth = chance.uniform(0.34, 0.42), chance.uniform(0.2, 0.28)
    circle = [(radius * math.sin(a), radius - radius * math.cos(a)) for a in np.linspace(0.45, 2 * math.pi - 0.45, 48)]
    lift = -circle[0][1]
    clear = chance.happens(0.6)
    slab([(x, z + lift) for x, z in circle], depth, glass((0.97, 0.96, 0.95)) if clear else design.coat(), 0.05)
    if clear:
        inner = [(0.86 * x, z) for x, z in circle]
        slab([(x, 0.86 * (z - radius) + radius + lift) for x, z in inner if z < radius * 1.5], depth * 0.66, glass(chance.choose(PERFUMES), ior=1.36), 0.03)
    flat_label(radius * 1.1, radius * 0.6, design.print(radius * 1.1, radius * 0.6, clear=chance.happens(0.4)), at=(0, -depth / 2 - 0.004, radius + lift))
    _perfume_top(design, 2 * radius + lift - 0.015, 0.075)


def tall_perfume_bottle(design):
    chance = design.chance
    radius, height = chance.uniform(0.16, 0.21), chance.uniform(0.62, 0.75)
    power = chance.choose((2.0, 5.0, 8.0))
    clear = chance.happens(0.5)
    turned(rounded([(0, 0), (radius, 0), (radius, height), (0, height)], 0.03), glass((0.97, 0.97, 0.96)) if clear else design.coat(), power=power)
    if clear:
        turned(
            rounded([(0, 0.05), (radius * 0.84, 0.05), (radius * 0.84, height * 0.8), (0, height * 0.8)], 0.02),
            glass(chance.choose(PERFUMES), ior=1.36),
            power=power,
        )
    wrapped_label(radius * 1.012, height * 0.3, height * 0.62, 90, design.print(radius * 1.6, height * 0.32, clear=False), power=power)
    turned(rounded([(0, height + 0.012), (radius * 0.99, height + 0.012), (radius * 0.99, height + 0.3), (0, height + 0.3)], 0.025), design.cap(), power=power)


def lipstick(design):
    chance = design.chance
    shade = chance.choose(((0.42, 0.02, 0.04), (0.62, 0.05, 0.06), (0.70, 0.16, 0.16), (0.60, 0.10, 0.22), (0.45, 0.14, 0.10)))
    power = chance.choose((2.0, 2.0, 6.0))
    turned(rounded([(0, 0), (0.16, 0), (0.16, 0.42), (0, 0.42)], 0.015), design.coat(), power=power)
    cylinder(0.135, 0.16, design.metal(0.12), 0.01, at=(0, 0, 0.42))
    turned(rounded([(0, 0.42), (0.108, 0.42), (0.108, 0.70), (0, 0.70)], 0.008), design.metal(0.18))
    turn, rows = np.linspace(0, 2 * np.pi, 32, endpoint=False), []
    for t in np.linspace(0, 1, 12):
        radius = 0.092 * math.sqrt(max(1e-4, 1 - max(0.0, (t - 0.55) / 0.45) ** 2.5))
        rows.append(np.stack([radius * np.cos(turn), radius * np.sin(turn), 0.66 + 0.34 * t - 0.9 * radius * np.sin(turn) * 0.55 * t], 1))
    grid(rows, plain(shade, 0.32, coat_weight=0.3), closed=True)
    if chance.happens(0.5):
        x = chance.side() * 0.34
        turned(rounded([(0, 0), (0.165, 0), (0.165, 0.5), (0, 0.5)], 0.02), design.coat(), power=power, at=(x, 0.08, 0))


def nail_polish(design):
    chance = design.chance
    shade = chance.choose((design.body, (0.55, 0.03, 0.05), (0.75, 0.30, 0.30), (0.35, 0.05, 0.15), (0.70, 0.45, 0.42)))
    power = chance.choose((2.0, 6.0))
    turned(rounded([(0, 0), (0.25, 0), (0.25, 0.36), (0.09, 0.42), (0, 0.42)], [0, 0.05, 0.07, 0.02, 0]), plain(shade, 0.06, coat_weight=1.0), power=power)
    turned(
        rounded([(0, 0.42), (0.12, 0.42), (0.095, 0.98), (0, 0.98)], 0.03),
        plain(chance.choose(((0.015, 0.015, 0.015), (0.82, 0.81, 0.79), design.second)), 0.2),
    )
    wrapped_label(0.2515, 0.10, 0.24, 80, design.print(0.4, 0.14, clear=True), power=power)


def powder_compact(design):
    shell = design.coat()
    turned(rounded([(0, 0), (0.5, 0), (0.5, 0.11), (0.44, 0.11), (0.44, 0.085), (0, 0.085)], 0.02), shell)
    cylinder(0.36, 0.02, plain(design.chance.choose(((0.74, 0.50, 0.38), (0.70, 0.28, 0.26), (0.80, 0.62, 0.50))), 0.95), 0.008, at=(0, -0.02, 0.085))
    torus(0.37, 0.012, design.metal(0.1), at=(0, -0.02, 0.10), turn=(math.pi / 2, 0, 0))
    tilt = (math.radians(-78), 0, 0)
    lid = (0, 0.5, 0.58)
    turned(rounded([(0, -0.03), (0.5, -0.03), (0.5, 0.04), (0, 0.04)], 0.02), shell, at=lid, turn=(math.radians(78), 0, 0))
    turned([(0, 0), (0.43, 0)], metal("silver", 0.02), at=(lid[0], lid[1] - 0.045, lid[2] - 0.01), turn=tilt)


def shampoo_bottle(design):
    chance = design.chance
    radius, height = chance.uniform(0.22, 0.28), chance.uniform(0.72, 0.88)
    squash = chance.uniform(0.55, 0.8)
    waist = chance.uniform(0.92, 1.0)
    turned(
        rounded(
            [(0, 0), (radius, 0), (radius * waist, height * 0.5), (radius, height * 0.92), (radius * 0.5, height), (0, height)], [0, 0.05, 0.2, 0.09, 0.03, 0]
        ),
        design.coat(),
        squash=squash,
        power=2.6,
    )
    turned(rounded([(0, height), (radius * 0.62, height), (radius * 0.6, height + 0.17), (0, height + 0.17)], 0.02), design.cap(), squash=squash, power=2.6)
    wrapped_label(radius * 1.012, height * 0.2, height * 0.72, 90, design.print(radius * 1.7, height * 0.5, clear=True), squash=squash, power=2.6)


def pump_bottle(design):
    chance = design.chance
    radius, height = chance.uniform(0.2, 0.27), chance.uniform(0.58, 0.7)
    amber = chance.happens(0.25)
    turned(
        rounded(
            [(0, 0), (radius, 0), (radius, height - 0.06), (radius * 0.38, height), (radius * 0.38, height + 0.03), (0, height + 0.03)],
            [0, 0.04, 0.08, 0.03, 0, 0],
        ),
        glass((0.75, 0.30, 0.07)) if amber else design.coat(),
    )
    if amber:
        turned([(0, 0.02), (radius * 0.92, 0.02), (radius * 0.92, height * 0.78), (0, height * 0.78)], plain((0.45, 0.20, 0.05), 0.3))
    top = plain(chance.choose(((0.02, 0.02, 0.02), (0.82, 0.81, 0.79))), 0.35) if chance.happens(0.6) else design.metal()
    cylinder(radius * 0.44, 0.09, top, 0.012, at=(0, 0, height + 0.02))
    cylinder(radius * 0.13, 0.16, top, 0.005, at=(0, 0, height + 0.1))
    cylinder(radius * 0.27, 0.05, top, 0.012, at=(0, 0, height + 0.25))
    side = chance.side()
    box((radius * 1.15, radius * 0.32, 0.04), top, 0.014, at=(side * radius * 0.55, 0, height + 0.262), turn=(0, side * 0.1, 0))
    wrapped_label(radius * 1.01, height * 0.16, height * 0.76, 120, design.print(radius * 2.1, height * 0.6, clear=False if amber else None))


def bar_of_soap(design):
    pale = bright(design.body, 1.0)
    soap = plain(pale, 0.45, subsurface_weight=0.15)
    box((0.92, 0.56, 0.24), soap, 0.09, turn=(0, 0, design.chance.uniform(-0.4, 0.4)))
    top = box((0.88, 0.54, 0.23), soap, 0.09, at=(0.03, 0.02, 0.24), turn=(0, 0, design.chance.uniform(-0.7, 0.7)))
    flat_label(0.5, 0.2, design.print(0.5, 0.2, clear=True, layout=0), at=(0.03, 0.02, 0.474), turn=(-math.pi / 2, 0, top.rotation_euler.z))


KINDS = {
    "cream jar": cream_jar,
    "serum bottle": serum_bottle,
    "lotion tube": lotion_tube,
    "square perfume bottle": square_perfume_bottle,
    "round perfume bottle": round_perfume_bottle,
    "tall perfume bottle": tall_perfume_bottle,
    "lipstick": lipstick,
    "nail polish": nail_polish,
    "powder compact": powder_compact,
    "shampoo bottle": shampoo_bottle,
    "pump bottle": pump_bottle,
    "bar of soap": bar_of_soap,
}
