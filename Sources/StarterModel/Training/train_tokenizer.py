"""Stage 2: the tokenizer, byte-level BPE in CLIP's file format, trained on the captions.

    python train_tokenizer.py --scenes SCENES --work WORK

Writes `WORK/tokenizer/` (`vocab.json`, `merges.txt`, `tokenizer_config.json`, `special_tokens_map.json`), which
`transformers.CLIPTokenizer` loads. Ids: 256 byte symbols, the same 256 with `</w>`, one id a merge, then
`<|startoftext|>` and `<|endoftext|>`. Anything encodes, since every byte has a symbol.

Category identifiers (`bdcosmetics`) are plain lower-case words whose merges are forced to the end of the word, so any CLIP
BPE gives one token for them; there are no added tokens.
"""

import argparse
import random
from collections import Counter
from pathlib import Path

import regex

from byte_pairs import byte_symbols, write_tokenizer
from captions import CATEGORIES, SETTING_WORDS, SYNONYMS, full_caption, identifier, training_caption
from dataset import load_facts
from japanese import WORDS

MERGES = 2800
WORD = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+")
"""CLIP's own pattern, `simple_tokenizer.py`, after lower-casing."""

JAPANESE_WORD = regex.compile("|".join(sorted({*WORDS.values(), "の上の", "からの"}, key=len, reverse=True)) + "|.")


def training_pieces(word: str, symbols: dict[int, str]) -> list[tuple[str, ...]]:
    """A pre-tokenized word as byte symbols.

    Japanese runs have no spaces, so they are cut at the dictionary's words first: merges then stay inside
    words, and a new combination of known words still meets known tokens.
    """
    parts = JAPANESE_WORD.findall(word) if not word.isascii() else [word]
    pieces = [tuple(symbols[byte] for byte in part.encode()) for part in parts]
    pieces[-1] = (*pieces[-1][:-1], pieces[-1][-1] + "</w>")
    return pieces


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    arguments = parser.parse_args()

    facts, chance = load_facts(arguments.scenes), random.Random(0)
    texts = [full_caption(fact) for fact in facts] + [training_caption(fact, False, chance) for fact in facts * 4]
    texts += [word for words in [*SETTING_WORDS.values(), *SYNONYMS.values()] for word in words] * 20
    texts += [identifier(category) for category in CATEGORIES] * 500
    symbols = byte_symbols()
    texts += [*WORDS.values()] * 10
    words = Counter(word for text in texts for word in WORD.findall(text.lower()))
    counts = Counter()
    for word, count in words.items():
        for pieces in training_pieces(word, symbols):
            counts[pieces] += count
    ids = write_tokenizer(arguments.work / "tokenizer", counts, MERGES)
    assert all(identifier(category) + "</w>" in ids for category in CATEGORIES)
    print(f"{len(ids)} tokens")


if __name__ == "__main__":
    main()
