"""Mesh objects and the bodies most things are made of: turned, boxed, extruded, lofted and tubed."""

import math

import bpy
import numpy as np

WAY_IN = []
"""The collection that new objects go into is the last of these."""


def collection():
    return WAY_IN[-1]


class into:
    """`with into(collection):` new objects go there."""

    def __init__(self, target):
        self.target = target

    def __enter__(self):
        WAY_IN.append(self.target)
        return self.target

    def __exit__(self, *_):
        WAY_IN.pop()


def link(data, material=None, at=(0, 0, 0), turn=(0, 0, 0), scale=1.0):
    """An object of this data; `turn` in radians."""
    item = bpy.data.objects.new("part", data)
    collection().objects.link(item)
    item.location, item.rotation_euler = at, turn
    item.scale = scale if hasattr(scale, "__len__") else (scale,) * 3
    if material is not None:
        data.materials.append(material)
    return item


def mesh(points, faces, material, smooth=True, sharp=40, **place):
    """Vertices and faces; smooth except across edges sharper than `sharp` degrees."""
    data = bpy.data.meshes.new("part")
    data.from_pydata(np.asarray(points, float).tolist(), [], [list(map(int, face)) for face in faces])
    if smooth:
        data.polygons.foreach_set("use_smooth", [True] * len(data.polygons))
        if sharp < 180:
            data.set_sharp_from_angle(angle=math.radians(sharp))
    return link(data, material, **place)


def bevelled(item, width, segments=3):
    """Rounds sharp edges: no real thing has an edge without a highlight."""
    modifier = item.modifiers.new("bevel", "BEVEL")
    modifier.width, modifier.segments, modifier.limit_method, modifier.angle_limit = width, segments, "ANGLE", math.radians(40)
    return item


def thick(item, thickness):
    modifier = item.modifiers.new("solidify", "SOLIDIFY")
    modifier.thickness, modifier.offset = thickness, 0.0
    return item


