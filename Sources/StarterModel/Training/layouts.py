"""Layout maps: where ground, backdrop, stands, props and the product's shadow are, of the scene without its product.

`NNNNNN_layout.png` (see `scenes/README.md`) has nearness in red (0 far, 128 at the product's distance), identity in green
(0 nothing, 50 ground, 100 backdrop, 150 stand, 200 prop) and the product's shadow in blue. The denoiser gets them as three
channels in 0...1, averaged over each latent cell; all zeros say that no layout is given.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from scipy.ndimage import distance_transform_edt

CHANNELS = ("nearness", "identity", "shadow")
IDENTITIES = {"ground": 50, "backdrop": 100, "stand": 150, "prop": 200}
LATENT_SIDE = 32

DROPPED_SHARE = 0.35
WITHOUT_PROPS_SHARE = 0.5
WITHOUT_SHADOW_SHARE = 0.3
BLURRED_SHARE = 0.3
SOFT_SHADOW_SHARE = 0.4
SHIFTED_SHARE = 0.3
NEARNESS_ERROR = 0.12
"""Maps that a designer's few primitives give are rougher than a renderer's, so training sees rough ones."""


@dataclass
class Layouts:
    """Maps at latent resolution, float16 [scene, 3, 32, 32], with props and without; known: bool [scene]."""

    full: torch.Tensor
    without_props: torch.Tensor
    known: torch.Tensor


def to_cells(maps: np.ndarray) -> torch.Tensor:
    """uint8 [side, side, 3] to float [3, 32, 32] in 0...1, the mean of each cell."""
    planes = torch.from_numpy(maps.astype(np.float32) / 255).permute(2, 0, 1)
    return F.adaptive_avg_pool2d(planes, LATENT_SIDE)


def props_removed(maps: np.ndarray) -> np.ndarray:
    """What is beside a prop grows over it; sideways first, since floors and walls meet in level lines."""
    props = maps[:, :, 1] == IDENTITIES["prop"]
    if not props.any() or props.all():
        return maps
    rows, columns = distance_transform_edt(props, sampling=(3, 1), return_distances=False, return_indices=True)
    filled = maps.copy()
    filled[:, :, :2] = maps[rows, columns, :2]
    return filled


def load_layouts(folder: Path, facts: list[dict]) -> Layouts:
    """Scenes without a file stay unknown; those without a product have no shadow of one."""
    full = torch.zeros(len(facts), 3, LATENT_SIDE, LATENT_SIDE, dtype=torch.float16)
    bare, known = full.clone(), torch.zeros(len(facts), dtype=torch.bool)
    for scene, fact in enumerate(facts):
        file = folder / f"{fact['id']:06d}_layout.png"
        if not file.exists():
            continue
        maps = np.array(Image.open(file).convert("RGB"))
        if fact["background"]:
            maps[:, :, 2] = 0
        full[scene], bare[scene], known[scene] = to_cells(maps), to_cells(props_removed(maps)), True
    return Layouts(full, bare, known)


def some(count: int, share: float) -> torch.Tensor:
    """True for a random share of a batch: bool [count, 1, 1, 1]."""
    return torch.rand(count, 1, 1, 1) < share


def roughened(full: torch.Tensor, bare: torch.Tensor) -> torch.Tensor:
    """Degraded copies of maps [batch, 3, 32, 32]: props gone, shadow gone or soft, all blurred, shifted by a cell, nearness off."""
    count = len(full)
    maps = torch.where(some(count, WITHOUT_PROPS_SHARE), bare, full)
    nearness, identity, shadow = maps.split(1, 1)
    nearness = (nearness * (1 + NEARNESS_ERROR * torch.randn(count, 1, 1, 1))).clamp(0, 1)
    shadow = torch.where(some(count, SOFT_SHADOW_SHARE), F.avg_pool2d(shadow, 5, 1, 2), shadow)
    shadow = torch.where(some(count, WITHOUT_SHADOW_SHARE), 0.0, shadow)
    maps = torch.cat([nearness, identity, shadow], 1)
    blurred = F.avg_pool2d(F.pad(maps, (1, 1, 1, 1), mode="replicate"), 3, 1)
    maps = torch.where(some(count, BLURRED_SHARE), blurred, maps)
    padded = F.pad(maps, (1, 1, 1, 1), mode="replicate")
    for row in torch.nonzero(torch.rand(count) < SHIFTED_SHARE)[:, 0].tolist():
        down, right = torch.randint(0, 3, (2,)).tolist()
        maps[row] = padded[row, :, down : down + LATENT_SIDE, right : right + LATENT_SIDE]
    return maps


def training_layouts(layouts: Layouts, scenes: torch.Tensor, mirrored: torch.Tensor) -> torch.Tensor:
    """Channels for a batch of scenes [batch]: float [batch, 3, 32, 32], many dropped, some exact, the rest roughened."""
    full, bare = layouts.full[scenes].float(), layouts.without_props[scenes].float()
    maps = torch.where(some(len(full), 0.25), full, roughened(full, bare))
    maps[mirrored] = maps[mirrored].flip(-1)
    return torch.where(some(len(full), DROPPED_SHARE), 0.0, maps)
