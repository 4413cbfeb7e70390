"""The rendered scenes: pictures, product masks and the facts that captions are made from.

A scene folder holds `NNNNNN.jpg` (256 x 256 sRGB), `NNNNNN_mask.png` (255 = product) and `scenes.jsonl`, one
JSON object a line with the scene's `setting`, `surface`, `backdrop`, `props`, `light`, `category`, `product`.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

HELD_OUT = 32
"""Scenes kept for validation: every 79th of the sorted list, so that all settings appear."""


@dataclass
class Scenes:
    """All scenes in memory.

    pictures: uint8 [scene, 3, 256, 256], sRGB
    products: uint8 [scene, 256, 256], 255 where the product is
    facts: one dictionary a scene
    """

    pictures: torch.Tensor
    products: torch.Tensor
    facts: list[dict]

    def validation_indices(self) -> list[int]:
        stride = len(self.facts) // HELD_OUT
        return [stride // 2 + stride * k for k in range(HELD_OUT)]

    def training_indices(self) -> list[int]:
        held_out = set(self.validation_indices())
        return [index for index in range(len(self.facts)) if index not in held_out]


def load_facts(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "scenes.jsonl").read_text().splitlines() if line.strip()]


def load_scenes(folder: Path) -> Scenes:
    """Reads every scene of `folder`."""
    facts = load_facts(folder)
    pictures, products = [], []
    for fact in facts:
        name = f"{fact['id']:06d}"
        pictures.append(np.asarray(Image.open(folder / f"{name}.jpg").convert("RGB")))
        products.append(np.asarray(Image.open(folder / f"{name}_mask.png").convert("L")))
    return Scenes(
        pictures=torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).contiguous(),
        products=torch.from_numpy(np.stack(products)),
        facts=facts,
    )


def to_signed(pictures: torch.Tensor) -> torch.Tensor:
    """uint8 0...255 to float -1...1."""
    return pictures.float() / 127.5 - 1


def blown_out_share(scenes: Scenes) -> torch.Tensor:
    """Share of each scene's background pixels with all channels at 250 or above: float [scene]."""
    white = (scenes.pictures >= 250).all(1)
    background = scenes.products < 128
    return (white & background).sum((1, 2)) / background.sum((1, 2)).clamp(min=1)
