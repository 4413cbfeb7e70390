"""Prompts as the text encoder takes them, and where category identifiers stand in them."""

from pathlib import Path

import torch
from transformers import CLIPTokenizer

from captions import CATEGORIES, identifier


class Prompts:
    """The tokenizer of a folder."""

    def __init__(self, folder: Path):
        self.tokenizer = CLIPTokenizer.from_pretrained(folder)
        words = [identifier(stem) + "</w>" for stem in CATEGORIES]
        self.identifiers = torch.tensor(self.tokenizer.convert_tokens_to_ids(words))

    def __call__(self, texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Token ids and bool identifiers, [batch, 77]."""
        ids = self.tokenizer(texts, padding="max_length", truncation=True, max_length=77, return_tensors="pt").input_ids
        return ids, torch.isin(ids, self.identifiers)
