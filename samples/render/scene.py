"""One photographic set: an empty scene, a camera that frames what stands there, soft boxes, backdrops, and the shutter.

A product is built about two units tall, standing on the plane z = 0 and facing the camera, which looks along +y.
"""

import math

import bpy
import numpy as np
from mathutils import Vector


def clear(exposure=0.0, look="AgX - Medium High Contrast"):
    """An empty scene with the settings that every picture shares."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.seed = 2026
    cycles.adaptive_threshold = 0.04
    cycles.adaptive_min_samples = 8
    cycles.use_denoising = True
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.denoising_use_gpu = False
    cycles.denoising_prefilter = "FAST"
    cycles.max_bounces = 8
    cycles.diffuse_bounces = 2
    cycles.glossy_bounces = 3
    cycles.transmission_bounces = 8
    cycles.transparent_max_bounces = 12
    cycles.sample_clamp_indirect = 6
    cycles.caustics_reflective = False
    cycles.caustics_refractive = False
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = look
    scene.view_settings.exposure = exposure


def world(colour, strength):
    """Even light from everywhere."""
    scene = bpy.context.scene
    scene.world = bpy.data.worlds.new("world")
    scene.world.use_nodes = True
    background = scene.world.node_tree.nodes["Background"]
    background.inputs["Color"].default_value = (*colour, 1)
    background.inputs["Strength"].default_value = strength


def softbox(location, target, size, power, colour=(1, 1, 1), spread=math.pi, camera=False):
    """A rectangular light of `size` (width, height), `power` in watts, turned towards `target`."""
    light = bpy.data.lights.new("softbox", "AREA")
    light.shape = "RECTANGLE"
    light.size, light.size_y = size
    light.energy = power
    light.color = colour
    light.spread = spread
    box = bpy.data.objects.new("softbox", light)
    box.location = location
    box.rotation_euler = (Vector(target) - Vector(location)).to_track_quat("-Z", "Y").to_euler()
    box.visible_camera = camera
    bpy.context.collection.objects.link(box)
    return box


def daylight(direction, strength, angle, colour=(1, 0.93, 0.82)):
    """A sun that shines along `direction`; `angle` (radians) is how wide it looks and so how soft its shadows are."""
    light = bpy.data.lights.new("sun", "SUN")
    light.energy, light.angle, light.color = strength, angle, colour
    sun = bpy.data.objects.new("sun", light)
    sun.rotation_euler = Vector(direction).to_track_quat("-Z", "Y").to_euler()
    bpy.context.collection.objects.link(sun)


def rig(key=1.0, fill=1.0, top=1.0, rim=1.0, side=-1, warmth=0.0):
    """The usual four soft boxes: a large key from one side, a fill from the other, one above, a rim from behind."""
    warm = (1, 1 - 0.10 * warmth, 1 - 0.24 * warmth)
    softbox((4.2 * side, -3.2, 3.4), (0, 0, 0.9), (2.6, 3.6), 420 * key, warm)
    softbox((-4.6 * side, -2.4, 2.0), (0, 0, 0.9), (2.4, 3.6), 130 * fill)
    softbox((0, -0.4, 5.2), (0, 0, 0.5), (4.2, 3.0), 240 * top)
    softbox((-2.6 * side, 3.6, 3.2), (0, 0, 1.0), (1.4, 3.2), 200 * rim)


def floor(size=40.0, colour=(0.9, 0.9, 0.9), catcher=False, camera=True):
    """A plane to stand on; as a `catcher` only the shadow on it is seen, without `camera` only its bounced light."""
    from materials import principled

    bpy.ops.mesh.primitive_plane_add(size=size)
    plane = bpy.context.object
    plane.is_shadow_catcher = catcher
    plane.visible_camera = camera
    plane.data.materials.append(principled(colour, roughness=0.9))
    return plane


def sweep(material, depth=3.2, radius=2.2, width=60.0, height=30.0):
    """A paper sweep: the floor turns into the wall with a quarter circle of `radius`, `depth` behind the product."""
    from shapes import mesh

    profile = [(-30.0, 0.0), (depth, 0.0)]
    profile += [(depth + radius * math.sin(a), radius - radius * math.cos(a)) for a in np.linspace(0, math.pi / 2, 33)[1:]]
    profile += [(depth + radius, height)]
    points = [(side * width / 2, y, z) for y, z in profile for side in (-1, 1)]
    faces = [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(profile) - 1)]
    return mesh("sweep", points, faces, material)


def corners(objects):
    """The vertices of the objects as they will be rendered, in world coordinates, shape [count, 3]."""
    graph = bpy.context.evaluated_depsgraph_get()
    clouds = []
    for item in objects:
        if item.type not in {"MESH", "CURVE", "FONT"}:
            continue
        evaluated = item.evaluated_get(graph)
        copy = evaluated.to_mesh()
        points = np.empty(len(copy.vertices) * 3)
        copy.vertices.foreach_get("co", points)
        matrix = np.array(evaluated.matrix_world)
        clouds.append(points.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3])
        evaluated.to_mesh_clear()
    return np.concatenate(clouds)


def frame(objects, size, fill, azimuth=0.0, elevation=10.0, lens=85.0, drop=0.0):
    """Puts a camera where `objects` fill the share `fill` of a picture of `size` pixels, centred, `drop` of a height lower.

    `azimuth` and `elevation` in degrees: 0, 0 looks straight at the front.
    """
    points = corners(objects)
    azimuth, elevation = math.radians(azimuth), math.radians(elevation)
    back = np.array([math.sin(azimuth) * math.cos(elevation), -math.cos(azimuth) * math.cos(elevation), math.sin(elevation)])
    right = np.array([math.cos(azimuth), math.sin(azimuth), 0.0])
    up = np.cross(back, right)
    width, height = size
    half = 18 / lens  # tangent of half the field of view along the longer side, for a 36 mm sensor
    half_width, half_height = half * width / max(size), half * height / max(size)
    target, distance = points.mean(axis=0), 10.0
    for _ in range(30):
        offset = points - target
        depth = distance - offset @ back
        u, v = offset @ right / depth / half_width, offset @ up / depth / half_height
        target = target + (u.max() + u.min()) / 2 * half_width * distance * right
        target = target + ((v.max() + v.min()) / 2 + 2 * drop) * half_height * distance * up
        distance *= max((u.max() - u.min()) / 2, (v.max() - v.min()) / 2) / fill
    camera = bpy.data.cameras.new("camera")
    camera.lens = lens
    item = bpy.data.objects.new("camera", camera)
    item.location = target + distance * back
    item.rotation_euler = (-Vector(back)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.collection.objects.link(item)
    bpy.context.scene.camera = item
    return item


def defocus(camera, distance, stop):
    """Gives the camera a depth of field: sharp at `distance`, with an aperture of f/`stop` at this scene's scale."""
    camera.data.dof.use_dof = True
    camera.data.dof.focus_distance = distance
    camera.data.dof.aperture_fstop = stop


def shoot(path, size, samples, transparent):
    """Renders to a 16-bit PNG, with straight alpha where `transparent`."""
    scene = bpy.context.scene
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.render.resolution_percentage = 100
    scene.render.film_transparent = transparent
    scene.cycles.samples = samples
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_depth = "16"
    scene.render.image_settings.color_mode = "RGBA" if transparent else "RGB"
    scene.render.image_settings.compression = 15
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
