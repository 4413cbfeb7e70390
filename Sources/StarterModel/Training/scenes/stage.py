"""The empty studio that a scene is built in: one collection for each kind of thing, and what later steps must know of earlier ones."""

import bpy
import numpy as np

from .chance import Chance
from .shapes.meshes import WAY_IN, into
from .tables.colours import colour

PARTS = ("ground", "backdrop", "stand", "prop")
"""What a pixel of the layout can show, as 1 ... 4; 0 is nothing."""


class Stage:
    """One scene under construction."""

    def __init__(self, facts):
        for blocks in (bpy.data.objects, bpy.data.meshes, bpy.data.materials, bpy.data.lights, bpy.data.cameras, bpy.data.images, bpy.data.collections):
            bpy.data.batch_remove(list(blocks))
        self.facts = facts
        self.chance = Chance("stage", facts["recipe"], facts["number"])
        self.collections = {}
        for name in (*PARTS, "product", "gobo", "light"):
            self.collections[name] = bpy.data.collections.new(name)
            bpy.context.scene.collection.children.link(self.collections[name])
        WAY_IN[:] = [self.collections["ground"]]
        self.level = 0.0
        """Height that the product stands on."""
        self.reach = 0.5
        """Radius around the origin that product and stand take up."""
        self.height = lambda x, y: 0.0
        """Height of the ground at a place."""
        self.behind = 2.2
        """Where the wall is, if there is one: props stay in front of it."""
        self.sink = 0.0
        """How far the product settles into soft ground."""
        self.key = None
        """The main light: ("sun", direction towards it, angle in radians) or ("area", place, size)."""
        self.taken = []
        """(x, y, radius) of the props that stand already."""

    def part(self, name):
        return into(self.collections[name])

    def rgb(self, which):
        """A colour of the scene: `surface`, `backdrop` or `accent`, with a little of its own."""
        chance = self.chance.branch("rgb", which)
        return tuple(np.clip(np.array(colour(self.facts[which + "_colour"])) * chance.uniform(0.92, 1.06), 0.006, 0.88))

    def spot(self, chance, radius, near=0.12, far=0.8, back=0.5):
        """A free place beside or behind the product for something of this radius, as (x, y); never before it. None if there is none."""
        for _ in range(30):
            side = chance.side()
            if chance.happens(back):
                x, y = side * chance.uniform(self.reach * 0.45, self.reach + far), self.reach + radius + chance.uniform(near, far)
            else:
                x, y = side * (self.reach + radius + chance.uniform(near, far)), chance.uniform(-0.1, 0.7)
            if y + radius > self.behind - 0.02:
                continue
            if all(np.hypot(x - a, y - b) > radius + c for a, b, c in self.taken):
                self.taken.append((x, y, radius * 0.95))
                return x, y
        return None


def bounds(items):
    """All vertices in world space, shape [count, 3]: boxes of turned parts would be too large, and a ball would float."""
    bpy.context.view_layer.update()
    clouds = []
    for item in items:
        if item.type == "MESH":
            points = np.empty(len(item.data.vertices) * 3)
            item.data.vertices.foreach_get("co", points)
            matrix = np.array(item.matrix_world)
            clouds.append(points.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3])
    return np.concatenate(clouds)
