"""Stage 6: the style of one reference picture, for a denoiser that is finished.

    python train_style.py --scenes SCENES --work WORK --model DIRECTORY --minutes 45

First the image encoder learns, from pictures alone, to tell scenes apart: two crops of one scene, their products greyed
out, are to lie nearer to each other than to crops of other scenes (InfoNCE, arXiv 1807.03748). Then it stays as it is, and the projection and the
keys and values of the cross attention learn what to do with it, from the denoiser's loss; the denoiser stays as it is, too.
Trained all at once, the encoder told light from dark and nothing more.

DIRECTORY is what `export.py` wrote. Writes `WORK/style.pt`, which `add_style.py` takes; goes on from it when started again.
"""

import argparse
import math
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from captions import training_caption
from dataset import load_scenes
from denoiser import Style, build_scheduler
from noise import Noise, product_weighted
from sampling import Painter
from style import EMBEDDING, StyleAdapter, normalised, reference_crops

CROPS_EACH = 8
TOWER_BATCH = 96
TOWER_RATE = 8e-4
TEMPERATURE = 0.1
TOWER_SHARE = 0.25
"""Share of the minutes that the image encoder has to itself."""
BATCH = 32
RATE = 1e-3
NO_WORDS_SHARE = 0.35
"""Samples that hear no words: what the words say, style need not."""
EMPTY_SHARE = 0.1
"""Samples that hear the empty style, as the unguided half of a guided step does."""


def told_apart(tower, references: torch.Tensor) -> torch.Tensor:
    """InfoNCE of two different random crops of each scene: references uint8 [scene, crop, 3, 128, 128]."""
    count, each = references.shape[:2]
    first = torch.randint(each, (count,))
    second = (first + torch.randint(1, each, (count,))) % each
    pictures = torch.cat([references[torch.arange(count), first], references[torch.arange(count), second]])
    with torch.autocast("cpu", torch.bfloat16):
        embeddings = tower(normalised(pictures)).image_embeds.float()
    length = embeddings.norm(dim=-1)
    a, b = F.normalize(embeddings, dim=-1).chunk(2)
    scores = a @ b.T / TEMPERATURE
    target = torch.arange(count)
    # Lengths near that of a standard normal vector, as the projection expects.
    return (F.cross_entropy(scores, target) + F.cross_entropy(scores.T, target)) / 2 + 0.05 * (length / math.sqrt(EMBEDDING) - 1).pow(2).mean()


