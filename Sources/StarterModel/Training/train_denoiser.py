"""Stage 4: the UNet and the text encoder together, from the encoded latents.

    python train_denoiser.py --scenes SCENES --work WORK --minutes 75

Stops after that many minutes of training in all and goes on from `WORK/denoiser.pt` when started again. v prediction,
more often at noisy timesteps, loss weight 0.15 where the exact product is (the compositor puts the product back anyway).
Keeps an exponential moving average of the weights, which is what ships.
"""

import argparse
import copy
import math
import random
import time
from pathlib import Path

import torch
from transformers import CLIPTokenizer

from captions import full_caption, training_caption
from dataset import load_facts
from denoiser import build_scheduler, build_text_encoder, build_unet

BATCH = 32
PEAK_LEARNING_RATE = 6e-4
WARM_UP_STEPS = 150
COSINE_FROM = 0.55
"""Share of the time budget after which the learning rate falls to a thirtieth along a cosine."""
AVERAGE_DECAY = 0.998
PRODUCT_WEIGHT = 0.15
NEAREST_MASK_SHARE = 0.2
OFFSET_NOISE = 0.1
"""Constant noise a channel. Noise at step 999 keeps 7 % of the picture, so its mean would give the brightness away
in training and mislead in sampling; this hides it."""
NOISY_POWER = 1.8
"""Timesteps are 1000 (1 - u^1.8), u uniform: 68 % above 500, 28 % above 900. What the words say is decided there; below
500 the loss with another scene's caption is the same as with the right one."""
VALIDATION_TIMESTEPS = (100, 300, 500, 700, 900)


class Denoiser(torch.nn.Module):
    """Text encoder and UNet as one module: token ids [batch, 77] and inputs [batch, 9, 32, 32] to v."""

    def __init__(self, text_encoder, unet):
        super().__init__()
        self.text_encoder, self.unet = text_encoder, unet

    def forward(self, noisy, condition, timesteps, token_ids):
        words = self.text_encoder(token_ids).last_hidden_state
        inputs = torch.cat([noisy, condition], 1).to(memory_format=torch.channels_last)
        return self.unet(inputs, timesteps, words).sample


class Noise:
    """The forward process q(x_t | x_0) and the v target, from the scheduler's `alphas_cumprod`."""

    def __init__(self, scheduler):
        self.signal = scheduler.alphas_cumprod.sqrt()
        self.noise = (1 - scheduler.alphas_cumprod).sqrt()

    def __call__(self, latent, noise, timesteps):
        signal, amount = self.signal[timesteps][:, None, None, None], self.noise[timesteps][:, None, None, None]
        return signal * latent + amount * noise, signal * noise - amount * latent


def product_weighted(error: torch.Tensor, coverage: torch.Tensor) -> torch.Tensor:
    weight = 1 - (1 - PRODUCT_WEIGHT) * coverage
    return (error.pow(2) * weight).mean() / weight.mean()


@torch.no_grad()
def validation_loss(model, views, token_ids, add_noise) -> list[float]:
    generator = torch.Generator().manual_seed(1)
    losses = []
    latent = views["latent"].float()
    condition = torch.cat([views["mask"], views["masked_latent"]], 1).float()
    for timestep in VALIDATION_TIMESTEPS:
        noise = torch.randn(latent.shape, generator=generator)
        timesteps = torch.full((len(latent),), timestep)
        noisy, target = add_noise(latent, noise, timesteps)
        with torch.autocast("cpu", torch.bfloat16):
            output = model(noisy, condition, timesteps, token_ids)
        losses.append(round(product_weighted(output.float() - target, views["coverage"].float()).item(), 4))
    return losses


