"""Stage 7: puts a trained style adapter into an exported directory; what is there stays as it is, byte for byte.

    python add_style.py --scenes SCENES --to DIRECTORY --style-from WORK/style.pt

Without `--style-from` only `backdrop.json` is written anew.
"""

import argparse
import json
from pathlib import Path

import torch
from transformers import CLIPImageProcessor

from dataset import load_facts
from export import add_prefix, describe, save_adapter
from sampling import Painter
from style import DEVIATION, MEAN, SIZE, StyleAdapter


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--style-from", type=Path)
    arguments = parser.parse_args()

    if arguments.style_from:
        style = StyleAdapter(Painter(arguments.to).model.unet)
        style.load_state_dict(torch.load(arguments.style_from)["style"])
        encoder = style.image_encoder.half()
        encoder.save_pretrained(arguments.to / "image_encoder")
        add_prefix(arguments.to / "image_encoder" / "model.safetensors", "vision_model.")
        CLIPImageProcessor(
            size={"shortest_edge": SIZE}, crop_size={"height": SIZE, "width": SIZE}, image_mean=MEAN, image_std=DEVIATION,
        ).save_pretrained(arguments.to / "feature_extractor")
        save_adapter(style, arguments.to)
        index = arguments.to / "model_index.json"
        values = json.loads(index.read_text())
        values["image_encoder"] = ["transformers", "CLIPVisionModelWithProjection"]
        values["feature_extractor"] = ["transformers", "CLIPImageProcessor"]
        index.write_text(json.dumps(values, indent=2) + "\n")
    file = arguments.to / "backdrop.json"
    before = json.loads(file.read_text())
    about = describe(load_facts(arguments.scenes), before["samples_seen"], before["latent_rgb"], (arguments.to / "ip_adapter").exists())
    file.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n")
    for written in arguments.to.rglob("*"):
        written.chmod(0o755 if written.is_dir() else 0o644)


if __name__ == "__main__":
    main()
