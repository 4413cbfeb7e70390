"""What is masked in attention, and that the rest is diffusers' own: `python -m unittest test_attention` (needs torch, no weights)."""

import unittest

import torch
from diffusers import UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor

from attention import Heard, use_guided_attention
from style import TOKENS, StyleAdapter

CHANNELS = 16


def tiny_unet() -> UNet2DConditionModel:
    torch.manual_seed(0)
    return UNet2DConditionModel(
        sample_size=16, in_channels=12, out_channels=4, block_out_channels=(16, 32), layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=CHANNELS, attention_head_dim=2, norm_num_groups=4).eval()


class AttentionTests(unittest.TestCase):
    def setUp(self):
        self.unet = tiny_unet()
        self.adapter = StyleAdapter(self.unet).eval()
        self.inputs, self.timestep = torch.randn(2, 12, 16, 16), torch.tensor(500)
        self.words = torch.randn(2, 5, CHANNELS)
        self.nothing = torch.zeros(2, 5, dtype=torch.bool)
        self.identifier = torch.tensor([[False, True, False, False, False]]).repeat(2, 1)

    @torch.no_grad()
    def painted(self, heard) -> torch.Tensor:
        use_guided_attention(self.unet)
        return self.unet(self.inputs, self.timestep, heard).sample

    @torch.no_grad()
    def test_words_alone_are_heard_as_in_diffusers(self):
        result = self.painted(Heard(self.words, self.nothing, torch.ones(2, 1, 16, 16)))
        self.unet.set_attn_processor(AttnProcessor())
        torch.testing.assert_close(result, self.unet(self.inputs, self.timestep, self.words).sample, atol=1e-5, rtol=1e-4)

    @torch.no_grad()
    def test_style_is_heard_as_diffusers_hears_an_ip_adapter(self):
        embedding = torch.randn(2, 256)
        style = self.adapter.keys_and_values(embedding)
        result = self.painted(Heard(self.words, self.nothing, torch.ones(2, 1, 16, 16), style, torch.ones(2, 1, 1)))
        self.unet.set_attn_processor(AttnProcessor())
        parts: dict[str, dict] = {"image_proj": {}, "ip_adapter": {}}
        for name, value in self.adapter.ip_adapter_state().items():
            part, _, rest = name.partition(".")
            parts[part][rest] = value
        self.unet._load_ip_adapter_weights([parts])
        expected = self.unet(self.inputs, self.timestep, self.words, added_cond_kwargs={"image_embeds": [embedding[:, None]]}).sample
        torch.testing.assert_close(result, expected, atol=1e-5, rtol=1e-4)

    def test_an_identifier_that_no_position_hears_changes_nothing(self):
        everywhere_product = torch.zeros(2, 1, 16, 16)
        other = self.words.clone()
        other[:, 1] += 5
        one = self.painted(Heard(self.words, self.identifier, everywhere_product))
        two = self.painted(Heard(other, self.identifier, everywhere_product))
        torch.testing.assert_close(one, two)
        heard = self.painted(Heard(other, self.identifier, torch.ones(2, 1, 16, 16)))
        self.assertGreater((heard - two).abs().max(), 1e-3)

    def test_style_leaves_no_trace_where_everything_is_product(self):
        style = self.adapter.keys_and_values(torch.randn(2, 256))
        self.assertEqual(self.adapter.image_proj(torch.zeros(1, 256)).shape, (1, TOKENS, CHANNELS))
        everywhere_product = torch.zeros(2, 1, 16, 16)
        with_style = self.painted(Heard(self.words, self.nothing, everywhere_product, style, torch.ones(2, 1, 1)))
        torch.testing.assert_close(with_style, self.painted(Heard(self.words, self.nothing, everywhere_product)))

    def test_a_cell_that_touches_the_product_is_not_background(self):
        background = torch.ones(1, 1, 16, 16)
        background[0, 0, 5, 9] = 0
        heard = Heard(self.words[:1], self.identifier[:1], background)
        bias, share = heard.level(64, heads=2, dtype=torch.float32)
        self.assertEqual(share[0, :, 0].tolist().count(0), 1)
        self.assertEqual(share[0, (5 // 2) * 8 + 9 // 2, 0], 0)
        self.assertEqual(bias.shape, (2, 64, 5))
        self.assertEqual((bias != 0).sum(), 2)


if __name__ == "__main__":
    unittest.main()
