"""A perfume: a thick block of glass with an amber heart, a gilt collar, a faceted stopper and a small label."""

import labels
import materials
import shapes


def artwork():
    sheet, ink = labels.paper((1000, 640), (250, 246, 238, 255)), (44, 36, 30, 255)
    labels.border(sheet, 28, 5, (186, 148, 88, 255))
    labels.line(sheet, "AURÉLIE", "serif", 168, (0.5, 0.42), ink, tracking=0.12)
    labels.line(sheet, "eau de parfum", "italic", 84, (0.5, 0.66), ink)
    labels.line(sheet, "PARIS", "sans", 40, (0.5, 0.83), (150, 116, 64, 255), tracking=0.5)
    return sheet


def outline(width, low, high, radius):
    return shapes.rounded([(-width / 2, low), (width / 2, low), (width / 2, high), (-width / 2, high)], radius, closed=True, steps=10)


def build():
    clear = materials.glass((0.985, 0.99, 0.985), ior=1.48)
    scent = materials.glass((0.98, 0.60, 0.25), ior=1.36, shadow=0.9)
    gold = materials.gold(0.14)
    stopper = materials.principled((0.02, 0.018, 0.016), roughness=0.1, coat_weight=1.0, coat_roughness=0.02)
    label = materials.printed(artwork(), roughness=0.55)
    parts = [
        shapes.slab(outline(1.36, 0.0, 1.50, 0.13), 0.66, clear, bevel=0.06, segments=8),
        shapes.slab(outline(1.14, 0.17, 1.30, 0.09), 0.44, scent, bevel=0.05, segments=6),
        shapes.lathe(shapes.rounded([(0, 1.49), (0.27, 1.49), (0.27, 1.56), (0.21, 1.58), (0.21, 1.68), (0, 1.68)], [0, 0.01, 0.012, 0.01, 0.01, 0]), gold),
        shapes.slab(outline(0.62, 1.68, 2.20, 0.05), 0.50, stopper, bevel=0.035, segments=5),
        shapes.box((0.635, 0.515, 0.055), gold, at=(0, 0, 1.68), bevel=0.012),
        shapes.flat_label((0.74, 0.474), label, at=(0, -0.3325, 0.72)),
    ]
    return parts
