"""Pictures of far places, out of focus: the eight HDRIs of the bpy package, and synthetic ones. Arrays [rows from below, columns, 3], linear."""

import math
from functools import lru_cache
from pathlib import Path

import bpy
import numpy as np

from .materials.nodes import Surface
from .shapes.meshes import mesh
from .shapes.terrain import waves
from .tables.colours import colour

SIZE = 192
HDRIS = ("forest", "city", "courtyard", "interior", "night", "studio", "sunrise", "sunset")


@lru_cache(maxsize=None)
def hdri(name):
    """A surrounding sphere, [512, 1024, 3], scaled to a median of about 0.3."""
    folder = Path(bpy.utils.system_resource("DATAFILES", path="studiolights/world"))
    image = bpy.data.images.load(str(folder / f"{name}.exr"))
    width, height = image.size
    pixels = np.empty(width * height * 4, np.float32)
    image.pixels.foreach_get(pixels)
    bpy.data.images.remove(image)
    sphere = pixels.reshape(height, width, 4)[..., :3]
    level = 0.3 if name != "night" else 0.06
    return np.minimum(sphere * (level / max(float(np.median(sphere.mean(-1))), 0.02)), 24.0)


def view(sphere, heading, pitch, angle):
    """What a camera sees of a sphere; all angles in radians."""
    height, width = sphere.shape[:2]
    line = np.linspace(-math.tan(angle / 2), math.tan(angle / 2), SIZE)
    x, z = np.meshgrid(line, line)
    y, z = math.cos(pitch) - z * math.sin(pitch), math.sin(pitch) + z * math.cos(pitch)
    column = ((np.arctan2(x, y) + heading) / (2 * np.pi) % 1) * (width - 1)
    row = np.clip((np.arctan2(z, np.hypot(x, y)) / np.pi + 0.5) * (height - 1), 0, height - 2)
    c, r = column.astype(int), row.astype(int)
    fc, fr = (column - c)[..., None], (row - r)[..., None]
    at = lambda i, j: sphere[j, i % width]  # noqa: E731
    return (at(c, r) * (1 - fc) + at(c + 1, r) * fc) * (1 - fr) + (at(c, r + 1) * (1 - fc) + at(c + 1, r + 1) * fc) * fr


def defocused(picture, radius):
    """A lens out of focus: every point becomes a disc of `radius` pixels, a little brighter at its rim."""
    margin = SIZE // 2
    padded = np.pad(picture, ((margin, margin), (margin, margin), (0, 0)), "reflect")
    count = padded.shape[0]
    y, x = np.mgrid[:count, :count]
    distance = np.hypot(np.minimum(x, count - x), np.minimum(y, count - y))
    disc = np.clip(radius + 0.5 - distance, 0, 1) * (1 + 0.35 * (distance / max(radius, 1)) ** 4)
    spectrum = np.fft.rfft2(disc / disc.sum())
    channels = [np.fft.irfft2(np.fft.rfft2(padded[..., c]) * spectrum, s=(count, count)) for c in range(3)]
    return np.maximum(np.stack(channels, -1)[margin:-margin, margin:-margin], 0).astype(np.float32)


def _gradient(low, high, power=1.0):
    t = np.linspace(0, 1, SIZE)[:, None, None] ** power
    return np.broadcast_to(np.array(low) * (1 - t) + np.array(high) * t, (SIZE, SIZE, 3)).astype(np.float32).copy()


def _points(chance, count, colours, low=0.45, level=(20, 120)):
    """Lamps as single pixels."""
    picture = np.zeros((SIZE, SIZE, 3), np.float32)
    for _ in range(count):
        picture[chance.integer(int(low * SIZE), SIZE - 1), chance.integer(0, SIZE - 1)] = np.array(chance.choose(colours)) * chance.uniform(*level)
    return picture


WARM_LAMPS = ((1.0, 0.55, 0.2), (1.0, 0.7, 0.38), (1.0, 0.42, 0.14))


