"""Leaves, twigs, grasses, flowers: each plant is one mesh."""

import math

import numpy as np
from mathutils import Euler

from .meshes import ball, mesh


class Growth:
    """Collects the parts of one plant into one mesh."""

    def __init__(self):
        self.points, self.faces = [], []

    def add(self, points, faces):
        base = sum(len(part) for part in self.points)
        self.points.append(np.asarray(points, float))
        self.faces += [tuple(base + i for i in face) for face in faces]

    def grown(self, material, at=(0, 0, 0), smooth=True):
        return mesh(np.concatenate(self.points), self.faces, material, smooth, 180, at=at)


def blade(length, width, curl=0.3, fold=0.35, steps=10, blunt=0.8):
    """A leaf along +y, shape [3 * steps, 3], folded along its middle, drooping by `curl`; and its faces."""
    t = np.linspace(0, 1, steps)
    half = width * np.sin(np.pi * np.clip(t**blunt, 0, 1)) ** 0.8
    z = -curl * t * t * length
    points = np.stack(
        [np.stack([-half, t * length, z + fold * half], 1), np.stack([0 * t, t * length, z], 1), np.stack([half, t * length, z + fold * half], 1)], 1
    ).reshape(-1, 3)
    faces = [(3 * i + k, 3 * i + k + 1, 3 * i + k + 4, 3 * i + k + 3) for i in range(steps - 1) for k in (0, 1)]
    return points, faces


def turned_to(points, heading, rise, roll=0.0):
    """Turns a blade: `heading` around z, `rise` upwards (radians)."""
    return points @ np.array(Euler((rise, roll, heading), "XYZ").to_matrix()).T


def rosette(chance, material, size, at, leaves=(6, 10), width=(0.16, 0.28), rise=(0.45, 1.25)):
    """Big leaves from one root: banana, calathea, hosta. `size` is a leaf's length."""
    growth = Growth()
    count = chance.integer(*leaves)
    for k in range(count):
        length = size * chance.uniform(0.7, 1.15)
        points, faces = blade(length, size * chance.uniform(*width), chance.uniform(0.15, 0.6))
        growth.add(turned_to(points, 6.283 * k / count + chance.uniform(-0.4, 0.4), chance.uniform(*rise)), faces)
    return growth.grown(material, at)


def frond(chance, material, size, at, count=(2, 4), rise=(0.3, 1.1), heading=None, needle=0.04):
    """Palm or fern fronds: narrow leaflets along an arching stem."""
    growth = Growth()
    for _ in range(chance.integer(*count)):
        turn, lift = chance.uniform(0, 6.283) if heading is None else heading + chance.normal(0.5), chance.uniform(*rise)
        for t in np.linspace(0.08, 1, 19):
            stem = np.array([0, t * size * 1.4, -0.5 * t * t * size])
            reach = size * 0.42 * math.sin(math.pi * (t * 0.86 + 0.1))
            for side in (-1, 1):
                points, faces = blade(reach, size * needle, 0.3, 0.2, 5)
                leaflet = turned_to(points, -side * 1.05, 0.1) + stem
                growth.add(turned_to(leaflet, turn, lift), faces)
    return growth.grown(material, at)