def learning_rate(step: int, progress: float) -> float:
    """Linear warm-up by step, constant, then a cosine by share of the time budget."""
    falling = max(0.0, progress - COSINE_FROM) / (1 - COSINE_FROM)
    return PEAK_LEARNING_RATE * min(1, (step + 1) / WARM_UP_STEPS) * max(1 / 30, 0.5 * (1 + math.cos(math.pi * min(1, falling))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--compile", action="store_true", help="torch.compile: some per cent faster after two minutes")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    chance = random.Random(0)

    facts = load_facts(arguments.scenes)
    latents = torch.load(arguments.work / "latents.pt")
    training = latents.pop("training")
    validation_views = latents.pop("validation")
    validation = {name: value[validation_views] for name, value in latents.items()}
    tokenizer = CLIPTokenizer.from_pretrained(arguments.work / "tokenizer")

    def tokens(texts: list[str]) -> torch.Tensor:
        return tokenizer(texts, padding="max_length", truncation=True, max_length=77, return_tensors="pt").input_ids

    validation_tokens = tokens([full_caption(facts[scene]) for scene in validation["scene"].tolist()])
    model = Denoiser(build_text_encoder(tokenizer), build_unet())
    average = copy.deepcopy(model).eval().requires_grad_(False)
    optimizer = torch.optim.AdamW(model.parameters(), PEAK_LEARNING_RATE, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    add_noise = Noise(build_scheduler())
    print("parameters", *(f"{name} {sum(p.numel() for p in part.parameters()) / 1e6:.1f} M" for name, part in model.named_children()), flush=True)

    checkpoint = arguments.work / "denoiser.pt"
    step, spent = 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, spent = state["step"], state["seconds"]
        torch.manual_seed(step)
        chance.seed(step)
    predict = torch.compile(model) if arguments.compile else model

    def save(seconds: float) -> None:
        partial = checkpoint.with_suffix(".partial")
        torch.save(dict(model=model.state_dict(), average=average.state_dict(), optimizer=optimizer.state_dict(), step=step, seconds=seconds), partial)
        partial.replace(checkpoint)

    started, budget = time.time() - spent, arguments.minutes * 60
    reported, saved, total = time.time(), time.time(), 0.0
    while (elapsed := time.time() - started) < budget:
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, elapsed / budget)
        rows = training[torch.randint(len(training), (BATCH,))]
        latent = latents["latent"][rows].float()
        nearest = (torch.rand(BATCH) < NEAREST_MASK_SHARE)[:, None, None, None]
        mask = torch.where(nearest, latents["nearest_mask"][rows], latents["mask"][rows])
        condition = torch.cat([mask, latents["masked_latent"][rows]], 1).float()
        captions = [training_caption(facts[scene], mirrored, chance) for scene, mirrored in zip(latents["scene"][rows].tolist(), latents["mirrored"][rows].tolist())]
        timesteps = ((1 - torch.rand(BATCH) ** NOISY_POWER) * 1000).long().clamp(max=999)
        noise = torch.randn_like(latent) + OFFSET_NOISE * torch.randn(BATCH, 4, 1, 1)
        noisy, target = add_noise(latent, noise, timesteps)
        with torch.autocast("cpu", torch.bfloat16):
            output = predict(noisy, condition, timesteps, tokens(captions))
        loss = product_weighted(output.float() - target, latents["coverage"][rows].float())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        decay = min(AVERAGE_DECAY, (step + 1) / (step + 20))
        torch._foreach_lerp_(list(average.parameters()), [p.detach() for p in model.parameters()], 1 - decay)
        total += loss.item()
        if step % 50 == 0:
            rate = 50 * BATCH / (time.time() - reported)
            print(f"{step} {elapsed:.0f}s loss {total / 50:.4f} lr {optimizer.param_groups[0]['lr']:.1e} {rate:.1f} samples/s", flush=True)
            if step % 200 == 0:
                losses = validation_loss(average, validation, validation_tokens, add_noise)
                print(f"  validation {sum(losses) / len(losses):.4f} {losses} after {step * BATCH} samples", flush=True)
            reported, total = time.time(), 0.0
        if time.time() - saved > 240:
            save(time.time() - started)
            saved = reported = time.time()
    save(time.time() - started)
    print(f"final {step} steps, {step * BATCH} samples", validation_loss(average, validation, validation_tokens, add_noise), flush=True)


if __name__ == "__main__":
    main()
