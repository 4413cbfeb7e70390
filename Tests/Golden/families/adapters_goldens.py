"""Adapters on a tiny model of four channels, whose other components are those of `tiny-inpaint`: ControlNets, IP-Adapters, LoRAs, an
embedding, emphasis and length of prompts, words that keep to the background."""

import torch
from diffusers import (
    ControlNetModel,
    EulerDiscreteScheduler,
    StableDiffusionControlNetPipeline,
    StableDiffusionPipeline,
)
from families.model_goldens import SCHEDULE, borrowed, quiet, unet
from make_family_goldens import Recipe, noise
from PIL import Image
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

PROMPT = "a bottle on a white table"


def base(recipe: Recipe):
    """A UNet of its own for each recipe, in the recipe."""
    model = unet(block_out_channels=(16, 32), norm_num_groups=8, cross_attention_dim=32, attention_head_dim=2, sample_size=8)
    recipe.file("unet/diffusion_pytorch_model.safetensors", recipe.fill(model, "unet"))
    scheduler = EulerDiscreteScheduler(**SCHEDULE)
    recipe.configs |= {"unet/config.json": dict(model.config), "scheduler/scheduler_config.json": dict(scheduler.config, _class_name="EulerDiscreteScheduler")}
    return model, scheduler


def run(pipeline, **options) -> torch.Tensor:
    return quiet(pipeline)(
        PROMPT, negative_prompt="light", height=16, width=16, num_inference_steps=10, guidance_scale=2.0,
        generator=torch.Generator().manual_seed(9), output_type="latent", **options).images


def picture(seed: int, side: int) -> tuple[Image.Image, torch.Tensor]:
    values = torch.randint(0, 256, (side, side, 3), generator=torch.Generator().manual_seed(seed), dtype=torch.uint8)
    return Image.fromarray(values.numpy()), values


def control():
    """Two ControlNets with scales and periods of their own; the second in the original code's names too."""
    recipe = Recipe("control")
    model, scheduler = base(recipe)
    nets, images = [], []
    for index in range(2):
        net = ControlNetModel(
            in_channels=4, block_out_channels=(16, 32), layers_per_block=1, down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
            norm_num_groups=8, cross_attention_dim=32, attention_head_dim=2, conditioning_embedding_out_channels=(8, 16)).eval()
        recipe.file(f"control{index}/diffusion_pytorch_model.safetensors", recipe.fill(net, f"control{index}"))
        recipe.configs[f"control{index}/config.json"] = dict(net.config, _class_name="ControlNetModel")
        image, values = picture(80 + index, 16)
        recipe.outputs[f"picture{index}"] = values
        nets.append(net)
        images.append(image)
    parts = borrowed(unet=model, scheduler=scheduler)
    one = StableDiffusionControlNetPipeline(**parts, controlnet=nets[0])
    recipe.outputs["one"] = run(one, image=images[0], controlnet_conditioning_scale=0.8)
    both = StableDiffusionControlNetPipeline(**parts, controlnet=nets)
    recipe.outputs["both"] = run(both, image=images, controlnet_conditioning_scale=[0.7, 1.2], control_guidance_start=[0.0, 0.2], control_guidance_end=[0.6, 1.0])
    recipe.save()


