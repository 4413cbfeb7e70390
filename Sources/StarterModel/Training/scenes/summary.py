"""How the scenes are distributed, and their facts in one file."""

import os
from collections import Counter

from .plan import plan


def summary(numbers):
    """Counts of category x setting and of everything else that is drawn, as text."""
    plans = [plan(number) for number in numbers]
    lines = [f"{len(plans)} scenes, of {len({p['brand'] for p in plans})} brands"]
    for field in ("split", "group", "category", "setting", "light", "surface", "palette", "style", "backdrop", "side"):
        counts = Counter(p[field] for p in plans)
        lines.append(f"{field}: " + ", ".join(f"{key} {count}" for key, count in counts.most_common()))
    settings = sorted({p["setting"] for p in plans})
    lines.append("\n" + "category".ljust(12) + " ".join(setting[:6].rjust(6) for setting in settings))
    for category in sorted({p["category"] for p in plans}):
        counts = Counter(p["setting"] for p in plans if p["category"] == category)
        lines.append(category.ljust(12) + " ".join(str(counts[setting] or "").rjust(6) for setting in settings))
    return "\n".join(lines)


def gather(folder):
    """Joins all facts into scenes.jsonl, by number; returns how many."""
    files = sorted(folder.glob("[0-9]*.json"))
    part = folder / "scenes.jsonl.part"
    part.write_text("".join(file.read_text() + "\n" for file in files))
    os.replace(part, folder / "scenes.jsonl")
    return len(files)
