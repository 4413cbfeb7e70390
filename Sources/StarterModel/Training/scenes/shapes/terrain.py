"""Ground that is not flat, cloth that lies in folds, stones: all from sums of random waves."""

import numpy as np

from .meshes import grid, mesh, ring_faces


def waves(x, y, chance, octaves=4, frequency=1.0, roughness=0.5):
    """Smooth random heights of about -1...1 at the places x, y (arrays)."""
    total, amplitude = 0.0, 1.0
    for _ in range(octaves):
        for _ in range(3):
            angle, phase, rate = chance.uniform(0, 6.283), chance.uniform(0, 6.283), frequency * chance.uniform(0.7, 1.4)
            along, across = np.cos(angle) * x + np.sin(angle) * y, np.sin(angle) * x - np.cos(angle) * y
            total = total + amplitude / 3 * np.sin(rate * along + phase + 1.5 * np.sin(rate * 0.7 * across + 2 * phase))
        amplitude *= roughness
        frequency *= 2
    return total


def field(material, height, reach=9.0, count=140, clearing=0.8, forward=1.5, flatten=True):
    """A ground of `height(x, y)`, finer near the origin; level within `clearing` units of it, so that a product stands."""
    t = np.linspace(-1, 1, count)
    line = np.sign(t) * np.abs(t) ** 1.5 * reach
    x, y = np.meshgrid(line, line + forward)
    z = height(x, y)
    if flatten:
        level = height(np.zeros((1, 1)), np.zeros((1, 1)))[0, 0]
        z = (z - level) / (1 + np.exp(-(np.hypot(x, y) - clearing) * 6))
    return grid(np.stack([x, y, z], -1), material, sharp=180)


def stone(chance, material, size, at, flat=0.6):
    """A worn stone that lies on `at`."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 17)
    turn = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    x, y = np.outer(np.cos(angle), np.cos(turn)), np.outer(np.cos(angle), np.sin(turn))
    z = np.repeat(np.sin(angle)[:, None], 28, 1)
    swell = 1 + 0.13 * waves(1.4 * x + z, 1.4 * y - z, chance, 2, 1.3)
    scale = size * np.array([chance.uniform(0.85, 1.3), chance.uniform(0.8, 1.1), flat * chance.uniform(0.8, 1.2)])
    points = np.stack([x * swell, y * swell, z * swell], -1).reshape(-1, 3) * scale
    points[:, 2] -= points[:, 2].min() * 0.93
    return mesh(points, ring_faces(17, 28), material, sharp=180, at=at, turn=(0, 0, chance.uniform(0, 6.28)))


def boulder(chance, material, size, at):
    """A broken rock: a sphere cut by random planes."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 25)
    turn = np.linspace(0, 2 * np.pi, 44, endpoint=False)
    points = np.stack([np.outer(np.cos(angle), np.cos(turn)), np.outer(np.cos(angle), np.sin(turn)), np.repeat(np.sin(angle)[:, None], 44, 1)], -1)
    for _ in range(12):
        normal = np.array([chance.normal(), chance.normal(), chance.normal()])
        normal /= np.linalg.norm(normal) + 1e-9
        over = points @ normal - chance.uniform(0.62, 0.85)
        points = points - np.maximum(over, 0)[..., None] * normal * 0.92
    points = points * (1 + 0.03 * waves(points[..., 0] * 4 + points[..., 2] * 3, points[..., 1] * 4 - points[..., 2], chance, 2, 1.4))[..., None]
    points = points.reshape(-1, 3) * np.array([size * chance.uniform(0.9, 1.4), size * chance.uniform(0.8, 1.1), size * chance.uniform(0.6, 1.0)])
    return mesh(points, ring_faces(25, 44), material, sharp=35, at=at, turn=(0, 0, chance.uniform(0, 6.28)))
