"""Makes the golden data that the engine's tests compare with: a tiny random model and what PyTorch, diffusers and
transformers compute with it.

    pip install -r requirements.txt
    python make_goldens.py

Rerun only when a case is added; the files are committed. Everything is float32 on the CPU, tensors are in PyTorch's
layout (channels first). See README.md for every file and tensor.
"""

import json
import shutil
import sys
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    AutoencoderTiny,
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerDiscreteScheduler,
    StableDiffusionInpaintPipeline,
    UNet2DConditionModel,
)
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

HERE = Path(__file__).parent
MODEL = HERE / "tiny-inpaint"
sys.path.insert(0, str(HERE.parents[1] / "Sources" / "StarterModel" / "Training"))
from byte_pairs import byte_symbols, word_pieces, write_tokenizer  # noqa: E402

CORPUS = "a an the product bottle on in with white marble table soft window light background studio left right it's".split() + ["商品", "背景", "の"]

PROMPTS = [
    "",
    "a",
    "a bottle on a white marble table",
    "A Bottle ON a White MARBLE Table",
    "  leading,   inner \t and \n trailing   ",
    "soft window light, studio background; left & right!",
    "it's the bottle's table, they're we've I'm you'll he'd don't",
    "IT'S",
    "'s 't alone ' quote ''double''",
    "1234567890 4k 8K 3.14 50%",
    "x² ½ ⅷ ٣ 五",
    "café naïve Ångström",
    "cafe\u0301 A\u030angstro\u0308m",
    "Straße İstanbul ΑΣ ΟΔΟΣ",
    "商品の背景",
    "白い大理石のテーブル、柔らかい光。",
    "ﾊﾝｶｸ カタカナ ＡＢＣ１２３",
    "부드러운 빛",
    "العربية ضوء",
    "мягкий свет",
    "हिन्दी",
    "🎉",
    "a 👩‍👩‍👧 family 👍🏽 on a table",
    "snake_case kebab-case CamelCase path/to/file.png",
    "<tag> [square] (round:1.2) {curly} BREAK",
    "<|endoftext|>",
    "a <|startoftext|> b",
    "...---!!!???",
    "zero\u200bwidth no\u00a0break",
    "“curly” ‘quotes’ — dash … dots",
    "a bottle on a white marble table, " * 12,
    "白" * 120,
]


def random_parameters(model: torch.nn.Module, seed: int, attention_gain: float = 2.5) -> None:
    """Random everything, biases and norms too, with attention sharp enough that a wrong softmax shows.

    In a deep model sharp attention is chaotic: there a gain of 1 keeps float32 within 1e-6 of float64.
    """
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if "norm" in name and name.endswith("weight"):
                parameter.copy_(1 + 0.2 * noise)
            elif parameter.dim() == 1:
                parameter.copy_(0.2 * noise)
            elif "embedding" in name and "time" not in name:
                parameter.copy_(0.5 * noise)
            else:
                gain = attention_gain if any(key in name for key in ("to_q", "to_k", "q_proj", "k_proj")) else 1.0
                parameter.copy_(gain * noise / parameter[0].numel() ** 0.5)


def write_tiny_tokenizer() -> None:
    symbols = byte_symbols()
    write_tokenizer(MODEL / "tokenizer", {word_pieces(word, symbols): 50 for word in CORPUS}, limit=120)


