"""From the 16-bit PNG that the renderer wrote to the files a shop would send."""

import cv2
import numpy as np
from PIL import Image

ORIENTATION = 0x0112
TURN_RIGHT = 6  # EXIF: the stored picture must be turned a quarter to the right to be looked at


def fading(size, margin=0.09):
    """1 in the middle of a picture, 0 at its edges, with a smooth way between them along `margin` of each side."""

    def along(count):
        way = np.clip(np.minimum(np.arange(count), np.arange(count)[::-1]) / (margin * count), 0, 1)
        return way * way * (3 - 2 * way)

    return np.minimum.outer(along(size[0]), along(size[1]))


def over_white(pixels):
    """Straight-alpha BGRA, 16 bit, laid on a white page; the shadow fades before the edge, as retouchers have it."""
    alpha = (pixels[..., 3] / 65535 * fading(pixels.shape[:2]))[..., None]
    return np.round(pixels[..., :3] * alpha + 65535 * (1 - alpha)).astype(np.uint16)


def finish(rendered, path, ground, deep=False, turned=False, quality=90, enlarged=1):
    """Writes the rendered picture to `path`: laid on white, reduced to 8 bits, turned, and encoded as its name says."""
    pixels = cv2.imread(str(rendered), cv2.IMREAD_UNCHANGED)
    if ground == "white":
        pixels = over_white(pixels)
    if deep:
        cv2.imwrite(str(path), pixels, [cv2.IMWRITE_PNG_COMPRESSION, 9])
        return
    if enlarged > 1:
        pixels = cv2.resize(pixels, None, fx=enlarged, fy=enlarged, interpolation=cv2.INTER_CUBIC)
    order = cv2.COLOR_BGRA2RGBA if pixels.shape[2] == 4 else cv2.COLOR_BGR2RGB
    picture = Image.fromarray(cv2.cvtColor(np.round(pixels / 257).astype(np.uint8), order))
    if path.suffix == ".png":
        picture.save(path, optimize=True)
        return
    exif = Image.Exif()
    if turned:
        picture = picture.transpose(Image.Transpose.ROTATE_90)
        exif[ORIENTATION] = TURN_RIGHT
    picture.save(path, quality=quality, subsampling=0 if max(picture.size) < 3000 else 2, optimize=True, exif=exif)