def image_adapter():
    """IP-Adapter in both editions, with the image encoder they read."""
    recipe = Recipe("ip-adapter")
    model, scheduler = base(recipe)
    encoder = CLIPVisionModelWithProjection(CLIPVisionConfig(
        hidden_size=32, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4, image_size=24, patch_size=8, projection_dim=24, hidden_act="gelu")).eval()
    weights = recipe.fill(encoder, "image_encoder")
    if not any(name.startswith("vision_model.") for name in weights):
        weights = {name if name.startswith("visual_projection") else f"vision_model.{name}": spec for name, spec in weights.items()}
    recipe.file("image_encoder/model.safetensors", weights)
    recipe.configs["image_encoder/config.json"] = encoder.config.to_dict()
    image, values = picture(82, 24)
    recipe.outputs["picture"] = values
    widths = [module.to_q.out_features for name, module in attention_layers(model)]
    keys = {f"ip_adapter.{2 * index + 1}.to_{part}_ip.weight": (width, 32) for index, width in enumerate(widths) for part in "kv"}
    inner = 64
    editions = {
        "base": {"image_proj.proj.weight": (4 * 32, 24), "image_proj.proj.bias": (4 * 32,), "image_proj.norm.weight": (32,), "image_proj.norm.bias": (32,)},
        "plus": {
            "image_proj.latents": (1, 3, 40), "image_proj.proj_in.weight": (40, 32), "image_proj.proj_in.bias": (40,), "image_proj.proj_out.weight": (32, 40),
            "image_proj.proj_out.bias": (32,), "image_proj.norm_out.weight": (32,), "image_proj.norm_out.bias": (32,),
            **{f"image_proj.layers.{layer}.{name}": shape for layer in range(4) for name, shape in {
                "0.norm1.weight": (40,), "0.norm1.bias": (40,), "0.norm2.weight": (40,), "0.norm2.bias": (40,), "0.to_q.weight": (inner, 40),
                "0.to_kv.weight": (2 * inner, 40), "0.to_out.weight": (40, inner), "1.0.weight": (40,), "1.0.bias": (40,), "1.1.weight": (160, 40), "1.3.weight": (40, 160)}.items()}},
    }
    for edition, shapes in editions.items():
        specs, state = {}, {"image_proj": {}, "ip_adapter": {}}
        for name, shape in {**shapes, **keys}.items():
            specs[name], value = recipe.tensor(f"{edition}.{name}", shape)
            scope, rest = name.split(".", 1)
            state[scope][rest] = value
        recipe.file(f"{edition}.safetensors", specs)
        pipeline = StableDiffusionPipeline(**borrowed(unet=model, scheduler=scheduler), image_encoder=encoder)
        pipeline.load_ip_adapter(state, subfolder="", weight_name="", low_cpu_mem_usage=False)
        pipeline.set_ip_adapter_scale(0.7)
        pixels = pixel_values(values)
        if edition == "plus":
            embeds = torch.stack([encoder(p, output_hidden_states=True).hidden_states[-2][0] for p in (torch.zeros_like(pixels), pixels)])
            embeds = embeds[:, None]
        else:
            embeds = encoder(pixels).image_embeds
            embeds = torch.stack([torch.zeros_like(embeds), embeds])
        recipe.outputs[f"{edition}.embeds"] = embeds
        recipe.outputs[edition] = run(pipeline, ip_adapter_image_embeds=[embeds])
        pipeline.unload_ip_adapter()
    recipe.save()


def pixel_values(values: torch.Tensor) -> torch.Tensor:
    mean, deviation = torch.tensor([0.48145466, 0.4578275, 0.40821073]), torch.tensor([0.26862954, 0.26130258, 0.27577711])
    return ((values.float() / 255 - mean) / deviation).permute(2, 0, 1)[None]


def attention_layers(model):
    """Cross-attention layers in the order in which adapters number them."""
    names = [name.removesuffix(".processor") for name in model.attn_processors if "attn2" in name]
    return [(name, model.get_submodule(name)) for name in names]


