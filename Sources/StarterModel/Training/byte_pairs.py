"""Byte pair encoding in CLIP's file format: learning merges from word counts and writing a tokenizer folder."""

import json
from collections import Counter
from pathlib import Path


def byte_symbols() -> dict[int, str]:
    """A printable character for each byte, in the order of CLIP's and GPT-2's `bytes_to_unicode`."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    symbols = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        if byte not in symbols:
            symbols[byte] = chr(256 + len(symbols) - len(printable))
    return symbols


def merged(pieces: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    result, index = [], 0
    while index < len(pieces):
        if pieces[index : index + 2] == pair:
            result.append(pieces[index] + pieces[index + 1])
            index += 2
        else:
            result.append(pieces[index])
            index += 1
    return tuple(result)


def learn_merges(counts: Counter[tuple[str, ...]], limit: int) -> list[tuple[str, str]]:
    """Byte pair encoding: the most frequent neighbouring pair becomes a symbol, until `limit` or one use a pair."""
    merges = []
    while len(merges) < limit:
        pairs = Counter()
        for pieces, count in counts.items():
            for pair in zip(pieces, pieces[1:]):
                pairs[pair] += count
        if not pairs:
            break
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        if pairs[best] < 2:
            break
        merges.append(best)
        updated = Counter()
        for pieces, count in counts.items():
            updated[merged(pieces, best)] += count
        counts = updated
    return merges


def word_pieces(word: str, symbols: dict[int, str]) -> tuple[str, ...]:
    """A whole word as byte symbols; the last carries `</w>`."""
    pieces = [symbols[byte] for byte in word.encode()]
    return (*pieces[:-1], pieces[-1] + "</w>")


def write_tokenizer(folder: Path, counts: Counter[tuple[str, ...]], limit: int) -> dict[str, int]:
    """Learns merges and writes the four files that `transformers.CLIPTokenizer` reads; returns token ids.

    Ids: 256 byte symbols, the same 256 with `</w>`, one id a merge, then `<|startoftext|>` and `<|endoftext|>`.
    """
    symbols = byte_symbols()
    merges = learn_merges(counts, limit)
    vocabulary = [*symbols.values(), *(symbol + "</w>" for symbol in symbols.values())]
    vocabulary += ["".join(pair) for pair in merges] + ["<|startoftext|>", "<|endoftext|>"]
    ids = {token: index for index, token in enumerate(vocabulary)}
    assert len(ids) == len(vocabulary)

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False) + "\n")
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges))
    special = dict(bos_token="<|startoftext|>", eos_token="<|endoftext|>", unk_token="<|endoftext|>", pad_token="<|endoftext|>")
    (folder / "special_tokens_map.json").write_text(json.dumps(special, indent=2) + "\n")
    config = dict(tokenizer_class="CLIPTokenizer", model_max_length=77, do_lower_case=True, add_prefix_space=False, **special)
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")
    return ids