@torch.no_grad()
def retrieval(tower, references: torch.Tensor) -> float:
    """Share of scenes whose second crop is nearest to its own first: references uint8 [scene, crop, 3, 128, 128]."""
    a, b = (F.normalize(tower(normalised(references[:, number])).image_embeds, dim=-1) for number in (0, 1))
    return ((a @ b.T).argmax(1) == torch.arange(len(a))).float().mean().item()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    chance = random.Random(0)

    scenes = load_scenes(arguments.scenes)
    facts, held_out = scenes.facts, torch.tensor(scenes.validation_indices())
    references = reference_crops(scenes, CROPS_EACH)
    kept = torch.tensor(scenes.training_indices())
    del scenes
    latents = torch.load(arguments.work / "latents.pt")
    painter = Painter(arguments.model)
    model = painter.model.requires_grad_(False)
    model.style = style = StyleAdapter(model.unet)
    tower = style.image_encoder
    learning = [*style.image_proj.parameters(), *style.to_k_ip.parameters(), *style.to_v_ip.parameters()]
    tower_optimizer = torch.optim.AdamW(tower.parameters(), TOWER_RATE, betas=(0.9, 0.98), weight_decay=0.05, fused=True)
    optimizer = torch.optim.AdamW(learning, RATE, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    add_noise = Noise(build_scheduler())

    checkpoint = arguments.work / "style.pt"
    tower_step, step, spent = 0, 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        style.load_state_dict(state["style"])
        tower_optimizer.load_state_dict(state["tower_optimizer"])
        optimizer.load_state_dict(state["optimizer"])
        tower_step, step, spent = state["tower_step"], state["step"], state["seconds"]
        torch.manual_seed(tower_step + step)

    def save(seconds: float) -> None:
        partial = checkpoint.with_suffix(".partial")
        torch.save(dict(
            style=style.state_dict(), tower_optimizer=tower_optimizer.state_dict(), optimizer=optimizer.state_dict(),
            tower_step=tower_step, step=step, seconds=seconds), partial)
        partial.replace(checkpoint)

    def rate(progress: float, steps: int) -> float:
        return min(1, (steps + 1) / 50) * (0.03 + 0.485 * (1 + math.cos(math.pi * min(1, progress))))

    started, budget = time.time() - spent, arguments.minutes * 60
    while (elapsed := time.time() - started) < budget * TOWER_SHARE:
        for group in tower_optimizer.param_groups:
            group["lr"] = TOWER_RATE * rate(elapsed / (budget * TOWER_SHARE), tower_step)
        loss = told_apart(tower, references[kept[torch.randperm(len(kept))[:TOWER_BATCH]]])
        tower_optimizer.zero_grad()
        loss.backward()
        tower_optimizer.step()
        tower_step += 1
        if tower_step % 25 == 0:
            print(f"tower {tower_step} {elapsed:.0f}s loss {loss.item():.3f} held out {retrieval(tower, references[held_out]):.3f}", flush=True)
            save(time.time() - started)

    tower.requires_grad_(False)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        embeddings = torch.stack([torch.cat([tower(normalised(part)).image_embeds.float() for part in references[:, number].split(128)]) for number in range(CROPS_EACH)], 1)
    validation = latents["validation"]
    training = latents["training"]

    def loss_of(rows, embedded, texts, timesteps, noise):
        latent, mask = latents["latent"][rows].float(), latents["mask"][rows].float()
        condition = torch.cat([mask, latents["masked_latent"][rows].float(), torch.zeros(len(rows), 3, 32, 32)], 1)
        noisy, target = add_noise(latent, noise, timesteps)
        with torch.autocast("cpu", torch.bfloat16):
            heard = model.hear(*painter.prompts(texts), mask)
            heard.style, heard.style_share = style.keys_and_values(embedded), torch.ones(len(rows), 1, 1)
            output = model(noisy, condition, timesteps, heard)
        return product_weighted(output.float() - target, latents["coverage"][rows].float())

    @torch.no_grad()
    def validate() -> str:
        generator = torch.Generator().manual_seed(1)
        noise = torch.randn(len(validation), 4, 32, 32, generator=generator)
        own = embeddings[latents["scene"][validation], 0]
        result = []
        for timestep in (700, 900):
            given = {"own": own, "another's": own.roll(16, 0), "empty": torch.zeros_like(own)}
            result.append(f"{timestep}: " + ", ".join(
                f"{name} {loss_of(validation, value, [''] * len(own), torch.full((len(own),), timestep), noise).item():.4f}" for name, value in given.items()))
        return "; ".join(result)

    total, reported = 0.0, time.time()
    while (elapsed := time.time() - started) < budget:
        for group in optimizer.param_groups:
            group["lr"] = RATE * rate((elapsed / budget - TOWER_SHARE) / (1 - TOWER_SHARE), step)
        rows = training[torch.randint(len(training), (BATCH,))]
        index = latents["scene"][rows]
        texts = [
            "" if chance.random() < NO_WORDS_SHARE else training_caption(facts[scene], flipped, chance)
            for scene, flipped in zip(index.tolist(), latents["mirrored"][rows].tolist())
        ]
        embedded = embeddings[index, torch.randint(CROPS_EACH, (BATCH,))] * (torch.rand(BATCH, 1) >= EMPTY_SHARE)
        # Colours and light are decided early: noisier than the denoiser's own training.
        timesteps = (1000 * (1 - torch.rand(BATCH) ** 2)).long().clamp(max=999)
        loss = loss_of(rows, embedded, texts, timesteps, torch.randn(BATCH, 4, 32, 32))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        step += 1
        total += loss.item()
        if step % 50 == 0:
            print(f"{step} {elapsed:.0f}s loss {total / 50:.4f} {50 * BATCH / (time.time() - reported):.1f} samples/s", flush=True)
            if step % 200 == 0:
                print("  no words, style: " + validate(), flush=True)
                save(time.time() - started)
            total, reported = 0.0, time.time()
    save(time.time() - started)
    print(f"final {tower_step} and {step} steps\n  no words, style: {validate()}", flush=True)


if __name__ == "__main__":
    main()