def low_rank():
    """Three files for one model, in the names of kohya-ss, peft and older diffusers, merged here as the paper says."""
    recipe = Recipe("lora")
    model, scheduler = base(recipe)
    parts = borrowed(unet=model, scheduler=scheduler)
    text = parts["text_encoder"]
    prefix = "text_model." if any(name.startswith("text_model.") for name in text.state_dict()) else ""
    layers = {
        "kohya": [("unet", "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q"), ("unet", "mid_block.attentions.0.proj_in"),
                  ("unet", "up_blocks.1.resnets.0.conv1"), ("text", "encoder.layers.0.self_attn.q_proj"), ("text", "encoder.layers.1.mlp.fc2")],
        "peft": [("unet", "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k"), ("unet", "down_blocks.0.attentions.0.transformer_blocks.0.ff.net.0.proj"),
                 ("text", "encoder.layers.1.self_attn.v_proj")],
        "older": [("unet", "up_blocks.1.attentions.0.transformer_blocks.0.attn2.to_out.0"), ("unet", "mid_block.attentions.0.transformer_blocks.0.attn1.to_v")],
    }
    weights, rank = {"kohya": 0.8, "peft": -0.5, "older": 1.0}, 3
    for style, changes in layers.items():
        specs = {}
        for component, layer in changes:
            module = model.get_submodule(layer) if component == "unet" else text.get_submodule(prefix + layer)
            shape = module.weight.shape
            down_shape, up_shape = ((rank, *shape[1:]), (shape[0], rank, *[1] * (len(shape) - 2)))
            down_spec, down = recipe.tensor(f"{style}.{layer}.down", down_shape)
            up_spec, up = recipe.tensor(f"{style}.{layer}.up", up_shape)
            alpha = 2.0 if style == "kohya" else rank
            if style == "kohya":
                stem = ("lora_unet_" if component == "unet" else "lora_te_text_model_") + layer.replace(".", "_")
                specs |= {f"{stem}.lora_down.weight": down_spec, f"{stem}.lora_up.weight": up_spec, f"{stem}.alpha": [[], 1, 0.0, alpha]}
            elif style == "peft":
                stem = f"unet.{layer}" if component == "unet" else f"text_encoder.text_model.{layer}"
                specs |= {f"{stem}.lora_A.weight": down_spec, f"{stem}.lora_B.weight": up_spec}
            else:
                stem = layer.removesuffix(".0") if layer.endswith("to_out.0") else layer
                scope, last = stem.rsplit(".", 1)
                specs |= {f"unet.{scope}.processor.{last}_lora.down.weight": down_spec, f"unet.{scope}.processor.{last}_lora.up.weight": up_spec}
            change = (up.flatten(1) @ down.flatten(1)).reshape(shape)
            module.weight.add_(weights[style] * alpha / rank * change)
        recipe.file(f"{style}.safetensors", specs)
    recipe.outputs["latents"] = run(StableDiffusionPipeline(**parts))
    recipe.save()


def emphasis(states: torch.Tensor, weights: list[float]) -> torch.Tensor:
    """WebUI's emphasis: scaled states, then their mean as before."""
    scaled = states * torch.tensor(weights)[None, :, None]
    return scaled * (states.mean() / scaled.mean())


def prompts():
    """Emphasis, a break, a long prompt cut at a comma, and a learnt word, put together by hand."""
    recipe = Recipe("prompts")
    parts = borrowed()
    text, tokenizer = parts["text_encoder"], parts["tokenizer"]
    words = lambda string: tokenizer(string, add_special_tokens=False).input_ids
    start, end = tokenizer.bos_token_id, tokenizer.eos_token_id

    def chunk(pieces, model=text) -> torch.Tensor:
        ids, weights = [start], [1.0]
        for string, weight in pieces:
            ids += words(string) if isinstance(string, str) else string
            weights += [weight] * (len(ids) - len(weights))
        padding = 77 - len(ids)
        ids, weights = ids + [end] * padding, weights + [1.0] * padding
        states = model(torch.tensor([ids])).last_hidden_state
        return emphasis(states, weights) if any(weight != 1 for weight in weights) else states

    recipe.outputs["emphasis"] = chunk([("a", 1.0), ("bottle", 1.1), ("on", 1 / 1.1), ("white", 1.5), ("marble table", 1.1 * 1.1), (", soft", 1.0)])
    recipe.outputs["break"] = torch.cat([chunk([("a bottle", 1.0)]), chunk([("on", 1.0), ("marble", 1.2)])], dim=1)
    phrase = "soft window light on marble,"
    unit = words(phrase)
    assert len(unit) == 6
    count, first = 0, []
    # As many whole repetitions as end with a comma within one chunk, the rest in the next.
    while count + len(unit) <= 75:
        first.append((phrase, 1.0))
        count += len(unit)
    rest = [(phrase, 1.0)] * (15 - len(first))
    recipe.outputs["long"] = torch.cat([chunk(first), chunk(rest)], dim=1)

    vectors_spec, vectors = recipe.tensor("vectors", (2, 32))
    recipe.file("brandlight.safetensors", {"emb_params": vectors_spec})
    size = text.config.vocab_size
    table = text.get_input_embeddings()
    table.weight = torch.nn.Parameter(torch.cat([table.weight, vectors]), requires_grad=False)
    table.num_embeddings = size + 2
    recipe.outputs["embedding"] = chunk([("a bottle in", 1.0), ([size, size + 1], 1.3), ("light", 1.0)])
    recipe.save()


