"""Stage 5: an ordinary diffusers directory from what the other stages left.

    python export.py --scenes SCENES --work WORK --to DIRECTORY

Weights are float16, the averaged denoiser's. The directory appears at once: it is written beside its place and renamed.
`backdrop.json` adds what diffusers has no place for: categories, recommended settings, a cheap preview matrix, the layout's
channels and where identifiers are heard. `add_style.py` adds the style adapter.
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
import torch.nn.functional as F
from diffusers import AutoencoderTiny, StableDiffusionInpaintPipeline
from diffusers.models.attention_processor import AttnProcessor
from safetensors.torch import load_file, save_file
from transformers import CLIPTokenizer

from autoencoder import encode
from captions import CATEGORIES, category_scenes, identifier
from dataset import load_scenes, to_signed
from denoiser import LAYOUT_CHANNELS, Denoiser, build_scheduler, build_text_encoder, build_unet
from layouts import CHANNELS, IDENTITIES
from style import StyleAdapter
from train_denoiser import BATCH

RECOMMENDED = {"steps": 20, "guidance": 2.5, "sampler": "dpmpp_2m", "width": 256, "height": 256, "negative": ""}
LAYOUT_GAIN = 1.5
"""The averaged weights of the layout's input lag behind; this much more lowers the held-out loss (0.2862 to 0.2845 at timestep 900)."""
SKETCH_SHARE = 0.7
"""The share of the steps that the engine's sketch of a layout stands for, chosen by eye among 0.34, 0.5, 0.65, 0.75 and 0.85: less leaves
blotches on plain surfaces, more leaves the model no light to paint."""
STYLED_SKETCH_SHARE = 0.5
"""The same for a picture that follows a reference: the adapter speaks in the noisier steps. By eye among 0.15, 0.35, 0.5 and 0.7."""
DETAIL = 3
"""How much larger than 256 pixels the engine finishes a picture, with the sketch's own fine detail."""
STYLE = {"image_encoder": "image_encoder", "adapter": "ip_adapter/ip-adapter.safetensors", "scale": 1.0}


@torch.no_grad()
def latent_to_rgb(autoencoder: AutoencoderTiny, pictures: torch.Tensor) -> dict:
    """Least squares fit of latents [4] to the mean colour of their 8 x 8 pixels, RGB in -1...1."""
    inputs = encode(autoencoder, pictures).permute(0, 2, 3, 1).reshape(-1, 4)
    inputs = torch.cat([inputs, torch.ones(len(inputs), 1)], 1)
    colours = F.avg_pool2d(pictures, 8).permute(0, 2, 3, 1).reshape(-1, 3)
    solution = torch.linalg.lstsq(inputs, colours).solution
    rounded = [[round(value, 4) for value in row] for row in solution.tolist()]
    return {"factors": rounded[:4], "bias": rounded[4]}


def add_prefix(weights: Path, prefix: str) -> None:
    """Published checkpoints name an encoder's tensors `text_model.…` or `vision_model.…`; newer transformers write no such prefix."""
    tensors = load_file(weights)
    named = {name if name.startswith((prefix, "visual_projection.")) else prefix + name: value for name, value in tensors.items()}
    save_file(named, weights, metadata={"format": "pt"})


def save_adapter(style: StyleAdapter, folder: Path) -> None:
    """The IP-Adapter as one file, where `load_ip_adapter` finds it."""
    file = folder / STYLE["adapter"]
    file.parent.mkdir(exist_ok=True)
    save_file({name: value.half().contiguous() for name, value in style.ip_adapter_state().items()}, file, metadata={"format": "pt"})


def describe(facts: list[dict], samples: int, latent_rgb: dict, style: bool) -> dict:
    """The contents of `backdrop.json`."""
    about = {
        "name": "Backdrop starter",
        "version": "3",
        "licence": "CC0-1.0",
        "samples_seen": samples,
        "categories": [
            {"identifier": identifier(stem), "name": name, "name_ja": japanese, "scenes": category_scenes(facts, stem)}
            for stem, (name, japanese) in CATEGORIES.items()
        ],
        "recommended": RECOMMENDED,
        "latent_rgb": latent_rgb,
        "layout": {"channels": CHANNELS, "identities": IDENTITIES, "sketch": SKETCH_SHARE, "sketch_with_style": STYLED_SKETCH_SHARE, "detail": DETAIL},
        "identifier_attention": "background",
    }
    return about | {"style": STYLE} if style else about


def forget_origin(config: Path) -> None:
    """Takes the folder that a part was loaded from out of its configuration."""
    values = json.loads(config.read_text())
    values.pop("_name_or_path", None)
    config.write_text(json.dumps(values, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)

    tokenizer = CLIPTokenizer.from_pretrained(arguments.work / "tokenizer")
    autoencoder = AutoencoderTiny.from_pretrained(arguments.work / "vae")
    state = torch.load(arguments.work / "denoiser.pt")
    model = Denoiser(build_text_encoder(tokenizer), build_unet())
    model.load_state_dict(state["average"])
    samples = state["step"] * BATCH
    scenes = load_scenes(arguments.scenes)
    pictures = to_signed(scenes.pictures[scenes.training_indices()[::60]])
    about = describe(scenes.facts, samples, latent_to_rgb(autoencoder, pictures), style=False)
    with torch.no_grad():
        model.unet.conv_in.weight[:, -LAYOUT_CHANNELS:] *= LAYOUT_GAIN
    model.unet.set_attn_processor(AttnProcessor())

    pipeline = StableDiffusionInpaintPipeline(
        vae=autoencoder, text_encoder=model.text_encoder, tokenizer=tokenizer, unet=model.unet, scheduler=build_scheduler(),
        image_encoder=None, feature_extractor=None, safety_checker=None, requires_safety_checker=False)
    partial = arguments.to.with_name(arguments.to.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    pipeline.to(torch.float16).save_pretrained(partial)
    forget_origin(partial / "vae" / "config.json")
    add_prefix(partial / "text_encoder" / "model.safetensors", "text_model.")
    shutil.rmtree(partial / "tokenizer")
    shutil.copytree(arguments.work / "tokenizer", partial / "tokenizer")
    (partial / "backdrop.json").write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n")
    for file in partial.rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)
    previous = arguments.to.with_name(arguments.to.name + ".previous")
    shutil.rmtree(previous, ignore_errors=True)
    if arguments.to.exists():
        arguments.to.rename(previous)
    partial.rename(arguments.to)
    shutil.rmtree(previous, ignore_errors=True)
    print(f"exported after {state['step']} steps, {samples} samples", flush=True)


if __name__ == "__main__":
    main()
