"""Pictures as if the product were not there, so that it does not give away what was asked for."""

import numpy as np
from PIL import Image
from scipy.ndimage import binary_dilation, binary_fill_holes, binary_opening, distance_transform_edt, gaussian_filter, label

MARGIN = 4
"""Pixels around a product that are not looked at either: its edge, and the darkest of its contact shadow."""
BLUR = 8


def without_product(picture: Image.Image, product: np.ndarray) -> Image.Image:
    """product: bool [height, width]; its pixels take the colours of the nearest background, blurred."""
    pixels = np.asarray(picture.convert("RGB"))
    hidden = binary_dilation(product, iterations=MARGIN)
    rows, columns = distance_transform_edt(hidden, return_distances=False, return_indices=True)
    filled = pixels[rows, columns]
    blurred = gaussian_filter(filled, (BLUR, BLUR, 0))
    return Image.fromarray(np.where(hidden[..., None], blurred, filled))


def common_product(pictures: list[Image.Image]) -> np.ndarray:
    """Where pictures of one product in one place, on different backgrounds, are the same: bool [height, width]. Product pixels leave as they came in; what
    is the same by chance is in specks."""
    stack = np.stack([np.asarray(picture.convert("RGB")) for picture in pictures])
    pieces, count = label(binary_opening((stack == stack[0]).all((0, 3)), iterations=2))
    if not count:
        raise ValueError("the pictures have no product in common")
    return binary_fill_holes(pieces == 1 + np.bincount(pieces.ravel())[1:].argmax())


def share_beyond(picture: Image.Image, line: float, sides: float = 0.2) -> float:
    """How well a wall and a ground of unlike colours part at `line`, a share of the height from above: the share of pixels in the outer `sides` of the width
    that are on the right side of it, told by which colour is nearer, that of the uppermost tenth or that of the lowest."""
    pixels = np.asarray(picture.convert("RGB"), float)
    height, width = pixels.shape[:2]
    band = round(width * sides)
    pixels = np.concatenate([pixels[:, :band], pixels[:, -band:]], 1)
    above, below = pixels[: height // 10].mean((0, 1)), pixels[-(height // 10) :].mean((0, 1))
    is_ground = np.linalg.norm(pixels - below, axis=2) < np.linalg.norm(pixels - above, axis=2)
    wanted = np.arange(height) >= round(line * height)
    return float((is_ground == wanted[:, None]).mean())


def shadow_side(lit_left: Image.Image, lit_right: Image.Image, product: np.ndarray) -> bool:
    """Whether the ground beside the product's foot is darker on the side that the light does not come from, in the two pictures that differ in that alone."""
    difference = np.asarray(lit_left.convert("L"), float) - np.asarray(lit_right.convert("L"), float)
    rows, columns = np.nonzero(product)
    foot, left, right = rows.max(), columns.min(), columns.max()
    reach = max(8, (right - left) // 2)
    band = difference[max(0, foot - reach // 2) : foot + 2]
    beside_left, beside_right = band[:, max(0, left - reach) : left], band[:, right + 1 : right + 1 + reach]
    return bool(beside_left.size and beside_right.size and beside_left.mean() > beside_right.mean())
