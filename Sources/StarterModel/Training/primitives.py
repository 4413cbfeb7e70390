"""Layouts drawn from a few primitives: floor, wall, podium, steps, table edge, spheres, blob of shadow.

A pinhole camera looks at a product that stands at distance 1 on the plane through `base`, the lower edge of its box. Rows and
columns are shares of the picture, 0 at the top left. The result has the format of `NNNNNN_layout.png`.
"""

from dataclasses import dataclass

import numpy as np

from layouts import IDENTITIES

SIDE = 128
FAR_NEARNESS = 0.12
"""About eight times as far as the product: where the scenes' blurred surroundings stand."""


@dataclass
class Arrangement:
    """What to draw for a product whose box is (left, top, right, bottom) in shares of the picture.

    horizon: row where an endless floor would end
    wall: row where the floor meets a backdrop, or nothing for an endless floor
    far: the backdrop is far behind the edge, as behind a table out of doors
    podium: (radius, height) of a round podium under the product, in shares of the picture, or nothing
    shadow: (direction, length): -1 to the left, 1 to the right, 0 around the base; length in widths of the product
    """

    horizon: float = 0.4
    wall: float | None = 0.5
    far: bool = False
    podium: tuple[float, float] | None = None
    shadow: tuple[float, float] | None = (1.0, 1.2)
    props: tuple[tuple[float, float, float], ...] = ()
    """Spheres (column, row of the foot, radius) in shares of the picture."""


def draw(arrangement: Arrangement, box: tuple[float, float, float, float]) -> np.ndarray:
    """uint8 [128, 128, 3]: nearness, identity, shadow."""
    left, _, right, base = box
    middle, width = (left + right) / 2, right - left
    rows, columns = (np.mgrid[:SIDE, :SIDE] + 0.5) / SIDE
    height = arrangement.podium[1] if arrangement.podium else 0.0
    horizon = min(arrangement.horizon, base - 0.08)
    # A plane's nearness grows linearly from the horizon down; it is 0.5 at the foot of what the product stands on.
    nearness = np.clip(0.5 * (rows - horizon) / (base + height - horizon), 0, 1)
    identity = np.where(rows > horizon, IDENTITIES["ground"], IDENTITIES["backdrop"]).astype(float)
    if arrangement.wall is not None:
        edge = min(max(arrangement.wall, horizon + 0.02), base - 0.02)
        behind = rows < edge
        nearness[behind] = FAR_NEARNESS if arrangement.far else 0.5 * (edge - horizon) / (base + height - horizon)
        identity[behind] = IDENTITIES["backdrop"]
    for column, foot, radius in arrangement.props:
        inside = (columns - column) ** 2 + (rows - foot + radius) ** 2 < radius**2
        nearness[inside] = np.clip(0.5 * (foot - horizon) / (base + height - horizon), 0, 1)
        identity[inside] = IDENTITIES["prop"]
    if arrangement.podium:
        radius = arrangement.podium[0]
        flatness = np.clip(base - horizon, 0.1, 0.5)
        top = ((columns - middle) / radius) ** 2 + ((rows - base) / (radius * flatness)) ** 2 < 1
        foot = ((columns - middle) / radius) ** 2 + ((rows - base - height) / (radius * flatness)) ** 2 < 1
        side = (np.abs(columns - middle) < radius) & (rows > base) & (rows < base + height)
        stand = top | foot | side
        nearness[stand] = np.where(top, 0.5 + (rows - base) * 0.5, 0.5 + 0.5 * flatness * radius)[stand]
        identity[stand] = IDENTITIES["stand"]
    shadow = np.zeros_like(rows)
    if arrangement.shadow:
        direction, length = arrangement.shadow
        reach = max(width * length / 2, 0.6 * width)
        centre = middle + direction * reach * 0.8
        distance = np.hypot((columns - centre) / (reach + 0.35 * width * (direction == 0)), (rows - base + 0.01) / (0.12 * width + 0.02))
        shadow = np.clip(1.6 - 1.4 * distance, 0, 1) * (identity != IDENTITIES["backdrop"])
    return np.stack([255 * nearness, identity, 255 * shadow], -1).round().astype(np.uint8)


def product_box(product: np.ndarray) -> tuple[float, float, float, float]:
    """Box of a mask [height, width] (255 = product) as shares of the picture."""
    rows, columns = np.nonzero(product >= 128)
    height, width = product.shape
    return columns.min() / width, rows.min() / height, (columns.max() + 1) / width, (rows.max() + 1) / height
