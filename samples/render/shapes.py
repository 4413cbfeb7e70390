"""Geometry that products are made of: turned bodies, slabs, boxes, tubes, lofts and labels."""

import math

import bpy
import numpy as np
from mathutils import Vector


def mesh(name, points, faces, material, smooth=False):
    """A mesh object from vertices and faces (indices)."""
    data = bpy.data.meshes.new(name)
    data.from_pydata([tuple(map(float, p)) for p in points], [], [tuple(map(int, f)) for f in faces])
    data.update()
    if material is not None:
        data.materials.append(material)
    if smooth:
        data.polygons.foreach_set("use_smooth", [True] * len(data.polygons))
    item = bpy.data.objects.new(name, data)
    bpy.context.collection.objects.link(item)
    return item


def rounded(points, radius, steps=6, closed=False):
    """A polyline with its corners rounded; `radius` is one number or one a corner, shortened where the neighbours are near."""
    points = [np.array(p, float) for p in points]
    radii = [radius] * len(points) if np.isscalar(radius) else list(radius)
    result = []
    for i, corner in enumerate(points):
        if not closed and i in (0, len(points) - 1):
            result.append(corner)
            continue
        before, after = points[i - 1] - corner, points[(i + 1) % len(points)] - corner
        reach = min(radii[i], 0.49 * np.linalg.norm(before), 0.49 * np.linalg.norm(after))
        if reach <= 1e-6:
            result.append(corner)
            continue
        start, end = corner + before / np.linalg.norm(before) * reach, corner + after / np.linalg.norm(after) * reach
        for t in np.linspace(0, 1, steps + 1):
            result.append((1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end)
    return [tuple(p) for p in result]


def lathe(profile, material, steps=160, name="turned", squash=1.0):
    """Turns a profile of (radius, z) around z; a radius of 0 closes the body. `squash` flattens it along y."""
    points, rings = [], []
    for radius, z in profile:
        if radius < 1e-5:
            rings.append([len(points)] * steps)
            points.append((0, 0, z))
        else:
            rings.append(list(range(len(points), len(points) + steps)))
            turn = [2 * math.pi * k / steps for k in range(steps)]
            points += [(radius * math.cos(a), squash * radius * math.sin(a), z) for a in turn]
    faces = []
    for low, high in zip(rings, rings[1:]):
        for k in range(steps):
            face = [low[k], low[(k + 1) % steps], high[(k + 1) % steps], high[k]]
            face = list(dict.fromkeys(face))
            if len(face) > 2:
                faces.append(face)
    return shade(mesh(name, points, faces, material))


def shade(item, degrees=40):
    """Smooth shading except across edges sharper than `degrees`."""
    item.data.polygons.foreach_set("use_smooth", [True] * len(item.data.polygons))
    item.data.set_sharp_from_angle(angle=math.radians(degrees))
    return item


def modified(item, kind, **settings):
    """Adds a modifier by its type and settings."""
    modifier = item.modifiers.new(kind.lower(), kind)
    for key, value in settings.items():
        setattr(modifier, key, value)
    return item


def bevelled(item, width, segments=4):
    """Rounds the edges; a real thing has no edge without a highlight."""
    return modified(item, "BEVEL", width=width, segments=segments, limit_method="ANGLE", harden_normals=False)


def box(size, material, at=(0, 0, 0), bevel=0.03, segments=4, turn=(0, 0, 0)):
    """A box standing on `at`."""
    x, y, z = size[0] / 2, size[1] / 2, size[2]
    points = [(sx * x, sy * y, sz * z) for sz in (0, 1) for sy in (-1, 1) for sx in (-1, 1)]
    faces = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    item = mesh("box", points, faces, material, smooth=True)
    item.location, item.rotation_euler = at, turn
    return bevelled(item, bevel, segments) if bevel else item


def slab(outline, depth, material, bevel=0.02, segments=4, at=(0, 0, 0), turn=(0, 0, 0)):
    """A closed outline of (x, z), extruded along y to `depth`, centred on y = 0."""
    count = len(outline)
    points = [(x, side * depth / 2, z) for side in (-1, 1) for x, z in outline]
    faces = [tuple(range(count)), tuple(range(2 * count - 1, count - 1, -1))]
    faces += [(i, i + count, (i + 1) % count + count, (i + 1) % count) for i in range(count)]
    item = shade(mesh("slab", points, faces, material), 50)
    recalculate(item)
    item.location, item.rotation_euler = at, turn
    return bevelled(item, bevel, segments) if bevel else item


def recalculate(item):
    """Turns all faces outwards."""
    import bmesh

    work = bmesh.new()
    work.from_mesh(item.data)
    bmesh.ops.recalc_face_normals(work, faces=work.faces)
    work.to_mesh(item.data)
    work.free()


def tube(path, radius, material, closed=False, steps=12, radii=None):
    """A round tube along points; `radii` scales it point by point."""
    curve = bpy.data.curves.new("tube", "CURVE")
    curve.dimensions = "3D"
    curve.bevel_depth = radius
    curve.bevel_resolution = steps
    curve.use_fill_caps = True
    line = curve.splines.new("POLY")
    line.points.add(len(path) - 1)
    for i, (point, place) in enumerate(zip(line.points, path)):
        point.co = (*map(float, place), 1)
        point.radius = 1 if radii is None else radii[i]
    line.use_cyclic_u = closed
    line.use_smooth = True
    curve.materials.append(material)
    item = bpy.data.objects.new("tube", curve)
    bpy.context.collection.objects.link(item)
    return item


def smooth_path(points, count=80, closed=False):
    """A smooth curve through the points: cubic, its tangents weighed by the distances between them."""
    points = np.array(points, float)
    if closed:
        points = np.concatenate([points[-2:], points, points[:3]])
    reach = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    tangents = np.gradient(points, reach, axis=0)
    first, last = (reach[2], reach[-3]) if closed else (reach[0], reach[-1])
    result = []
    for t in np.linspace(first, last, count, endpoint=not closed):
        i = int(np.clip(np.searchsorted(reach, t, side="right") - 1, 0, len(points) - 2))
        span = reach[i + 1] - reach[i]
        u = (t - reach[i]) / span
        result.append(
            (2 * u**3 - 3 * u**2 + 1) * points[i] + (u**3 - 2 * u**2 + u) * span * tangents[i]
            + (3 * u**2 - 2 * u**3) * points[i + 1] + (u**3 - u**2) * span * tangents[i + 1]
        )
    return np.array(result)


def ribbon(path, width, thickness, material, bevel=0.02, widths=None, axis=(1, 0, 0), closed=False):
    """A flat band along a path, `width` wide along `axis` and `thickness` deep across it; `widths` scales it point by point."""
    path, axis = np.array(path, float), np.array(axis, float)
    n = len(path)
    points, faces = [], []
    for i, place in enumerate(path):
        ahead, behind = path[(i + 1) % n if closed else min(i + 1, n - 1)], path[i - 1 if closed else max(i - 1, 0)]
        across = np.cross(ahead - behind, axis)
        across /= np.linalg.norm(across)
        half = width / 2 * (1 if widths is None else widths[i])
        for side, level in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            points.append(place + axis * side * half + across * level * thickness / 2)
    for i in range(n if closed else n - 1):
        j = (i + 1) % n
        faces += [(4 * i + k, 4 * i + (k + 1) % 4, 4 * j + (k + 1) % 4, 4 * j + k) for k in range(4)]
    if not closed:
        faces += [(0, 1, 2, 3), tuple(4 * (n - 1) + k for k in (3, 2, 1, 0))]
    item = shade(mesh("ribbon", points, faces, material))
    recalculate(item)
    return bevelled(item, bevel, 3) if bevel else item


def grid(rows, material, name="surface", closed=False, smooth=True):
    """A surface through rows of points, all equally long; `closed` joins each row's end to its start."""
    rows = np.array(rows, float)
    m, n = rows.shape[:2]
    columns = n if closed else n - 1
    faces = [(i * n + j, i * n + (j + 1) % n, (i + 1) * n + (j + 1) % n, (i + 1) * n + j) for i in range(m - 1) for j in range(columns)]
    return mesh(name, rows.reshape(-1, 3), faces, material, smooth)


def with_coordinates(item, columns, rows):
    """Texture coordinates for a `grid` of `rows` x `columns` points: across and up, 0...1."""
    layer = item.data.uv_layers.new(name="label")
    for polygon in item.data.polygons:
        for loop, vertex in zip(polygon.loop_indices, polygon.vertices):
            layer.data[loop].uv = (vertex % columns / (columns - 1), vertex // columns / (rows - 1))
    return item


def flat_label(size, material, at, turn=(0, 0, 0)):
    """A printed rectangle of `size` (width, height), its centre at `at`, facing the camera."""
    x, z = size[0] / 2, size[1] / 2
    item = grid([[(-x, 0, -z), (x, 0, -z)], [(-x, 0, z), (x, 0, z)]], material, "label")
    item.location, item.rotation_euler = at, turn
    return with_coordinates(item, 2, 2)


def wrapped_label(radius, low, high, angle, material, squash=1.0, columns=65):
    """A label around a turned body's front: `radius` is one number or a function of z, `angle` (degrees) its reach."""
    rows = 25
    turn = np.radians(np.linspace(-angle / 2, angle / 2, columns)) - math.pi / 2
    radius_at = radius if callable(radius) else lambda z: radius
    points = [[(radius_at(z) * math.cos(a), squash * radius_at(z) * math.sin(a), z) for a in turn] for z in np.linspace(low, high, rows)]
    return with_coordinates(grid(points, material, "label"), columns, rows)


def joined(objects, location=(0, 0, 0), turn=(0, 0, 0), scale=1.0):
    """Hangs objects on one empty, so that they can be placed together."""
    root = bpy.data.objects.new("product", None)
    bpy.context.collection.objects.link(root)
    for item in objects:
        item.parent = root
    root.location, root.rotation_euler, root.scale = location, turn, (scale,) * 3
    bpy.context.view_layer.update()
    return root


def facing(normal):
    """Euler angles that turn +z towards `normal`."""
    return Vector(normal).to_track_quat("Z", "Y").to_euler()
