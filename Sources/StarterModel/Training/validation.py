"""Loss on held-out scenes with some of what the denoiser can be told, right or of another scene.

    python validation.py --scenes SCENES --layouts LAYOUTS --work WORK

prints the whole table for the averaged weights in `WORK/denoiser.pt`.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch

from captions import full_caption, identifier
from dataset import load_scenes
from denoiser import Denoiser, build_scheduler, build_text_encoder, build_unet
from layouts import Layouts, load_layouts
from noise import Noise, product_weighted
from tokens import Prompts

TIMESTEPS = (100, 300, 500, 700, 900)


@dataclass
class HeldOut:
    """The rendered views of held-out scenes, [view, ...] each, with everything there is to be told about them.

    views: latent, mask, masked_latent and coverage, as in `latents.pt`
    token_ids, identifiers: [view, 77], of the full caption after its identifier
    no_words: token ids [77] of an empty prompt
    layouts: [view, 3, 32, 32]
    """

    views: dict[str, torch.Tensor]
    token_ids: torch.Tensor
    identifiers: torch.Tensor
    no_words: torch.Tensor
    layouts: torch.Tensor

    def other(self, values: torch.Tensor) -> torch.Tensor:
        """What belongs to another scene."""
        return values.roll(len(values) // 2, 0)

    def told(self, words="right", layout="none") -> tuple:
        """Token ids, identifiers, layouts: words and layout each "right", "other" or "none"."""
        ids, identifiers, layouts = self.token_ids, self.identifiers, self.layouts
        if words == "other":
            ids, identifiers = self.other(ids), self.other(identifiers)
        elif words == "none":
            ids, identifiers = self.no_words.expand_as(ids), torch.zeros_like(identifiers)
        layouts = {"right": layouts, "other": self.other(layouts), "none": torch.zeros_like(layouts)}[layout]
        return ids, identifiers, layouts


TABLE = {
    "nothing": {"words": "none"},
    "words": {},
    "another scene's words": {"words": "other"},
    "words, layout": {"layout": "right"},
    "words, another scene's layout": {"layout": "other"},
}
DURING_TRAINING = ("words", "words, layout")


def load_held_out(latents: dict, facts: list[dict], layouts: Layouts, prompts: Prompts) -> HeldOut:
    """From `latents.pt` and what belongs to each scene."""
    rows = latents["validation"]
    views = {name: latents[name][rows] for name in ("latent", "mask", "masked_latent", "coverage")}
    scenes = latents["scene"][rows]
    captions = [f"{identifier(facts[scene]['category'])} {full_caption(facts[scene])}" for scene in scenes.tolist()]
    no_words, _ = prompts([""])
    return HeldOut(views, *prompts(captions), no_words[0], layouts.full[scenes].float())


@torch.no_grad()
def losses(model, held_out: HeldOut, add_noise: Noise, **told: str) -> list[float]:
    """Loss at each of TIMESTEPS."""
    generator = torch.Generator().manual_seed(1)
    latent, mask, masked_latent, coverage = (held_out.views[name].float() for name in ("latent", "mask", "masked_latent", "coverage"))
    token_ids, identifiers, layouts = held_out.told(**told)
    result = []
    for timestep in TIMESTEPS:
        noise = torch.randn(latent.shape, generator=generator)
        timesteps = torch.full((len(latent),), timestep)
        noisy, target = add_noise(latent, noise, timesteps)
        with torch.autocast("cpu", torch.bfloat16):
            heard = model.hear(token_ids, identifiers, mask)
            output = model(noisy, torch.cat([mask, masked_latent, layouts], 1), timesteps, heard)
        result.append(round(product_weighted(output.float() - target, coverage).item(), 4))
    return result


def report(name: str, values: list[float]) -> str:
    return f"{name}: {sum(values) / len(values):.4f} {values}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--layouts", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    scenes = load_scenes(arguments.scenes)
    prompts = Prompts(arguments.work / "tokenizer")
    held_out = load_held_out(
        torch.load(arguments.work / "latents.pt"), scenes.facts, load_layouts(arguments.layouts, scenes.facts), prompts)
    model = Denoiser(build_text_encoder(prompts.tokenizer), build_unet())
    model.load_state_dict(torch.load(arguments.work / "denoiser.pt")["average"])
    model.eval()
    for name, told in TABLE.items():
        print(report(name, losses(model, held_out, Noise(build_scheduler()), **told)), flush=True)


if __name__ == "__main__":
    main()
