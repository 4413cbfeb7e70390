"""The forward process, the v target, and the loss that keeps the product out."""

import torch

PRODUCT_WEIGHT = 0.15
"""Weight of the loss where the exact product is; the compositor puts the product back anyway."""
NOISY_POWER = 1.5
"""Timesteps are 1000 (1 - u^1.5), u uniform: 63 % above 500, 22 % above 900. What the words say is decided there; in
the cleaner half the loss with another scene's caption is the same as with the right one."""


class Noise:
    """The forward process q(x_t | x_0) and the v target (arXiv 2202.00512), from the scheduler's `alphas_cumprod`."""

    def __init__(self, scheduler):
        self.signal = scheduler.alphas_cumprod.sqrt()
        self.noise = (1 - scheduler.alphas_cumprod).sqrt()

    def __call__(self, latent, noise, timesteps):
        signal, amount = self.signal[timesteps][:, None, None, None], self.noise[timesteps][:, None, None, None]
        return signal * latent + amount * noise, signal * noise - amount * latent


def training_noise(latent: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Noise like latent [batch, 4, h, w], and timesteps [batch]."""
    count = len(latent)
    timesteps = ((1 - torch.rand(count) ** NOISY_POWER) * 1000).long().clamp(max=999)
    return torch.randn_like(latent), timesteps


def product_weighted(error: torch.Tensor, coverage: torch.Tensor) -> torch.Tensor:
    """Mean square error [batch, 4, h, w] with little weight where coverage [batch, 1, h, w] says product."""
    weight = 1 - (1 - PRODUCT_WEIGHT) * coverage
    return (error.pow(2) * weight).mean() / weight.mean()
