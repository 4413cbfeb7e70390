"""A wristwatch on its closed leather strap: steel case, sunburst dial, applied indices, three hands."""

import math

import labels
import materials
import numpy as np
import shapes
from PIL import Image, ImageDraw

FACE = -0.20  # the dial's y; the crystal stands before it


def dial():
    """A blue sunburst with a minute track, the name and the seconds."""
    size = 1400
    sheet = Image.new("RGBA", (size, size))
    draw = ImageDraw.Draw(sheet)
    for k in range(720):
        turn = k / 720 * 2 * math.pi
        glow = 0.5 + 0.5 * math.cos(2 * turn - 1.2)
        colour = tuple(round(a + (b - a) * glow**2) for a, b in ((8, 30), (24, 74), (58, 138))) + (255,)
        draw.pieslice((0, 0, size, size), k / 2, k / 2 + 1, fill=colour)
    for k in range(60):
        turn = k * math.pi / 30
        ends = [(size / 2 + r * size * math.sin(turn), size / 2 - r * size * math.cos(turn)) for r in (0.462, 0.482 if k % 5 else 0.488)]
        draw.line(ends, fill=(225, 230, 238, 255), width=3 if k % 5 else 7)
    labels.line(sheet, "MERIDIAN", "sans", 66, (0.5, 0.31), (232, 236, 242, 255), tracking=0.2)
    labels.line(sheet, "automatic", "italic", 58, (0.5, 0.68), (232, 236, 242, 255))
    labels.line(sheet, "10 BAR", "sans", 32, (0.5, 0.73), (200, 208, 220, 255), tracking=0.3)
    return sheet


def hand(length, width, tail, level, turn, material):
    """A tapering hand that points to `turn` (radians clockwise from twelve), `level` before the dial."""
    outline = [(-width / 2, -tail), (width / 2, -tail), (width / 2, length * 0.8), (0, length), (-width / 2, length * 0.8)]
    outline = [(x * math.cos(turn) + z * math.sin(turn), z * math.cos(turn) - x * math.sin(turn)) for x, z in outline]
    return shapes.slab(outline, 0.012, material, bevel=0.003, segments=2, at=(0, FACE - level, 0))


def turned(profile, material):
    """A body turned around the watch's axis: the profile's z counts from the back (0) towards the camera."""
    item = shapes.lathe(profile, material, steps=200)
    item.rotation_euler = (math.pi / 2, 0, 0)
    return item


def lug(x, top, material):
    sign = 1 if top else -1
    outline = shapes.smooth_path([(-0.02, 0, 0.40), (-0.13, 0, 0.60), (-0.10, 0, 0.76), (0.02, 0, 0.80), (0.09, 0, 0.70), (0.06, 0, 0.40)], 30, closed=True)[:, [0, 2]]
    item = shapes.slab([(y, sign * z) for y, z in outline], 0.11, material, bevel=0.02, segments=3)
    item.rotation_euler = (0, 0, math.pi / 2)
    item.location = (x, -0.02, 0)
    return item


def strap(material, thread):
    path = [(0, -0.03, 0.635), (0, 0.03, 0.86), (0, 0.34, 1.16), (0, 0.76, 1.22), (0, 1.12, 0.98), (0, 1.32, 0.5), (0, 1.36, 0), (0, 1.30, -0.5), (0, 1.06, -0.96), (0, 0.70, -1.16), (0, 0.32, -1.12), (0, 0.03, -0.86), (0, -0.03, -0.635)]
    smooth = shapes.smooth_path(path, 160)
    parts = [shapes.ribbon(smooth, 0.58, 0.085, material, bevel=0.03)]
    for x in (-0.245, 0.245):
        for i in range(2, 157, 2):
            ahead = smooth[i + 1] - smooth[i]
            outwards = np.array([0, -ahead[2], ahead[1]]) / np.linalg.norm(ahead) * 0.044
            ends = [p + outwards + (x, 0, 0) for p in (smooth[i], smooth[i + 1])]
            parts.append(shapes.tube(ends, 0.010, thread, steps=2))
    return parts


def build():
    steel, polished = materials.steel(0.28), materials.steel(0.08)
    strap_leather = materials.leather((0.15, 0.055, 0.022), grain=48, strength=0.25, roughness=0.42)
    thread = materials.principled((0.80, 0.66, 0.46), roughness=0.8)
    lume = materials.principled((0.85, 0.86, 0.82), roughness=0.4)
    red = materials.principled((0.75, 0.12, 0.04), roughness=0.35)
    face = materials.printed(dial(), roughness=0.32, metallic=0.35)
    case = shapes.rounded([(0, -0.16), (0.52, -0.16), (0.62, -0.06), (0.63, 0.10), (0.60, 0.19), (0.56, 0.19)], [0, 0.03, 0.05, 0.05, 0.02, 0], steps=6)
    bezel = shapes.rounded([(0.60, 0.17), (0.60, 0.21), (0.52, 0.262), (0.495, 0.262), (0.49, 0.19)], [0, 0.02, 0.025, 0.01, 0], steps=6)
    crystal = shapes.rounded([(0.495, 0.245), (0.48, 0.268), (0, 0.28)], [0, 0.01, 0])
    parts = [turned(case, steel), turned(bezel, polished), turned(crystal, materials.glass(ior=1.12, shadow=0.98))]
    parts.append(shapes.flat_label((1.0, 1.0), face, at=(0, FACE, 0)))
    for k in range(12):
        a = k * math.pi / 6
        length, width = (0.13, 0.036) if k % 3 else (0.15, 0.055)
        index = shapes.box((width, 0.018, length), polished, bevel=0.005, segments=2)
        index.location = (0.32 * math.sin(a), FACE - 0.009, 0.32 * math.cos(a))
        index.rotation_euler = (0, a, 0)
        parts.append(index)
    ten_past_ten = ((0.27, 0.05, 0.07, 0.022, math.radians(-56), polished), (0.40, 0.038, 0.08, 0.036, math.radians(54), polished), (0.42, 0.012, 0.13, 0.05, math.radians(190), red))
    for shape in ten_past_ten:
        parts.append(hand(*shape))
    parts.append(hand(0.20, 0.02, -0.06, 0.029, math.radians(-56), lume))
    parts.append(hand(0.32, 0.014, -0.06, 0.043, math.radians(54), lume))
    pin = turned([(0, 0.19), (0.026, 0.19), (0.026, 0.262), (0, 0.265)], polished)
    crown = shapes.lathe(shapes.rounded([(0, 0), (0.075, 0), (0.09, 0.02), (0.09, 0.12), (0.06, 0.14), (0, 0.14)], 0.015), steel)
    crown.rotation_euler, crown.location = (0, math.pi / 2, 0), (0.60, -0.02, 0)
    parts += [pin, crown]
    parts += [lug(x, top, steel) for x in (-0.335, 0.335) for top in (True, False)]
    parts += strap(strap_leather, thread)
    shapes.joined(parts, (0, 0, 1.215), turn=(math.radians(-9), 0, 0))
    return parts
