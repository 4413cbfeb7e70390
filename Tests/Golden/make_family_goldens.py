"""Makes the golden data for whole families of models and for adapters: what diffusers and transformers compute with tiny
models whose weights nobody stores.

    pip install -r requirements.txt
    python make_family_goldens.py

Every weight is offset + scale * torch.randn(shape) from a seed of its own, and the engine draws the same numbers, so the
tests build the models from `families/NAME.json`: for each weights file its tensors as [shape, seed, scale, offset], for
each configuration its JSON. Only what PyTorch computed is kept as tensors. See README.md.
"""

import json
import sys
import zlib
from pathlib import Path

import torch
from safetensors.torch import save_file

HERE = Path(__file__).parent
FAMILIES = HERE / "families"


def noise(seed: int, *shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


class Recipe:
    """The files of a model, written down so that they can be made again from seeds."""

    def __init__(self, name: str):
        self.name = name
        self.files: dict[str, dict] = {}
        self.configs: dict[str, dict] = {}
        self.outputs: dict[str, torch.Tensor] = {}

    def tensor(self, name: str, shape, dtype: str = "F32", attention_gain: float = 1.0) -> tuple[list, torch.Tensor]:
        """A tensor's recipe, and its values as stored."""
        shape = list(shape)
        seed = zlib.crc32(f"{self.name}/{name}".encode())
        if "norm" in name and name.endswith("weight") or "layer_norm" in name and name.endswith("weight"):
            scale, offset = 0.2, 1.0
        elif len(shape) <= 1:
            scale, offset = 0.2, 0.0
        elif "embedding" in name and "time" not in name and "patch" not in name and "cond_embedding" not in name and "add_embedding" not in name:
            scale, offset = 0.5, 0.0
        else:
            count = 1
            for size in shape[1:]:
                count *= size
            gain = attention_gain if any(key in name for key in ("to_q", "to_k", "q_proj", "k_proj")) else 1.0
            scale, offset = round(gain / count**0.5, 6), 0.0
        value = torch.tensor(offset) + torch.tensor(scale) * noise(seed, *shape)
        value = {"F32": value, "F16": value.half().float(), "BF16": value.bfloat16().float()}[dtype]
        return [shape, seed, scale, offset], value

    def fill(self, module: torch.nn.Module, prefix: str, dtype: str = "F32") -> dict[str, list]:
        """Gives every parameter of `module` its values; returns their recipes by name."""
        recipes = {}
        with torch.no_grad():
            for name, parameter in module.state_dict().items():
                if not parameter.is_floating_point():
                    continue
                recipes[name], value = self.tensor(f"{prefix}.{name}", parameter.shape, dtype)
                parameter.copy_(value)
        return recipes

    def file(self, path: str, tensors: dict[str, list], dtype: str = "F32") -> None:
        """`tensors`: by name a recipe, or {"rows": [recipes]} joined along the first axis, or {"transposed": recipe}."""
        self.files[path] = dict(dtype=dtype, tensors=tensors)

    def save(self) -> None:
        FAMILIES.mkdir(exist_ok=True)
        lines = []
        for path, file in self.files.items():
            tensors = ",\n".join(f"   {json.dumps(name)}: {json.dumps(spec, separators=(',', ':'))}" for name, spec in file["tensors"].items())
            lines.append(f'  {json.dumps(path)}: {{"dtype": {json.dumps(file["dtype"])}, "tensors": {{\n{tensors}}}}}')
        text = '{"files": {\n' + ",\n".join(lines) + '},\n"configs": ' + json.dumps(self.configs, ensure_ascii=False, indent=1) + "}\n"
        (FAMILIES / f"{self.name}.json").write_text(text)
        if self.outputs:
            save_file({key: value.detach().contiguous().clone() for key, value in self.outputs.items()}, FAMILIES / f"{self.name}.safetensors")
            (FAMILIES / f"{self.name}.safetensors").chmod(0o644)


def main() -> None:
    torch.set_num_threads(1)
    import families.adapters_goldens
    import families.model_goldens
    import families.sampler_goldens

    wanted = sys.argv[1:]
    with torch.no_grad():
        for module in (families.sampler_goldens, families.model_goldens, families.adapters_goldens):
            for make in module.ALL:
                if not wanted or make.__name__ in wanted:
                    print(make.__name__)
                    make()


if __name__ == "__main__":
    sys.modules["make_family_goldens"] = sys.modules["__main__"]
    main()
