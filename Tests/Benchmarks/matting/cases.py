"""Photos whose true coverage is known: products with alpha over flat, graded and photographic backgrounds."""

from pathlib import Path

import cv2
import numpy as np
from PIL import Image

SIDE = 640  # longest side of a case, in pixels
CATALOGUE = Path(__file__).resolve().parents[3] / "samples" / "spring-catalogue"


def to_linear(encoded):
    """sRGB 0...1 to linear light (IEC 61966-2-1)."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def to_srgb(linear):
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def fitted(image, side=SIDE):
    height, width = image.shape[:2]
    scale = side / max(width, height)
    return cv2.resize(image, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)


def rendered():
    """The sample catalogue's own renders that come with alpha: (name, linear colour, alpha)."""
    for path in sorted((CATALOGUE / "products").glob("*.png")):
        picture = Image.open(path)
        if picture.mode != "RGBA":
            continue
        values = fitted(np.asarray(picture).astype(np.float32) / 255)
        if values[..., 3].min() < 0.5:
            yield path.stem, to_linear(values[..., :3]), values[..., 3]


def drawn():
    """Shapes that are hard in one respect each, drawn eight times as fine and averaged."""
    fine = SIDE * 4
    y, x = np.mgrid[0:fine, 0:fine].astype(np.float32) / fine
    body = np.maximum(np.abs(x - 0.42) / 0.2, np.abs(y - 0.5) / 0.28) < 1
    ring = np.abs(np.hypot((x - 0.62) / 0.14, (y - 0.5) / 0.16) - 0.85) < 0.15
    yield "handle", shaded((0.65, 0.08, 0.06), x, y), small(body | ring)

    brush = np.maximum(np.abs(x - 0.5) / 0.05, np.abs(y - 0.7) / 0.2) < 1
    random = np.random.default_rng(6)
    for _ in range(60):
        start, lean, bend, width = random.uniform(0.44, 0.56), random.normal(0, 0.12), random.normal(0, 0.3), 0.0012
        height = 0.52 - y
        strand = np.abs(x - start - lean * height - bend * height**2) < width
        brush |= strand & (height > -0.02) & (height < random.uniform(0.2, 0.4))
    yield "brush", shaded((0.05, 0.03, 0.02), x, y), small(brush)

    glass = np.hypot((x - 0.5) / 0.2, (y - 0.5) / 0.33) < 1
    wall = glass & (np.hypot((x - 0.5) / 0.18, (y - 0.5) / 0.31) > 1)
    yield "glass", shaded((0.25, 0.45, 0.5), x, y), small(np.where(wall, 1.0, np.where(glass, 0.55, 0.0)))


def shaded(colour, x, y):
    light = fitted(0.6 + 0.8 * (1 - x) * (1 - 0.5 * y))
    return light[..., None] * np.array(colour, np.float32)


def small(coverage):
    return fitted(coverage.astype(np.float32))


FLAT = [(1.0, 1.0, 1.0), (0.89, 0.89, 0.9), (0.55, 0.7, 0.86), (0.16, 0.16, 0.18)]
GRADED = [((0.95, 0.95, 0.95), (0.7, 0.7, 0.7)), ((0.8, 0.84, 0.88), (0.55, 0.6, 0.66)), ((0.92, 0.87, 0.8), (0.7, 0.62, 0.54)),
          ((0.3, 0.31, 0.34), (0.12, 0.12, 0.13))]


def flat(shape):
    for index, colour in enumerate(FLAT):
        yield f"flat{index}", np.broadcast_to(to_linear(np.array(colour)), (*shape, 3))


def graded(shape):
    """A sweep that falls off towards the corners."""
    y, x = np.mgrid[0:shape[0], 0:shape[1]].astype(np.float32)
    y, x = y / shape[0], x / shape[1]
    fall = 1 - 0.35 * ((x - 0.5) ** 2 + (y - 0.4) ** 2)
    for index, (top, bottom) in enumerate(GRADED):
        ramp = to_linear(np.array(top)) * (1 - y)[..., None] + to_linear(np.array(bottom)) * y[..., None]
        yield f"graded{index}", ramp * fall[..., None]


def photographic(shape):
    """The catalogue's brand pictures, once sharp and once out of focus."""
    for path in sorted((CATALOGUE / "references").glob("*")):
        picture = np.asarray(Image.open(path).convert("RGB")).astype(np.float32) / 255
        picture = cv2.resize(picture, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
        yield f"{path.stem}", to_linear(picture)
        yield f"{path.stem}-blurred", to_linear(cv2.GaussianBlur(picture, (0, 0), SIDE / 60))


def shadow(alpha):
    """What the product keeps of the light on the ground: a soft blot below it, 0...1."""
    rows = np.flatnonzero(alpha.max(axis=1) > 0.5)
    foot = np.zeros_like(alpha)
    foot[rows[-1] - 8:rows[-1] + 6] = alpha[rows[-1] - 12:rows[-1]].max(axis=0)
    return 1 - 0.5 * np.clip(cv2.GaussianBlur(foot, (0, 0), 14) * 1.6, 0, 1)


def composed():
    """All composited cases: (group, name, photo as 8-bit RGB, true alpha)."""
    random = np.random.default_rng(2)
    for product, colour, alpha in [*rendered(), *drawn()]:
        for group, backgrounds in (("flat", flat), ("graded", graded), ("photographic", photographic)):
            for name, background in backgrounds(alpha.shape):
                if group == "graded":
                    background = background * shadow(alpha)[..., None]
                mixed = to_srgb(colour * alpha[..., None] + background * (1 - alpha[..., None]))
                noisy = mixed * 255 + random.normal(0, 1.2, mixed.shape)
                yield group, f"{product}-{name}", np.clip(np.rint(noisy), 0, 255).astype(np.uint8), alpha


def scenes(folder, count=24):
    """Whole rendered scenes with the product's mask beside each: NNNNNN.jpg and NNNNNN_mask.png."""
    masks = sorted(Path(folder).glob("*_mask.png"))
    for path in masks[:: max(1, len(masks) // count)][:count]:
        photo = np.asarray(Image.open(path.with_name(path.name.replace("_mask.png", ".jpg"))).convert("RGB"))
        alpha = np.asarray(Image.open(path).convert("L")).astype(np.float32) / 255
        if alpha.max() > 0.5:
            yield "scenes", path.stem, photo, alpha
