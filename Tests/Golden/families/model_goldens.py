"""Whole models as single files: Stable Diffusion 1.x inpainting, 2.x, XL; and a model distilled to few steps."""

import json
import tempfile
from pathlib import Path

import numpy
import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    LCMScheduler,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from diffusers.loaders.single_file_utils import convert_ldm_unet_checkpoint, convert_ldm_vae_checkpoint
from families.original_names import autoencoder_name, open_clip, unet_name
from make_family_goldens import HERE, Recipe
from PIL import Image
from safetensors.torch import load_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

MERGES = HERE.parents[1] / "Sources" / "Diffusion" / "Resources" / "clip" / "merges.txt"
# As ArchitectureRecognition.swift writes it, and as the original models were published.
SCHEDULE = dict(num_train_timesteps=1000, beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012, steps_offset=1, timestep_spacing="leading")
PROMPT, NEGATIVE = "A glass bottle on wet slate, morning light; it's quiet!", "blurry, 商品"


def clip_tokenizer(padding: str = "<|endoftext|>") -> CLIPTokenizer:
    """CLIP's own tokenizer as transformers makes it from the table that ships with the engine."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = [chr(byte) for byte in printable] + [chr(256 + index) for index in range(256 - len(printable))]
    merges = MERGES.read_text().strip().split("\n")[1:]
    pieces = letters + [letter + "</w>" for letter in letters] + ["".join(merge.split()) for merge in merges] + ["<|startoftext|>", "<|endoftext|>"]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "vocab.json").write_text(json.dumps({piece: index for index, piece in enumerate(pieces)}))
        (Path(folder) / "merges.txt").write_text(MERGES.read_text())
        (Path(folder) / "tokenizer_config.json").write_text(json.dumps(dict(tokenizer_class="CLIPTokenizer", model_max_length=77, pad_token=padding)))
        return CLIPTokenizer.from_pretrained(folder)


def text_encoder(kind=CLIPTextModel, layers: int = 2, **options):
    return kind(CLIPTextConfig(
        vocab_size=49408, hidden_size=16, intermediate_size=32, projection_dim=16, num_hidden_layers=layers, num_attention_heads=1,
        bos_token_id=49406, eos_token_id=49407, **options)).eval()


def autoencoder(scaling: float) -> AutoencoderKL:
    return AutoencoderKL(
        block_out_channels=(32, 32), layers_per_block=1, latent_channels=4, norm_num_groups=32, sample_size=32, scaling_factor=scaling,
        down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2).eval()


def unet(**options) -> UNet2DConditionModel:
    values = dict(
        sample_size=16, in_channels=4, out_channels=4, block_out_channels=(32, 64), layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"), cross_attention_dim=16)
    return UNet2DConditionModel(**{**values, **options}).eval()


def single_file(recipe: Recipe, model_unet, vae, dtype: str, text: dict, extra: dict | None = None) -> None:
    """Writes the recipe of `model.safetensors` and has diffusers read UNet and autoencoder back from it."""
    network, codec = recipe.fill(model_unet, "unet", dtype), recipe.fill(vae, "vae", dtype)
    layers = model_unet.config.layers_per_block
    tensors = {f"model.diffusion_model.{unet_name(name, layers, network)}": spec for name, spec in network.items()}
    for name, spec in codec.items():
        # The original code has its attention as 1x1 convolutions.
        shape = spec[0] + [1, 1] if "attentions" in name and len(spec[0]) == 2 else spec[0]
        tensors[f"first_stage_model.{autoencoder_name(name, len(vae.config.block_out_channels))}"] = [shape, *spec[1:]]
    named = {f"model.diffusion_model.{unet_name(name, layers, network)}": value for name, value in model_unet.state_dict().items()}
    back = convert_ldm_unet_checkpoint(named, dict(model_unet.config))
    assert back.keys() == model_unet.state_dict().keys() and all(torch.equal(back[key], value) for key, value in model_unet.state_dict().items())
    named = {f"first_stage_model.{autoencoder_name(name, 2)}": value for name, value in vae.state_dict().items()}
    back = convert_ldm_vae_checkpoint(named, dict(vae.config))
    assert back.keys() == vae.state_dict().keys() and all(torch.equal(back[key], value) for key, value in vae.state_dict().items())
    recipe.file("model.safetensors", {**tensors, **text, **(extra or {})}, dtype)


def pictures() -> tuple[Image.Image, Image.Image]:
    """A random picture, and a mask that is white where it is to be painted; the product is in the middle."""
    picture = torch.randint(0, 256, (32, 32, 3), generator=torch.Generator().manual_seed(70), dtype=torch.uint8)
    mask = torch.full((32, 32), 255, dtype=torch.uint8)
    mask[8:24, 10:22] = 0
    return Image.fromarray(picture.numpy()), Image.fromarray(mask.numpy())


def quiet(pipeline):
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def finish(recipe: Recipe, name: str, pipeline, latents: torch.Tensor) -> None:
    recipe.outputs[f"{name}.latents"] = latents
    decoded = pipeline.vae.decode(latents / pipeline.vae.config.scaling_factor).sample
    recipe.outputs[f"{name}.picture"] = ((decoded / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8)[0].permute(1, 2, 0)


def inpaint(pipeline, **options):
    picture, mask = pictures()
    return quiet(pipeline)(
        prompt=PROMPT, negative_prompt=NEGATIVE, image=picture, mask_image=mask, height=32, width=32, num_inference_steps=10,
        guidance_scale=2.0, generator=torch.Generator().manual_seed(5), output_type="latent", **options).images


def sd1_inpainting():
    """float16, with the averaged copies and the tables that published files carry; from picture, mask and seed to latents."""
    recipe = Recipe("sd1-inpainting")
    model_unet, vae, text = unet(in_channels=9, attention_head_dim=8), autoencoder(0.18215), text_encoder(hidden_act="quick_gelu")
    words = recipe.fill(text, "text", "F16")
    prefix = "" if any(name.startswith("text_model.") for name in words) else "text_model."
    junk = {"model_ema.decay": [[], 1, 0.1, 0.9], "model_ema.diffusion_modelout2weight": [[4, 32, 3, 3], 2, 0.1, 0.0], "alphas_cumprod": [[1000], 3, 0.1, 0.5]}
    single_file(recipe, model_unet, vae, "F16", {f"cond_stage_model.transformer.{prefix}{name}": spec for name, spec in words.items()}, junk)
    for name, kind in (("euler", EulerDiscreteScheduler), ("euler_a", EulerAncestralDiscreteScheduler)):
        pipeline = StableDiffusionInpaintPipeline(
            vae=vae, text_encoder=text, tokenizer=clip_tokenizer(), unet=model_unet, scheduler=kind(**SCHEDULE), safety_checker=None, feature_extractor=None, requires_safety_checker=False)
        finish(recipe, name, pipeline, inpaint(pipeline, strength=1.0))
    finish(recipe, "euler.half", pipeline, inpaint(pipeline.__class__(**{**pipeline.components, "scheduler": EulerDiscreteScheduler(**SCHEDULE)}, requires_safety_checker=False), strength=0.55))
    picture, mask = pictures()
    recipe.outputs |= {"picture": torch.from_numpy(numpy.array(picture)), "mask": torch.from_numpy(numpy.array(mask))}
    recipe.save()


def sd2():
    """bfloat16, velocity, OpenCLIP's last layer but one; a model of four channels, so that the known region is blended in."""
    recipe = Recipe("sd2")
    model_unet, vae = unet(use_linear_projection=True, attention_head_dim=[1, 1]), autoencoder(0.18215)
    text = text_encoder(layers=2, hidden_act="gelu", pad_token_id=0)
    words = recipe.fill(text, "text", "BF16")
    last = {name.replace("layers.1.", "layers.2."): spec for name, spec in words.items() if "layers.1." in name}
    words_in_file = open_clip({**words, **last, "text_projection.weight": [[16, 16], 4, 0.25, 0.0]})
    single_file(recipe, model_unet, vae, "BF16", {f"cond_stage_model.model.{name}": spec for name, spec in words_in_file.items()})
    schedule = dict(SCHEDULE, prediction_type="v_prediction")
    for name, scheduler in (("ddim", DDIMScheduler(**schedule, clip_sample=False, set_alpha_to_one=False)), ("euler_a", EulerAncestralDiscreteScheduler(**schedule))):
        pipeline = StableDiffusionInpaintPipeline(
            vae=vae, text_encoder=text, tokenizer=clip_tokenizer("!"), unet=model_unet, scheduler=scheduler, safety_checker=None, feature_extractor=None, requires_safety_checker=False)
        finish(recipe, name, pipeline, inpaint(pipeline, strength=1.0))
    finish(recipe, "euler_a.part", pipeline, inpaint(pipeline, strength=0.7))
    recipe.save()


