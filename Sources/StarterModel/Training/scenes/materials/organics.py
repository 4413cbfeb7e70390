"""Wood, cloth, leather, moss and leaves."""

import math

from .nodes import Surface, bright

WOODS = {
    "oak": ((0.48, 0.31, 0.17), (0.32, 0.18, 0.09)),
    "walnut": ((0.17, 0.085, 0.045), (0.075, 0.034, 0.018)),
    "birch": ((0.66, 0.52, 0.37), (0.54, 0.39, 0.25)),
    "teak": ((0.34, 0.175, 0.075), (0.19, 0.085, 0.033)),
    "dark wood": ((0.05, 0.03, 0.02), (0.02, 0.012, 0.008)),
    "whitewashed wood": ((0.66, 0.63, 0.58), (0.48, 0.44, 0.40)),
}


def wood(chance, name, planks=None, turn=None, gloss=None):
    """Grain along x (or turned), with planks where asked (or, on its own, more often than not)."""
    light, dark = WOODS[name]
    surface = Surface(light, roughness=gloss or chance.uniform(0.32, 0.55))
    turn = chance.weighted({0.0: 0.6, math.pi / 2: 0.25, 0.5: 0.15}) if turn is None else turn
    vector = surface.at(scale=(0.8, 8, 8), turn=(0, 0, turn), offset=chance.offset())
    rings = surface.noise(vector, chance.uniform(0.8, 1.4), 4, 0.6, 0.9)
    fibres = surface.noise(surface.at(scale=(2, 42, 42), turn=(0, 0, turn), offset=chance.offset()), 2.0, 2, 0.6)
    tone = surface.ramp(rings, [(0.25, dark), (0.48, light), (0.58, bright(light, 0.86)), (0.8, dark)])
    tone = surface.mix(0.35, tone, surface.ramp(fibres, [(0.3, (0.45, 0.42, 0.4)), (0.7, (1, 1, 1))]), "MULTIPLY")
    if planks if planks is not None else chance.happens(0.65):
        node = surface.node("ShaderNodeTexBrick", offset=0.37)
        surface.link(surface.at(turn=(0, 0, turn), offset=chance.offset()), node.inputs[0])
        for name_, value in (("Scale", 1.0), ("Mortar Size", 0.008), ("Brick Width", 4.5), ("Row Height", chance.uniform(0.4, 0.8)), ("Bias", 0.0)):
            node.inputs[name_].default_value = value
        node.inputs["Color1"].default_value, node.inputs["Color2"].default_value, node.inputs["Mortar"].default_value = (
            (1, 1, 1, 1),
            (0.74, 0.74, 0.74, 1),
            (0.16, 0.13, 0.11, 1),
        )
        tone = surface.mix(0.9, tone, node.outputs[0], "MULTIPLY")
    return surface.coloured(tone).bumped(fibres, 0.1, 0.02).made


def cloth(chance, colour, weave=None, sheen=0.35):
    """Linen, cotton, wool: a woven relief of two crossing waves with uneven threads."""
    surface = Surface(colour, roughness=0.95, sheen_weight=sheen)
    count, turn = weave or chance.uniform(16, 30), chance.uniform(0, 3)
    threads = []
    for extra in (0.0, math.pi / 2):
        vector = surface.at(turn=(0, 0, turn + extra), offset=chance.offset(9))
        threads.append(surface.texture("Wave", vector, scale=count, distortion=1.2, detail=2.0, detail_scale=1.5)[1])
    woven = surface.mix(0.5, *threads)
    uneven = surface.noise(surface.at(offset=chance.offset()), 3.0, 3, 0.6)
    tone = surface.mix(
        0.5,
        surface.ramp(woven, [(0.25, bright(colour, 0.74)), (0.75, bright(colour, 1.05))]),
        surface.ramp(uneven, [(0.3, bright(colour, 0.86)), (0.7, bright(colour, 1.04))]),
    )
    return surface.coloured(tone).bumped(woven, 0.4, 0.02).made


