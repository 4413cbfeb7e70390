"""Style from one picture: a small CLIP vision tower and an IP-Adapter, trained from scratch (`train_style.py`).

The reference of a sample is another crop of the same scene, its product greyed out (self-supervised, so that no pairs are
needed). The engine and diffusers read the result as a `CLIPVisionModelWithProjection` and a base IP-Adapter.
"""

import random

import numpy as np
import torch
from PIL import Image
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

from attention import is_cross_attention
from dataset import Scenes

TOKENS = 4
SIZE = 128
"""Width and height of a reference in pixels."""
EMBEDDING = 256
SHORTEST_CROP, LONGEST_CROP = 0.4, 0.8
"""A reference is a random square of this share of the picture's side."""
UNMASKED_SHARE = 0.2
"""References whose product is left in, as a designer's own pictures will have one."""
LEAST_BACKGROUND = 0.4
"""A crop that shows less of the background is drawn again, a few times."""
GREY = 127
MEAN = (0.48145466, 0.4578275, 0.40821073)
DEVIATION = (0.26862954, 0.26130258, 0.27577711)
"""Of openai/CLIP; what `CLIPImageProcessor` normalises with."""


def build_image_encoder() -> CLIPVisionModelWithProjection:
    """[batch, 3, 128, 128] to an embedding [batch, 256]: 64 patches and a class token through three layers."""
    config = CLIPVisionConfig(
        hidden_size=192, intermediate_size=768, projection_dim=EMBEDDING, num_hidden_layers=3, num_attention_heads=4,
        image_size=SIZE, patch_size=16, hidden_act="quick_gelu")
    return CLIPVisionModelWithProjection._from_config(config, attn_implementation="eager")


class ImageProjection(torch.nn.Module):
    """One embedding becomes a few tokens (`ImageProjModel` of tencent-ailab/IP-Adapter)."""

    def __init__(self, channels: int):
        super().__init__()
        self.proj = torch.nn.Linear(EMBEDDING, TOKENS * channels)
        self.norm = torch.nn.LayerNorm(channels)
        self.channels = channels

    def forward(self, embedding: torch.Tensor) -> torch.Tensor:
        """[batch, 256] to [batch, 4, channels]."""
        return self.norm(self.proj(embedding).view(-1, TOKENS, self.channels))


class StyleAdapter(torch.nn.Module):
    """Image encoder, projection, and keys and values for each cross-attention layer of `unet`."""

    def __init__(self, unet):
        super().__init__()
        channels = unet.config.cross_attention_dim
        widths = [unet.get_submodule(name.removesuffix(".processor")).to_k.out_features for name in unet.attn_processors if is_cross_attention(name)]
        self.image_encoder = build_image_encoder()
        self.image_proj = ImageProjection(channels)
        self.to_k_ip = torch.nn.ModuleList(torch.nn.Linear(channels, width, bias=False) for width in widths)
        self.to_v_ip = torch.nn.ModuleList(torch.nn.Linear(channels, width, bias=False) for width in widths)
        for layer in self.to_v_ip:
            torch.nn.init.normal_(layer.weight, std=0.01)

    def embed(self, references: torch.Tensor) -> torch.Tensor:
        """Normalised pictures [batch, 3, 128, 128] to [batch, 256]."""
        return self.image_encoder(references).image_embeds

    def keys_and_values(self, embedding: torch.Tensor) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """An embedding of zeros is the empty style, as in IP-Adapter."""
        tokens = self.image_proj(embedding)
        return [(key(tokens), value(tokens)) for key, value in zip(self.to_k_ip, self.to_v_ip)]

    def ip_adapter_state(self) -> dict[str, torch.Tensor]:
        """Tensors by the names of IP-Adapter files: cross-attention layers have the odd numbers."""
        state = {f"image_proj.{name}": value for name, value in self.image_proj.state_dict().items()}
        for layer, (key, value) in enumerate(zip(self.to_k_ip, self.to_v_ip)):
            state[f"ip_adapter.{2 * layer + 1}.to_k_ip.weight"] = key.weight
            state[f"ip_adapter.{2 * layer + 1}.to_v_ip.weight"] = value.weight
        return state

    def load_ip_adapter(self, state: dict[str, torch.Tensor]) -> None:
        """The reverse of `ip_adapter_state`."""
        self.image_proj.load_state_dict({name.removeprefix("image_proj."): value for name, value in state.items() if name.startswith("image_proj.")})
        with torch.no_grad():
            for layer, (key, value) in enumerate(zip(self.to_k_ip, self.to_v_ip)):
                key.weight.copy_(state[f"ip_adapter.{2 * layer + 1}.to_k_ip.weight"])
                value.weight.copy_(state[f"ip_adapter.{2 * layer + 1}.to_v_ip.weight"])


def random_square(product: np.ndarray, chance: random.Random) -> tuple[slice, slice]:
    """Rows and columns of a square that shows some background; product is bool [height, width]."""
    for _ in range(5):
        side = round(chance.uniform(SHORTEST_CROP, LONGEST_CROP) * len(product))
        top, left = chance.randrange(len(product) - side + 1), chance.randrange(len(product) - side + 1)
        window = slice(top, top + side), slice(left, left + side)
        if 1 - product[window].mean() >= LEAST_BACKGROUND:
            break
    return window


def reference_crops(scenes: Scenes, each: int) -> torch.Tensor:
    """Random crops of every scene for references, uint8 [scene, each, 3, 128, 128]; colours kept, half of them mirrored."""
    chance = random.Random(0)
    result = torch.empty(len(scenes.facts), each, 3, SIZE, SIZE, dtype=torch.uint8)
    for scene in range(len(scenes.facts)):
        full = scenes.pictures[scene].permute(1, 2, 0).numpy()
        product = scenes.products[scene].numpy() > 8
        masked = np.where(product[:, :, None], GREY, full).astype(np.uint8)
        for number in range(each):
            picture = full if chance.random() < UNMASKED_SHARE else masked
            window = random_square(product, chance)
            square = Image.fromarray(picture[window]).resize((SIZE, SIZE), Image.BICUBIC)
            square = np.asarray(square)[:, ::-1] if chance.random() < 0.5 else np.asarray(square)
            result[scene, number] = torch.from_numpy(square.copy()).permute(2, 0, 1)
    return result


def normalised(references: torch.Tensor) -> torch.Tensor:
    """uint8 [batch, 3, 128, 128] as the image encoder takes it."""
    mean, deviation = (torch.tensor(values)[:, None, None] for values in (MEAN, DEVIATION))
    return (references.float() / 255 - mean) / deviation
