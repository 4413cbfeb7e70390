#!/usr/bin/env python3
"""Renders studio photos of products on white, grey and cream paper, with path-traced shadows and the product's mask beside each.

    venv/bin/pip install -r ../../../Sources/StarterModel/Training/scenes/requirements.txt
    venv/bin/python studio.py STUDIO --count 124

What is there is left as it is, so this also resumes. The products, lights and cameras are those of the starter model's scenes; glass is left
out, of which no mask says what shows through it. A photo takes some 30 s of two cores.
"""

import argparse
import sys
from pathlib import Path

TRAINING = Path(__file__).resolve().parents[3] / "Sources" / "StarterModel" / "Training"
SIDE = 720
FIRST = 500_000  # no number of a training scene
GLASS = {
    "square perfume bottle", "round perfume bottle", "tall perfume bottle", "carafe", "reed diffuser", "globe lamp", "round glasses", "serum bottle",
    "water bottle", "whisky bottle", "jam jar", "candle in a glass", "juice bottle", "oil bottle",
}
PAPERS = {"white": 5, "ivory": 1, "warm grey": 1.5, "cool grey": 1.5, "cream": 0.5}
LIGHTS = ("softbox", "softbox", "soft window", "overhead", "cool day", "side", "high key")


def studio_plan(plan, chance_of):
    """A scene's plan, moved into the studio."""

    def planned(number):
        chance, facts, source = chance_of("studio", number), plan(number), number
        while facts["product"] in GLASS:
            source += 100_000
            facts = plan(source)
        paper = chance.weighted(PAPERS)
        facts.update(
            number=number, setting="sweep", form="", surface="paper", backdrop="sweep", surface_colour=paper, backdrop_colour=paper, dark=False, props=[],
            light=chance.choose(LIGHTS), look=chance.choose(("soft", "contrast")),
        )
        facts["camera"] = facts["camera"] | {"elevation": round(chance.uniform(4, 22), 1), "blur": 0.006, "share": round(chance.uniform(0.45, 0.7), 3)}
        facts.pop("neon", None)
        return facts

    return planned


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=124)
    options = parser.parse_args()
    # Blender reads the command line, too.
    del sys.argv[1:]
    sys.path.insert(0, str(TRAINING))
    from scenes import photograph, renderer
    from scenes.__main__ import silence
    from scenes.chance import Chance

    photograph.plan = studio_plan(photograph.plan, Chance)
    options.folder.mkdir(parents=True, exist_ok=True)
    with silence():
        renderer.prepare(SIDE, 12, 2)
    for number in range(FIRST, FIRST + options.count):
        if (options.folder / f"{number:06d}.json").exists():
            continue
        with silence():
            facts = photograph.photograph(number, options.folder, empty=False)
        print(number, facts["product"], facts["light"], facts["surface_colour"], flush=True)


if __name__ == "__main__":
    main()
