"""Marble, stone, concrete, terrazzo, plaster, sand, snow, water."""

import math

from .nodes import Surface, between, bright

MARBLES = {
    "white marble": ((0.80, 0.79, 0.77), (0.22, 0.22, 0.24)),
    "black marble": ((0.014, 0.014, 0.016), (0.55, 0.51, 0.46)),
    "green marble": ((0.02, 0.085, 0.055), (0.42, 0.52, 0.43)),
    "beige marble": ((0.66, 0.55, 0.42), (0.38, 0.27, 0.18)),
    "pink marble": ((0.72, 0.47, 0.43), (0.45, 0.20, 0.18)),
}


def marble(chance, name):
    """Cloudy stone with a few main veins and many faint ones."""
    base, vein = MARBLES[name]
    surface = Surface(base, roughness=chance.uniform(0.10, 0.30), coat_weight=0.25)
    vector = surface.at(turn=(chance.uniform(0, 6), chance.uniform(0, 6), chance.uniform(0, 6)), offset=chance.offset())
    scale = chance.uniform(0.55, 1.0)
    warped = surface.mix(0.45, vector, surface.noise(vector, scale * 1.3, 4, 0.55))
    main = surface.noise(warped, scale * 1.1, 3, 0.5, 1.3)
    faint = surface.noise(warped, scale * 3.1, 3, 0.6, 1.6)
    clouds = surface.mix(surface.mask(surface.noise(vector, scale * 1.6, 4, 0.6, 0.4), 0.35, 0.7), base, between(base, vein, 0.16))
    veins = surface.ramp(main, [(0.470, (0, 0, 0)), (0.497, (0.8, 0.8, 0.8)), (0.504, (0.8, 0.8, 0.8)), (0.535, (0, 0, 0))])
    hairs = surface.ramp(faint, [(0.485, (0, 0, 0)), (0.500, (0.4, 0.4, 0.4)), (0.515, (0, 0, 0))])
    return surface.coloured(surface.mix(hairs, surface.mix(veins, clouds, vein), vein)).made


def plaster(chance, colour, relief=0.25, spread=0.13):
    """Lime plaster or matte paint on it: two tones, fine relief."""
    surface = Surface(colour, roughness=0.88)
    vector = surface.at(offset=chance.offset())
    clouds = surface.noise(vector, chance.uniform(1.0, 2.6), 4, 0.65, 0.2)
    surface.coloured(surface.ramp(clouds, [(0.3, bright(colour, 1 - spread)), (0.7, bright(colour, 1 + spread / 2))]))
    return surface.bumped(surface.noise(vector, chance.uniform(7, 22), 4, 0.7), relief, 0.035).made


def concrete(chance, colour=(0.34, 0.33, 0.32)):
    """Cast concrete with pores."""
    surface = Surface(colour, roughness=0.75)
    vector = surface.at(offset=chance.offset())
    clouds = surface.noise(vector, 1.4, 4, 0.7, 0.3)
    pores = surface.mask(surface.texture("Voronoi", vector, scale=chance.uniform(9, 14))[0], 0.05, 0.13)
    tone = surface.ramp(clouds, [(0.3, bright(colour, 0.75)), (0.7, bright(colour, 1.15))])
    surface.coloured(surface.mix(surface.mix(0.6, (1, 1, 1), pores, "MULTIPLY"), bright(colour, 0.45), tone))
    return surface.bumped(surface.noise(vector, 18, 3, 0.7), 0.15, 0.02).made


def terrazzo(chance, colour):
    """Chips of three stones in a coloured ground, polished."""
    surface = Surface(colour, roughness=0.28, coat_weight=0.3)
    vector = surface.at(offset=chance.offset())
    cells = surface.texture("Voronoi", surface.mix(0.06, vector, surface.noise(vector, 9, 2)), scale=chance.uniform(6, 10))
    split = surface.node("ShaderNodeSeparateColor")
    surface.link(cells["Color"], split.inputs[0])
    chips = surface.ramp(
        split.outputs[0], [(0.0, (0.42, 0.20, 0.13)), (0.25, (0.12, 0.13, 0.14)), (0.5, (0.62, 0.50, 0.36)), (0.75, (0.78, 0.76, 0.72))], steps=True
    )
    inside = surface.ramp(cells["Distance"], [(0.30, (1, 1, 1)), (0.36, (0, 0, 0))])
    some = surface.mask(split.outputs[1], 0.5, 0.52)
    return surface.coloured(surface.mix(surface.mix(1.0, inside, some, "MULTIPLY"), colour, chips)).made


def rough_stone(chance, colour, relief=0.5, layers=1.0, polish=0.7):
    """Slate, sandstone, basalt: `layers` above 1 draws beds along z."""
    surface = Surface(colour, roughness=polish)
    vector = surface.at(scale=(1, 1, layers), offset=chance.offset(), turn=(0.06, 0.04, 0))
    grain = surface.noise(vector, 3.2, 4, 0.68, 0.3)
    surface.coloured(surface.ramp(grain, [(0.28, bright(colour, 0.55)), (0.5, colour), (0.72, bright(colour, 1.35))]))
    return surface.bumped(surface.mix(0.4, grain, surface.noise(vector, 16, 3, 0.7)), relief, 0.07).made


