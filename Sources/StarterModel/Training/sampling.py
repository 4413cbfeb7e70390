"""Pictures from an exported directory, with layout, style and identifiers masked to the background."""

from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderTiny, DPMSolverMultistepScheduler, UNet2DConditionModel
from safetensors.torch import load_file
from transformers import CLIPTextModel, CLIPVisionModelWithProjection

from attention import use_guided_attention
from autoencoder import encode
from denoiser import Denoiser, Style
from style import StyleAdapter, normalised
from tokens import Prompts


class Painter:
    """The parts of a directory that `export.py` wrote."""

    def __init__(self, folder: Path):
        self.prompts = Prompts(folder / "tokenizer")
        unet = UNet2DConditionModel.from_pretrained(folder / "unet", torch_dtype=torch.float32)
        use_guided_attention(unet)
        text_encoder = CLIPTextModel.from_pretrained(folder / "text_encoder", torch_dtype=torch.float32)
        self.model = Denoiser(text_encoder, unet.to(memory_format=torch.channels_last)).eval()
        if (folder / "image_encoder").exists():
            self.load_style(folder)
        self.autoencoder = AutoencoderTiny.from_pretrained(folder / "vae", torch_dtype=torch.float32)
        self.folder = folder

    def load_style(self, folder: Path) -> None:
        self.model.style = StyleAdapter(self.model.unet)
        self.model.style.image_encoder = CLIPVisionModelWithProjection.from_pretrained(folder / "image_encoder", torch_dtype=torch.float32).eval()
        adapter = load_file(folder / "ip_adapter" / "ip-adapter.safetensors")
        self.model.style.load_ip_adapter(adapter)

    @torch.no_grad()
    def paint(self, prompts, pictures, products, layouts=None, references=None, steps=12, guidance=3.5, seeds=None) -> torch.Tensor:
        """Pictures [batch, 3, 256, 256] in -1...1.

        prompts: a list of texts
        pictures: [batch, 3, 256, 256] in -1...1, seen where products are
        products: [batch, 1, 256, 256] in 0...1
        layouts: [batch, 3, 32, 32] in 0...1
        references: uint8 [batch, 3, 128, 128]
        """
        count = len(prompts)
        cutout = (products >= 0.5).float()
        mask = 1 - F.max_pool2d(cutout, 8)
        layouts = torch.zeros(count, 3, *mask.shape[2:]) if layouts is None else layouts
        seen = torch.cat([mask, encode(self.autoencoder, pictures * cutout)], 1).repeat(2, 1, 1, 1)
        # The unguided half knows no layout, so that guidance strengthens what the layout says as well.
        condition = torch.cat([seen, torch.cat([torch.zeros_like(layouts), layouts])], 1)
        style = None
        if references is not None:
            given = torch.arange(2 * count) >= count
            style = Style(normalised(references), given, torch.ones(2 * count, 1, 1))
        token_ids, identifiers = self.prompts([""] * count + list(prompts))
        scheduler = DPMSolverMultistepScheduler.from_pretrained(self.folder / "scheduler")
        scheduler.set_timesteps(steps)
        noise = [torch.randn(4, *mask.shape[2:], generator=torch.Generator().manual_seed(seed)) for seed in seeds or range(count)]
        latent = torch.stack(noise) * scheduler.init_noise_sigma
        with torch.autocast("cpu", torch.bfloat16):
            heard = self.model.hear(token_ids, identifiers, mask.repeat(2, 1, 1, 1), style)
            for timestep in scheduler.timesteps:
                scaled = scheduler.scale_model_input(latent, timestep).repeat(2, 1, 1, 1)
                free, told = self.model(scaled, condition, timestep.expand(2 * count), heard).float().chunk(2)
                latent = scheduler.step(free + guidance * (told - free), timestep, latent).prev_sample
            return self.autoencoder.decode(latent.to(memory_format=torch.channels_last)).sample.float().clamp(-1, 1)