def rounded(points, radius, steps=5, closed=False):
    """A polyline with rounded corners; `radius` is one number or one a corner."""
    points = [np.array(point, float) for point in points]
    radii = [radius] * len(points) if np.isscalar(radius) else list(radius)
    result = []
    for i, corner in enumerate(points):
        before, after = points[i - 1] - corner, points[(i + 1) % len(points)] - corner
        ends = not closed and i in (0, len(points) - 1)
        reach = 0 if ends else min(radii[i], 0.49 * np.linalg.norm(before), 0.49 * np.linalg.norm(after))
        if reach < 1e-6:
            result.append(tuple(corner))
            continue
        start, end = corner + before / np.linalg.norm(before) * reach, corner + after / np.linalg.norm(after) * reach
        result += [tuple((1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end) for t in np.linspace(0, 1, steps + 1)]
    return result


def ring_faces(rings, count, closed=True):
    """Quads between successive rings of `count` points."""
    columns = count if closed else count - 1
    i, j = np.meshgrid(np.arange(rings - 1), np.arange(columns), indexing="ij")
    low, nxt = i * count + j, i * count + (j + 1) % count
    return np.stack([low, nxt, nxt + count, low + count], -1).reshape(-1, 4)


def turned(profile, material, steps=64, squash=1.0, power=2.0, **place):
    """A profile of (radius, z) turned around z. `squash` flattens along y; a `power` above 2 makes the section a rounded square."""
    profile = np.array(profile, float)
    angle = np.linspace(0, 2 * np.pi, steps, endpoint=False)
    x, y = np.cos(angle), np.sin(angle)
    if power != 2.0:
        reach = (np.abs(x) ** power + np.abs(y) ** power) ** (-1 / power)
        x, y = x * reach, y * reach
    radii = np.maximum(profile[:, :1], 1e-4)
    points = np.stack([radii * x, radii * y * squash, np.repeat(profile[:, 1:2], steps, 1)], -1).reshape(-1, 3)
    return mesh(points, ring_faces(len(profile), steps), material, **place)


def cylinder(radius, height, material, edge=0.03, steps=64, **place):
    return turned(rounded([(0, 0), (radius, 0), (radius, height), (0, height)], edge), material, steps, **place)


def ball(radius, material, steps=32, **place):
    """A sphere around its place."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, steps // 2 + 1)
    return turned(np.stack([np.cos(angle) * radius, np.sin(angle) * radius], 1), material, steps, sharp=180, **place)


def box(size, material, edge=0.02, **place):
    """A box that stands on its place; `edge` rounds it."""
    x, y, z = size[0] / 2, size[1] / 2, size[2]
    points = [(sx * x, sy * y, sz * z) for sz in (0, 1) for sy in (-1, 1) for sx in (-1, 1)]
    faces = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    item = mesh(points, faces, material, sharp=30, **place)
    return bevelled(item, edge) if edge else item


def slab(outline, depth, material, edge=0.015, **place):
    """A closed outline of (x, z), extruded along y around y = 0."""
    count = len(outline)
    points = [(x, side * depth / 2, z) for side in (-1, 1) for x, z in outline]
    faces = [tuple(range(count)), tuple(range(2 * count - 1, count - 1, -1))]
    faces += [(i, i + count, (i + 1) % count + count, (i + 1) % count) for i in range(count)]
    item = mesh(points, faces, material, sharp=30, **place)
    return bevelled(outwards(item), edge, 2) if edge else outwards(item)


def outwards(item):
    """Turns all faces outwards."""
    import bmesh

    work = bmesh.new()
    work.from_mesh(item.data)
    bmesh.ops.recalc_face_normals(work, faces=work.faces)
    work.to_mesh(item.data)
    work.free()
    return item


def tube(path, radius, material, closed=False, sides=12, radii=None, **place):
    """A round tube along points; `radii` scales it point by point."""
    path = np.array(path, float)
    ahead = np.roll(path, -1, 0) - np.roll(path, 1, 0)
    if not closed:
        ahead[0], ahead[-1] = path[1] - path[0], path[-1] - path[-2]
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True) + 1e-9
    across = np.zeros_like(ahead)
    guide = np.array([0.0, 0.0, 1.0]) if abs(ahead[0][2]) < 0.9 else np.array([0.0, 1.0, 0.0])
    for i, direction in enumerate(ahead):
        guide = guide - direction * (guide @ direction)
        guide /= np.linalg.norm(guide) + 1e-9
        across[i] = guide
    third = np.cross(ahead, across)
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    size = np.full(len(path), radius) if radii is None else radius * np.array(radii)
    circle = across[:, None] * np.cos(angle)[None, :, None] + third[:, None] * np.sin(angle)[None, :, None]
    points = (path[:, None] + circle * size[:, None, None]).reshape(-1, 3)
    count = len(path)
    faces = ring_faces(count, sides).tolist()
    if closed:
        faces += [((count - 1) * sides + j, (count - 1) * sides + (j + 1) % sides, (j + 1) % sides, j) for j in range(sides)]
    else:
        faces += [tuple(range(sides))[::-1], tuple(range((count - 1) * sides, count * sides))]
    return mesh(points, faces, material, sharp=60, **place)


def torus(radius, thickness, material, arc=2 * math.pi, start=0.0, steps=64, **place):
    """A ring in the x-z plane around its place, or an arc of it from `start` (radians from +x)."""
    full = arc > 6.28
    angle = np.linspace(start, start + arc, steps, endpoint=not full)
    return tube(np.stack([radius * np.cos(angle), 0 * angle, radius * np.sin(angle)], 1), thickness, material, closed=full, **place)


def grid(rows, material, closed=False, sharp=60, **place):
    """A surface through rows of points, shape [rows, columns, 3]; `closed` joins each row's end to its start."""
    rows = np.array(rows, float)
    return mesh(rows.reshape(-1, 3), ring_faces(rows.shape[0], rows.shape[1], closed), material, sharp=sharp, **place)


def smooth_path(points, count=60, closed=False):
    """A smooth curve through points (Catmull-Rom), shape [count, dimensions]."""
    points = np.array(points, float)
    knots = np.concatenate([points[-1:], points, points[:2]] if closed else [2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    spans = len(points) if closed else len(points) - 1
    result = []
    for t in np.linspace(0, spans, count, endpoint=not closed):
        i = min(int(t), spans - 1)
        u = t - i
        a, b, c, d = knots[i : i + 4]
        result.append(0.5 * (2 * b + (c - a) * u + (2 * a - 5 * b + 4 * c - d) * u**2 + (3 * b - a - 3 * c + d) * u**3))
    return np.array(result)


def with_texture(item, columns, rows):
    """Texture coordinates for a `grid` of rows x columns points: across and up, 0...1."""
    layer = item.data.uv_layers.new(name="print")
    corners = np.empty(len(item.data.loops), int)
    item.data.loops.foreach_get("vertex_index", corners)
    layer.data.foreach_set("uv", np.stack([corners % columns / (columns - 1), corners // columns / (rows - 1)], 1).ravel().astype(np.float32))
    return item


def flat_label(width, height, material, **place):
    """A printed rectangle around its place, facing the camera."""
    x, z = width / 2, height / 2
    return with_texture(grid([[(-x, 0, -z), (x, 0, -z)], [(-x, 0, z), (x, 0, z)]], material, **place), 2, 2)


def wrapped_label(radius, low, high, reach, material, squash=1.0, power=2.0, rows=9, columns=33):
    """A label around a turned body's front; `radius` is a number or a function of z, `reach` in degrees."""
    radius_at = radius if callable(radius) else lambda z: radius
    angle = np.radians(np.linspace(-reach / 2, reach / 2, columns)) - math.pi / 2
    x, y = np.cos(angle), np.sin(angle)
    if power != 2.0:
        stretch = (np.abs(x) ** power + np.abs(y) ** power) ** (-1 / power)
        x, y = x * stretch, y * stretch
    points = [np.stack([radius_at(z) * x, squash * radius_at(z) * y, np.full(columns, z)], 1) for z in np.linspace(low, high, rows)]
    return with_texture(grid(points, material), columns, rows)
