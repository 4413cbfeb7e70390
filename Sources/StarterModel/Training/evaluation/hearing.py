"""From where a category identifier is heard: how much of the cross attention to it comes from the product."""

from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F

from attention import GuidedCrossAttention, Heard, split_heads
from autoencoder import encode
from captions import full_caption, identifier
from dataset import load_scenes, to_signed
from sampling import Painter

TIMESTEP = 701


@dataclass
class Sums:
    """Attention to the identifier, from everywhere and from the product, and the places of both; summed over layers, heads and pictures."""

    everywhere: float = 0
    product: float = 0
    places: int = 0
    product_places: int = 0


class Counting(GuidedCrossAttention):
    """The denoiser's own cross attention, which notes what of it goes to the identifier."""

    def __init__(self, layer: int, tokens: torch.Tensor, product: torch.Tensor, sums: Sums):
        super().__init__(layer)
        self.tokens, self.product, self.sums = tokens, product, sums

    def __call__(self, attn, hidden_states, encoder_hidden_states: Heard = None, attention_mask=None, temb=None):
        query, key = (split_heads(x, attn.heads) for x in (attn.to_q(hidden_states), attn.to_k(encoder_hidden_states.words)))
        bias, _ = encoder_hidden_states.level(hidden_states.shape[1], attn.heads, query.dtype)
        given = (torch.bmm(query * query.shape[-1] ** -0.5, key.transpose(1, 2)) + bias).softmax(-1)
        batch, places = hidden_states.shape[:2]
        given = (given.view(batch, attn.heads, places, -1).mean(1) * self.tokens[:, None]).sum(-1)
        product = F.max_pool2d(self.product, self.product.shape[-1] // round(places**0.5)).flatten(1)
        self.sums.everywhere += given.sum().item()
        self.sums.product += (given * product).sum().item()
        self.sums.places += product.numel()
        self.sums.product_places += int(product.sum())
        return super().__call__(attn, hidden_states, encoder_hidden_states, attention_mask, temb)


@torch.no_grad()
def identifier_attention(model: Path, folder: Path) -> dict[str, Sums]:
    """For the held-out scenes, noised halfway: the identifier held to the background as shipped, and heard everywhere."""
    painter, scenes = Painter(model), load_scenes(folder)
    rows = [index for index in scenes.validation_indices() if not scenes.facts[index]["background"]]
    facts = [scenes.facts[index] for index in rows]
    product = (scenes.products[rows][:, None] >= 128).float()
    latents = encode(painter.autoencoder, to_signed(scenes.pictures[rows]))
    masked = encode(painter.autoencoder, to_signed(scenes.pictures[rows]) * product)
    cells = F.max_pool2d(product, 8)
    token_ids, tokens = painter.prompts([f"{identifier(fact['category'])} {full_caption(fact)}" for fact in facts])
    noise = torch.randn(latents.shape, generator=torch.Generator().manual_seed(7))
    condition = torch.cat([1 - cells, masked, torch.zeros(len(rows), 3, *cells.shape[2:])], 1)
    result = {}
    for name, held in (("held to the background", tokens), ("heard everywhere", torch.zeros_like(tokens))):
        sums = result[name] = Sums()
        processors, layer = dict(painter.model.unet.attn_processors), 0
        for key, processor in processors.items():
            if isinstance(processor, GuidedCrossAttention):
                processors[key] = Counting(layer, tokens, cells, sums)
                layer += 1
        painter.model.unet.set_attn_processor(processors)
        heard = painter.model.hear(token_ids, held, 1 - cells)
        painter.model(0.7 * latents + 0.7 * noise, condition, torch.full((len(rows),), TIMESTEP), heard)
    return result
