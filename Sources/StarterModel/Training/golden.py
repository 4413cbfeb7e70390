"""What the shipped weights compute for one held-out scene, for the engine's tests to compare with.

    python golden.py --scenes SCENES --layouts LAYOUTS --model starter --to Tests/Golden/starter

Writes the inputs as `picture.png`, `product_mask.png` (255 = product), and `golden.safetensors` (float32, PyTorch's order):
`noisy_latent`, `mask`, `masked_latent`, `layout`, `timestep`, `identifiers`, `words`, `background_16` and `background_8` (1 where nothing of an
attention cell touches the product), `style` (the image encoder's embedding of the picture's middle square), and the predictions
`v_everything`, `v_without_layout`, `v_identifier_heard_everywhere`, `v_style`. `--layouts` may be left out: the layout is then that of an earlier file.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file, save_file

from autoencoder import encode
from dataset import HELD_OUT, load_facts
from denoiser import Style
from layouts import to_cells
from sampling import Painter
from style import SIZE, normalised

PROMPT = "bdcosmetics a product on a white marble table, soft window light from the left"
TIMESTEP = 701


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--scenes", "--model", "--to"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--layouts", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    painter = Painter(arguments.model)
    facts = load_facts(arguments.scenes)
    stride = len(facts) // HELD_OUT
    name = f"{facts[stride // 2 + stride * 3]['id']:06d}"
    picture = Image.open(arguments.scenes / f"{name}.jpg").convert("RGB")
    product = Image.open(arguments.scenes / f"{name}_mask.png").convert("L").point(lambda value: 255 if value >= 128 else 0)
    if arguments.layouts:
        layout = to_cells(np.array(Image.open(arguments.layouts / f"{name}_layout.png")))[None]
    else:
        layout = load_file(arguments.to / "golden.safetensors")["layout"]

    cutout = (torch.from_numpy(np.array(product))[None, None] >= 128).float()
    signed = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float() / 127.5 - 1
    mask = 1 - F.max_pool2d(cutout, 8)
    masked_latent = encode(painter.autoencoder, signed * cutout).contiguous()
    noisy_latent = torch.randn(1, 4, 32, 32, generator=torch.Generator().manual_seed(7))
    token_ids, identifiers = painter.prompts([PROMPT])
    timestep = torch.tensor([TIMESTEP])

    reference = torch.from_numpy(np.array(picture.resize((SIZE, SIZE), Image.BICUBIC))).permute(2, 0, 1)[None]
    style = Style(normalised(reference), torch.tensor([True]), torch.ones(1, 1, 1))

    def prediction(layout: torch.Tensor, identifiers: torch.Tensor, style: Style | None = None) -> torch.Tensor:
        heard = painter.model.hear(token_ids, identifiers, mask, style)
        return painter.model(noisy_latent, torch.cat([mask, masked_latent, layout], 1), timestep, heard)

    tensors = {
        "noisy_latent": noisy_latent, "mask": mask, "masked_latent": masked_latent, "layout": layout, "timestep": timestep,
        "identifiers": identifiers, "words": painter.model.text_encoder(token_ids).last_hidden_state,
        "background_16": 1 - F.max_pool2d(1 - mask, 2), "background_8": 1 - F.max_pool2d(1 - mask, 4),
        "style": painter.model.style.embed(style.pictures),
        "v_style": prediction(layout, identifiers, style),
        "v_everything": prediction(layout, identifiers),
        "v_without_layout": prediction(torch.zeros_like(layout), identifiers),
        "v_identifier_heard_everywhere": prediction(layout, torch.zeros_like(identifiers)),
    }
    arguments.to.mkdir(parents=True, exist_ok=True)
    picture.save(arguments.to / "picture.png")
    product.save(arguments.to / "product_mask.png")
    save_file({key: value.float().contiguous() for key, value in tensors.items()}, arguments.to / "golden.safetensors")


if __name__ == "__main__":
    main()
