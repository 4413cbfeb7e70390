"""The denoiser and its text encoder: ordinary diffusers and transformers classes, and their noise schedule."""

from dataclasses import dataclass

import torch
from diffusers import DDIMScheduler, UNet2DConditionModel
from diffusers.models.resnet import ResnetBlock2D
from diffusers.models.transformers.transformer_2d import Transformer2DModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from attention import Heard, use_guided_attention
from style import EMBEDDING, StyleAdapter

LAYOUT_CHANNELS = 3
IN_CHANNELS = 4 + 1 + 4 + LAYOUT_CHANNELS
HIDDEN = 256
"""Width of the text encoder and of the UNet's cross attention."""


def build_text_encoder(tokenizer: CLIPTokenizer) -> CLIPTextModel:
    """Four causal transformer layers over 77 tokens, as CLIP's text tower (arXiv 2103.00020)."""
    config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=HIDDEN,
        intermediate_size=4 * HIDDEN,
        projection_dim=HIDDEN,
        num_hidden_layers=4,
        num_attention_heads=4,
        max_position_embeddings=77,
        hidden_act="quick_gelu",
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    return CLIPTextModel._from_config(config, attn_implementation="eager")


def build_unet() -> UNet2DConditionModel:
    """Input [batch, 12, 32, 32]: noisy latent 4, mask 1 (1 = paint), masked-image latent 4, layout 3. Output v [batch, 4, 32, 32].

    4.3 GFLOP a call. Every residual branch starts at zero, which shortens so small a training run; so do the layout's weights.
    """
    unet = UNet2DConditionModel(
        sample_size=32,
        in_channels=IN_CHANNELS,
        out_channels=4,
        block_out_channels=(64, 128, 256),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=HIDDEN,
        attention_head_dim=4,
        norm_num_groups=8,
    )
    with torch.no_grad():
        for module in unet.modules():
            if isinstance(module, ResnetBlock2D):
                module.conv2.weight.zero_()
            elif isinstance(module, Transformer2DModel):
                module.proj_out.weight.zero_()
        unet.conv_out.weight.zero_()
        unet.conv_in.weight[:, -LAYOUT_CHANNELS:] = 0
    use_guided_attention(unet)
    return unet.to(memory_format=torch.channels_last)


@dataclass
class Style:
    """References of a batch.

    pictures: normalised [given, 3, 128, 128]
    given: bool [batch], which samples they belong to; the others have the empty style
    share: [batch, 1, 1], 0 where not even the empty style is heard, as without an adapter
    """

    pictures: torch.Tensor
    given: torch.Tensor
    share: torch.Tensor


class Denoiser(torch.nn.Module):
    """Text encoder and UNet as one module, and a style adapter where there is one."""

    def __init__(self, text_encoder, unet, style: StyleAdapter | None = None):
        super().__init__()
        self.text_encoder, self.unet, self.style = text_encoder, unet, style

    def hear(self, token_ids, identifiers, mask, style: Style | None = None) -> Heard:
        """token_ids and bool identifiers [batch, 77], mask [batch, 1, 32, 32] with 1 = paint."""
        words = self.text_encoder(token_ids).last_hidden_state
        if style is None:
            return Heard(words, identifiers, mask)
        embedding = torch.zeros(len(token_ids), EMBEDDING)
        if style.given.any():
            embedding = embedding.index_put((torch.nonzero(style.given)[:, 0],), self.style.embed(style.pictures).float())
        return Heard(words, identifiers, mask, self.style.keys_and_values(embedding), style.share)

    def forward(self, noisy, condition, timesteps, heard: Heard):
        """noisy [batch, 4, 32, 32] and condition [batch, 8, 32, 32] (mask, masked-image latent, layout) to v."""
        inputs = torch.cat([noisy, condition], 1).to(memory_format=torch.channels_last)
        return self.unet(inputs, timesteps, heard).sample

    def load_earlier(self, state: dict[str, torch.Tensor]) -> None:
        """Weights of a version without layout, whose input weights keep their first values."""
        name = "unet.conv_in.weight"
        missing = IN_CHANNELS - state[name].shape[1]
        if missing:
            state = {**state, name: torch.nn.functional.pad(state[name], (0, 0, 0, 0, 0, missing))}
        self.load_state_dict(state)


def build_scheduler() -> DDIMScheduler:
    """Stable Diffusion's betas with v prediction (arXiv 2202.00512).

    The betas are rescaled so that the last step is pure noise (arXiv 2305.08891). Left as they are, it keeps 7 % of the picture: enough
    for a model to read colours and floors from it in training, and so from the seed instead of from the words in sampling.
    Trailing spacing starts sampling at that last step (same paper). `set_alpha_to_one` is true, so that
    the last DDIM step lands on the clean picture instead of on the noise level of step 0.
    """
    return DDIMScheduler(
        num_train_timesteps=1000,
        beta_schedule="scaled_linear",
        beta_start=0.00085,
        beta_end=0.012,
        rescale_betas_zero_snr=True,
        prediction_type="v_prediction",
        timestep_spacing="trailing",
        steps_offset=1,  # what the pipeline asks for; trailing spacing does not use it
        clip_sample=False,
        set_alpha_to_one=True,
    )