def lamps(chance):
    """A dark room with warm lamps."""
    return defocused(_gradient((0.020, 0.012, 0.008), (0.055, 0.03, 0.018)), 2) + defocused(
        _points(chance, chance.integer(14, 34), WARM_LAMPS, 0.42), chance.uniform(6, 12)
    )


def foliage(chance):
    """Trees against the light."""
    y, x = np.mgrid[:SIZE, :SIZE] / SIZE * 7
    shade = np.clip(0.5 + 0.6 * waves(x, y, chance, 4, 1.4, 0.7), 0, 1)[..., None]
    green = np.array(chance.choose(((0.10, 0.145, 0.07), (0.085, 0.125, 0.08), (0.15, 0.165, 0.085))))
    picture = green * (0.4 + 1.6 * shade)
    return defocused(picture.astype(np.float32) + _points(chance, 60, ((0.9, 1.0, 0.7), (1.0, 0.95, 0.75)), 0.4, (8, 40)), chance.uniform(5, 10))


def window(chance):
    """A bright window in a pale wall."""
    wall = np.array(colour(chance.choose(("warm grey", "beige", "sage green", "cool grey", "ivory")))) * 0.55
    picture = np.broadcast_to(wall, (SIZE, SIZE, 3)).astype(np.float32).copy()
    left, width = chance.integer(10, 90), chance.integer(60, 90)
    picture[int(0.42 * SIZE) :, left : left + width] = (1.15, 1.2, 1.25)
    for x in np.linspace(left, left + width, 4)[:-1]:
        picture[int(0.42 * SIZE) :, int(x) : int(x) + 4] = wall * 0.5
    return defocused(picture, chance.uniform(5, 10))


def shelves(chance):
    """Shelves with bottles, books and a few lamps."""
    picture = _gradient((0.05, 0.035, 0.025), (0.10, 0.07, 0.05))
    for row in range(30, SIZE, 44):
        x = 4
        while x < SIZE - 10:
            width, height = chance.integer(5, 14), chance.integer(16, 36)
            rgb = np.array(chance.choose(((0.5, 0.2, 0.08), (0.6, 0.5, 0.35), (0.08, 0.2, 0.18), (0.35, 0.05, 0.05), (0.1, 0.1, 0.12), (0.7, 0.45, 0.15))))
            if chance.happens(0.8):
                picture[row : row + height, x : x + width] = rgb * chance.uniform(0.3, 0.9)
            x += width + chance.integer(1, 6)
        picture[row - 5 : row] = (0.11, 0.06, 0.03)
    return defocused(picture, chance.uniform(4, 7)) + defocused(_points(chance, 12, WARM_LAMPS, 0.5, (10, 50)), 6)


def sky(chance):
    return _clouded(chance, _gradient((0.60, 0.76, 0.90), (0.20, 0.42, 0.74)))


def dusk(chance):
    low, high = chance.choose((((0.95, 0.52, 0.30), (0.34, 0.30, 0.52)), ((0.90, 0.58, 0.50), (0.40, 0.46, 0.66)), ((0.98, 0.66, 0.36), (0.55, 0.42, 0.48))))
    return _clouded(chance, _gradient(low, high, 0.8), 0.4)


def _clouded(chance, picture, amount=0.7):
    y, x = np.mgrid[:SIZE, :SIZE] / SIZE * 9
    cloud = np.clip(waves(x, 3 * y, chance, 4, 1.0) * amount, 0, 1)[..., None].astype(np.float32)
    return defocused(picture * (1 - cloud) + np.array((0.92, 0.92, 0.93), np.float32) * cloud, 4)


def pines(chance):
    """A snowy wood behind winter air."""
    picture = _gradient((0.72, 0.79, 0.88), chance.choose(((0.50, 0.64, 0.82), (0.74, 0.80, 0.88), (0.30, 0.40, 0.60))))
    for k in range(46):
        x, height, far = chance.integer(0, SIZE), chance.integer(40, 110), 1 - k / 46
        tone = np.array((0.07, 0.14, 0.13)) * (1 - far) + np.array((0.42, 0.52, 0.62)) * far
        for y in range(height):
            half = int((height - y) * 0.2 * (0.75 + 0.25 * (y % 14) / 14)) + 1
            picture[min(SIZE - 1, 50 + y), max(0, x - half) : x + half] = tone
        picture[:56] = picture[:56] * 0.4 + 0.6 * 0.82
    return defocused(picture, chance.uniform(4, 8))