def build_model() -> StableDiffusionInpaintPipeline:
    shutil.rmtree(MODEL, ignore_errors=True)
    write_tiny_tokenizer()
    tokenizer = CLIPTokenizer.from_pretrained(MODEL / "tokenizer")
    text_encoder = CLIPTextModel(CLIPTextConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, projection_dim=32, num_hidden_layers=2, num_attention_heads=4,
        max_position_embeddings=77, hidden_act="quick_gelu",
        bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id))
    unet = UNet2DConditionModel(
        sample_size=8, in_channels=9, out_channels=4, block_out_channels=(16, 32), layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        cross_attention_dim=32, attention_head_dim=2, norm_num_groups=8)
    vae = AutoencoderKL(
        block_out_channels=(16, 16), layers_per_block=1, latent_channels=4, norm_num_groups=8, sample_size=16, scaling_factor=0.7,
        down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2)
    for seed, model in enumerate((text_encoder, unet, vae)):
        random_parameters(model.eval(), seed)
    # The pipeline insists on steps_offset 1; trailing spacing does not use it.
    scheduler = DDIMScheduler(**SCHEDULE, prediction_type="v_prediction", timestep_spacing="trailing", steps_offset=1, set_alpha_to_one=True)
    pipeline = StableDiffusionInpaintPipeline(
        vae=vae, text_encoder=text_encoder, tokenizer=tokenizer, unet=unet, scheduler=scheduler,
        safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    pipeline.set_progress_bar_config(disable=True)
    pipeline.save_pretrained(MODEL)
    # Published checkpoints carry this prefix; newer transformers leave it out when they write.
    weights = MODEL / "text_encoder" / "model.safetensors"
    save_file({f"text_model.{name}": value for name, value in load_file(weights).items()}, weights, metadata={"format": "pt"})
    # Newer transformers write a tokenizer.json beside CLIP's two files; the tests read the two files.
    (MODEL / "tokenizer" / "tokenizer.json").unlink(missing_ok=True)
    write_tiny_tokenizer()
    return pipeline


SCHEDULE = dict(num_train_timesteps=1000, beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012, clip_sample=False)


def noise(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def save(name: str, tensors: dict[str, torch.Tensor]) -> None:
    save_file({key: value.detach().contiguous().clone() for key, value in tensors.items()}, HERE / name)


def padded_ids(tokenizer, prompts: list[str]) -> torch.Tensor:
    return tokenizer(prompts, padding="max_length", truncation=True, max_length=77, return_tensors="pt").input_ids


def tokenizer_goldens(pipeline) -> None:
    """tokens.json: for each prompt all ids without truncation, with start and end."""
    cases = [dict(prompt=prompt, ids=pipeline.tokenizer(prompt, truncation=False).input_ids) for prompt in PROMPTS]
    (HERE / "tokens.json").write_text("[\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]\n")


def text_goldens(pipeline) -> None:
    ids = padded_ids(pipeline.tokenizer, [PROMPTS[2], PROMPTS[15]])
    output = pipeline.text_encoder(ids, output_hidden_states=True)
    config = CLIPTextConfig(**{**pipeline.text_encoder.config.to_dict(), "hidden_act": "gelu"})
    exact_gelu = CLIPTextModel(config).eval()
    exact_gelu.load_state_dict(pipeline.text_encoder.state_dict())
    save("text.safetensors", {
        "ids": ids, "last_hidden_state": output.last_hidden_state, "penultimate_hidden_state": output.hidden_states[-2],
        "gelu_last_hidden_state": exact_gelu(ids).last_hidden_state})


def unet_goldens(pipeline) -> None:
    """Two pictures at different timesteps, 8 x 12 latents, with the outputs of every block to find a fault by."""
    unet = pipeline.unet
    tensors = {"sample": noise(10, 2, 9, 8, 12), "timesteps": torch.tensor([999, 17]), "encoder_hidden_states": noise(11, 2, 77, 32)}
    handles = []

    def record(name):
        def hook(_, __, output):
            tensors[name] = output[0] if isinstance(output, tuple) else output
        return hook

    parts = {"conv_in": unet.conv_in, "time_embedding": unet.time_embedding, "mid_block": unet.mid_block}
    parts |= {f"down_blocks.{k}": block for k, block in enumerate(unet.down_blocks)}
    parts |= {f"up_blocks.{k}": block for k, block in enumerate(unet.up_blocks)}
    for name, module in parts.items():
        handles.append(module.register_forward_hook(record(name)))
    tensors["output"] = unet(tensors["sample"], tensors["timesteps"], tensors["encoder_hidden_states"]).sample
    for handle in handles:
        handle.remove()
    save("unet.safetensors", tensors)


def faint_goldens() -> None:
    """A transformer on numbers so small that the epsilon of its group norm shows."""
    unet = UNet2DConditionModel.from_pretrained(HERE / "tiny-inpaint" / "unet").eval()
    x, states = 1e-3 * noise(12, 1, 16, 4, 6), noise(13, 1, 77, 32)
    output = unet.down_blocks[0].attentions[0](x, encoder_hidden_states=states).sample
    save("faint.safetensors", {"x": x, "encoder_hidden_states": states, "added": output - x})


def unet_variant_goldens() -> None:
    """A UNet with the options that Stable Diffusion 2 and others set differently; `tiny-unet/` holds it."""
    unet = UNet2DConditionModel(
        sample_size=8, in_channels=9, out_channels=4, block_out_channels=(8, 16, 16), layers_per_block=2,
        down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
        cross_attention_dim=32, attention_head_dim=[1, 2, 4], norm_num_groups=4, norm_eps=1e-3, use_linear_projection=True,
        transformer_layers_per_block=[1, 2, 1], flip_sin_to_cos=False, freq_shift=1).eval()
    random_parameters(unet, 5, attention_gain=1)
    unet.save_pretrained(HERE / "tiny-unet")
    sample, states = noise(12, 1, 9, 8, 12), noise(13, 1, 77, 32)
    save("unet-variant.safetensors", {
        "sample": sample, "timesteps": torch.tensor([301]), "encoder_hidden_states": states, "output": unet(sample, 301, states).sample})


def autoencoder_goldens(pipeline) -> None:
    """16 x 24 picture to unscaled latent mean and log variance; an unscaled latent to a picture."""
    picture, latent = noise(20, 1, 3, 16, 24).clamp(-1, 1), noise(21, 1, 4, 8, 12)
    posterior = pipeline.vae.encode(picture).latent_dist
    save("autoencoder.safetensors", {
        "picture": picture, "mean": posterior.mean, "logvar": posterior.logvar, "latent": latent, "decoded": pipeline.vae.decode(latent).sample})


def tiled_autoencoder_goldens() -> None:
    """In tiles of 8 latent cells, that overlap by a quarter."""
    torch.manual_seed(5)
    autoencoder = AutoencoderKL.from_pretrained(HERE / "tiny-inpaint" / "vae").eval()
    autoencoder.enable_tiling()
    autoencoder.tile_latent_min_size, autoencoder.tile_sample_min_size = 8, 16
    latent, picture = torch.randn(1, 4, 13, 22), torch.rand(1, 3, 26, 44) * 2 - 1
    save("tiled-autoencoder.safetensors", {
        "latent": latent, "decoded": autoencoder.decode(latent).sample, "picture": picture, "mean": autoencoder.encode(picture).latent_dist.mean})


def tiny_autoencoder_goldens() -> None:
    """16 x 24 picture to unscaled latent; an unscaled latent, wide enough for its soft bound to show, to a picture."""
    model = AutoencoderTiny(
        encoder_block_out_channels=(8, 8, 8), decoder_block_out_channels=(8, 8, 8), num_encoder_blocks=(0, 2, 1), num_decoder_blocks=(2, 1, 0),
        latent_channels=4, scaling_factor=0.8)
    random_parameters(model.eval(), 3)
    model.save_pretrained(HERE / "tiny-autoencoder")
    picture, latent = noise(22, 1, 3, 16, 24).clamp(-1, 1), 2 * noise(23, 1, 4, 4, 6)
    save("tiny-autoencoder.safetensors", {
        "picture": picture, "encoded": model.encode(picture).latents, "latent": latent, "decoded": model.decode(latent).sample})


def scheduler_goldens() -> None:
    """Trajectories with a made-up sequence of model outputs [step, 1, 4, 4, 4], one case a scheduler, spacing, prediction and step count."""
    outputs, start = noise(30, 25, 1, 4, 4, 4), noise(31, 1, 4, 4, 4)
    tensors, cases = {"model_outputs": outputs, "noise": start}, []
    spacings = [dict(timestep_spacing="leading", steps_offset=1), dict(timestep_spacing="trailing", steps_offset=0)]
    classes = {"ddim": (DDIMScheduler, {}), "euler": (EulerDiscreteScheduler, {}), "dpmpp_2m": (DPMSolverMultistepScheduler, {}),
               "euler_karras": (EulerDiscreteScheduler, dict(use_karras_sigmas=True)), "dpmpp_2m_karras": (DPMSolverMultistepScheduler, dict(use_karras_sigmas=True))}
    for sampler, (kind, extra) in classes.items():
        for spacing in spacings:
            for prediction in ("epsilon", "v_prediction"):
                for steps in (10, 25):
                    if "karras" in sampler and steps == 25:
                        continue
                    options = dict(SCHEDULE, prediction_type=prediction, **spacing, **extra)
                    if kind is DDIMScheduler:
                        options["set_alpha_to_one"] = spacing["timestep_spacing"] == "trailing"
                    else:
                        options.pop("clip_sample")
                    name = f"{sampler}.{spacing['timestep_spacing']}.{prediction}.{steps}"
                    cases.append(dict(name=name, sampler=sampler, steps=steps, config=options))
                    tensors |= {f"{name}.{key}": value for key, value in trajectory(kind(**options), steps, start, outputs).items()}
    rare = {"linspace": dict(timestep_spacing="linspace"), "zero_snr": dict(timestep_spacing="trailing", rescale_betas_zero_snr=True)}
    for sampler in ("ddim", "euler", "dpmpp_2m"):
        for label, extra in rare.items():
            for steps in (7, 20):
                options = dict(SCHEDULE, beta_schedule="linear", prediction_type="v_prediction", **extra)
                if sampler != "ddim":
                    options.pop("clip_sample")
                name = f"{sampler}.{label}.v_prediction.{steps}"
                cases.append(dict(name=name, sampler=sampler, steps=steps, config=options))
                tensors |= {f"{name}.{key}": value for key, value in trajectory(classes[sampler][0](**options), steps, start, outputs).items()}
    save("schedulers.safetensors", tensors)
    (HERE / "schedulers.json").write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")


def trajectory(scheduler, steps: int, start: torch.Tensor, outputs: torch.Tensor) -> dict[str, torch.Tensor]:
    scheduler.set_timesteps(steps)
    sample = start * scheduler.init_noise_sigma
    samples, inputs = [], []
    for index, timestep in enumerate(scheduler.timesteps):
        inputs.append(scheduler.scale_model_input(sample, timestep))
        sample = scheduler.step(outputs[index], timestep, sample).prev_sample
        samples.append(sample)
    noised = type(scheduler).from_config(scheduler.config)
    noised.set_timesteps(steps)
    noised = noised.add_noise(outputs[0], start, noised.timesteps[3:4])
    result = {"noised": noised, "timesteps": scheduler.timesteps.float(), "init_noise_sigma": torch.tensor(float(scheduler.init_noise_sigma)), "samples": torch.stack(samples)}
    if isinstance(scheduler, EulerDiscreteScheduler):
        result["scaled_inputs"] = torch.stack(inputs)
    if not isinstance(scheduler, DDIMScheduler):
        result["sigmas"] = scheduler.sigmas.float()
    return result


def random_goldens() -> None:
    """torch.randn on the CPU: `SEED.COUNT`, float32; other paths below 16 values and when the count is no multiple of 16."""
    counts = {0: (4, 15, 16, 17, 100, 4096), 42: (4, 15, 16, 17, 100, 16384), 123456789: (16, 17), 2**32 + 5: (16,)}
    save("random.safetensors", {f"{seed}.{count}": noise(seed, count) for seed, each in counts.items() for count in each})


def pipeline_goldens(pipeline) -> None:
    """Stock inpainting runs: 10 steps, guidance 2, given latents, mask and masked-image latents.

    More guidance makes random weights chaotic: at 5, PyTorch's own float32 result is 3e-3 away from its float64.
    """
    picture = noise(40, 1, 3, 16, 16).clamp(-1, 1)
    mask = torch.ones(1, 1, 16, 16)
    mask[..., 4:12, 5:11] = 0
    masked_latents = pipeline.vae.encode(picture * (mask < 0.5)).latent_dist.mean * pipeline.vae.config.scaling_factor
    latents = noise(41, 1, 4, 8, 8)
    prompt, negative = PROMPTS[2], "soft light, 背景"
    tensors = {"latents": latents, "picture": picture, "mask": mask, "latent_mask": mask[..., ::2, ::2], "masked_image_latents": masked_latents}
    tensors["prompt_ids"] = padded_ids(pipeline.tokenizer, [prompt])
    tensors["negative_ids"] = padded_ids(pipeline.tokenizer, [negative])
    config = pipeline.scheduler.config
    samplers = {"ddim": DDIMScheduler, "euler": EulerDiscreteScheduler, "dpmpp_2m": DPMSolverMultistepScheduler}
    for name, kind in samplers.items():
        pipeline.scheduler = kind.from_config(config)
        common = dict(
            prompt=prompt, negative_prompt=negative, image=(picture + 1) / 2, mask_image=mask, masked_image_latents=masked_latents,
            height=16, width=16, strength=1.0, num_inference_steps=10, guidance_scale=2.0)
        final = pipeline(**common, latents=latents.clone(), output_type="latent").images
        tensors[f"{name}.final_latents"] = final
        tensors[f"{name}.decoded"] = pipeline.vae.decode(final / pipeline.vae.config.scaling_factor).sample
    save("pipeline.safetensors", tensors)
    (HERE / "pipeline.json").write_text(json.dumps(dict(prompt=prompt, negative_prompt=negative, steps=10, guidance_scale=2.0, samplers=[*samplers]), ensure_ascii=False) + "\n")


def canvas_goldens(pipeline, config) -> None:
    """A run from an 8-bit canvas, a product mask and a seed, as the studio asks for one: DPM++ 2M, 8 steps, guidance 2."""
    canvas = torch.randint(0, 256, (24, 32, 3), generator=torch.Generator().manual_seed(50), dtype=torch.uint8)
    product = torch.zeros(24, 32, dtype=torch.uint8)
    product[6:18, 10:20] = 255
    picture = canvas.permute(2, 0, 1)[None].float() / 127.5 - 1
    mask = (product < 128)[None, None].float()
    masked_latents = pipeline.vae.encode(picture * (mask < 0.5)).latent_dist.mean * pipeline.vae.config.scaling_factor
    pipeline.scheduler = DPMSolverMultistepScheduler.from_config(config)
    latents = noise(2024, 1, 4, 12, 16)
    final = pipeline(
        prompt=PROMPTS[2], negative_prompt=PROMPTS[14], image=(picture + 1) / 2, mask_image=mask, masked_image_latents=masked_latents,
        height=24, width=32, strength=1.0, num_inference_steps=8, guidance_scale=2.0, latents=latents, output_type="latent").images
    decoded = pipeline.vae.decode(final / pipeline.vae.config.scaling_factor).sample
    result = ((decoded / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8)[0].permute(1, 2, 0)
    save("canvas.safetensors", {"canvas": canvas, "product": product, "final_latents": final, "result": result})
    (HERE / "canvas.json").write_text(json.dumps(dict(
        prompt=PROMPTS[2], negative_prompt=PROMPTS[14], steps=8, guidance_scale=2.0, seed=2024, sampler="dpmpp_2m"), ensure_ascii=False) + "\n")


def main() -> None:
    torch.set_num_threads(1)
    with torch.no_grad():
        pipeline = build_model()
        tokenizer_goldens(pipeline)
        text_goldens(pipeline)
        unet_goldens(pipeline)
        faint_goldens()
        unet_variant_goldens()
        autoencoder_goldens(pipeline)
        tiled_autoencoder_goldens()
        tiny_autoencoder_goldens()
        scheduler_goldens()
        random_goldens()
        config = pipeline.scheduler.config
        pipeline_goldens(pipeline)
        canvas_goldens(pipeline, config)
    for file in HERE.rglob("*.safetensors"):
        file.chmod(0o644)
    print(f"{sum(file.stat().st_size for file in HERE.rglob('*') if file.is_file()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