class BackgroundProcessor:
    """Plain attention whose scores for some tokens get the logarithm of each position's share of background."""

    def __init__(self, shares: dict[int, torch.Tensor], tokens: list[int], pictures=None):
        self.shares, self.tokens = shares, tokens

    def __call__(self, attn, hidden_states, encoder_hidden_states=None, attention_mask=None, **_):
        context = hidden_states if encoder_hidden_states is None else encoder_hidden_states
        heads = lambda x: x.unflatten(-1, (attn.heads, -1)).transpose(1, 2)
        query, key, value = heads(attn.to_q(hidden_states)), heads(attn.to_k(context)), heads(attn.to_v(context))
        scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
        if encoder_hidden_states is not None:
            share = self.shares[hidden_states.shape[1]]
            # The second half of the batch is the prompt; the first, the negative prompt, has none of the words.
            bias = torch.zeros_like(scores)
            bias[bias.shape[0] // 2:, :, :, self.tokens] = torch.log(share)[None, None, :, None].expand(-1, -1, -1, len(self.tokens))
            scores = scores + bias
        return attn.to_out[0]((scores.softmax(-1) @ value).transpose(1, 2).flatten(2))


def background():
    """Two words that only the background hears, softly and hard, at every resolution; the known part is blended in."""
    from diffusers import StableDiffusionInpaintPipeline

    recipe = Recipe("background")
    model, scheduler = base(recipe)
    parts = borrowed(unet=model, scheduler=scheduler)
    prompt_ids = parts["tokenizer"](PROMPT, padding="max_length", max_length=77).input_ids
    words = [parts["tokenizer"](word, add_special_tokens=False).input_ids for word in ("bottle", "white table")]
    tokens = [start + offset for pattern in words for start in range(77) if prompt_ids[start:start + len(pattern)] == pattern for offset in range(len(pattern))]
    image, values = picture(90, 16)
    kept = torch.zeros(16, 16)
    kept[4:10, 6:12] = 1  # whole latent cells, but not whole cells of the coarser map
    recipe.outputs |= {"picture": values, "kept": (kept * 255).to(torch.uint8), "tokens": torch.tensor(tokens)}
    mask = Image.fromarray(((1 - kept) * 255).to(torch.uint8).numpy())
    for mode in ("soft", "hard"):
        shares = {}
        for side in (8, 4):
            cells = kept.unfold(0, 16 // side, 16 // side).unfold(1, 16 // side, 16 // side).flatten(2)
            shares[side * side] = (1 - cells.mean(-1) if mode == "soft" else (cells.amax(-1) == 0).float()).flatten()
        model.set_attn_processor({name: BackgroundProcessor(shares, tokens) for name in model.attn_processors})
        pipeline = StableDiffusionInpaintPipeline(**parts)
        recipe.outputs[mode] = run(pipeline, image=image, mask_image=mask, strength=1.0)
    recipe.save()


ALL = [control, image_adapter, low_rank, prompts, background]
