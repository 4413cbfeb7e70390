"""Light: one function a kind. Levels are radiances of a white card that faces the light, so that every rig exposes alike."""

import math

import bpy
import numpy as np
from mathutils import Vector

from .gobos import hang
from .tables.words import NEON

WARM, COOL, DAY, LAMP = (1.0, 0.78, 0.55), (0.82, 0.91, 1.0), (1.0, 0.95, 0.88), (1.0, 0.62, 0.32)


def softbox(stage, place, level, size, colour=(1, 1, 1), target=(0, 0, 0.4), key=False, height=None):
    """A rectangular light of `size` (and `height`) units that gives a facing white card at `target` the radiance `level`."""
    place, target = np.array(place, float), np.array(target, float) + (0, 0, stage.level)
    light = bpy.data.lights.new("softbox", "AREA")
    light.shape, light.size, light.size_y = "RECTANGLE", size, height or size
    light.energy = math.pi**2 * float(np.sum((place - target) ** 2)) * level
    light.color = colour
    item = bpy.data.objects.new("softbox", light)
    item.location = place
    item.rotation_euler = Vector(target - place).to_track_quat("-Z", "Y").to_euler()
    item.visible_camera = False
    stage.collections["light"].objects.link(item)
    if key:
        stage.key = ("area", place, size)
    return item


def sun(stage, elevation, azimuth, level, angle, colour):
    """Sunlight; `azimuth` from the camera's side of the product (0) to its right (90°) and left (-90°); both in degrees."""
    a, e = math.radians(azimuth), math.radians(elevation)
    towards = np.array([math.cos(e) * math.sin(a), -math.cos(e) * math.cos(a), math.sin(e)])
    light = bpy.data.lights.new("sun", "SUN")
    light.energy, light.angle, light.color = math.pi * level, angle, colour
    item = bpy.data.objects.new("sun", light)
    item.rotation_euler = Vector(-towards).to_track_quat("-Z", "Y").to_euler()
    stage.collections["light"].objects.link(item)
    stage.key = ("sun", towards, angle)
    return towards


def fill(level, colour=(1, 1, 1), below=0.6):
    """Light from everywhere: `level` from above, `below` times that from the ground, in a smooth gradient that metal can mirror."""
    world = bpy.context.scene.world
    world.use_nodes = True
    tree = world.node_tree
    tree.nodes.clear()
    place, split = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeSeparateXYZ")
    ramp, background, output = tree.nodes.new("ShaderNodeValToRGB"), tree.nodes.new("ShaderNodeBackground"), tree.nodes.new("ShaderNodeOutputWorld")
    tree.links.new(place.outputs["Generated"], split.inputs[0])
    tree.links.new(split.outputs["Z"], ramp.inputs[0])
    ramp.color_ramp.elements[0].color = (*[c * below for c in colour], 1)
    ramp.color_ramp.elements[0].position = 0.0
    ramp.color_ramp.elements[1].color = (*[c * 1.15 for c in colour], 1)
    ramp.color_ramp.elements[1].position = 0.8
    tree.links.new(ramp.outputs[0], background.inputs[0])
    background.inputs[1].default_value = level
    tree.links.new(background.outputs[0], output.inputs[0])
    world.cycles.sampling_method = "NONE"


def soft_window(stage, chance, side):
    softbox(stage, (side * 3.6, chance.uniform(-2.0, 0.2), 2.6), 0.75, chance.uniform(1.6, 2.6), DAY, key=True, height=chance.uniform(2.2, 3.2))
    fill(0.26, (0.94, 0.97, 1.0))


def softbox_light(stage, chance, side):
    softbox(stage, (side * 3.0, -2.8, 3.6), 0.7, chance.uniform(1.8, 2.6), key=True)
    softbox(stage, (-side * 3.6, -2.2, 2.4), 0.24, 2.6)
    fill(0.24)


def overhead(stage, chance, side):
    softbox(stage, (0, -0.4, 4.6), 0.72, chance.uniform(1.8, 3.0), key=True, target=(0, 0, 0))
    softbox(stage, (side * 2, -4.5, 2.0), 0.22, 3.0)
    fill(0.26)


