"""Attention that knows where the product is: identifiers and style are heard from background positions only.

Cross attention gets a `Heard` in place of the words alone. At each resolution a position is background where nothing of its
cell touches the product (the product's mask reduced by the maximum), which is the engine's "hard" mode.
"""

from dataclasses import dataclass, field
from math import isqrt

import torch
import torch.nn.functional as F

NEVER = -1e9
"""Added to a score so that the softmax gives exactly 0, yet finite."""


@dataclass
class Heard:
    """What the UNet's cross attention listens to.

    words: [batch, 77, channels] from the text encoder
    identifiers: bool [batch, 77], where a category identifier stands
    background: [batch, 1, side, side], 1 = paint, 0 = touches the product
    style: one pair (keys, values) of [batch, tokens, channels] a cross-attention layer, or nothing
    style_share: [batch, 1, 1], 0 where no style is heard at all
    """

    words: torch.Tensor
    identifiers: torch.Tensor
    background: torch.Tensor
    style: list[tuple[torch.Tensor, torch.Tensor]] | None = None
    style_share: torch.Tensor | None = None
    levels: dict = field(default_factory=dict)

    def level(self, positions: int, heads: int, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
        """Score bias [batch * heads, positions, 77] and background [batch, positions, 1] at an attention resolution."""
        if positions not in self.levels:
            product = F.max_pool2d(1 - self.background, self.background.shape[-1] // isqrt(positions)).flatten(1)
            bias = NEVER * product[:, :, None] * self.identifiers[:, None, :]
            self.levels[positions] = bias.to(dtype).repeat_interleave(heads, 0), (1 - product)[:, :, None].to(dtype)
        return self.levels[positions]


def split_heads(x: torch.Tensor, heads: int) -> torch.Tensor:
    """[batch, tokens, heads * size] to [batch * heads, tokens, size]."""
    batch, tokens, channels = x.shape
    return x.view(batch, tokens, heads, channels // heads).transpose(1, 2).reshape(batch * heads, tokens, channels // heads)


def plain_attention(query, key, value, heads: int, bias=None) -> torch.Tensor:
    """Two batched products and a softmax: on this kind of CPU faster in training than the fused attention.

    query [batch, positions, channels], key and value [batch, tokens, channels], bias [batch * heads, positions, tokens].
    """
    batch, positions, channels = query.shape
    query, key, value = (split_heads(x, heads) for x in (query, key, value))
    scale = (channels // heads) ** -0.5
    scores = torch.bmm(query * scale, key.transpose(1, 2))
    if bias is not None:
        scores = scores + bias
    result = torch.bmm(scores.softmax(-1).to(value.dtype), value)
    return result.view(batch, heads, positions, channels // heads).transpose(1, 2).reshape(batch, positions, channels)


class SelfAttention:
    """A diffusers attention processor: positions attend to each other."""

    def __call__(self, attn, hidden_states, encoder_hidden_states=None, attention_mask=None, temb=None):
        result = plain_attention(attn.to_q(hidden_states), attn.to_k(hidden_states), attn.to_v(hidden_states), attn.heads)
        return attn.to_out[0](result)


class GuidedCrossAttention:
    """A diffusers attention processor: words, and beside them style (decoupled cross attention, arXiv 2308.06721, equation 5)."""

    def __init__(self, layer: int):
        self.layer = layer

    def __call__(self, attn, hidden_states, encoder_hidden_states: Heard = None, attention_mask=None, temb=None):
        heard = encoder_hidden_states
        query = attn.to_q(hidden_states)
        bias, background = heard.level(query.shape[1], attn.heads, query.dtype)
        result = plain_attention(query, attn.to_k(heard.words), attn.to_v(heard.words), attn.heads, bias)
        if heard.style is not None:
            seen = plain_attention(query, *heard.style[self.layer], attn.heads)
            result = result + seen * background * heard.style_share.to(seen.dtype)
        return attn.to_out[0](result)


def is_cross_attention(name: str) -> bool:
    return name.endswith("attn2.processor")


def use_guided_attention(unet) -> None:
    """Numbers the cross-attention layers in the order of `attn_processors`, which is that of IP-Adapter files."""
    layer, processors = 0, {}
    for name in unet.attn_processors:
        processors[name] = GuidedCrossAttention(layer) if is_cross_attention(name) else SelfAttention()
        layer += is_cross_attention(name)
    unet.set_attn_processor(processors)