SYNTHETIC = {"lamps": lamps, "foliage": foliage, "window": window, "shelves": shelves, "sky": sky, "dusk": dusk, "pines": pines, "sea": sky}


def picture_of(name, chance):
    """The blurred picture of a place, and the sphere to light the scene with (None for synthetic places)."""
    if name not in HDRIS:
        return SYNTHETIC[name](chance), None
    sphere = hdri(name)
    heading = chance.uniform(0, 2 * math.pi)
    seen = defocused(np.minimum(view(sphere, heading, chance.uniform(0.05, 0.28), chance.uniform(0.7, 1.3)), 8.0), chance.uniform(4, 10))
    if name == "night":
        seen = seen + defocused(
            _points(chance, chance.integer(16, 40), (*WARM_LAMPS, (0.3, 0.5, 1.0), (1.0, 0.2, 0.25), (0.4, 1.0, 0.7))), chance.uniform(6, 11)
        )
    return seen, np.roll(sphere, -int(heading / (2 * math.pi) * sphere.shape[1]), 1)


def as_image(array, name="picture"):
    height, width = array.shape[:2]
    image = bpy.data.images.new(name, width, height, float_buffer=True)
    pixels = np.ones((height, width, 4), np.float32)
    pixels[..., :3] = array
    image.pixels.foreach_set(pixels.ravel())
    image.update()
    return image


def hung(picture, y=9.0, half=7.0, centre=1.2, level=1.0):
    """A far picture behind the set: it shines for the camera and in reflections, and lights nothing."""
    surface = Surface()
    place, split, join = surface.node("ShaderNodeTexCoord"), surface.node("ShaderNodeSeparateXYZ"), surface.node("ShaderNodeCombineXYZ")
    surface.link(place.outputs["Generated"], split.inputs[0])
    surface.link(split.outputs[0], join.inputs[0])
    surface.link(split.outputs[2], join.inputs[1])
    node = surface.node("ShaderNodeTexImage", image=as_image(picture), extension="EXTEND")
    surface.link(join.outputs[0], node.inputs[0])
    shine = surface.node("ShaderNodeEmission")
    shine.inputs[1].default_value = level
    surface.link(node.outputs[0], shine.inputs[0])
    surface.link(shine.outputs[0], surface.tree.nodes["Material Output"].inputs["Surface"])
    item = mesh([(-half, y, centre - half), (half, y, centre - half), (half, y, centre + half), (-half, y, centre + half)], [(0, 1, 2, 3)], surface.made, False)
    item.visible_diffuse = item.visible_shadow = False
    return item


def lit_by(sphere, level=1.0):
    """Lights the scene with a sphere, at a sixteenth of its pixels: only its soft light is wanted."""
    small = sphere[: sphere.shape[0] // 8 * 8, : sphere.shape[1] // 8 * 8].reshape(sphere.shape[0] // 8, 8, sphere.shape[1] // 8, 8, 3).mean((1, 3))
    world = bpy.context.scene.world
    world.use_nodes = True
    tree = world.node_tree
    tree.nodes.clear()
    environment, background, output = (
        tree.nodes.new("ShaderNodeTexEnvironment"),
        tree.nodes.new("ShaderNodeBackground"),
        tree.nodes.new("ShaderNodeOutputWorld"),
    )
    environment.image = as_image(np.minimum(small, 8.0), "sphere")
    background.inputs[1].default_value = level
    tree.links.new(environment.outputs[0], background.inputs[0])
    tree.links.new(background.outputs[0], output.inputs[0])
    world.cycles.sampling_method = "MANUAL"
    world.cycles.sample_map_resolution = 128
