"""Stage 4: UNet and text encoder together, from the encoded latents.

    python train_denoiser.py --scenes SCENES --layouts LAYOUTS --work WORK --minutes 75 [--start EARLIER]

Stops after that many minutes of training in all and goes on from `WORK/denoiser.pt` when started again. EARLIER is the
`denoiser.pt` of a version without layout, to start from. v prediction, more often at noisy timesteps. Words,
identifier and layout are dropped independently. Keeps an exponential moving average of the weights, which ships.
"""

import argparse
import copy
import math
import random
import time
from pathlib import Path

import torch

import validation
from captions import training_caption
from dataset import load_scenes
from denoiser import LAYOUT_CHANNELS, Denoiser, build_scheduler, build_text_encoder, build_unet
from layouts import load_layouts, training_layouts
from noise import Noise, product_weighted, training_noise
from tokens import Prompts

BATCH = 32
PEAK_LEARNING_RATE = 6e-4
FINE_TUNING_RATE = 3e-4
"""Peak of the weights of an earlier version."""
LAYOUT_HASTE = 5
"""How many times the step of other weights the layout's input weights take: they start at zero, and what tells ground from backdrop is
a fifth of a unit."""
WARM_UP_STEPS = 150
COSINE_FROM = 0.5
"""Share of the time budget after which the learning rate falls to a thirtieth along a cosine."""
AVERAGE_DECAY = 0.998
NEAREST_MASK_SHARE = 0.2


def learning_share(step: int, progress: float) -> float:
    """Share of the peak: linear warm-up by step, constant, then a cosine by share of the time budget."""
    falling = max(0.0, progress - COSINE_FROM) / (1 - COSINE_FROM)
    return min(1, (step + 1) / WARM_UP_STEPS) * max(1 / 30, 0.5 * (1 + math.cos(math.pi * min(1, falling))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--layouts", type=Path, required=True, help="folder of NNNNNN_layout.png, often that of the scenes")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--start", type=Path, help="denoiser.pt of an earlier version")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    chance = random.Random(0)

    scenes = load_scenes(arguments.scenes)
    facts = scenes.facts
    layouts = load_layouts(arguments.layouts, facts)
    del scenes
    print(f"{int(layouts.known.sum())} of {len(facts)} scenes have a layout", flush=True)
    latents = torch.load(arguments.work / "latents.pt")
    training = latents["training"]
    prompts = Prompts(arguments.work / "tokenizer")
    held_out = validation.load_held_out(latents, facts, layouts, prompts)

    model = Denoiser(build_text_encoder(prompts.tokenizer), build_unet())
    if arguments.start:
        model.load_earlier(torch.load(arguments.start)["average"])
    average = copy.deepcopy(model).eval().requires_grad_(False)
    peaks = {"text_encoder": FINE_TUNING_RATE, "unet": FINE_TUNING_RATE} if arguments.start else {}
    groups = [
        {"params": list(part.parameters()), "peak": peaks.get(name, PEAK_LEARNING_RATE)}
        for name, part in model.named_children()
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    layout_weights = model.unet.conv_in.weight.detach()[:, -LAYOUT_CHANNELS:]
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

    def save(seconds: float) -> None:
        partial = checkpoint.with_suffix(".partial")
        torch.save(dict(model=model.state_dict(), average=average.state_dict(), optimizer=optimizer.state_dict(), step=step, seconds=seconds), partial)
        partial.replace(checkpoint)

    def validate(names) -> None:
        for name in names:
            print(" ", validation.report(name, validation.losses(average, held_out, add_noise, **validation.TABLE[name])), flush=True)

    started, budget = time.time() - spent, arguments.minutes * 60
    reported, saved, total = time.time(), time.time(), 0.0
    while (elapsed := time.time() - started) < budget:
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * learning_share(step, elapsed / budget)
        rows = training[torch.randint(len(training), (BATCH,))]
        scene, mirrored = latents["scene"][rows], latents["mirrored"][rows]
        latent, mask = latents["latent"][rows].float(), latents["mask"][rows].float()
        nearest = (torch.rand(BATCH) < NEAREST_MASK_SHARE)[:, None, None, None]
        given_mask = torch.where(nearest, latents["nearest_mask"][rows].float(), mask)
        condition = torch.cat([given_mask, latents["masked_latent"][rows].float(), training_layouts(layouts, scene, mirrored)], 1)
        words = [training_caption(facts[index], flipped, chance) for index, flipped in zip(scene.tolist(), mirrored.tolist())]
        noise, timesteps = training_noise(latent)
        noisy, target = add_noise(latent, noise, timesteps)
        with torch.autocast("cpu", torch.bfloat16):
            heard = model.hear(*prompts(words), mask)
            output = model(noisy, condition, timesteps, heard)
        loss = product_weighted(output.float() - target, latents["coverage"][rows].float())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        before = layout_weights.clone()
        optimizer.step()
        layout_weights += (LAYOUT_HASTE - 1) * (layout_weights - before)
        step += 1
        decay = min(AVERAGE_DECAY, (step + 1) / (step + 20))
        torch._foreach_lerp_(list(average.parameters()), [p.detach() for p in model.parameters()], 1 - decay)
        total += loss.item()
        if step % 50 == 0:
            rate = 50 * BATCH / (time.time() - reported)
            print(f"{step} {elapsed:.0f}s loss {total / 50:.4f} lr {optimizer.param_groups[0]['lr']:.1e} {rate:.1f} samples/s", flush=True)
            if step % 200 == 0:
                validate(validation.DURING_TRAINING)
            reported, total = time.time(), 0.0
        if time.time() - saved > 240:
            save(time.time() - started)
            saved = reported = time.time()
    save(time.time() - started)
    print(f"final {step} steps, {step * BATCH} samples", flush=True)
    validate(validation.TABLE)


if __name__ == "__main__":
    main()