def satin(colour):
    return Surface(bright(colour, 0.9), roughness=0.30, sheen_weight=0.35, specular_ior_level=0.7, anisotropic=0.4).made


def leather(chance, colour, grain=None, roughness=0.42):
    surface = Surface(colour, roughness=roughness, coat_weight=0.12, coat_roughness=0.35)
    cells = surface.texture("Voronoi", surface.at(offset=chance.offset()), scale=grain or chance.uniform(38, 70))[0]
    return surface.bumped(cells, 0.2, 0.012).made


def knit(colour, ribs=26):
    """Ribbed wool around z."""
    surface = Surface(colour, roughness=0.95, sheen_weight=0.4)
    place = surface.at()
    split = surface.node("ShaderNodeSeparateXYZ")
    surface.link(place, split.inputs[0])
    angle = surface.node("ShaderNodeMath", operation="ARCTAN2")
    surface.link(split.outputs[0], angle.inputs[0])
    surface.link(split.outputs[1], angle.inputs[1])
    scaled = surface.node("ShaderNodeMath", operation="MULTIPLY")
    scaled.inputs[1].default_value = float(ribs)
    surface.link(angle.outputs[0], scaled.inputs[0])
    wave = surface.node("ShaderNodeMath", operation="SINE")
    surface.link(scaled.outputs[0], wave.inputs[0])
    high = surface.node("ShaderNodeMapRange")
    high.inputs["From Min"].default_value = -1.0
    surface.link(wave.outputs[0], high.inputs[0])
    surface.coloured(surface.ramp(high.outputs[0], [(0.0, bright(colour, 0.6)), (1.0, bright(colour, 1.05))]))
    return surface.bumped(high.outputs[0], 0.7, 0.03).made


def fur(chance, colour):
    """Short plush: strong fine relief and sheen."""
    surface = Surface(colour, roughness=1.0, sheen_weight=0.8, sheen_roughness=0.6)
    vector = surface.at(offset=chance.offset())
    hair = surface.noise(vector, 48, 3, 0.75)
    return surface.coloured(surface.ramp(hair, [(0.3, bright(colour, 0.6)), (0.7, bright(colour, 1.15))])).bumped(hair, 0.9, 0.05).made


def moss(chance):
    surface = Surface((0.1, 0.18, 0.04), roughness=1.0)
    vector = surface.at(offset=chance.offset())
    fine, patches = surface.noise(vector, 13, 4, 0.8), surface.noise(vector, 1.2, 4, 0.5)
    green = surface.ramp(fine, [(0.3, (0.022, 0.05, 0.010)), (0.7, (0.13, 0.21, 0.045))])
    earth = surface.ramp(fine, [(0.3, (0.04, 0.025, 0.015)), (0.7, (0.15, 0.10, 0.06))])
    return surface.coloured(surface.mix(surface.mask(patches, 0.56, 0.68), green, earth)).bumped(fine, 1.0, 0.12).made


GREENS = {
    "deep": (0.030, 0.115, 0.030),
    "fresh": (0.075, 0.215, 0.05),
    "blue": (0.03, 0.115, 0.065),
    "olive": (0.14, 0.20, 0.065),
    "grey": (0.22, 0.29, 0.22),
    "fir": (0.02, 0.065, 0.038),
    "dry": (0.55, 0.42, 0.27),
}


def leaf(chance, tone=None):
    """A leaf's green: veined a little, waxy."""
    colour = GREENS[tone or chance.choose(("deep", "fresh", "blue", "olive", "deep"))]
    surface = Surface(colour, roughness=0.42, sheen_weight=0.0)
    tone_ = surface.noise(surface.at(offset=chance.offset()), 4, 3, 0.5)
    return surface.coloured(surface.ramp(tone_, [(0.3, bright(colour, 0.7)), (0.7, bright(colour, 1.35))])).made
