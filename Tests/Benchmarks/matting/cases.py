"""Photos whose true coverage is known: products with alpha over flat, graded and photographic backgrounds, drawn anew for every seed."""

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


def tossed(random, colour, alpha, shape):
    """The product elsewhere in a frame: turned, mirrored, larger or smaller, in another tint and exposure."""
    rows, columns = (np.flatnonzero(alpha.max(axis=axis) > 0.02) for axis in (1, 0))
    box = np.s_[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    colour, alpha = colour[box], alpha[box]
    if random.random() < 0.5:
        colour, alpha = colour[:, ::-1], alpha[:, ::-1]
    height, width = alpha.shape
    turn = np.radians(random.normal(0, 5))
    # What the product takes of the frame in both directions once it is turned.
    across, down = (abs(np.cos(turn)) * a + abs(np.sin(turn)) * b for a, b in ((width, height), (height, width)))
    scale = random.uniform(0.35, 0.85) * min(shape[1] / across, shape[0] / down)
    free = np.array([shape[1] - across * scale, shape[0] - down * scale]) / 2
    centre = np.array([shape[1], shape[0]]) / 2 + random.uniform(-0.85, 0.85, 2) * free
    matrix = np.float64([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) * scale
    matrix = np.hstack([matrix, (centre - matrix @ [width / 2, height / 2])[:, None]])
    premultiplied = np.dstack([colour * alpha[..., None], alpha]).astype(np.float32)
    # Averaged from twice the size: a product that gets smaller must not get jagged.
    moved = cv2.warpAffine(premultiplied, matrix * 2, (shape[1] * 2, shape[0] * 2), flags=cv2.INTER_LINEAR)
    moved = cv2.resize(moved, shape[::-1], interpolation=cv2.INTER_AREA)
    cover = np.clip(moved[..., 3], 0, 1)
    gains = random.uniform(0.7, 1.3) * random.uniform(0.75, 1.25, 3)
    return np.clip(moved[..., :3] / np.maximum(cover, 1e-4)[..., None] * gains, 0, 1), cover


def tone(random):
    """The encoded colour of a studio background: mostly white and greys, some coloured, some dark; hardly a tint in most."""
    value = random.choice([1.0, random.uniform(0.82, 0.97), random.uniform(0.35, 0.8), random.uniform(0.08, 0.25)], p=[0.2, 0.4, 0.25, 0.15])
    return np.clip(value * (1 + random.normal(0, random.choice([0.01, 0.1]), 3)), 0.03, 1)


def flat(random, shape):
    return np.broadcast_to(to_linear(tone(random)), (*shape, 3))


def graded(random, shape):
    """A sweep that falls off from a lit place towards the corners."""
    y, x = np.mgrid[0:shape[0], 0:shape[1]].astype(np.float32)
    y, x = y / shape[0], x / shape[1]
    fall = 1 - random.uniform(0.1, 0.45) * ((x - random.uniform(0.3, 0.7)) ** 2 + (y - random.uniform(0.2, 0.6)) ** 2)
    top = tone(random)
    bottom = top * random.uniform(0.6, 0.9) * (1 + random.normal(0, 0.02, 3))
    ramp = to_linear(top) * (1 - y)[..., None] + to_linear(np.clip(bottom, 0, 1)) * y[..., None]
    return ramp * fall[..., None]


def window(random, picture, shape):
    """A part of a picture of the frame's shape, mirrored or not, in focus or not."""
    height, width = picture.shape[:2]
    scale = random.uniform(0.6, 1) * min(width / shape[1], height / shape[0])
    across, down = int(shape[1] * scale), int(shape[0] * scale)
    left, top = random.integers(0, width - across + 1), random.integers(0, height - down + 1)
    part = cv2.resize(picture[top:top + down, left:left + across], shape[::-1], interpolation=cv2.INTER_AREA if scale > 1 else cv2.INTER_CUBIC)
    if random.random() < 0.5:
        part = part[:, ::-1]
    if random.random() < 0.5:
        part = cv2.GaussianBlur(part, (0, 0), random.uniform(1.5, SIDE / 50))
    return to_linear(np.clip(part * random.uniform(0.8, 1.1), 0, 1))


def pictures(folder):
    return [np.asarray(Image.open(path).convert("RGB")).astype(np.float32) / 255 for path in sorted(Path(folder).glob("*.*"))]


def shadow(alpha):
    """What the product keeps of the light on the ground: a soft blot below it, 0...1."""
    rows = np.flatnonzero(alpha.max(axis=1) > 0.5)
    foot = np.zeros_like(alpha)
    foot[max(0, rows[-1] - 8):rows[-1] + 6] = alpha[max(0, rows[-1] - 12):rows[-1]].max(axis=0)
    return 1 - 0.5 * np.clip(cv2.GaussianBlur(foot, (0, 0), 14) * 1.6, 0, 1)


def photographed(random, linear):
    """What a camera makes of linear light: noise that grows with the light, here and there JPEG's; 8-bit RGB."""
    noise = random.uniform(0.4, 2.2) * np.sqrt(0.3 + 1.4 * linear)
    values = np.clip(np.rint(to_srgb(linear) * 255 + random.normal(0, 1, linear.shape) * noise), 0, 255).astype(np.uint8)
    if random.random() < 0.4:
        quality = int(random.integers(80, 96))
        values = cv2.imdecode(cv2.imencode(".jpg", values, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    return values


SHAPES = [(640, 640), (640, 512), (640, 480), (480, 640), (640, 427)]


def composed(seed, photographs=None):
    """All composited cases of a set: (group, name, photo as 8-bit RGB, true alpha).

    Product, place, size, tint, background and noise are drawn anew for every case, and all of them come from the seed.

    photographs: a folder of pictures without a product; every second photographic case stands in front of a part of one, the others in
    front of a part of the catalogue's brand pictures.
    """
    random = np.random.default_rng(seed)
    brand = pictures(CATALOGUE / "references")
    further = pictures(photographs) if photographs else brand
    for product, colour, alpha in [*rendered(), *drawn()]:
        for group, count in (("flat", 4), ("graded", 4), ("photographic", 12)):
            for index in range(count):
                shape = SHAPES[random.integers(len(SHAPES))]
                light, cover = tossed(random, colour, alpha, shape)
                if group == "photographic":
                    choice = further if index % 2 else brand
                    background = window(random, choice[random.integers(len(choice))], shape)
                else:
                    background = (flat if group == "flat" else graded)(random, shape)
                if group == "graded":
                    background = background * shadow(cover)[..., None]
                mixed = light * cover[..., None] + background * (1 - cover[..., None])
                yield group, f"{product}-{index}", photographed(random, mixed), cover


def scenes(folder, seed, count=72):
    """Whole rendered scenes with the product's mask beside each: NNNNNN.jpg and NNNNNN_mask.png."""
    masks = sorted(Path(folder).glob("*_mask.png"))
    for index in np.random.default_rng(seed).permutation(len(masks)):
        photo, alpha = with_mask(masks[index])
        if alpha.max() > 0.5:
            yield "scenes", masks[index].stem, photo, alpha
            count -= 1
            if count == 0:
                return


def studio(folder):
    """All photos of a folder that studio.py rendered: rules may be tuned on the first 80, and are judged on the others."""
    for path in sorted(Path(folder).glob("*_mask.png")):
        photo, alpha = with_mask(path)
        yield "studio, first 80" if int(path.name[:6]) % 1000 < 80 else "studio, others", path.stem, photo, alpha


def with_mask(path):
    """A rendered photo and its mask, NNNNNN.jpg and NNNNNN_mask.png."""
    photo = np.asarray(Image.open(path.with_name(path.name.replace("_mask.png", ".jpg"))).convert("RGB"))
    return photo, np.asarray(Image.open(path).convert("L")).astype(np.float32) / 255
