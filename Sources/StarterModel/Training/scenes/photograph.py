"""One scene from its number to its files."""

import json
import math
import os
import time

import bpy
import numpy as np
from PIL import Image

from . import lights, renderer
from .camera import frame
from .layout import layout
from .plan import plan
from .products import makers
from .products.design import Design
from .props import place_props
from .sets import build_set
from .stage import Stage, bounds

SCALE = {
    "ring": 0.55,
    "hoop earrings": 0.8,
    "bar of soap": 0.8,
    "nail polish": 0.8,
    "powder compact": 0.8,
    "earbuds case": 0.7,
    "armchair": 1.15,
    "sun hat": 0.9,
    "beanie": 0.8,
}
"""Sizes beside the others: a ring on a podium is small, and its shallow focus shows it."""


def build_product(stage):
    """The product on its place; returns its objects."""
    facts, chance = stage.facts, stage.chance.branch("product")
    with stage.part("product") as collection:
        turn = makers()[facts["product"]](Design(facts)) or 0.0
    items = list(collection.objects)
    root = bpy.data.objects.new("product", None)
    collection.objects.link(root)
    for item in items:
        item.parent = root
    size = SCALE.get(facts["product"], 1.0)
    root.scale, root.rotation_euler = (size,) * 3, (0, 0, turn + chance.normal(0.08))
    points = bounds(items)
    low, high = points.min(0), points.max(0)
    root.location = (-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, stage.level - low[2] - stage.sink + 0.001)
    span = high - low
    stage.reach = max(stage.reach if stage.level > 0.03 else 0.0, 0.5 * math.hypot(span[0], span[1]) * 0.9)
    facts["product_size"] = [round(float(v), 3) for v in span]
    return items


def build(number):
    """Builds a scene in Blender; returns its stage and the product's objects."""
    stage = Stage(plan(number))
    build_set(stage)
    items = build_product(stage)
    place_props(stage)
    lights.KINDS[stage.facts["light"]](stage, stage.chance.branch("light"), stage.facts["side"])
    frame(stage, items)
    kind, where, size = stage.key
    towards = np.array(where, float) - ((0, 0, stage.level + 0.4) if kind == "area" else (0, 0, 0))
    stage.facts["light_direction"] = [round(float(v), 3) for v in towards / np.linalg.norm(towards)]
    return stage, items


def _save(picture, path, **options):
    """Writes beside the file and renames, so that no half-written file is ever taken for a whole one."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    picture.save(part, path.suffix.lstrip(".").replace("jpg", "jpeg"), **options)
    os.replace(part, path)


def affected(box, maps, side, margin=0.12):
    """The pixels (left, top, right, bottom) that the product changes: itself, its shadow, and its reflection below it."""
    left, top, right, bottom = box
    bottom = max(bottom, 2 * bottom - top)
    rows, columns = np.nonzero(maps[..., 2] > 20)
    if rows.size:
        size = maps.shape[0]
        left, right = min(left, columns.min() / size), max(right, (columns.max() + 1) / size)
        top, bottom = min(top, rows.min() / size), max(bottom, (rows.max() + 1) / size)
    grown = np.clip(np.array((left - margin, top - margin, right + margin, bottom + margin)), 0, 1) * side
    return int(grown[0]), int(grown[1]), math.ceil(grown[2]), math.ceil(grown[3])


def photograph(number, folder, empty=True):
    """Renders scene `number` into `folder`; the facts are written last and mean that all of it is there."""
    begin, name = time.process_time(), f"{number:06d}"
    stage, items = build(number)
    facts, scratch, maps = stage.facts, folder / f".{name}.{os.getpid()}.exr", layout(stage, items)
    product = renderer.matte(scratch, stage)
    renderer.guide(facts["camera"]["blur"])
    picture = renderer.linear(scratch)
    factor = renderer.exposure(picture[..., :3], product / 255.0, lights.EXPOSURE.get(facts["light"], 0.0) + stage.chance.branch("exposure").normal(0.1))
    print_ = {"quality": 94, "subsampling": 0}
    _save(Image.fromarray(renderer.developed(picture, factor, facts["look"])), folder / f"{name}.jpg", **print_)
    _save(Image.fromarray(product), folder / f"{name}_mask.png")
    _save(Image.fromarray(maps), folder / f"{name}_layout.png")
    if empty:
        stage.collections["product"].hide_render = True
        bare = renderer.without_product(scratch, picture, affected(facts["box"], maps, picture.shape[0]))
        _save(Image.fromarray(renderer.developed(bare, factor, facts["look"])), folder / f"{name}_empty.jpg", **print_)
    facts["exposure"] = round(float(np.log2(factor)), 2)
    facts["seconds"] = round(time.process_time() - begin, 2)
    part = folder / f"{name}.json.{os.getpid()}.part"
    part.write_text(json.dumps(facts, ensure_ascii=False))
    os.replace(part, folder / f"{name}.json")
    return facts
