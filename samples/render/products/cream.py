"""A jar of face cream: heavy frosted glass, a pale wooden lid, a screen-printed label."""

import labels
import materials
import shapes


def artwork():
    sheet, ink = labels.paper((1600, 600)), (58, 66, 60, 255)
    labels.line(sheet, "LUMI", "light", 230, (0.5, 0.36), ink, tracking=0.34)
    labels.rule(sheet, (0.5, 0.58), 0.05, 5, ink)
    labels.line(sheet, "crème de jour", "italic", 92, (0.5, 0.73), ink, tracking=0.02)
    labels.line(sheet, "BIRCH & OAT  50 ml", "sans", 46, (0.5, 0.92), ink, tracking=0.22)
    return sheet


def build():
    jar = materials.principled((0.80, 0.88, 0.82), roughness=0.32, transmission_weight=0.25, subsurface_weight=0.5, coat_weight=0.8, coat_roughness=0.12)
    jar.node_tree.nodes["Principled BSDF"].inputs["Subsurface Radius"].default_value = (0.25, 0.3, 0.25)
    wood = materials.mottled(
        materials.principled(roughness=0.5, coat_weight=0.15, coat_roughness=0.3),
        [(0.30, (0.50, 0.33, 0.18)), (0.52, (0.66, 0.47, 0.28)), (0.75, (0.75, 0.57, 0.37))],
        scale=2.2, distortion=0.4, stretch=(1.0, 1.0, 14.0),
    )
    print_ = materials.printed(artwork(), roughness=0.5)
    body = shapes.rounded([(0, 0.02), (0.10, 0.0), (1.02, 0.0), (1.06, 0.62), (1.03, 1.00), (0.84, 1.04), (0.84, 1.10), (0, 1.10)], [0, 0.02, 0.16, 0.4, 0.07, 0.03, 0.01, 0])
    lid = shapes.rounded([(0, 1.10), (1.05, 1.10), (1.05, 1.60), (0, 1.62)], [0, 0.03, 0.09, 0], steps=10)
    gap = materials.principled((0.85, 0.85, 0.82), roughness=0.4)
    return [
        shapes.lathe(body, jar),
        shapes.lathe([(0.9, 1.03), (0.9, 1.12)], gap),
        shapes.lathe(lid, wood),
        shapes.wrapped_label(lambda z: 1.02 + 0.04 * (z / 0.62) + 0.004, 0.20, 0.86, 100, print_),
    ]
