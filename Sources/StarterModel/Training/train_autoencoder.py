"""Stage 1: the autoencoder, a `diffusers.AutoencoderTiny` (factor 8, four latent channels, no norms).

    python train_autoencoder.py --scenes SCENES --work WORK --minutes 20

Without group norms absolute colour passes from the first step and a step costs a third, which is what a short
training on a CPU needs. The full-resolution level has no residual blocks: two convolutions after the last upsampling
paint each 2 x 2 block of pixels from its half-resolution features.

Loss: L1 + 2 MSE + multi-scale gradient differences, a pull of the latents to zero mean, unit variance and no
correlation between channels (so that `scaling_factor` is 1), and noise on the latents so that the decoder forgives a
denoiser's small errors. A fifth of the steps decode from latents shrunk by two and compare with the picture shrunk by
two, which keeps latents picture-like (EQ-VAE, arXiv 2502.09509) and so easier to denoise. No adversarial loss: fine
texture is soft.
"""

import argparse
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderTiny
from diffusers.models.autoencoders.vae import AutoencoderTinyBlock

from dataset import load_scenes, to_signed

CROP = 128
BATCH = 8
PEAK_LEARNING_RATE = 1.2e-3


def build_autoencoder() -> AutoencoderTiny:
    model = AutoencoderTiny(
        encoder_block_out_channels=(64, 64, 64, 64),
        decoder_block_out_channels=(64, 64, 64, 64),
        num_encoder_blocks=(0, 1, 2, 3),
        num_decoder_blocks=(4, 3, 2, 0),
        latent_channels=4,
        scaling_factor=1.0,
    )
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, AutoencoderTinyBlock):
                # Residual branches start at zero: the plain path carries colour and brightness from the first step.
                module.conv[-1].weight.zero_()
    return model.to(memory_format=torch.channels_last)


def encode_mean(model: AutoencoderTiny, pictures: torch.Tensor) -> torch.Tensor:
    """[batch, 3, h, w] in -1...1 to latents [batch, 4, h/8, w/8]."""
    return model.encode(pictures).latents


def picture_loss(output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    loss = (output - target).abs().mean() + 2 * (output - target).pow(2).mean()
    for scale in range(3):
        for axis in (-1, -2):
            loss = loss + 0.5 * (output.diff(dim=axis) - target.diff(dim=axis)).abs().mean()
        if scale < 2:
            output, target = F.avg_pool2d(output, 2), F.avg_pool2d(target, 2)
    return loss


def whitening_loss(latents: torch.Tensor) -> torch.Tensor:
    """Distance of the batch's channel statistics from zero mean and the identity covariance."""
    mean = latents.mean((0, 2, 3))
    centred = (latents - mean[:, None, None]).permute(1, 0, 2, 3).flatten(1)
    covariance = centred @ centred.T / centred.shape[1]
    return mean.pow(2).mean() + (covariance - torch.eye(4)).pow(2).mean()


def training_crops(scenes, indices: torch.Tensor) -> torch.Tensor:
    """Random mirrored crops, a quarter with the background greyed out as masked images have it, some recoloured."""
    crops = torch.empty(BATCH, 3, CROP, CROP)
    for row, index in enumerate(indices[torch.randint(len(indices), (BATCH,))].tolist()):
        top, left = torch.randint(0, 256 - CROP + 1, (2,)).tolist()
        window = (slice(top, top + CROP), slice(left, left + CROP))
        crop = to_signed(scenes.pictures[index][:, *window])
        if torch.rand(()) < 0.25:
            crop = crop * (scenes.products[index][window] >= 128)
        crops[row] = crop.flip(-1) if torch.rand(()) < 0.5 else crop
    if torch.rand(()) < 0.1:
        crops = (crops * (0.7 + 0.5 * torch.rand(BATCH, 3, 1, 1)) + 0.25 * torch.randn(BATCH, 3, 1, 1)).clamp(-1, 1)
    return crops.to(memory_format=torch.channels_last)


@torch.no_grad()
def held_out_psnr(model: AutoencoderTiny, pictures: torch.Tensor) -> float:
    """Mean peak signal-to-noise ratio in dB over whole held-out pictures."""
    values = []
    for batch in pictures.split(8):
        target = to_signed(batch).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            output = model.decode(encode_mean(model, target)).sample
        error = ((output.float().clamp(-1, 1) - target) / 2).pow(2).mean((1, 2, 3))
        values.append(-10 * torch.log10(error))
    return torch.cat(values).mean().item()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)

    scenes = load_scenes(arguments.scenes)
    validation = scenes.pictures[scenes.validation_indices()]
    training = torch.tensor(scenes.training_indices())
    model = build_autoencoder()
    print("parameters", sum(p.numel() for p in model.parameters()) / 1e6, "M", flush=True)
    optimizer = torch.optim.AdamW(model.parameters(), PEAK_LEARNING_RATE, betas=(0.9, 0.98), weight_decay=1e-3, fused=True)

    checkpoint = arguments.work / "autoencoder.pt"
    step, spent = 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, spent = state["step"], state["seconds"]
    started, budget = time.time() - spent, arguments.minutes * 60

    while (elapsed := time.time() - started) < budget:
        rate = PEAK_LEARNING_RATE * min(1, (step + 1) / 100) * (0.02 + 0.49 * (1 + math.cos(math.pi * elapsed / budget)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        pictures = training_crops(scenes, training)
        with torch.autocast("cpu", torch.bfloat16):
            latents = encode_mean(model, pictures).float()
            noisy, target = latents, pictures
            if step > 200 and torch.rand(()) < 0.2:
                noisy, target = F.avg_pool2d(latents, 2), F.avg_pool2d(pictures, 2)
            noisy = noisy + torch.randn_like(noisy) * 0.12 * torch.rand(BATCH, 1, 1, 1)
            output = model.decode(noisy.to(memory_format=torch.channels_last)).sample
        loss = picture_loss(output.float(), target) + 0.1 * whitening_loss(latents)
        optimizer.zero_grad()
        loss.backward()
        gradient_norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        if step % 50 == 0:
            print(f"{step} {elapsed:.0f}s loss {loss.item():.4f} gradient {gradient_norm:.2f} {step * BATCH / elapsed:.1f} crops/s", flush=True)
        if step % 150 == 0:
            print(f"  held out {held_out_psnr(model, validation):.2f} dB", flush=True)
            torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), step=step, seconds=elapsed), checkpoint)

    print(f"final {step} steps, held out {held_out_psnr(model, validation):.2f} dB", flush=True)
    model.save_pretrained(arguments.work / "vae")


if __name__ == "__main__":
    main()