def twig(chance, material, size, at, direction=None, leaf=0.26, width=0.3, leaves=14, droop=0.25):
    """One branch with leaves along it; `leaf` is a leaf's length as a share of `size`, `width` its half width as a share of that."""
    growth = Growth()
    if direction is None:
        direction = (chance.uniform(-1, 1), chance.uniform(-0.5, 0.5), chance.uniform(0.4, 1.2))
    way = np.array(direction) / np.linalg.norm(direction)
    bend = np.array([chance.normal(0.2), chance.normal(0.2), 0])
    place = lambda t: size * (t * way + bend * t * t * 0.6 + np.array([0, 0, -droop * t * t]))  # noqa: E731
    line = np.array([place(t) for t in np.linspace(0, 1, 12)])
    for a, b in zip(line, line[1:]):
        w = 0.008 * size
        growth.add([a - (w, 0, 0), a + (w, 0, 0), b + (w, 0, 0), b - (w, 0, 0)], [(0, 1, 2, 3)])
        growth.add([a - (0, w, 0), a + (0, w, 0), b + (0, w, 0), b - (0, w, 0)], [(0, 1, 2, 3)])
    for k in range(leaves):
        t = 0.15 + 0.85 * k / (leaves - 1)
        points, faces = blade(size * leaf * chance.uniform(0.75, 1.15), size * leaf * width, 0.25, 0.3, 7)
        growth.add(
            turned_to(points, math.atan2(-way[0], way[1]) + (1 if k % 2 else -1) * chance.uniform(0.5, 1.4), chance.uniform(-0.3, 0.9)) + place(t), faces
        )
    return growth.grown(material, at)


def grass(chance, material, size, at, blades=70, spread=0.35, lean=0.4, width=0.014):
    """A tuft of thin blades."""
    growth = Growth()
    for _ in range(blades):
        root = np.array([chance.normal(spread * size * 0.5), chance.normal(spread * size * 0.5), 0])
        height, sway = size * chance.uniform(0.5, 1.1), np.array([chance.normal(lean), chance.normal(lean), 0]) * size
        w = width * size + 0.003
        middle, tip = root + sway * 0.35 + (0, 0, height * 0.6), root + sway + (0, 0, height)
        growth.add([root - (w, 0, 0), root + (w, 0, 0), middle + (w * 0.8, 0, 0), middle - (w * 0.8, 0, 0), tip], [(0, 1, 2, 3), (3, 2, 4)])
    return growth.grown(material, at)


def plume(chance, material, size, at):
    """Pampas grass: a stem with a feathery head."""
    growth = Growth()
    lean, sway = np.array([chance.normal(0.16), chance.normal(0.1), 1.0]), chance.normal(0.15)
    place = lambda t: size * t * lean + np.array([sway * t * t * size, 0, 0])  # noqa: E731
    for a, b in zip(np.linspace(0, 0.95, 8), np.linspace(0, 0.95, 8)[1:]):
        w = 0.006 * size + 0.002
        growth.add([place(a) - (w, 0, 0), place(a) + (w, 0, 0), place(b) + (w, 0, 0), place(b) - (w, 0, 0)], [(0, 1, 2, 3)])
    for _ in range(420):
        t = chance.uniform(0.55, 1.0)
        thin = math.sin(math.pi * min(1, (1.02 - t) / 0.5)) ** 0.6
        out = np.array([chance.normal(), chance.normal(), abs(chance.normal(0.9)) + 0.5])
        hair = place(t) + out / np.linalg.norm(out) * size * 0.17 * thin
        w = 0.0035 * size
        growth.add([place(t) - (w, w, 0), place(t) + (w, w, 0), hair], [(0, 1, 2)])
    return growth.grown(material, at, False)


def blossom(chance, petal, heart, size, at, petals=None, tilt=None):
    """An open flower of `size` radius, turned a little to the camera."""
    growth = Growth()
    count = petals or chance.integer(5, 9)
    for ring, (reach, lift) in enumerate(((1.0, 0.25), (0.72, 0.6))):
        for k in range(count):
            points, faces = blade(size * reach, size * 0.36 * reach, -0.25, 0.25, 7, 1.25)
            growth.add(turned_to(points, 6.283 * (k + 0.5 * ring) / count, lift + chance.normal(0.08)), faces)
    tilt = (chance.uniform(0.2, 0.9), chance.normal(0.3), 0) if tilt is None else tilt
    item = growth.grown(petal, at)
    item.rotation_euler = tilt
    middle = ball(size * 0.17, heart, 16, at=at, scale=(1, 1, 0.6))
    middle.rotation_euler = tilt
    return item
