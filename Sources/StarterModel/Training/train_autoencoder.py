"""Stage 1: the autoencoder, a narrow `diffusers.AutoencoderKL` (factor 8, four latent channels).

    python train_autoencoder.py --scenes SCENES --work WORK --minutes 25

Loss: L1 + 2 MSE + multi-scale gradient differences, a pull of the latents to zero mean, unit variance and no
correlation between channels, and noise on the latents so that the decoder forgives a denoiser's small errors.
A fifth of the steps decode from latents shrunk by two and compare with the picture shrunk by two, which keeps
latents picture-like (EQ-VAE, arXiv 2502.09509) and so easier to denoise. No adversarial loss: fine texture is soft.

At the end the latents' mean and standard deviation are folded into `quant_conv` and `post_quant_conv`, so that
`scaling_factor` is 1 and every channel has unit variance. Resumes from `WORK/autoencoder.pt`.
"""

import argparse
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL
from diffusers.models.attention_processor import Attention, AttnProcessor
from diffusers.models.resnet import ResnetBlock2D

from dataset import load_scenes, to_signed

CROP = 96
BATCH = 6
PEAK_LEARNING_RATE = 1.5e-3
GUIDE_SHARE = 0.6
"""Share of the training time over which the colour guide fades to nothing."""
LATENT_LOG_VARIANCE = -8.0
"""What the encoder reports as its (constant) log variance: a standard deviation of 0.018."""


def build_autoencoder() -> AutoencoderKL:
    model = AutoencoderKL(
        in_channels=3,
        out_channels=3,
        latent_channels=4,
        block_out_channels=(16, 32, 64, 128),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=1,
        norm_num_groups=4,
        act_fn="silu",
        sample_size=256,
        scaling_factor=1.0,
    )
    model.set_attn_processor(AttnProcessor())
    initialise(model)
    return model.to(memory_format=torch.channels_last)


@torch.no_grad()
def initialise(model: AutoencoderKL) -> None:
    """Starts as a nearly linear map, so that colour passes from the first step.

    Group norms subtract the picture's mean and divide by its contrast, and unlearning that takes most of a short
    training. So residual branches start at zero, the convolutions between them keep the signal's variance, and their
    biases alternate +1, -1: each group then has a fixed mean of 0 and a deviation of about 1, whatever the picture.
    """
    for part in (model.encoder, model.decoder):
        part.conv_in.weight *= 3**0.5
        part.conv_in.bias.copy_(alternating(part.conv_in))
        for name, module in part.named_modules():
            if name.endswith("conv_shortcut") or name.endswith("samplers.0.conv"):
                module.weight *= 3**0.5
                module.bias.copy_(alternating(module))
            elif isinstance(module, ResnetBlock2D):
                module.conv2.weight.zero_()
            elif isinstance(module, Attention):
                module.to_out[0].weight.zero_()
    model.quant_conv.weight[4:].zero_()
    model.quant_conv.bias[4:].fill_(LATENT_LOG_VARIANCE)


def alternating(convolution: torch.nn.Conv2d) -> torch.Tensor:
    return 1.0 - 2.0 * (torch.arange(convolution.out_channels) % 2)


def encode_mean(model: AutoencoderKL, pictures: torch.Tensor) -> torch.Tensor:
    """[batch, 3, h, w] in -1...1 to latent means [batch, 4, h/8, w/8]."""
    return model.encode(pictures).latent_dist.mean


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


def colour_whitening(pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean [3] and matrix [3, 3] that give the 8 x 8 averages of uint8 pictures zero mean and identity covariance."""
    colours = F.avg_pool2d(to_signed(pictures), 8).permute(1, 0, 2, 3).flatten(1)
    mean = colours.mean(1)
    values, vectors = torch.linalg.eigh(torch.cov(colours))
    return mean, torch.diag(values.rsqrt()) @ vectors.T


def colour_guide_loss(latents: torch.Tensor, pictures: torch.Tensor, whitening: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Distance of the first three latent channels from the whitened colours of their 8 x 8 pixels."""
    mean, matrix = whitening
    colours = torch.einsum("oc,bchw->bohw", matrix, F.avg_pool2d(pictures, 8) - mean[:, None, None])
    return (latents[:, :3] - colours).abs().mean()


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
def held_out_psnr(model: AutoencoderKL, pictures: torch.Tensor) -> float:
    """Mean peak signal-to-noise ratio in dB over whole held-out pictures."""
    values = []
    for batch in pictures.split(8):
        target = to_signed(batch).to(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            output = model.decode(encode_mean(model, target)).sample
        error = ((output.float().clamp(-1, 1) - target) / 2).pow(2).mean((1, 2, 3))
        values.append(-10 * torch.log10(error))
    return torch.cat(values).mean().item()


@torch.no_grad()
def fold_statistics(model: AutoencoderKL, pictures: torch.Tensor) -> None:
    """Folds (z - mean) / std into quant_conv and its inverse into post_quant_conv."""
    latents = torch.cat([encode_mean(model, to_signed(batch)) for batch in pictures.split(16)])
    mean, deviation = latents.mean((0, 2, 3)), latents.std((0, 2, 3))
    print("latent mean", mean.tolist(), "std", deviation.tolist(), flush=True)
    weight = model.post_quant_conv.weight.clone()
    model.post_quant_conv.bias += (weight[:, :, 0, 0] * mean).sum(1)
    model.post_quant_conv.weight.copy_(weight * deviation[None, :, None, None])
    model.quant_conv.weight[:4] /= deviation[:, None, None, None]
    model.quant_conv.bias[:4] = (model.quant_conv.bias[:4] - mean) / deviation


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=25)
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
    whitening = colour_whitening(scenes.pictures[training[:: len(training) // 256]])

    checkpoint = arguments.work / "autoencoder.pt"
    step, spent = 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, spent = state["step"], state["seconds"]
        torch.manual_seed(step)
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
        colour = colour_guide_loss(latents, pictures, whitening)
        guide = max(0.0, 1 - elapsed / (GUIDE_SHARE * budget))
        loss = picture_loss(output.float(), target) + 0.05 * whitening_loss(latents) + 0.5 * guide * colour
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            # The log-variance rows stay constant: the pipeline samples from this distribution.
            model.quant_conv.weight[4:].zero_()
            model.quant_conv.bias[4:].fill_(LATENT_LOG_VARIANCE)
        step += 1
        if step % 50 == 0:
            print(f"{step} {elapsed:.0f}s loss {loss.item():.4f} colour {colour.item():.3f} {step * BATCH / elapsed:.1f} crops/s", flush=True)
        if step % 150 == 0:
            print(f"  held out {held_out_psnr(model, validation):.2f} dB", flush=True)
            torch.save(dict(model=model.state_dict(), optimizer=optimizer.state_dict(), step=step, seconds=elapsed), checkpoint)

    fold_statistics(model, scenes.pictures[training[:: len(training) // 256]])
    print(f"final {step} steps, held out {held_out_psnr(model, validation):.2f} dB", flush=True)
    model.save_pretrained(arguments.work / "vae")


if __name__ == "__main__":
    main()