def side_light(stage, chance, side):
    softbox(stage, (side * 3.2, chance.uniform(-1.0, 0.6), 1.9), 1.0, chance.uniform(0.5, 1.1), (1.0, 0.95, 0.88), key=True, height=1.6)
    softbox(stage, (-side * 2.6, 2.2, 2.4), 0.25, 0.8, COOL)
    fill(0.075, (0.85, 0.92, 1.0))


def golden_sun(stage, chance, side):
    sun(stage, chance.uniform(20, 34), side * chance.uniform(38, 82), 1.1, 0.02, WARM)
    fill(0.28, (0.86, 0.88, 1.0))


def cool_day(stage, chance, side):
    sun(stage, chance.uniform(40, 60), side * chance.uniform(25, 75), 0.8, chance.uniform(0.02, 0.12), (0.96, 0.98, 1.0))
    fill(0.36, (0.84, 0.92, 1.0))


def overcast(stage, chance, side):
    softbox(stage, (side * 1.5, -1.5, 5.5), 0.55, 5.0, (0.97, 0.99, 1.0), key=True)
    fill(0.42, (0.94, 0.98, 1.0), 0.4)


def backlight(stage, chance, side):
    softbox(stage, (side * chance.uniform(0.8, 2.0), 3.4 if stage.behind > 3.6 else max(0.9, stage.behind - 0.3), 4.4), 0.9, 1.6, (1.0, 0.93, 0.82), key=True)
    softbox(stage, (-side * 2.0, -4.2, 2.4), 0.34, 3.2)
    fill(0.24, (1.0, 0.98, 0.95))


def _gobo(kind):
    def light(stage, chance, side):
        towards = sun(stage, chance.uniform(32, 48), side * chance.uniform(40, 72), 1.15, chance.uniform(0.012, 0.035), (1.0, 0.88, 0.72))
        fill(0.33, (0.90, 0.94, 1.0))
        with stage.part("gobo"):
            hang(stage, chance, kind, towards)

    return light


def high_key(stage, chance, side):
    softbox(stage, (side * 1.8, -3.2, 3.4), 0.85, chance.uniform(0.25, 0.7), key=True)
    fill(0.42)


def lamplight(stage, chance, side):
    softbox(stage, (side * 2.8, chance.uniform(-1.6, -0.4), 2.4), 0.95, chance.uniform(0.6, 1.1), LAMP, key=True)
    softbox(stage, (-side * 2.6, 0.9, 2.2), 0.35, 0.9, (1.0, 0.62, 0.38))
    fill(0.11, (1.0, 0.86, 0.74))


def neon(stage, chance, side):
    first, second = (NEON[name][0] for name in stage.facts["neon"])
    softbox(stage, (side * 2.8, -1.0, 2.0), 0.42, 0.9, first, key=True, height=1.8)
    softbox(stage, (-side * 2.8, -1.0, 2.0), 0.36, 0.9, second, height=1.8)
    softbox(stage, (0, -3.8, 2.8), 0.12, 2.0)
    fill(0.025, (0.6, 0.6, 1.0))


def forest_sun(stage, chance, side):
    towards = sun(stage, chance.uniform(35, 50), side * chance.uniform(30, 75), 0.95, 0.03, (1.0, 0.88, 0.66))
    with stage.part("gobo"):
        hang(stage, chance, "leaves", towards)
    if stage.facts["backdrop"] not in ("forest",):
        fill(0.34, (0.86, 1.0, 0.84))


def surroundings(stage, chance, side):
    """The place's own light is set with its picture; a little more from one side models the product."""
    softbox(stage, (side * 3.2, -2.2, 2.8), 0.55, 2.2, DAY, key=True)


KINDS = {
    "soft window": soft_window,
    "softbox": softbox_light,
    "overhead": overhead,
    "side": side_light,
    "golden sun": golden_sun,
    "cool day": cool_day,
    "overcast": overcast,
    "backlight": backlight,
    "leaf shadows": _gobo("leaves"),
    "window shadows": _gobo("window"),
    "blind shadows": _gobo("blinds"),
    "high key": high_key,
    "lamplight": lamplight,
    "neon": neon,
    "forest sun": forest_sun,
    "surroundings": surroundings,
}

EXPOSURE = {"side": 0.15, "lamplight": 0.05, "neon": 0.25, "high key": -0.1}
"""Stops beside the common exposure: low keys stay low."""