def sdxl():
    """Two text encoders, the pooled prompt and the picture's size; from prompt and seed to latents, with and without a negative prompt."""
    recipe = Recipe("sdxl")
    model_unet = unet(
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), transformer_layers_per_block=[1, 2],
        attention_head_dim=[1, 1], use_linear_projection=True, cross_attention_dim=32, addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=64)
    vae, first = autoencoder(0.13025), text_encoder(layers=3, hidden_act="quick_gelu")
    second = text_encoder(CLIPTextModelWithProjection, layers=3, hidden_act="gelu", pad_token_id=0)
    words = recipe.fill(first, "first")
    prefix = "" if any(name.startswith("text_model.") for name in words) else "text_model."
    text = {f"conditioner.embedders.0.transformer.{prefix}{name}": spec for name, spec in words.items()}
    text |= {f"conditioner.embedders.1.model.{name}": spec for name, spec in open_clip(recipe.fill(second, "second")).items()}
    single_file(recipe, model_unet, vae, "F32", text)
    pipeline = quiet(StableDiffusionXLPipeline(
        vae=vae, text_encoder=first, text_encoder_2=second, tokenizer=clip_tokenizer(), tokenizer_2=clip_tokenizer("!"), unet=model_unet,
        scheduler=EulerDiscreteScheduler(**SCHEDULE), add_watermarker=False))
    common = dict(prompt=PROMPT, height=32, width=48, num_inference_steps=10, guidance_scale=2.0, output_type="latent")
    # diffusers skips no layers for the negative prompt, which WebUI does; without guidance both agree.
    for name, options in (("plain", {}), ("negative", dict(negative_prompt=NEGATIVE)), ("clip_skip", dict(clip_skip=1, guidance_scale=1.0))):
        finish(recipe, name, pipeline, pipeline(**{**common, **options}, generator=torch.Generator().manual_seed(6)).images)
    recipe.save()


