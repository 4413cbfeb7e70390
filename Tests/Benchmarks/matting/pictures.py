#!/usr/bin/env python3
"""Makes the pictures of the documentation's articles "Cutouts, measured" (feet.jpg) and "On new ground" (grounds.jpg), to be looked at.

    venv/bin/python pictures.py --backdrop ../../../.build/release/backdrop --output ../../../Sources/Imaging/Imaging.docc/Resources
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

import cases

PRODUCTS = cases.CATALOGUE / "products"
# Product, and the part of its photo that shows the feet: left, top, right, bottom as shares.
FEET = [("sneaker-lark.png", (0.05, 0.6, 0.95, 0.95)), ("mug-speckle.png", (0.14, 0.6, 0.74, 0.88)), ("cream-lumi.jpg", (0.3, 0.68, 0.7, 0.86))]
STANDING = ["ボトル-桜.png", "perfume-aurelie.png", "handbag-orta.jpg", "oil-oliveto.jpg"]
# The wall's colour and the floor's, and where the light comes from.
GROUNDS = [((238, 216, 196), (246, 230, 214), -1), ((96, 128, 138), (150, 180, 186), 1), ((36, 36, 46), (58, 52, 58), -1)]


def ground(wall, floor, side):
    """A wall and a floor of 512 pixels, lit from one side."""
    y, x = np.mgrid[0:512, 0:512] / 511
    share = 1 / (1 + np.exp((0.62 - y) * 60))[..., None]
    light = 1 - 0.3 * (x if side < 0 else 1 - x)
    return Image.fromarray(((np.array(wall) * (1 - share) + np.array(floor) * share) * light[..., None]).clip(0, 255).astype(np.uint8))


class Program:
    def __init__(self, program):
        self.program = program
        self.folder = Path(tempfile.mkdtemp())

    def matte(self, photo, method):
        target = self.folder / "matte.png"
        subprocess.run([self.program, "cutout", photo, "--method", method, "--output", target], check=True, capture_output=True)
        return np.asarray(Image.open(target)).astype(np.float32)[..., None] / 255

    def composite(self, photo, background, *options):
        target, behind = self.folder / "composite.png", self.folder / "behind.png"
        background.save(behind)
        command = [self.program, "compose", photo, "--background", behind, "--size", "1:1", "--share", "0.62", "--output", target, *options]
        subprocess.run(command, check=True, capture_output=True)
        return Image.open(target).convert("RGB")


def feet(program, width=360):
    """Per row: the photo, and on magenta the cutouts of the plain background, the network and both."""
    rows = []
    for name, (left, top, right, bottom) in FEET:
        photo = np.asarray(Image.open(PRODUCTS / name).convert("RGB")).astype(np.float32)
        height, across = photo.shape[:2]
        part = np.s_[int(top * height):int(bottom * height), int(left * across):int(right * across)]
        tiles = [photo[part]]
        for method in ("plain", "learned", "auto"):
            alpha = program.matte(PRODUCTS / name, method)
            tiles.append((photo * alpha + np.array([255, 0, 255]) * (1 - alpha))[part])
        tiles = [Image.fromarray(tile.astype(np.uint8)) for tile in tiles]
        tiles = [tile.resize((width, round(tile.height * width / tile.width)), Image.LANCZOS) for tile in tiles]
        rows.append(np.concatenate([np.asarray(tile) for tile in tiles], axis=1))
    return Image.fromarray(np.concatenate(rows, axis=0))


def grounds(program, side=148):
    """Twelve cases: pasted, with the studio's shadow, and with reflection and full harmonisation."""
    sheet = Image.new("RGB", (6 * (side + 2) + 14, 6 * (side + 2)), "white")
    every = [(product, look) for product in STANDING for look in GROUNDS]
    for index, (product, look) in enumerate(every):
        left, top = index % 2 * (3 * (side + 2) + 14), index // 2 * (side + 2)
        for place, options in enumerate((("--shadow", "none"), (), ("--reflection", "0.5", "--harmonise", "1"))):
            picture = program.composite(PRODUCTS / product, ground(*look), *options)
            sheet.paste(picture.resize((side, side), Image.LANCZOS), (left + place * (side + 2), top))
    return sheet


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backdrop", required=True, help="the built program")
    parser.add_argument("--output", type=Path, required=True, help="the folder for the pictures")
    options = parser.parse_args()
    program = Program(options.backdrop)
    feet(program).save(options.output / "feet.jpg", quality=88)
    grounds(program, side=200).save(options.output / "grounds.jpg", quality=88)


if __name__ == "__main__":
    main()
