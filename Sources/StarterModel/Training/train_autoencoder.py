"""Stage 1: the decoder of the autoencoder; its encoder is set by hand (`autoencoder.py`).

    python train_autoencoder.py --scenes SCENES --work WORK --minutes 10

Writes `WORK/vae` at once, since latents depend on the encoder only: stages 3 and 4 may run beside this one. Writes it again
with the trained decoder at the end, and goes on from `WORK/autoencoder.pt` when started again.

Loss: L1 + 2 MSE + multi-scale gradient differences, and noise on the latents so that the decoder forgives a denoiser's
small errors. No adversarial loss: fine texture is soft.
"""

import argparse
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderTiny

from autoencoder import build_autoencoder, encode
from dataset import load_scenes, to_signed

CROP = 128
BATCH = 8
PEAK_LEARNING_RATE = 1.2e-3


def picture_loss(output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    loss = (output - target).abs().mean() + 2 * (output - target).pow(2).mean()
    for scale in range(3):
        for axis in (-1, -2):
            loss = loss + 0.5 * (output.diff(dim=axis) - target.diff(dim=axis)).abs().mean()
        if scale < 2:
            output, target = F.avg_pool2d(output, 2), F.avg_pool2d(target, 2)
    return loss


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
            output = model.decode(encode(model, target)).sample
        error = ((output.float().clamp(-1, 1) - target) / 2).pow(2).mean((1, 2, 3))
        values.append(-10 * torch.log10(error))
    return torch.cat(values).mean().item()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)

    scenes = load_scenes(arguments.scenes)
    validation = scenes.pictures[scenes.validation_indices()]
    training = torch.tensor(scenes.training_indices())
    model = build_autoencoder(to_signed(scenes.pictures[training[:: len(training) // 256]]))
    model.save_pretrained(arguments.work / "vae")
    print(f"starts at {held_out_psnr(model, validation):.2f} dB held out", flush=True)
    optimizer = torch.optim.AdamW(model.decoder.parameters(), PEAK_LEARNING_RATE, betas=(0.9, 0.98), weight_decay=1e-3, fused=True)

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
        latents = encode(model, pictures)
        noisy = latents + torch.randn_like(latents) * 0.12 * torch.rand(BATCH, 1, 1, 1)
        with torch.autocast("cpu", torch.bfloat16):
            output = model.decode(noisy.to(memory_format=torch.channels_last)).sample
        loss = picture_loss(output.float(), pictures)
        optimizer.zero_grad()
        loss.backward()
        gradient_norm = torch.nn.utils.clip_grad_norm_(model.decoder.parameters(), 1.0)
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