def borrowed(**parts):
    """A pipeline's other parts from the tiny model that `make_goldens.py` made."""
    tiny = StableDiffusionInpaintPipeline.from_pretrained(HERE / "tiny-inpaint", safety_checker=None)
    return {**dict(vae=tiny.vae, text_encoder=tiny.text_encoder, tokenizer=tiny.tokenizer, safety_checker=None, feature_extractor=None, requires_safety_checker=False), **parts}


def few_steps():
    """A consistency model that hears the guidance scale itself; the other components are those of `tiny-inpaint`."""
    recipe = Recipe("lcm")
    model_unet = unet(block_out_channels=(16, 32), norm_num_groups=8, cross_attention_dim=32, attention_head_dim=2, sample_size=8, time_cond_proj_dim=16)
    recipe.file("unet/diffusion_pytorch_model.safetensors", recipe.fill(model_unet, "unet"))
    scheduler = LCMScheduler(**{key: value for key, value in SCHEDULE.items() if key != "timestep_spacing"}, clip_sample=False)
    recipe.configs = {"unet/config.json": dict(model_unet.config), "scheduler/scheduler_config.json": dict(scheduler.config, _class_name="LCMScheduler")}
    recipe.configs["unet/config.json"].pop("_name_or_path", None)
    pipeline = quiet(StableDiffusionPipeline(**borrowed(unet=model_unet, scheduler=scheduler)))
    latents = pipeline("a bottle on a white table", height=16, width=16, num_inference_steps=4, guidance_scale=7.5, generator=torch.Generator().manual_seed(8), output_type="latent").images
    recipe.outputs["latents"] = latents
    recipe.save()


ALL = [sd1_inpainting, sd2, sdxl, few_steps]
