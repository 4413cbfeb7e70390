"""Measures what the program paints with the starter model, against the renders that the model learnt from.

    python -m evaluation --backdrop PROGRAM --scenes SCENES --work WORK [--model DIRECTORY] [--only words styles …]

Everything is painted by the program as a designer would have it, into catalogues below WORK; a run that was stopped goes on. Figures go
to standard output and WORK/figures.json, sheets to WORK. With two cores it takes most of an hour.
"""

import argparse
import json
import random
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent))

from captions import CATEGORIES, full_caption, identifier
from dataset import load_facts
from evaluation.attributes import ATTRIBUTES, Classifier, accuracy
from evaluation.features import Features, kernel_distance, open_all
from evaluation.painting import Brief, Painter
from japanese import to_japanese

EVERY = 6
"""Every sixth scene is asked for again; classifiers learn from the other five sixths."""
REFERENCES = 8
PRODUCTS_EACH = 12


class Evaluation:
    def __init__(self, painter: Painter, facts: list[dict], work: Path, features: Features):
        self.painter, self.work, self.features = painter, work, features
        # A set without a product has nothing to cut out.
        self.facts = [fact for fact in facts if not fact["background"]]
        self.asked = self.facts[EVERY // 2 :: EVERY]
        ids = {fact["id"] for fact in self.asked}
        self.learnt = [fact for fact in self.facts if fact["id"] not in ids]
        self.figures: dict[str, dict] = {}

    def renders(self, facts: list[dict]) -> np.ndarray:
        """Features of renders, kept in WORK."""
        store = self.work / "renders.npz"
        if not store.exists():
            files = [self.painter.scenes / f"{fact['id']:06d}.jpg" for fact in self.facts]
            np.savez(store, ids=[fact["id"] for fact in self.facts], features=self.features(open_all(files)))
        kept = np.load(store)
        row = {int(number): index for index, number in enumerate(kept["ids"])}
        return kept["features"][[row[fact["id"]] for fact in facts]]

    def seen(self, pictures: dict[str, list[Path]], briefs: list[Brief]) -> np.ndarray:
        """Features of the exports of briefs, in their order, seeds of one brief together."""
        return self.features(open_all([file for brief in briefs for file in pictures[brief.name]]))

    def note(self, question: str, **figures) -> None:
        self.figures.setdefault(question, {}).update(figures)
        print(f"{question}: " + ", ".join(f"{name} {value}" for name, value in figures.items()), flush=True)

    def sheet(self, name: str, files: list[Path], columns: int, side: int = 256) -> None:
        sheet = Image.new("RGB", (columns * side, -(-len(files) // columns) * side), "white")
        for number, file in enumerate(files):
            sheet.paste(Image.open(file).convert("RGB").resize((side, side), Image.LANCZOS), (number % columns * side, number // columns * side))
        sheet.save(self.work / f"{name}.jpg", quality=88)

    # Questions

    def classifiers(self) -> dict[str, Classifier]:
        features = self.renders(self.learnt)
        result = {}
        for attribute, read in ATTRIBUTES.items():
            labels = [read(fact) for fact in self.learnt]
            rows = [row for row, label in enumerate(labels) if label is not None]
            result[attribute] = Classifier(features[rows], [labels[row] for row in rows])
        return result

    def attributes(self, question: str, features: np.ndarray, facts: list[dict]) -> None:
        """Right against the facts that were asked for, against shuffled ones, and the classifier's own rate on renders of the same facts."""
        shuffled = facts[:]
        random.Random(0).shuffle(shuffled)
        renders = self.renders(facts)
        for attribute, classifier in self.classifiers().items():
            read = ATTRIBUTES[attribute]
            right, chance, ceiling = (
                accuracy(classifier, values, [read(fact) for fact in about])
                for values, about in ((features, facts), (features, shuffled), (renders, facts)))
            self.note(question, **{attribute: f"{right:.1%} (shuffled {chance:.1%}, renders themselves {ceiling:.1%})"})

    def words(self) -> None:
        """Each asked scene's caption after its category, three seeds."""
        briefs = [Brief(f"w{fact['id']}", fact["id"], full_caption(fact), identifier(fact["category"]), seeds=3) for fact in self.asked]
        pictures = self.painter(self.work / "words", briefs)
        features = self.seen(pictures, briefs)
        half = random.Random(0).sample(range(len(self.facts)), len(self.facts) // 2)
        everything = self.renders(self.facts)
        others = np.delete(everything, half, 0)
        floor, floor_error = kernel_distance(everything[half], others)
        distance, error = kernel_distance(features, everything)
        self.note(
            "believable", samples=len(features), kernel_distance=f"{distance:.2f} ± {error:.2f}", renders_among_themselves=f"{floor:.2f} ± {floor_error:.2f}")
        self.attributes("follows English", features[::3], self.asked)
        self.grounded("words")
        self.sheet("words", [pictures[brief.name][0] for brief in briefs[:: len(briefs) // 64][:64]], 8)

    def grounded(self, folder: str) -> None:
        candidates = self.painter.checks(self.work / folder)["candidates"]
        measured = [candidate["measured"] for candidate in candidates]
        good = Counter(check["name"] for candidate in candidates for check in candidate["checks"] if check["isGood"])
        self.note(
            "grounded", candidates=len(candidates), contact_shadow=f"{good['Shadow'] / len(candidates):.1%}", locked=f"{good['Product'] / len(candidates):.1%}",
            not_extended=f"{good['Extended'] / len(candidates):.1%}",
            median_shadow=round(float(np.median([one["contactShadow"] for one in measured if one.get("contactShadow") is not None])), 3))

    def japanese(self) -> None:
        facts = self.asked[::4]
        briefs = [
            Brief(f"j{fact['id']}", fact["id"], to_japanese(fact["product"], fact["surface"], [fact["backdrop"], *fact["props"], fact["light"]]),
                  identifier(fact["category"])) for fact in facts]
        self.attributes("follows Japanese", self.seen(self.painter(self.work / "japanese", briefs), briefs), facts)

    def layout_off(self) -> None:
        """The model alone: no layout, no sketch."""
        facts = self.asked[::4]
        briefs = [Brief(f"o{fact['id']}", fact["id"], full_caption(fact), identifier(fact["category"])) for fact in facts]
        features = self.seen(self.painter(self.work / "layout-off", briefs, "--layout", "off"), briefs)
        self.note("without layout", kernel_distance=f"{kernel_distance(features, self.renders(self.facts))[0]:.2f}")
        self.attributes("without layout", features, facts)

    def more_steps(self) -> None:
        facts = self.asked[::4]
        for steps in (12, 20, 60):
            briefs = [Brief(f"s{fact['id']}", fact["id"], full_caption(fact), identifier(fact["category"])) for fact in facts]
            features = self.seen(self.painter(self.work / f"steps-{steps}", briefs, "--steps", str(steps)), briefs)
            self.note(f"{steps} steps", kernel_distance=f"{kernel_distance(features, self.renders(self.facts))[0]:.2f}")
            self.attributes(f"{steps} steps", features, facts)

    def categories(self) -> None:
        """The identifier alone. Products come from other categories, so that they do not give it away; a classifier of categories would read them, so it is
        one of settings that is asked, and its answer compared with what the category's renders have."""
        coupled = [fact for fact in self.learnt if fact["category_coupled"]]
        chance = random.Random(1)
        briefs, asked = [], []
        for number in range(20):
            for category in CATEGORIES:
                product = chance.choice([fact for fact in self.asked if fact["category"] != category])
                briefs.append(Brief(f"c{len(briefs)}", product["id"], "", identifier(category)))
                asked.append(category)
        features = self.seen(self.painter(self.work / "categories", briefs), briefs)
        settings = Classifier(self.renders(self.learnt), [fact["setting"] for fact in self.learnt])
        typical = {category: Counter(fact["setting"] for fact in coupled if fact["category"] == category) for category in CATEGORIES}
        said = settings(features)
        shuffled = asked[:]
        chance.shuffle(shuffled)

        def likely(categories: list[str]) -> float:
            """Mean share that the painted settings have among the renders of the categories."""
            return float(np.mean([typical[category][setting] / typical[category].total() for category, setting in zip(categories, said)]))

        self.note(
            "category-wise",
            setting_is_typical=f"{likely(asked):.3f} (of another category {likely(shuffled):.3f})")
        self.grounded_extension()

    def grounded_extension(self) -> None:
        candidates = self.painter.checks(self.work / "categories")["candidates"]
        extended = [one["measured"].get("extensionShare") for one in candidates]
        self.note("category-wise", product_not_extended=f"{np.mean([share is not None and share < 0.05 for share in extended]):.1%}")

    def styles(self) -> None:
        """Each of eight unlike references for the same products, no words: is a picture nearest to its own reference?"""
        features = self.renders(self.asked)
        mean, deviation = self.renders(self.learnt).mean(0), self.renders(self.learnt).std(0) + 1e-3

        def direction(values: np.ndarray) -> np.ndarray:
            scaled = (values - mean) / deviation
            return scaled / np.linalg.norm(scaled, axis=1, keepdims=True)

        chosen = [3]
        while len(chosen) < REFERENCES:
            nearest = (direction(features) @ direction(features[chosen]).T).max(1)
            chosen.append(int(nearest.argmin()))
        references = [self.asked[index] for index in chosen]
        products = [fact for index, fact in enumerate(self.asked[7 :: len(self.asked) // PRODUCTS_EACH]) if index < PRODUCTS_EACH]
        briefs = [
            Brief(f"r{reference['id']}p{product['id']}", product["id"], "a product on a table", reference=reference["id"]) for reference in references for product in products]
        pictures = self.painter(self.work / "styles", briefs)
        painted = open_all([pictures[brief.name][0] for brief in briefs])
        wanted = open_all([self.painter.scenes / f"{reference['id']:06d}.jpg" for reference in references])
        some = self.features.style(open_all([self.painter.scenes / f"{fact['id']:06d}.jpg" for fact in self.learnt[::8]]))
        middle, width = some.mean(0), some.std(0) + 1e-3

        def right(painted: np.ndarray, wanted: np.ndarray) -> float:
            """Share of pictures nearest to their own reference, after what all pictures of a product and all references have in common is taken away."""
            painted = painted.reshape(REFERENCES, PRODUCTS_EACH, -1)
            painted = painted - painted.mean(0)
            wanted = wanted - wanted.mean(0)
            likeness = np.einsum("rpd,qd->rpq", painted, wanted) / np.linalg.norm(wanted, axis=1) / np.linalg.norm(painted, axis=2, keepdims=True)
            return float((likeness.argmax(2) == np.arange(REFERENCES)[:, None]).mean())

        def corners(pictures: list[Image.Image]) -> np.ndarray:
            """Mean colours of the four corners, a quarter of the picture wide."""
            side = pictures[0].width // 4
            values = [np.asarray(picture, float) for picture in pictures]
            return np.stack([np.concatenate([value[y, x].mean((0, 1)) for y in (slice(side), slice(-side, None)) for x in (slice(side), slice(-side, None))]) for value in values])

        self.note(
            "personality-wise",
            own_reference_by_style=f"{right((self.features.style(painted) - middle) / width, (self.features.style(wanted) - middle) / width):.1%} of {REFERENCES}",
            own_reference_by_colours=f"{right(corners(painted), corners(wanted)):.1%}",
            own_reference_by_content=f"{right(direction(self.seen(pictures, briefs)), direction(features[chosen])):.1%}")
        rows = [self.painter.scenes / f"{reference['id']:06d}.jpg" for reference in references]
        self.sheet("styles", [file for index in range(REFERENCES) for file in [rows[index], *(pictures[brief.name][0] for brief in briefs[index * PRODUCTS_EACH :][:7])]], 8)

    def seeds(self) -> None:
        facts = self.asked[3 :: len(self.asked) // 16][:16]
        briefs = [Brief(f"d{fact['id']}", fact["id"], full_caption(fact), identifier(fact["category"]), seeds=8) for fact in facts]
        features = self.seen(self.painter(self.work / "seeds", briefs), briefs).reshape(len(facts), 8, -1)

        def spread(values: np.ndarray) -> float:
            distances = np.linalg.norm(values[:, None] - values[None], axis=2)
            return float(distances.sum() / (len(values) * (len(values) - 1)))

        among_seeds = np.mean([spread(values) for values in features])
        same = []
        for fact in facts:
            alike = [other for other in self.facts if other["setting"] == fact["setting"] and other["product"] == fact["product"]]
            if len(alike) >= 3:
                same.append(spread(self.renders(alike[:8])))
        self.note("diverse", among_8_seeds=f"{among_seeds:.2f}", renders_of_the_same_setting_and_product=f"{np.mean(same):.2f} ({len(same)} groups)")
        self.sheet("seeds", [file for brief in briefs[:8] for file in sorted((self.work / "seeds" / "exports").glob(f"{brief.name}-*.png"))], 8)


QUESTIONS = ["words", "japanese", "layout_off", "more_steps", "categories", "styles", "seeds"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backdrop", type=Path, required=True, help="the program, built for release")
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path(__file__).parent.parent.parent / "Resources" / "starter")
    parser.add_argument("--only", nargs="+", choices=QUESTIONS, default=QUESTIONS)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    evaluation = Evaluation(
        Painter(arguments.backdrop.resolve(), arguments.scenes.resolve(), arguments.model.resolve()), load_facts(arguments.scenes),
        arguments.work.resolve(), Features())
    for question in arguments.only:
        getattr(evaluation, question)()
        file = arguments.work / "figures.json"
        before = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps(before | evaluation.figures, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
