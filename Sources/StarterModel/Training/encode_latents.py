"""Stage 3: every picture through the frozen autoencoder once, so that the denoiser trains from memory.

    python encode_latents.py --scenes SCENES --work WORK

Each scene gives three views: as rendered, mirrored, and a random closer crop. Each view has one imperfect product mask
(grown, shrunk or ragged, as real cutouts are; two in five are exact) and the masked image that goes with it, made as
diffusers' inpainting pipeline does: `image * (mask < 0.5)`, where mask 1 is the region to paint.

Writes `WORK/latents.pt`, a dictionary of
    latent         float16 [view, 4, 32, 32]
    masked_latent  float16 [view, 4, 32, 32]
    mask           float16 [view, 1, 32, 32]  1 = paint; a cell that touches the product is 0
    nearest_mask   float16 [view, 1, 32, 32]  1 = paint; the top left pixel of each cell, as stock pipelines do
    coverage       float16 [view, 1, 32, 32]  share of each cell that the exact product covers
    scene          int64 [view]               index into scenes.jsonl
    mirrored       bool [view]
    validation     int64 [held out]           the rendered views of held-out scenes
"""

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderTiny

from autoencoder import encode
from dataset import blown_out_share, load_scenes, to_signed

BLOWN_OUT_LIMIT = 0.5
"""Scenes with a larger share of pure white background pixels are left out, unless the words say white."""
SMALLEST_CROP = 180
VIEWS = ("rendered", "mirrored", "closer")
BATCH = 32


def closer_crops(pictures: torch.Tensor, products: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """A random square of each [batch, c, 256, 256], brought back to 256; centres lean towards the product."""
    new_pictures, new_products = torch.empty_like(pictures), torch.empty_like(products)
    for row in range(len(pictures)):
        side = int(torch.randint(SMALLEST_CROP, 248, ()))
        top, left = torch.randint(0, 257 - side, (2,)).tolist()
        window = (slice(row, row + 1), slice(None), slice(top, top + side), slice(left, left + side))
        new_pictures[row] = F.interpolate(pictures[window], size=256, mode="bicubic", antialias=True).clamp(-1, 1)[0]
        new_products[row] = F.interpolate(products[window], size=256, mode="bilinear")[0]
    return new_pictures, new_products


def imperfect(products: torch.Tensor) -> torch.Tensor:
    """Cutouts of [batch, 1, 256, 256] coverage as 0 or 1: level sets of the blurred product, displaced by smooth noise."""
    count = len(products)
    blurred = products
    for _ in range(2):
        blurred = F.avg_pool2d(blurred, 5, stride=1, padding=2, count_include_pad=False)
    kind = torch.rand(count, 1, 1, 1)
    level = torch.where(kind < 0.4, 0.5, 0.12 + 0.6 * torch.rand(count, 1, 1, 1))
    noise = F.interpolate(torch.randn(count, 1, 48, 48), size=256, mode="bicubic")
    ragged = (torch.rand(count, 1, 1, 1) < 0.4) & (kind >= 0.4)
    exact = products >= 0.5
    displaced = blurred > level + torch.where(ragged, 0.22, 0.0) * noise
    return torch.where(kind < 0.4, exact, displaced).float()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--views", nargs="+", choices=VIEWS, default=VIEWS)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)

    scenes = load_scenes(arguments.scenes)
    autoencoder = AutoencoderTiny.from_pretrained(arguments.work / "vae").to(memory_format=torch.channels_last)
    blown_out = blown_out_share(scenes)
    kept = torch.tensor([
        index for index, fact in enumerate(scenes.facts)
        if blown_out[index] < BLOWN_OUT_LIMIT or "white" in fact["surface"] + fact["backdrop"]
    ])
    print(f"{len(scenes.facts) - len(kept)} overexposed scenes left out", flush=True)
    held_out = set(scenes.validation_indices())

    parts: dict[str, list[torch.Tensor]] = {}
    for view in arguments.views:
        for start in range(0, len(kept), BATCH):
            rows = kept[start : start + BATCH]
            pictures = to_signed(scenes.pictures[rows])
            products = scenes.products[rows][:, None].float() / 255
            mirrored = torch.zeros(len(rows), dtype=torch.bool)
            if view == "closer":
                pictures, products = closer_crops(pictures, products)
                mirrored = torch.rand(len(rows)) < 0.5
            elif view == "mirrored":
                mirrored = ~mirrored
            pictures[mirrored] = pictures[mirrored].flip(-1)
            products[mirrored] = products[mirrored].flip(-1)
            cutout = imperfect(products)
            added = dict(
                latent=encode(autoencoder, pictures).half(),
                masked_latent=encode(autoencoder, pictures * cutout).half(),
                mask=(1 - F.max_pool2d(cutout, 8)).half(),
                nearest_mask=F.interpolate(1 - cutout, size=32).half(),
                coverage=F.avg_pool2d(products, 8).half(),
                scene=rows,
                mirrored=mirrored,
            )
            for name, value in added.items():
                parts.setdefault(name, []).append(value)
        print(view, "done", flush=True)

    result = {name: torch.cat(values) for name, values in parts.items()}
    is_held_out = torch.tensor([int(scene) in held_out for scene in result["scene"]])
    result["validation"] = torch.nonzero(is_held_out[: len(kept)])[:, 0]
    result["training"] = torch.nonzero(~is_held_out)[:, 0]
    torch.save(result, arguments.work / "latents.pt")
    print(f"{len(is_held_out)} views, latent std {result['latent'].float().std():.3f}", flush=True)


if __name__ == "__main__":
    main()
