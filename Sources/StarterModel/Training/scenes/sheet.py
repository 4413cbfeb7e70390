"""Contact sheets."""

from PIL import Image


def sheet(folder, numbers, path, columns=8, cell=192, kind=""):
    """Joins the pictures that are there (`kind`: `_empty`, `_mask`, `_layout`) into one JPEG below 300 kB."""
    found = [file for number in numbers if (file := folder / f"{number:06d}{kind}{'.jpg' if kind in ('', '_empty') else '.png'}").exists()]
    rows = -(-len(found) // columns)
    joined = Image.new("RGB", (columns * cell, rows * cell))
    for k, file in enumerate(found):
        joined.paste(Image.open(file).convert("RGB").resize((cell, cell), Image.LANCZOS), (k % columns * cell, k // columns * cell))
    for quality in range(90, 30, -5):
        joined.save(path, "jpeg", quality=quality, optimize=True)
        if path.stat().st_size < 300_000:
            break
