"""The autoencoder: a `diffusers.AutoencoderTiny` (factor 8, four latent channels, no norms) whose encoder is set by hand.

Latent channels 0 to 2 are the whitened mean colour of each 8 x 8 cell, channel 3 is how much brighter the lower half of
the cell is than the upper. Nothing has to be learnt before colours are right, and a denoiser can start at once: a
training of minutes that starts from random weights ends with grey pictures. Only the decoder is trained
(`train_autoencoder.py`); it starts as smooth upsampling of the mean colours.
"""

import torch
import torch.nn.functional as F
from diffusers import AutoencoderTiny
from diffusers.models.autoencoders.vae import AutoencoderTinyBlock

CELL = 8
LUMINANCE = torch.tensor([0.2126, 0.7152, 0.0722])
"""Shares of red, green and blue in brightness (ITU-R BT.709)."""


def build_autoencoder(pictures: torch.Tensor) -> AutoencoderTiny:
    """An autoencoder for pictures like these [count, 3, h, w] in -1...1, from whose colours the whitening is measured."""
    model = AutoencoderTiny(
        encoder_block_out_channels=(16, 16, 16, 16),
        decoder_block_out_channels=(64, 64, 64, 64),
        num_encoder_blocks=(0, 0, 0, 0),
        num_decoder_blocks=(4, 3, 2, 0),
        latent_channels=4,
        scaling_factor=1.0,
    )
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, AutoencoderTinyBlock):
                # Residual branches start at zero, so that a block starts as the identity on what is positive.
                module.conv[-1].weight.zero_()
                module.conv[-1].bias.zero_()
        colours = F.avg_pool2d((pictures + 1) / 2, CELL).permute(1, 0, 2, 3).flatten(1)
        mean = colours.mean(1)
        values, vectors = torch.linalg.eigh(torch.cov(colours))
        whitening = torch.diag(values.rsqrt()) @ vectors.T
        set_encoder(model.encoder.layers, mean, whitening)
        deviation = model.encode(pictures).latents[:, 3].std()
        model.encoder.layers[-1].weight[3] /= deviation
        start_decoder(model.decoder.layers, mean, torch.linalg.inv(whitening))
    return model.to(memory_format=torch.channels_last)


def set_encoder(layers, mean: torch.Tensor, whitening: torch.Tensor) -> None:
    """A first convolution that copies red, green and blue, three that average 2 x 2 pixels, and a last that whitens.

    mean [3] and whitening [3, 3] are of colours in 0...1, which is what the encoder's layers see.
    """
    first, *halvings, last = (layer for layer in layers if isinstance(layer, torch.nn.Conv2d))
    for layer in (first, *halvings, last):
        layer.weight.zero_()
        if layer.bias is not None:
            layer.bias.zero_()
    for channel in range(3):
        first.weight[channel, channel, 1, 1] = 1
        for halving in halvings:
            # Stride 2 and padding 1: rows and columns 1 and 2 of the kernel lie on the 2 x 2 pixels of the output.
            halving.weight[channel, channel, 1:, 1:] = 0.25
        halvings[-1].weight[3, channel, 1, 1:] = -0.5 * LUMINANCE[channel]
        halvings[-1].weight[3, channel, 2, 1:] = 0.5 * LUMINANCE[channel]
    last.weight[:3, :3, 1, 1] = whitening
    last.bias[:3] = -(whitening @ mean)
    last.weight[3, 3, 1, 1] = 1


def start_decoder(layers, mean: torch.Tensor, colouring: torch.Tensor) -> None:
    """Colours from the first three latents, smoothed after each doubling; the other channels start at random."""
    first, *rest = (layer for layer in layers if isinstance(layer, torch.nn.Conv2d))
    first.weight[:3] = 0
    first.weight[:3, :3, 1, 1] = colouring
    first.bias[:3] = mean
    binomial = torch.tensor([1.0, 2.0, 1.0]) / 4
    for layer in rest:
        layer.weight[:3] = 0
        for channel in range(3):
            layer.weight[channel, channel] = binomial[:, None] * binomial
    rest[-1].bias.zero_()


@torch.no_grad()
def encode(model: AutoencoderTiny, pictures: torch.Tensor) -> torch.Tensor:
    """[batch, 3, h, w] in -1...1 to latents [batch, 4, h/8, w/8]."""
    return model.encode(pictures.to(memory_format=torch.channels_last)).latents
