"""A stoneware vase: a turned body with throwing rings and a reactive glaze from sea green to sand."""

import math

import materials
import shapes


def profile():
    """Outer wall from foot to lip and the inner wall back down, as (radius, z)."""
    knots = [(0.40, 0.0), (0.62, 0.32), (0.81, 0.86), (0.70, 1.36), (0.36, 1.74), (0.235, 1.98), (0.32, 2.22)]
    outer = []
    for radius, z in shapes.smooth_path([(r, 0, z) for r, z in knots], 150)[:, [0, 2]]:
        outer.append((radius + 0.0022 * math.sin(52 * z), z))
    lip = [(0.30, 2.245), (0.275, 2.235)]
    inner = [(0.20, 2.02), (0.235, 1.80), (0.3, 1.5)]
    return [(0, 0.03), (0.34, 0.03), (0.36, 0.0)] + outer + lip + inner


def build():
    glaze = materials.graded(
        materials.ceramic((1, 1, 1), roughness=0.28), 0.0, 2.25,
        [(0.02, (0.30, 0.17, 0.09)), (0.16, (0.48, 0.31, 0.17)), (0.30, (0.10, 0.26, 0.24)), (0.55, (0.03, 0.20, 0.22)), (0.80, (0.16, 0.40, 0.36)), (0.97, (0.62, 0.66, 0.52))],
    )
    return [shapes.lathe(profile(), materials.bumpy(glaze, 7, 0.08, 0.02))]
