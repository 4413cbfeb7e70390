"""Names of the original Stable Diffusion code for tensors that diffusers names, to write single files with; checked by letting
diffusers read the result back."""

RESIDUAL = {"norm1": "in_layers.0", "conv1": "in_layers.2", "time_emb_proj": "emb_layers.1", "norm2": "out_layers.0", "conv2": "out_layers.3", "conv_shortcut": "skip_connection"}
UNET = {"time_embedding.linear_1": "time_embed.0", "time_embedding.linear_2": "time_embed.2", "add_embedding.linear_1": "label_emb.0.0",
        "add_embedding.linear_2": "label_emb.0.2", "conv_in": "input_blocks.0.0", "conv_norm_out": "out.0", "conv_out": "out.2"}
ATTENTION = {"group_norm": "norm", "to_q": "q", "to_k": "k", "to_v": "v", "to_out.0": "proj_out"}


def unet_name(name: str, layers: int, names) -> str:
    stem, part = name.rsplit(".", 1)
    if stem in UNET:
        return f"{UNET[stem]}.{part}"
    pieces = name.split(".")
    if pieces[0] == "mid_block":
        number = {("resnets", "0"): 0, ("attentions", "0"): 1, ("resnets", "1"): 2}[pieces[1], pieces[2]]
        rest = ".".join(pieces[3:])
        return f"middle_block.{number}." + (rest if number == 1 else residual(rest))
    block, kind, layer, rest = int(pieces[1]), pieces[2], int(pieces[3]), ".".join(pieces[4:])
    if kind == "downsamplers":
        return f"input_blocks.{(block + 1) * (layers + 1)}.0.op.{part}"
    if kind == "upsamplers":
        attends = any(other.startswith(f"up_blocks.{block}.attentions.") for other in names)
        return f"output_blocks.{block * (layers + 1) + layers}.{2 if attends else 1}.conv.{part}"
    prefix = f"input_blocks.{1 + block * (layers + 1) + layer}" if pieces[0] == "down_blocks" else f"output_blocks.{block * (layers + 1) + layer}"
    return f"{prefix}.0.{residual(rest)}" if kind == "resnets" else f"{prefix}.1.{rest}"


def residual(rest: str) -> str:
    stem, part = rest.rsplit(".", 1)
    return f"{RESIDUAL[stem]}.{part}"


def autoencoder_name(name: str, levels: int) -> str:
    pieces = name.split(".")
    if pieces[0] not in ("encoder", "decoder") or pieces[1].startswith("conv_") and pieces[1] != "conv_norm_out":
        return name
    side, rest = pieces[0], ".".join(pieces[1:])
    if rest.startswith("conv_norm_out"):
        return f"{side}.{rest.replace('conv_norm_out', 'norm_out')}"
    if rest.startswith("mid_block.resnets"):
        return f"{side}.mid.block_{int(pieces[3]) + 1}.{'.'.join(pieces[4:])}"
    if rest.startswith("mid_block.attentions"):
        stem, part = ".".join(pieces[4:]).rsplit(".", 1)
        return f"{side}.mid.attn_1.{ATTENTION[stem]}.{part}"
    block = int(pieces[2])
    level = f"down.{block}" if pieces[1] == "down_blocks" else f"up.{levels - 1 - block}"
    if pieces[3] == "resnets":
        return f"{side}.{level}.block.{pieces[4]}.{'.'.join(pieces[5:]).replace('conv_shortcut', 'nin_shortcut')}"
    return f"{side}.{level}.{'downsample' if pieces[3] == 'downsamplers' else 'upsample'}.conv.{pieces[-1]}"


def open_clip(recipes: dict) -> dict:
    """A text encoder's recipes under OpenCLIP's names: queries, keys and values in one matrix, the projection on its side."""
    result = {}
    rename = {"layer_norm1": "ln_1", "layer_norm2": "ln_2", "mlp.fc1": "mlp.c_fc", "mlp.fc2": "mlp.c_proj", "self_attn.out_proj": "attn.out_proj"}
    for name, recipe in recipes.items():
        name = name.removeprefix("text_model.")
        if name == "text_projection.weight":
            result["text_projection"] = dict(transposed=recipe)
        elif name == "embeddings.position_embedding.weight":
            result["positional_embedding"] = recipe
        elif name == "embeddings.token_embedding.weight":
            result["token_embedding.weight"] = recipe
        elif name.startswith("final_layer_norm"):
            result[name.replace("final_layer_norm", "ln_final")] = recipe
        else:
            _, _, layer, rest = name.split(".", 3)
            stem, part = rest.rsplit(".", 1)
            prefix = f"transformer.resblocks.{layer}"
            if stem in rename:
                result[f"{prefix}.{rename[stem]}.{part}"] = recipe
            else:
                rows = result.setdefault(f"{prefix}.attn.in_proj_{part}", dict(rows=[None] * 3))["rows"]
                rows[["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"].index(stem)] = recipe
    return result
