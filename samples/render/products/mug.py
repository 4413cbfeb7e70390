"""A mug in speckled white glaze over raw clay, with a handle."""

import math

import bpy
import materials
import numpy as np
import shapes


def speckled():
    glaze = materials.ceramic((0.82, 0.78, 0.70), roughness=0.3)
    tree = glaze.node_tree
    specks = tree.nodes.new("ShaderNodeTexVoronoi")
    specks.inputs["Scale"].default_value = 21
    where = tree.nodes.new("ShaderNodeTexCoord")
    tree.links.new(where.outputs["Object"], specks.inputs["Vector"])
    stops = [(0.0, (0.09, 0.05, 0.03)), (0.10, (0.16, 0.09, 0.05)), (0.15, (0.82, 0.78, 0.70)), (1.0, (0.86, 0.82, 0.75))]
    tree.links.new(materials.ramp(glaze, specks.outputs["Distance"], stops), materials.shader_of(glaze).inputs["Base Color"])
    return glaze


def build():
    glaze = speckled()
    clay = materials.bumpy(materials.principled((0.42, 0.25, 0.15), roughness=0.85), 60, 0.25, 0.01)
    wall = shapes.rounded(
        [(0.78, 0.22), (0.84, 0.7), (0.83, 1.3), (0.84, 1.72), (0.76, 1.72), (0.75, 0.9), (0.70, 0.3), (0, 0.24)],
        [0, 0.3, 0.3, 0.045, 0.045, 0.3, 0.18, 0], steps=8,
    )
    foot = shapes.rounded([(0, 0.03), (0.58, 0.03), (0.62, 0.0), (0.68, 0.0), (0.782, 0.225)], [0, 0.01, 0.02, 0.05, 0], steps=5)
    path = shapes.smooth_path([(0.74, 0, 1.36), (0.98, 0, 1.46), (1.26, 0, 1.36), (1.36, 0, 1.04), (1.26, 0, 0.72), (1.02, 0, 0.50), (0.74, 0, 0.50)], 70)
    widths = 1 + 0.22 * np.abs(np.linspace(-1, 1, len(path))) ** 3
    handle = shapes.ribbon(path, 0.27, 0.13, glaze, bevel=0.06, widths=widths, axis=(0, 1, 0))
    handle.modifiers[0].segments = 6
    return [shapes.lathe(wall, glaze), shapes.lathe(foot, clay), handle]
