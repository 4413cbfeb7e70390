"""Coarse maps of the product-free scene, by casting a ray through every pixel: depth, what is there, and the product's shadow.

Channels of the picture: red = nearness, 255 * 0.5 * (distance of the product / distance here), so 128 at the product and 0 at infinity;
green = identity, 50 * (1 ground, 2 backdrop, 3 stand, 4 prop), 0 nothing; blue = shadow of the product under the main light, 255 fully dark.
"""

import math

import bpy
import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree

from .stage import PARTS, bounds

SIZE = 128
LIGHT_SAMPLES = 6


def _product_tree(items):
    """The product's faces in world space."""
    graph = bpy.context.evaluated_depsgraph_get()
    points, faces, base = [], [], 0
    for item in items:
        if item.type != "MESH":
            continue
        copy = item.evaluated_get(graph).to_mesh()
        matrix = np.array(item.matrix_world)
        place = np.empty(len(copy.vertices) * 3)
        copy.vertices.foreach_get("co", place)
        points.append(place.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3])
        copy.calc_loop_triangles()
        corner = np.empty(len(copy.loop_triangles) * 3, int)
        copy.loop_triangles.foreach_get("vertices", corner)
        faces.append(corner.reshape(-1, 3) + base)
        base += len(copy.vertices)
    return BVHTree.FromPolygons(np.concatenate(points).tolist(), np.concatenate(faces).tolist(), all_triangles=True)


def _ways_to_light(key, chance):
    """Points of the main light, or directions towards it, that stand for its size."""
    kind, where, size = key
    where = np.array(where, float)
    spread = size * 0.5 if kind == "area" else math.tan(size / 2)
    for _ in range(LIGHT_SAMPLES):
        yield kind, where + np.array([chance.uniform(-spread, spread) for _ in range(3)])


def layout(stage, items, size=SIZE):
    """The three maps, uint8 [rows from above, columns, 3]."""
    scene, camera = bpy.context.scene, bpy.context.scene.camera
    tree, focus = _product_tree(items), camera.data.dof.focus_distance
    low, high = bounds(items).min(0), bounds(items).max(0)
    lights = list(_ways_to_light(stage.key, stage.chance.branch("layout")))
    identity = {item.name: 50 * (1 + PARTS.index(part)) for part in PARTS for item in stage.collections[part].objects}
    for name in ("product", "gobo"):
        stage.collections[name].hide_viewport = True
    graph = bpy.context.evaluated_depsgraph_get()
    matrix = camera.matrix_world
    origin, frame, half = matrix.translation, matrix.to_3x3(), 18 / camera.data.lens
    maps = np.zeros((size, size, 3), np.uint8)
    reach = 3.0 * float(np.linalg.norm(high - low))
    middle = Vector((low + high) / 2)
    for row in range(size):
        for column in range(size):
            ray = Vector(((2 * (column + 0.5) / size - 1) * half, (1 - 2 * (row + 0.5) / size) * half, -1.0))
            way = frame @ ray
            hit, place, _, _, item, _ = scene.ray_cast(graph, origin, way)
            if not hit:
                continue
            depth = (place - origin).length / ray.length
            shadow = 0
            if (place - middle).length < reach:
                for kind, where in lights:
                    towards = Vector(where) - place if kind == "area" else Vector(where)
                    if tree.ray_cast(place + towards.normalized() * 1e-3, towards)[0] is not None:
                        shadow += 255 / LIGHT_SAMPLES
            maps[row, column] = min(255, round(127.5 * focus / depth)), identity.get(item.name, 0), round(shadow)
    for name in ("product", "gobo"):
        stage.collections[name].hide_viewport = False
    return maps
