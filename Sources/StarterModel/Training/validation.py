"""Loss on held-out scenes with some of what the denoiser can be told, right or of another scene."""

from dataclasses import dataclass

import torch

from denoiser import Style
from noise import Noise, product_weighted

TIMESTEPS = (100, 300, 500, 700, 900)


@dataclass
class HeldOut:
    """The rendered views of held-out scenes, [view, ...] each, with everything there is to be told about them.

    views: latent, mask, masked_latent and coverage, as in `latents.pt`
    token_ids, identifiers: [view, 77], of the full caption after its identifier
    layouts: [view, 3, 32, 32]
    references: [view, 3, 128, 128], normalised
    """

    views: dict[str, torch.Tensor]
    token_ids: torch.Tensor
    identifiers: torch.Tensor
    layouts: torch.Tensor
    references: torch.Tensor

    def other(self, values: torch.Tensor) -> torch.Tensor:
        """What belongs to another scene."""
        return values.roll(len(values) // 2, 0)

    def told(self, words="right", layout="none", style="none") -> tuple:
        """Token ids, identifiers, layouts, references: each "right", "other" or "none" (words: "right" or "other")."""
        ids, identifiers, layouts, references = self.token_ids, self.identifiers, self.layouts, self.references
        if words == "other":
            ids, identifiers = self.other(ids), self.other(identifiers)
        layouts = {"right": layouts, "other": self.other(layouts), "none": torch.zeros_like(layouts)}[layout]
        references = {"right": references, "other": self.other(references), "none": None}[style]
        return ids, identifiers, layouts, references


TABLE = {
    "words": {},
    "another scene's words": {"words": "other"},
    "words, layout": {"layout": "right"},
    "words, another scene's layout": {"layout": "other"},
    "words, style": {"style": "right"},
    "words, another scene's style": {"style": "other"},
    "words, layout, style": {"layout": "right", "style": "right"},
}
DURING_TRAINING = ("words", "words, layout, style")


@torch.no_grad()
def losses(model, held_out: HeldOut, add_noise: Noise, **told: str) -> list[float]:
    """Loss at each of TIMESTEPS."""
    generator = torch.Generator().manual_seed(1)
    latent, mask, masked_latent, coverage = (held_out.views[name].float() for name in ("latent", "mask", "masked_latent", "coverage"))
    token_ids, identifiers, layouts, references = held_out.told(**told)
    style = None if references is None else Style(references, torch.ones(len(latent), dtype=torch.bool), torch.ones(len(latent), 1, 1))
    result = []
    for timestep in TIMESTEPS:
        noise = torch.randn(latent.shape, generator=generator)
        timesteps = torch.full((len(latent),), timestep)
        noisy, target = add_noise(latent, noise, timesteps)
        with torch.autocast("cpu", torch.bfloat16):
            heard = model.hear(token_ids, identifiers, mask, style)
            output = model(noisy, torch.cat([mask, masked_latent, layouts], 1), timesteps, heard)
        result.append(round(product_weighted(output.float() - target, coverage).item(), 4))
    return result


def report(name: str, values: list[float]) -> str:
    return f"{name}: {sum(values) / len(values):.4f} {values}"