def travertine(chance):
    """Cream limestone in beds, with holes."""
    cream = (0.66, 0.56, 0.43)
    surface = Surface(cream, roughness=0.5)
    vector = surface.at(scale=(0.6, 0.6, 3.5), offset=chance.offset(), turn=(chance.uniform(-0.15, 0.15), chance.uniform(-0.15, 0.15), 0))
    beds = surface.noise(vector, 2.0, 4, 0.6, 0.4)
    tone = surface.ramp(beds, [(0.3, bright(cream, 0.78)), (0.5, cream), (0.7, (0.76, 0.68, 0.57))])
    holes = surface.mask(surface.noise(vector, 7, 3, 0.6), 0.34, 0.38)
    surface.coloured(surface.mix(holes, bright(cream, 0.45), tone))
    return surface.bumped(holes, 0.4, 0.02).made


def sand(chance):
    """Sand of one of four beaches: grain, not stripes, makes it sand; the ripples are the ground's shape."""
    colour = chance.choose(((0.62, 0.46, 0.30), (0.70, 0.58, 0.42), (0.55, 0.36, 0.22), (0.74, 0.66, 0.54)))
    surface = Surface(colour, roughness=0.95)
    vector = surface.at(offset=chance.offset())
    grain, drift = surface.noise(vector, 75, 2, 0.8), surface.noise(vector, 1.4, 4, 0.5)
    tone = surface.mix(
        0.35, surface.ramp(drift, [(0.3, bright(colour, 0.85)), (0.7, colour)]), surface.ramp(grain, [(0.3, bright(colour, 0.5)), (0.7, bright(colour, 1.25))])
    )
    return surface.coloured(tone).bumped(grain, 0.45, 0.02).made


def snow(chance):
    surface = Surface((0.84, 0.87, 0.91), roughness=0.6, sheen_weight=0.2)
    vector = surface.at(offset=chance.offset())
    return surface.bumped(surface.mix(0.5, surface.noise(vector, 45, 2, 0.8), surface.noise(vector, 7, 3, 0.6)), 0.3, 0.03).made


def water(chance, colour, calm=0.5):
    """Opaque, dark and mirror-like from the side; ripples by relief."""
    surface = Surface(bright(colour, 0.35), roughness=0.03, specular_ior_level=0.8, coat_weight=0.5, coat_roughness=0.02)
    vector = surface.at(scale=(1, chance.uniform(1.2, 2.4), 1), offset=chance.offset(), turn=(0, 0, chance.uniform(-0.4, 0.4)))
    return surface.bumped(surface.noise(vector, chance.uniform(2.0, 4.5), 3, 0.45, 0.8), chance.uniform(0.12, 0.35) * calm, 0.12).made


def tiles(chance, colour, width, height, staggered=True, gloss=0.12):
    """Glazed wall tiles in the x-z plane."""
    surface = Surface(colour, roughness=gloss)
    vector = surface.at(turn=(math.pi / 2, 0, 0), offset=(chance.uniform(0, 3), 0, chance.uniform(0, 3)))
    node = surface.node("ShaderNodeTexBrick", offset=0.5 if staggered else 0.0)
    surface.link(vector, node.inputs[0])
    for name, value in (("Scale", 1.0), ("Mortar Size", 0.012), ("Brick Width", width), ("Row Height", height), ("Bias", 0.0)):
        node.inputs[name].default_value = value
    node.inputs["Color1"].default_value, node.inputs["Color2"].default_value = (*colour, 1), (*bright(colour, 0.88), 1)
    node.inputs["Mortar"].default_value = (*between(bright(colour, 0.6), (0.5, 0.5, 0.5), 0.4), 1)
    joints = surface.node("ShaderNodeInvert")
    surface.link(node.outputs[1], joints.inputs[1])
    return surface.coloured(node.outputs[0]).bumped(joints.outputs[0], 0.3, 0.02).made


def bricks(chance):
    """A brick wall in the x-z plane, red, white or grey."""
    red, mortar = chance.choose((((0.36, 0.13, 0.08), (0.36, 0.33, 0.30)), ((0.66, 0.64, 0.61), (0.5, 0.48, 0.46)), ((0.22, 0.2, 0.19), (0.3, 0.29, 0.28))))
    surface = Surface(red, roughness=0.9)
    vector = surface.at(turn=(math.pi / 2, 0, 0), offset=chance.offset(5))
    node = surface.node("ShaderNodeTexBrick")
    surface.link(vector, node.inputs[0])
    for name, value in (("Scale", 1.0), ("Mortar Size", 0.022), ("Brick Width", 0.72), ("Row Height", 0.24), ("Bias", 0.0)):
        node.inputs[name].default_value = value
    for name, rgb in (("Color1", red), ("Color2", bright(red, 0.62)), ("Mortar", mortar)):
        node.inputs[name].default_value = (*rgb, 1)
    grime = surface.ramp(surface.noise(vector, 8, 4, 0.7), [(0.3, (0.5, 0.5, 0.5)), (0.7, (1, 1, 1))])
    joints = surface.node("ShaderNodeInvert")
    surface.link(node.outputs[1], joints.inputs[1])
    return surface.coloured(surface.mix(0.5, node.outputs[0], grime, "MULTIPLY")).bumped(joints.outputs[0], 0.55, 0.04).made
