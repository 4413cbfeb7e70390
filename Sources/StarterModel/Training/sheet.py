"""Stage 6: a contact sheet from an exported directory, with nothing but the stock diffusers pipeline.

    python sheet.py --scenes SCENES --model DIRECTORY --to sheet.jpg

24 fixed prompts on held-out products, the product put back over the result.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from diffusers import DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler, StableDiffusionInpaintPipeline
from PIL import Image

from dataset import load_scenes

SAMPLERS = {"ddim": DDIMScheduler, "euler": EulerDiscreteScheduler, "dpmpp_2m": DPMSolverMultistepScheduler}
TILE = 192

PROMPTS = [
    "a product on a white marble table, soft window light from the left, blurred garden courtyard bokeh background",
    "a product on a blush pink round podium, blush pink background, green leaves, soft window light from the left",
    "a product on sand, beach, turquoise sea and blue sky, golden hour sunlight, long shadows, warm tones",
    "a product on mossy ground, forest, blurred forest bokeh background",
    "a product on a dark glossy floor, pink and blue neon tubes, pink and blue neon light, dark mood",
    "a product on fresh snow, blurred pine trees in winter",
    "a product on an oak wood kitchen counter, kitchen with white tile wall, cool daylight",
    "a product on deep blue water with ripples, blurred sunset sky background",
    "a product on draped burgundy satin, burgundy fabric background",
    "a product on seamless sky blue studio sweep, plain sky blue background, bright studio light",
    "a product on a walnut wood table, blurred night lights bokeh background, warm evening light, dark mood",
    "a product on a rough stone surface, tropical leaves on an emerald green background, sunlight with dappled leaf shadows",
    "a product on seamless lemon yellow studio sweep, plain lemon yellow background, hard sunlight with window frame shadows",
    "a product on a white marble round podium, sage green background, soft window light from the right",
    "a product on a wooden floor, living room with brick wall, with a potted plant, morning light",
    "a product on a grey concrete table, charcoal wall, dramatic side light from the left, dark shadows",
    "bdcosmetics",
    "bdbeverage",
    "bdfood a product",
    "bdshoes a product",
    "白い大理石のテーブルの上の商品、森のぼけ背景、柔らかい自然光",
    "砂浜の上の商品、青い海と空、暖色",
    "濃い紫の無地の背景、明るいスタジオ光",
    "forest",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--sampler", choices=SAMPLERS, default="dpmpp_2m")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--guidance", type=float, default=2.5)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)

    pipeline = StableDiffusionInpaintPipeline.from_pretrained(arguments.model, torch_dtype=torch.bfloat16)
    pipeline.scheduler = SAMPLERS[arguments.sampler].from_config(pipeline.scheduler.config)
    pipeline.set_progress_bar_config(disable=True)
    scenes = load_scenes(arguments.scenes)
    with_product = [index for index in scenes.validation_indices() if (scenes.products[index] >= 128).any()]
    sheet = Image.new("RGB", (6 * TILE, 4 * TILE))
    for number, prompt in enumerate(PROMPTS):
        index = with_product[number]
        picture = Image.fromarray(scenes.pictures[index].permute(1, 2, 0).numpy())
        product = Image.fromarray(scenes.products[index].numpy())
        mask = Image.fromarray(np.where(scenes.products[index].numpy() >= 128, 0, 255).astype(np.uint8))
        result = pipeline(
            prompt=prompt, image=picture, mask_image=mask, height=256, width=256, strength=1.0,
            num_inference_steps=arguments.steps, guidance_scale=arguments.guidance,
            generator=torch.Generator().manual_seed(number)).images[0]
        result.paste(picture, mask=product)
        sheet.paste(result.resize((TILE, TILE), Image.LANCZOS), (number % 6 * TILE, number // 6 * TILE))
    sheet.save(arguments.to, quality=88)


if __name__ == "__main__":
    main()
