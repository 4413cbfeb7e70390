"""ボトル-桜: a lotion bottle of pink glass with a white cap and cherry blossom on its label."""

import math
import random

import labels
import materials
import shapes
from PIL import ImageDraw


def blossom(draw, x, y, size, turn, colour, heart):
    """Five notched petals around a heart."""
    for petal in range(5):
        a = turn + petal * 2 * math.pi / 5
        side = 0.46
        points = [(x, y)]
        for offset, reach in ((-side, 0.62), (-side * 0.72, 0.95), (-0.16, 1.08), (0, 0.90), (0.16, 1.08), (side * 0.72, 0.95), (side, 0.62)):
            points.append((x + size * reach * math.cos(a + offset), y + size * reach * math.sin(a + offset)))
        draw.polygon(points, fill=colour)
    for k in range(10):
        a = turn + k * math.pi / 5
        draw.line((x, y, x + size * 0.38 * math.cos(a), y + size * 0.38 * math.sin(a)), fill=heart, width=max(2, int(size * 0.04)))


def artwork():
    sheet = labels.paper((1400, 1500), (255, 250, 246, 255))
    draw, chance = ImageDraw.Draw(sheet), random.Random(4)
    branch = [(1400, 180), (1130, 260), (900, 230), (690, 330), (520, 310)]
    draw.line(branch, fill=(94, 62, 52, 255), width=16, joint="curve")
    draw.line([(1130, 260), (1010, 420), (960, 560)], fill=(94, 62, 52, 255), width=10, joint="curve")
    for x, y in branch[1:] + [(1010, 420), (960, 560), (1260, 150), (1240, 330), (800, 180), (600, 430)]:
        tint = chance.choice([(244, 176, 190, 255), (249, 205, 213, 255), (236, 150, 170, 255)])
        blossom(draw, x + chance.uniform(-25, 25), y + chance.uniform(-25, 25), chance.uniform(78, 112), chance.uniform(0, 6), tint, (196, 74, 96, 255))
    for _ in range(9):
        x, y = chance.uniform(120, 1280), chance.uniform(640, 1420)
        draw.ellipse((x - 20, y - 11, x + 20, y + 11), fill=(248, 205, 213, 255))
    ink = (112, 44, 58, 255)
    labels.line(sheet, "桜", "mincho", 460, (0.5, 0.60), ink)
    labels.line(sheet, "化粧水", "mincho", 120, (0.5, 0.81), ink, tracking=0.35)
    labels.line(sheet, "SAKURA LOTION  120 ml", "sans", 54, (0.5, 0.93), ink, tracking=0.18)
    return sheet


def build():
    pink = materials.principled((0.92, 0.47, 0.53), roughness=0.12, transmission_weight=0.35, subsurface_weight=0.35, coat_weight=1.0, coat_roughness=0.03)
    white = materials.principled((0.90, 0.88, 0.86), roughness=0.25, coat_weight=0.5, coat_roughness=0.1)
    rose = materials.principled((0.90, 0.52, 0.42), metallic=1.0, roughness=0.22)
    body = shapes.rounded(
        [(0, 0.03), (0.3, 0.0), (0.56, 0.0), (0.56, 1.42), (0.44, 1.66), (0.22, 1.74), (0.22, 1.80), (0, 1.80)],
        [0, 0.05, 0.10, 0.30, 0.14, 0.03, 0, 0], steps=12,
    )
    collar = shapes.rounded([(0, 1.75), (0.262, 1.75), (0.262, 1.83), (0, 1.83)], [0, 0.012, 0.012, 0])
    cap = shapes.rounded([(0, 1.83), (0.255, 1.83), (0.245, 2.36), (0, 2.38)], [0, 0.012, 0.06, 0], steps=10)
    label = materials.printed(artwork(), roughness=0.42, coat_weight=0.2, coat_roughness=0.2)
    return [shapes.lathe(body, pink), shapes.lathe(collar, rose), shapes.lathe(cap, white), shapes.wrapped_label(0.5625, 0.22, 1.28, 110, label)]
