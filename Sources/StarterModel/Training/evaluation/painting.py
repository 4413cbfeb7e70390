"""Candidates painted by the program itself, as a designer would: import, generate, approve, export."""

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo


ENLARGEMENT = 3


@dataclass
class Brief:
    """One product and what is asked for it; name: the catalogue's name for it, unique."""

    name: str
    scene: int
    prompt: str
    category: str = "none"
    reference: int | None = None
    seeds: int = 1


class Painter:
    def __init__(self, backdrop: Path, scenes: Path, model: Path):
        self.backdrop, self.scenes, self.model = backdrop, scenes, model

    def with_identifiers_heard_everywhere(self, folder: Path) -> "Painter":
        """The same model, whose identifiers the product's places hear as well."""
        copy = folder / "model, identifiers heard everywhere"
        if not copy.exists():
            shutil.copytree(self.model, copy)
            about = json.loads((self.model / "backdrop.json").read_text())
            del about["identifier_attention"]
            (copy / "backdrop.json").write_text(json.dumps(about))
        return Painter(self.backdrop, self.scenes, copy)

    def run(self, *words: str) -> str:
        done = subprocess.run([str(self.backdrop), *words], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"backdrop {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def cutout(self, scene: int, file: Path) -> None:
        """The product of a rendered scene, with its matte, as large as photos are: an export is never larger than its photo, and in a small one nothing
        of a background's detail would be left."""
        picture = np.asarray(Image.open(self.scenes / f"{scene:06d}.jpg").convert("RGB"))
        matte = np.asarray(Image.open(self.scenes / f"{scene:06d}_mask.png").convert("L"))
        # The same product twice is a mistake to a catalogue, unless the files differ.
        name = PngInfo()
        name.add_text("Title", file.stem)
        cut = Image.fromarray(np.dstack([picture, matte]))
        cut.resize((cut.width * ENLARGEMENT, cut.height * ENLARGEMENT), Image.LANCZOS).save(file, pnginfo=name)

    def __call__(self, folder: Path, briefs: list[Brief], *options: str) -> dict[str, list[Path]]:
        """Exported pictures of each brief, framed as the renders that their photos are. What a folder already holds is not painted again, so a run that was
        stopped goes on."""
        finished = folder / "finished.json"
        if finished.exists():
            return {name: [folder / file for file in files] for name, files in json.loads(finished.read_text()).items()}
        (folder / "products").mkdir(parents=True, exist_ok=True)
        (folder / "references").mkdir(exist_ok=True)
        for brief in briefs:
            file = folder / "products" / f"{brief.name}.png"
            if not file.exists():
                self.cutout(brief.scene, file)
            if brief.reference is not None and not (picture := folder / "references" / f"r{brief.reference}.png").exists():
                Image.open(self.scenes / f"{brief.reference:06d}.jpg").save(picture)
        self.run("import", "--catalogue", str(folder))
        started = time.time()
        for number, brief in enumerate(briefs):
            if not list((folder / "candidates" / brief.name).glob("*.png")):
                words = ["generate", brief.name, "--catalogue", str(folder), "--model", str(self.model), "--seed", str(brief.scene), "--prompt", brief.prompt,
                         "--category", brief.category, "--count", str(brief.seeds), "--aspect", "photo", *options]
                if brief.reference is not None:
                    words += ["--reference", f"r{brief.reference}", "--reference-strength", "1"]
                self.run(*words)
                self.run("approve", brief.name, "--all", "--catalogue", str(folder))
            if sys.stderr.isatty() or number % 50 == 0:
                left = (time.time() - started) / (number + 1) * (len(briefs) - number - 1)
                print(f"{folder.name}: {number + 1} of {len(briefs)}, {left / 60:.1f} minutes left", file=sys.stderr, flush=True)
        self.run("export", "--catalogue", str(folder))
        exported = {brief.name: sorted((folder / "exports").glob(f"{brief.name}-*.png")) for brief in briefs}
        finished.write_text(json.dumps({name: [str(file.relative_to(folder)) for file in files] for name, files in exported.items()}))
        return exported

    def checks(self, folder: Path, products: int = 50) -> dict:
        """The checks of some products' candidates, a second each, as `backdrop check --json` gives them."""
        names = sorted(path.stem for path in (folder / "products").glob("*.png"))
        names = names[:: max(len(names) // products, 1)][:products]
        done = subprocess.run(
            [str(self.backdrop), "check", *names, "--catalogue", str(folder), "--json"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return json.loads(done.stdout)
