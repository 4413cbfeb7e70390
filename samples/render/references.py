"""Three brand pictures: a palette, a light and a material each, and no product."""

import math
import random
from dataclasses import dataclass

import bpy
import materials
import numpy as np
import scene
import shapes
from mathutils import Vector, noise


def camera(location, target, lens, focus=None, stop=0.4):
    """A camera by hand: references are composed, not framed around a product."""
    data = bpy.data.cameras.new("camera")
    data.lens = lens
    item = bpy.data.objects.new("camera", data)
    item.location = location
    item.rotation_euler = (Vector(target) - Vector(location)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.collection.objects.link(item)
    bpy.context.scene.camera = item
    if focus is not None:
        scene.defocus(item, (Vector(focus) - Vector(location)).length, stop)


def leaf(length, width, material, fold=0.25, droop=0.3):
    """A pointed leaf along +x, folded along its middle and drooping towards its tip; returns its object."""
    rows = []
    for u in np.linspace(0, 1, 22):
        half = width * math.sin(math.pi * u**0.8) ** 0.9 * (1 - 0.25 * u)
        sag = -droop * length * u**2
        rows.append([(u * length, v * half, sag + fold * abs(v) * half) for v in np.linspace(-1, 1, 9)])
    return shapes.grid(rows, material, "leaf")


def turned_leaf(chance, place, heading, rise, length, width, material):
    item = leaf(length, width, material, droop=chance.uniform(0.15, 0.45))
    item.location = place
    item.rotation_euler = (chance.uniform(-0.5, 0.5), -rise, heading)
    return item


def sprig(chance, root, heading, length, leaves, material, wood, size=0.42):
    """A twig that rises from `root`, with leaves alternating along it."""
    bend = chance.uniform(-0.3, 0.3)
    path = [np.array(root) + length * np.array([0.5 * u * math.cos(heading + bend * u), 0.5 * u * math.sin(heading + bend * u), u * (1 - 0.25 * u)]) for u in np.linspace(0, 1, 20)]
    shapes.tube(path, 0.016, wood, radii=np.linspace(1, 0.4, 20))
    for k in range(leaves):
        u = 0.2 + 0.8 * k / max(1, leaves - 1)
        place = path[min(19, int(u * 19))]
        side = heading + (1 if k % 2 else -1) * chance.uniform(0.6, 1.3)
        turned_leaf(chance, place, side, chance.uniform(0.1, 0.8), size * chance.uniform(0.7, 1.15), size * 0.22, material)


def pebble(chance, place, size, material):
    """A stone: a squashed sphere with a soft irregularity."""
    bpy.ops.mesh.primitive_ico_sphere_add(subdivisions=5, radius=1)
    item = bpy.context.object
    item.data.materials.append(material)
    phases = [chance.uniform(0, 6) for _ in range(3)]
    for vertex in item.data.vertices:
        x, y, z = vertex.co
        vertex.co *= 1 + 0.07 * (math.sin(2.1 * x + phases[0]) + math.sin(2.7 * y + phases[1]) + math.sin(3.1 * z + phases[2]))
    item.scale = (size, size * chance.uniform(0.7, 1.0), size * chance.uniform(0.42, 0.6))
    item.location = place
    item.location.z += item.scale.z * 0.9
    item.rotation_euler.z = chance.uniform(0, 6)
    return shapes.shade(item, 180)


def blush_plaster():
    """Blush and ivory plaster, a round plinth and an arch, hard morning sun through leaves."""
    chance = random.Random(11)
    blush = materials.bumpy(materials.mottled(materials.principled(roughness=0.95), [(0.3, (0.80, 0.44, 0.38)), (0.7, (0.86, 0.53, 0.46))], 1.3), 26, 0.35, 0.02)
    ivory = materials.bumpy(materials.principled((0.86, 0.78, 0.68), roughness=0.9), 30, 0.25, 0.02)
    leafy = materials.principled((0.14, 0.22, 0.08), roughness=0.6)
    scene.world((1.0, 0.92, 0.88), 0.42)
    scene.sweep(blush, depth=2.0, radius=0.25)
    shapes.lathe(shapes.rounded([(0, 0), (1.15, 0), (1.15, 0.34), (0, 0.34)], 0.03), ivory)
    shapes.lathe(shapes.rounded([(0, 0.34), (0.82, 0.34), (0.82, 0.58), (0, 0.58)], 0.03), ivory)
    arch = [(-0.85, 0)] + [(-0.85 * math.cos(a), 1.55 + 0.85 * math.sin(a)) for a in np.linspace(0, math.pi, 60)] + [(0.85, 0)]
    shapes.slab(arch, 0.22, ivory, bevel=0.02, at=(1.45, 1.65, 0))
    ball = shapes.lathe([(0.26 * math.sin(a), 0.26 - 0.26 * math.cos(a)) for a in np.linspace(0, math.pi, 60)], blush)
    ball.location = (-1.45, -0.25, 0)
    wood = materials.principled((0.12, 0.07, 0.04), roughness=0.8)
    for k in range(7):
        sprig(chance, (-3.6 + 0.5 * k, -2.9, 2.6 + 0.2 * (k % 3)), chance.uniform(-1, 1), 1.5, 9, leafy, wood, size=0.7)
    scene.daylight((0.62, 0.85, -0.80), 4.6, 0.012, (1, 0.86, 0.68))
    camera((0, -7.4, 1.7), (0.05, 0, 1.02), 62, (0, -0.6, 0.6), 0.7)


def moss_slate():
    """Dark green and wet slate: flat stones in moss, ferns behind, soft light from one side."""
    chance = random.Random(5)
    moss = materials.bumpy(materials.mottled(materials.principled(roughness=1.0, sheen_weight=0.4), [(0.3, (0.018, 0.045, 0.012)), (0.55, (0.05, 0.12, 0.02)), (0.8, (0.13, 0.20, 0.04))], 3.5), 42, 1.0, 0.06)
    slate = materials.bumpy(materials.mottled(materials.principled(roughness=0.32, coat_weight=0.5, coat_roughness=0.15), [(0.3, (0.016, 0.02, 0.022)), (0.7, (0.05, 0.058, 0.06))], 2.5, stretch=(1, 1, 5)), 5, 0.5, 0.06)
    green = materials.principled((0.045, 0.15, 0.035), roughness=0.45, subsurface_weight=0.1)
    stem = materials.principled((0.06, 0.05, 0.02), roughness=0.8)
    scene.world((0.55, 0.75, 0.68), 0.10)
    side = np.linspace(-5, 5, 320)
    waves = [(chance.uniform(0.5, 3.2), chance.uniform(0, 6), chance.uniform(0, 6)) for _ in range(9)]

    def height(x, y):
        swell = sum(math.sin(f * x + a) * math.sin(f * y + b) / f for f, a, b in waves) * 0.07 - 0.04 + 0.02 * max(0, y) ** 1.4
        return swell + 0.07 * noise.turbulence((2.2 * x, 2.2 * y, 0.3), 4, False)

    shapes.grid([[(x, y, height(x, y)) for x in side] for y in np.linspace(-4, 7, 320)], moss)
    shapes.mesh("back", [(-20, 7, -2), (20, 7, -2), (20, 7, 14), (-20, 7, 14)], [(0, 1, 2, 3)], materials.principled((0.010, 0.026, 0.016), roughness=1))
    for profile, squash, turn in (
        ([(0, -0.1), (1.42, -0.1), (1.46, 0.12), (1.36, 0.22), (0, 0.23)], 0.78, (0.0, 0.01, 0.3)),
        ([(0, 0.22), (1.02, 0.22), (1.07, 0.36), (0.99, 0.44), (0, 0.45)], 0.84, (0.015, -0.015, 0.9)),
    ):
        shapes.lathe(shapes.rounded(profile, 0.07), slate, squash=squash).rotation_euler = turn
    for x, y, size in ((-1.75, 0.2, 0.42), (-1.35, -0.75, 0.22), (1.75, -0.35, 0.36), (1.5, 0.9, 0.55), (2.3, 0.3, 0.25), (-2.4, 0.9, 0.5)):
        pebble(chance, (x, y, height(x, y) - 0.08), size, slate)
    for _ in range(26):
        x, y = chance.uniform(-3.6, 3.6), chance.uniform(1.3, 3.4)
        sprig(chance, (x, y, height(x, y) - 0.05), chance.uniform(0, 6.28), chance.uniform(0.9, 1.9), 13, green, stem, size=0.5)
    for _ in range(60):
        x = chance.choice([-1, 1]) * chance.uniform(1.2, 3.2)
        y = chance.uniform(-1.4, 1.2)
        for _ in range(4):
            turned_leaf(chance, (x, y, height(x, y) - 0.02), chance.uniform(0, 6.28), chance.uniform(0.3, 1.2), chance.uniform(0.16, 0.34), 0.03, green)
    scene.softbox((-4.5, -1.0, 3.6), (0, 0, 0.6), (2.2, 3.2), 520, (0.92, 1.0, 0.95))
    scene.softbox((3.5, 3.4, 3.0), (0, 0.5, 0.6), (1.2, 2.0), 260, (0.85, 1.0, 0.80))
    camera((0, -6.6, 1.9), (0, 0, 0.80), 58, (0, -0.6, 0.4), 0.4)


def amber_walnut():
    """Walnut and brass in the evening: a dark table, warm lamps far away, a low light from the left."""
    chance = random.Random(3)
    walnut = materials.mottled(
        materials.principled(roughness=0.34, coat_weight=0.3, coat_roughness=0.2),
        [(0.28, (0.035, 0.014, 0.006)), (0.5, (0.12, 0.052, 0.022)), (0.72, (0.24, 0.115, 0.052))], 1.6, detail=9, distortion=1.1, stretch=(0.35, 5.0, 1),
    )
    brass = materials.gold(0.26)
    dark = materials.bumpy(materials.principled((0.030, 0.014, 0.010), roughness=0.9), 8, 0.3, 0.05)
    amber = materials.glass((1.0, 0.62, 0.22), ior=1.45)
    scene.world((1.0, 0.7, 0.45), 0.035)
    for k in range(-4, 5):
        shapes.box((30, 0.98, 0.3), walnut, at=(chance.uniform(-2, 2), 0.99 * k + 0.4, -0.3), bevel=0.012)
    shapes.mesh("wall", [(-20, 6.5, -2), (20, 6.5, -2), (20, 6.5, 14), (-20, 6.5, 14)], [(0, 1, 2, 3)], dark)
    for _ in range(20):
        lamp = materials.principled((0, 0, 0), emission_color=(1.0, chance.uniform(0.42, 0.62), 0.16, 1), emission_strength=chance.uniform(7, 26))
        bulb = shapes.lathe([(0.09 * math.sin(a), -0.09 * math.cos(a)) for a in np.linspace(0, math.pi, 24)], lamp, steps=24)
        bulb.location = (chance.uniform(-3.8, 3.8), chance.uniform(4.4, 6.2), chance.uniform(0.9, 3.6))
    tray = shapes.lathe(shapes.rounded([(0, 0), (1.28, 0), (1.34, 0.10), (1.31, 0.10), (1.25, 0.035), (0, 0.035)], 0.012), brass)
    tray.location = (0.05, 0, 0)
    holder = shapes.lathe(shapes.rounded([(0, 0), (0.24, 0), (0.22, 0.05), (0.05, 0.10), (0.045, 0.85), (0.12, 0.92), (0.12, 0.98), (0, 0.98)], 0.02), brass)
    holder.location = (-1.75, 0.75, 0)
    candle = shapes.lathe(shapes.rounded([(0, 0), (0.10, 0), (0.10, 0.85), (0, 0.84)], 0.02), materials.principled((0.80, 0.62, 0.40), roughness=0.5, subsurface_weight=0.4))
    candle.location = (-1.75, 0.75, 0.97)
    flame = shapes.lathe([(0, 0), (0.03, 0.05), (0.036, 0.10), (0.02, 0.18), (0, 0.25)], materials.principled((0, 0, 0), emission_color=(1, 0.55, 0.16, 1), emission_strength=28))
    flame.location = (-1.75, 0.75, 1.86)
    tumbler = shapes.lathe(shapes.rounded([(0, 0.02), (0.30, 0), (0.33, 0.62), (0.30, 0.62), (0.27, 0.10), (0, 0.10)], [0, 0.04, 0.012, 0.012, 0.04, 0]), materials.glass(ior=1.45))
    drink = shapes.lathe([(0, 0.102), (0.268, 0.102), (0.282, 0.34), (0, 0.34)], amber)
    for item in (tumbler, drink):
        item.location = (1.75, 0.45, 0)
    scene.softbox((-4.4, -1.6, 2.2), (0, 0, 0.3), (1.4, 2.0), 230, (1.0, 0.66, 0.36))
    scene.softbox((2.2, 3.4, 2.6), (0, 0, 0.2), (1.6, 1.2), 150, (1.0, 0.55, 0.25))
    camera((0, -6.4, 1.75), (0, 0, 0.72), 58, (0, -0.5, 0.2), 0.28)


@dataclass(frozen=True)
class Reference:
    """One brand picture, photographed as it stands."""

    file: str
    build: object
    exposure: float
    size: tuple = (900, 675)
    samples: int = 12
    folder = "references"
    ground = None
    deep = turned = False
    quality = 88
    enlarged = 1

    def take(self, path, scale=1.0, samples=None):
        """Builds the scene and renders it to a 16-bit PNG at `path`."""
        scene.clear(self.exposure)
        self.build()
        scene.shoot(path, tuple(round(side * scale) for side in self.size), samples or self.samples, transparent=False)


REFERENCES = [
    Reference("blush-plaster.jpg", blush_plaster, exposure=-0.5),
    Reference("moss-slate.jpg", moss_slate, exposure=0.2),
    Reference("amber-walnut.jpg", amber_walnut, exposure=0.6),
]
