"""A tall bottle of olive oil: dark green glass, a long neck, a paper label and a wax-red capsule."""

import labels
import materials
import shapes


def artwork():
    sheet, ink = labels.paper((1100, 1500), (243, 234, 214, 255)), (44, 56, 34, 255)
    labels.border(sheet, 46, 5, ink)
    labels.border(sheet, 62, 2, ink)
    labels.line(sheet, "OLIVETO", "serif", 176, (0.5, 0.24), ink, tracking=0.14)
    labels.rule(sheet, (0.5, 0.335), 0.3, 4, (168, 52, 36, 255))
    labels.line(sheet, "extra vergine", "italic", 112, (0.5, 0.42), ink)
    labels.line(sheet, "Nº 7", "serif", 250, (0.5, 0.63), (168, 52, 36, 255))
    labels.line(sheet, "PRIMA SPREMITURA", "sans", 54, (0.5, 0.80), ink, tracking=0.16)
    labels.line(sheet, "500 ml", "sans", 54, (0.5, 0.875), ink, tracking=0.16)
    return sheet


def build():
    bottle = materials.principled((0.035, 0.065, 0.016), roughness=0.05, coat_weight=1.0, coat_roughness=0.02, ior=1.5)
    wax = materials.bumpy(materials.principled((0.36, 0.03, 0.02), roughness=0.4), 9, 0.12, 0.02)
    paper = materials.printed(artwork(), roughness=0.75)
    body = shapes.rounded(
        [(0, 0.03), (0.2, 0.0), (0.37, 0.0), (0.37, 1.50), (0.13, 1.86), (0.115, 2.40), (0, 2.40)],
        [0, 0.04, 0.06, 0.32, 0.30, 0.02, 0], steps=14,
    )
    capsule = shapes.rounded([(0.118, 2.02), (0.127, 2.02), (0.124, 2.36), (0.142, 2.37), (0.142, 2.44), (0, 2.45)], [0, 0.004, 0.01, 0.01, 0.02, 0])
    return [shapes.lathe(body, bottle), shapes.lathe(capsule, wax), shapes.wrapped_label(0.3715, 0.30, 1.22, 130, paper)]
