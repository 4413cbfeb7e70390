"""The denoiser and its text encoder: ordinary diffusers and transformers classes, and the noise schedule they share."""

from diffusers import DDIMScheduler, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from diffusers.models.resnet import ResnetBlock2D
from diffusers.models.transformers.transformer_2d import Transformer2DModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer
import torch

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
    """Input [batch, 9, 32, 32]: noisy latent 4, mask 1 (1 = paint), masked-image latent 4. Output v [batch, 4, 32, 32].

    4.3 GFLOP a call. Every residual branch starts at zero, which shortens so small a training run.
    """
    unet = UNet2DConditionModel(
        sample_size=32,
        in_channels=9,
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
    use_plain_attention(unet)
    return unet.to(memory_format=torch.channels_last)


def use_plain_attention(model) -> None:
    """Two batched products and a softmax: on this kind of CPU faster in training than the fused attention."""
    model.set_attn_processor(AttnProcessor())


def build_scheduler() -> DDIMScheduler:
    """Stable Diffusion's betas with v prediction (arXiv 2202.00512).

    Trailing spacing starts sampling at the last, noisiest step (arXiv 2305.08891). `set_alpha_to_one` is true, so that
    the last DDIM step lands on the clean picture instead of on the noise level of step 0.
    """
    return DDIMScheduler(
        num_train_timesteps=1000,
        beta_schedule="scaled_linear",
        beta_start=0.00085,
        beta_end=0.012,
        prediction_type="v_prediction",
        timestep_spacing="trailing",
        steps_offset=1,  # what the pipeline asks for; trailing spacing does not use it
        clip_sample=False,
        set_alpha_to_one=True,
    )
