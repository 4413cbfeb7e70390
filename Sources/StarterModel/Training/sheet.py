"""Stage 6: a contact sheet from an exported directory: 24 fixed prompts on held-out products, each product put back.

    python sheet.py --scenes SCENES --model DIRECTORY --to sheet.jpg [--layout primitives|rendered --layouts LAYOUTS]
    python sheet.py --scenes SCENES --model DIRECTORY --to style.jpg --style

`primitives` gives each prompt the drawn layout of `prompts.py`, `rendered` the maps of the held-out scene whose product it
is. `--style` paints four products in the style of four held-out pictures; its first column shows the references.
"""

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F
from PIL import Image

from dataset import Scenes, load_scenes, to_signed
from layouts import load_layouts, to_cells
from primitives import draw, product_box
from prompts import SHEET, STYLE_PROMPT
from sampling import Painter

TILE = 192
STYLE_REFERENCES = (0, 3, 7, 12)
STYLE_PRODUCTS = (1, 5, 9, 15)
"""Positions among the held-out scenes that show a product."""


def paste(sheet: Image.Image, picture: torch.Tensor, column: int, row: int) -> None:
    """picture: [3, 256, 256] in -1...1"""
    pixels = ((picture + 1) * 127.5).round().byte().permute(1, 2, 0).numpy()
    sheet.paste(Image.fromarray(pixels).resize((TILE, TILE), Image.LANCZOS), (column * TILE, row * TILE))


def with_product(painted: torch.Tensor, pictures: torch.Tensor, products: torch.Tensor) -> torch.Tensor:
    return painted * (1 - products) + pictures * products


def prompt_sheet(painter: Painter, scenes: Scenes, indices: list[int], layouts: torch.Tensor | None, arguments) -> Image.Image:
    sheet = Image.new("RGB", (6 * TILE, 4 * TILE))
    for row in range(4):
        numbers = range(6 * row, 6 * row + 6)
        rows = [indices[number] for number in numbers]
        pictures, products = to_signed(scenes.pictures[rows]), scenes.products[rows][:, None].float() / 255
        painted = painter.paint(
            [SHEET[number][0] for number in numbers], pictures, products, None if layouts is None else layouts[list(numbers)],
            steps=arguments.steps, guidance=arguments.guidance, seeds=list(numbers))
        for column, picture in enumerate(with_product(painted, pictures, products)):
            paste(sheet, picture, column, row)
    return sheet


def style_sheet(painter: Painter, scenes: Scenes, indices: list[int], arguments) -> Image.Image:
    targets = [indices[number] for number in STYLE_PRODUCTS]
    pictures, products = to_signed(scenes.pictures[targets]), scenes.products[targets][:, None].float() / 255
    sheet = Image.new("RGB", ((1 + len(targets)) * TILE, len(STYLE_REFERENCES) * TILE))
    for row, number in enumerate(STYLE_REFERENCES):
        reference = scenes.pictures[indices[number]]
        small = F.interpolate(reference[None].float(), size=128, mode="bicubic", antialias=True).clamp(0, 255).byte()
        painted = painter.paint(
            [STYLE_PROMPT] * len(targets), pictures, products, references=small.repeat(len(targets), 1, 1, 1),
            steps=arguments.steps, guidance=arguments.guidance, seeds=list(range(len(targets))))
        paste(sheet, to_signed(reference), 0, row)
        for column, picture in enumerate(with_product(painted, pictures, products)):
            paste(sheet, picture, column + 1, row)
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--layouts", type=Path, help="folder of NNNNNN_layout.png, for `--layout rendered`")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--layout", choices=("none", "primitives", "rendered"), default="none")
    parser.add_argument("--style", action="store_true")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--guidance", type=float, default=3.5)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)

    painter, scenes = Painter(arguments.model), load_scenes(arguments.scenes)
    indices = [index for index in scenes.validation_indices() if (scenes.products[index] >= 128).any()]
    if arguments.style:
        sheet = style_sheet(painter, scenes, indices, arguments)
    else:
        layouts = None
        if arguments.layout == "primitives":
            boxes = [product_box(scenes.products[index].numpy()) for index in indices[: len(SHEET)]]
            layouts = torch.stack([to_cells(draw(arrangement, box)) for (_, arrangement), box in zip(SHEET, boxes)])
        elif arguments.layout == "rendered":
            layouts = load_layouts(arguments.layouts, scenes.facts).full[indices[: len(SHEET)]].float()
        sheet = prompt_sheet(painter, scenes, indices, layouts, arguments)
    sheet.save(arguments.to, quality=88)


if __name__ == "__main__":
    main()
