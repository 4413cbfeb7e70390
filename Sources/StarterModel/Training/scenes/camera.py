"""Frames the product as the plan says, and focuses on it."""

import math

import bpy
import numpy as np
from mathutils import Vector

from .stage import bounds

LOWEST = 0.88
"""The product's foot stays above this share of the picture's height."""


def frame(stage, items):
    """Places the camera; adds the product's box in the picture (shares of it, from the top left) to the facts."""
    wish = stage.facts["camera"]
    points = bounds(items)
    azimuth, elevation = math.radians(wish["azimuth"]), math.radians(wish["elevation"])
    back = np.array([math.sin(azimuth) * math.cos(elevation), -math.cos(azimuth) * math.cos(elevation), math.sin(elevation)])
    right = np.array([math.cos(azimuth), math.sin(azimuth), 0.0])
    up = np.cross(back, right)
    half = 18 / wish["lens"]  # tangent of half the field of view, for a sensor of 36 mm
    target, distance = (points.min(0) + points.max(0)) / 2, 5.0
    for _ in range(20):
        offset = points - target
        depth = distance - offset @ back
        u, v = offset @ right / depth / half, offset @ up / depth / half
        size = max(u.max() - u.min(), v.max() - v.min()) / 2
        down = min(wish["down"], LOWEST - 0.5 - (v.max() - v.min()) / 4)
        target = target + ((u.max() + u.min()) / 2 - 2 * wish["across"]) * half * distance * right + ((v.max() + v.min()) / 2 + 2 * down) * half * distance * up
        distance *= size / wish["share"]
    place = target + distance * back
    data = bpy.data.cameras.new("camera")
    data.lens, data.sensor_width, data.clip_end = wish["lens"], 36.0, 200.0
    item = bpy.data.objects.new("camera", data)
    item.location, item.rotation_euler = place, Vector(-back).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(item)
    bpy.context.scene.camera = item
    middle = (points.min(0) + points.max(0)) / 2
    data.dof.use_dof = True
    data.dof.focus_distance = float((place - middle) @ back) - 0.25 * float(np.ptp(points[:, 1]))
    # A far point's image is as wide as the aperture where the focus is: blur x the frame's width there.
    aperture = wish["blur"] * 2 * half * data.dof.focus_distance
    data.dof.aperture_fstop = max(wish["lens"] / 1000 / max(aperture, 1e-4), 0.02)
    offset = points - place
    depth = -(offset @ back)
    u, v = offset @ right / depth / half, offset @ up / depth / half
    stage.facts["box"] = [round(float(value), 4) for value in (0.5 + u.min() / 2, 0.5 - v.max() / 2, 0.5 + u.max() / 2, 0.5 - v.min() / 2)]
    return item
