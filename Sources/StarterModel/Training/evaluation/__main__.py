"""Measures what the program paints with the starter model, against the renders that the model learnt from.

    python -m evaluation --backdrop PROGRAM --scenes SCENES --work WORK [--model DIRECTORY] [--only words styles …]

Everything is painted by the program as a designer would have it, into catalogues below WORK; a run that was stopped goes on. Figures go
to standard output and WORK/figures.json, sheets to WORK. With two cores it takes most of an hour.
"""

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

sys.path.insert(0, str(Path(__file__).parent.parent))

from captions import CATEGORIES, full_caption, identifier
from dataset import load_facts
from evaluation.attributes import ATTRIBUTES, MIRRORED, Classifier, accuracy
from evaluation.backgrounds import common_product, shadow_side, share_beyond, without_product
from evaluation.features import OVERALL, PLACED, SIDE, Features, kernel_distance, open_all
from evaluation.hearing import identifier_attention
from evaluation.painting import Brief, Painter
from japanese import to_japanese

EVERY = 6
"""Every sixth scene is asked for again; classifiers learn from the other five sixths."""
REFERENCES = 8
FIRST_REFERENCES = (3, 77, 140, 200)
"""Of four sets of references; each goes on with what is least like those it has."""
PRODUCTS_EACH = 12
PRODUCTS_OF_ALL = 10
"""Products that are painted with every category's identifier, two seeds each."""
LAYOUT_PRODUCTS = 24
FLOOR_LINES = (0.35, 0.5, 0.65)
WALLS = [("white", "navy blue"), ("dark wood", "cream"), ("pale birch wood", "emerald green"), ("black marble", "peach")]
"""Colours of tables and walls that cannot be taken for each other."""


class Evaluation:
    def __init__(self, painter: Painter, facts: list[dict], work: Path, features: Features, first: int = EVERY // 2):
        self.painter, self.work, self.features = painter, work, features
        # A set without a product has nothing to cut out.
        self.facts = [fact for fact in facts if not fact["background"]]
        self.asked = self.facts[first::EVERY]
        ids = {fact["id"] for fact in self.asked}
        self.learnt = [fact for fact in self.facts if fact["id"] not in ids]
        self.figures: dict[str, dict] = {}

    def renders(self, facts: list[dict]) -> np.ndarray:
        """Descriptions of renders, kept in WORK."""
        store = self.work / "renders.npz"
        if not store.exists():
            files = [self.painter.scenes / f"{fact['id']:06d}.jpg" for fact in self.facts]
            np.savez(store, ids=[fact["id"] for fact in self.facts], features=self.features(open_all(files)))
        return self.kept(store, facts)

    @staticmethod
    def kept(store: Path, facts: list[dict]) -> np.ndarray:
        kept = np.load(store)
        row = {int(number): index for index, number in enumerate(kept["ids"])}
        return kept["features"][[row[fact["id"]] for fact in facts]]

    def seen(self, pictures: dict[str, list[Path]], briefs: list[Brief]) -> np.ndarray:
        """Descriptions of the exports of briefs, in their order, seeds of one brief together."""
        return self.features(open_all([file for brief in briefs for file in pictures[brief.name]]))

    def distance(self, features: np.ndarray) -> float:
        """Kernel distance of exports to all renders."""
        return kernel_distance(features[:, OVERALL], self.renders(self.facts)[:, OVERALL])[0]

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
        """Learnt from renders and their mirror images, their products hidden: what lights a product would give away the light."""
        features = np.concatenate([self.hidden(self.learnt), self.hidden(self.learnt, mirrored=True)])[:, PLACED]
        result = {}
        for attribute, read in ATTRIBUTES.items():
            labels = [read(fact) for fact in self.learnt]
            labels += [MIRRORED.get(label, label) for label in labels]
            rows = [row for row, label in enumerate(labels) if label is not None]
            result[attribute] = Classifier(features[rows], [labels[row] for row in rows])
        return result

    def attributes(self, question: str, files: list[Path], facts: list[dict]) -> None:
        """Right against the facts that were asked for, against shuffled ones, and the classifier's own rate on renders of the same facts. An export has its
        scene's frame, and so its product where its render has it."""
        features = self.features([without_product(picture, self.product(fact)) for picture, fact in zip(open_all(files), facts)])[:, PLACED]
        shuffled = facts[:]
        random.Random(0).shuffle(shuffled)
        renders = self.hidden(facts)[:, PLACED]
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
        everything = self.renders(self.facts)[:, OVERALL]
        others = np.delete(everything, half, 0)
        floor, floor_error = kernel_distance(everything[half], others)
        distance, error = kernel_distance(features[:, OVERALL], everything)
        self.note(
            "believable", samples=len(features), kernel_distance=f"{distance:.2f} ± {error:.2f}", renders_among_themselves=f"{floor:.2f} ± {floor_error:.2f}")
        self.attributes("follows English", [pictures[brief.name][0] for brief in briefs], self.asked)
        self.grounded("words")
        self.sheet("words", [pictures[brief.name][0] for brief in briefs[:: len(briefs) // 64][:64]], 8)

    def grounded(self, folder: str) -> None:
        candidates = self.painter.checks(self.work / folder)["candidates"]
        measured = [candidate["measured"] for candidate in candidates]
        good = Counter(check["name"] for candidate in candidates for check in candidate["checks"] if check["isGood"])
        self.note(
            "grounded", candidates=len(candidates), contact_shadow=f"{good['Shadow'] / len(candidates):.1%}", locked=f"{good['Product'] / len(candidates):.1%}",
            not_extended=f"{good['Extended'] / len(candidates):.1%}" if any("extensionShare" in one for one in measured) else "not measured: the cutout network is not installed",
            median_shadow=round(float(np.median([one["contactShadow"] for one in measured if one.get("contactShadow") is not None])), 3))

    def japanese(self) -> None:
        facts = self.asked[::4]
        briefs = [
            Brief(f"j{fact['id']}", fact["id"], to_japanese(fact["product"], fact["surface"], [fact["backdrop"], *fact["props"], fact["light"]]),
                  identifier(fact["category"])) for fact in facts]
        pictures = self.painter(self.work / "japanese", briefs)
        self.attributes("follows Japanese", [pictures[brief.name][0] for brief in briefs], facts)

    def layout_off(self) -> None:
        """The model alone: no layout, no sketch."""
        facts = self.asked[::4]
        briefs = [Brief(f"o{fact['id']}", fact["id"], full_caption(fact), identifier(fact["category"])) for fact in facts]
        pictures = self.painter(self.work / "layout-off", briefs, "--layout", "off")
        self.note("without layout", kernel_distance=f"{self.distance(self.seen(pictures, briefs)):.2f}")
        self.attributes("without layout", [pictures[brief.name][0] for brief in briefs], facts)

    def more_steps(self) -> None:
        facts = self.asked[::4]
        for steps in (12, 20, 60):
            briefs = [Brief(f"s{fact['id']}", fact["id"], full_caption(fact), identifier(fact["category"])) for fact in facts]
            pictures = self.painter(self.work / f"steps-{steps}", briefs, "--steps", str(steps))
            self.note(f"{steps} steps", kernel_distance=f"{self.distance(self.seen(pictures, briefs)):.2f}")
            self.attributes(f"{steps} steps", [pictures[brief.name][0] for brief in briefs], facts)

    def categories(self) -> None:
        """The identifier alone, the same products with every category's, told by the background alone: once held to the background as shipped, once heard
        everywhere. What tells is a classifier of the categories' own renders, their products hidden as well."""
        coupled = [fact for fact in self.learnt if fact["category_coupled"]]
        features = self.hidden(coupled)[:, PLACED]
        classifier = Classifier(features, [fact["category"] for fact in coupled])
        settings = Classifier(features, [fact["setting"] for fact in coupled])
        typical = {category: Counter(fact["setting"] for fact in coupled if fact["category"] == category) for category in CATEGORIES}
        asked = [fact for fact in self.asked if fact["category_coupled"]]
        ceiling = accuracy(classifier, self.hidden(asked)[:, PLACED], [fact["category"] for fact in asked])
        products = self.asked[5 :: len(self.asked) // PRODUCTS_OF_ALL][:PRODUCTS_OF_ALL]
        briefs = [Brief(f"c{product['id']}{category}", product["id"], "", identifier(category), seeds=2) for product in products for category in CATEGORIES]
        wanted = [category for _ in products for category in CATEGORIES for _ in range(2)]
        for name, painter in (("held to the background", self.painter), ("heard everywhere", self.painter.with_identifiers_heard_everywhere(self.work))):
            folder = self.work / f"categories, {name}"
            pairs = [open_all(files) for files in painter(folder, briefs).values()]
            hidden = [without_product(picture, product) for pair in pairs for product in [common_product(pair)] for picture in pair]
            seen = self.features(hidden)[:, PLACED]
            said = settings(seen)

            def likely(categories: list[str]) -> float:
                """Mean share that the painted settings have among the renders of the categories."""
                return float(np.mean([typical[category][setting] / typical[category].total() for category, setting in zip(categories, said)]))

            candidates = self.painter.checks(folder)["candidates"]
            extended = [share for one in candidates if (share := one["measured"].get("extensionShare")) is not None]
            self.note(
                f"category-wise, {name}", right=f"{accuracy(classifier, seen, wanted):.1%} of {len(CATEGORIES)} (renders themselves {ceiling:.1%})",
                setting_is_typical=f"{likely(wanted):.3f} (of another category {np.mean([likely(wanted[shift:] + wanted[:shift]) for shift in range(2, len(CATEGORIES) * 2, 2)]):.3f})",
                product_not_extended=f"{np.mean([share < 0.05 for share in extended]):.1%}" if extended else "not measured: the cutout network is not installed")
            self.sheet(f"categories, {name}", [file for brief in briefs[: 8 * len(CATEGORIES)] for file in [next((folder / "exports").glob(f"{brief.name}-*.png"))]], len(CATEGORIES))

    def hidden(self, facts: list[dict], mirrored: bool = False) -> np.ndarray:
        """Descriptions of renders with their products hidden, kept in WORK."""
        store = self.work / f"renders-{'mirrored' if mirrored else 'hidden'}.npz"
        if not store.exists():
            renders = (Image.open(self.painter.scenes / f"{fact['id']:06d}.jpg").resize((SIDE, SIDE), Image.LANCZOS) for fact in self.facts)
            pictures = [without_product(render, self.product(fact)) for render, fact in zip(renders, self.facts)]
            np.savez(store, ids=[fact["id"] for fact in self.facts], features=self.features([ImageOps.mirror(one) for one in pictures] if mirrored else pictures))
        return self.kept(store, facts)

    def product(self, fact: dict) -> np.ndarray:
        """Where a scene's product is: bool [SIDE, SIDE]."""
        return np.asarray(Image.open(self.painter.scenes / f"{fact['id']:06d}_mask.png").resize((SIDE, SIDE))) >= 128

    def attention(self) -> None:
        for name, sums in identifier_attention(self.painter.model, self.painter.scenes).items():
            self.note(
                f"attention, {name}", from_the_product=f"{sums.product / max(sums.everywhere, 1e-9):.1%}",
                product_places=f"{sums.product_places / sums.places:.1%}", of_all_attention=f"{sums.everywhere / sums.places:.2%}")

    def layout(self) -> None:
        """A wall and a table of unlike colours, their line set by hand; the light set by hand, from the left and from the right."""
        products = self.asked[9 :: len(self.asked) // LAYOUT_PRODUCTS][:LAYOUT_PRODUCTS]
        for name, options in (("with layout", []), ("without", ["--layout", "off"])):
            right = []
            for line in FLOOR_LINES:
                briefs = [
                    Brief(f"l{product['id']}", product["id"], f"a {product['product']} on a {table} table, {wall} wall")
                    for product, (table, wall) in zip(products, WALLS * len(products))]
                pictures = self.painter(self.work / f"line {line} {name}", briefs, "--floor-line", str(line), *(options or ["--layout", "table"]))
                right += [share_beyond(picture, line) for files in pictures.values() for picture in open_all(files)]
            self.note("layout", **{f"floor_line_{name.replace(' ', '_')}": f"{np.mean(right):.1%} of {len(right)} exports' sides"})
        briefs = [Brief(f"s{product['id']}", product["id"], f"a {product['product']} on a white table, beige wall") for product in products]
        sides = [
            [picture for files in self.painter(self.work / f"light {light}", briefs, "--layout", "table", "--light", light).values() for picture in open_all(files)]
            for light in ("left", "right")]
        self.note("layout", light_side=f"{np.mean([shadow_side(*pair, common_product(list(pair))) for pair in zip(*sides)]):.1%} of {len(products)} pairs")

    def styles(self) -> None:
        """Each of eight unlike references for the same products, hardly any words: is a picture nearest to its own reference? Four sets of references."""
        features = self.renders(self.asked)[:, OVERALL]
        learnt = self.renders(self.learnt)[:, OVERALL]
        mean, deviation = learnt.mean(0), learnt.std(0) + 1e-3

        def direction(values: np.ndarray) -> np.ndarray:
            scaled = (values - mean) / deviation
            return scaled / np.linalg.norm(scaled, axis=1, keepdims=True)

        def unlike(first: int) -> list[int]:
            chosen = [first]
            while len(chosen) < REFERENCES:
                nearest = (direction(features) @ direction(features[chosen]).T).max(1)
                chosen.append(int(nearest.argmin()))
            return chosen

        products = [fact for index, fact in enumerate(self.asked[7 :: len(self.asked) // PRODUCTS_EACH]) if index < PRODUCTS_EACH]
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

        rates = []
        for first in FIRST_REFERENCES:
            chosen = unlike(first)
            references = [self.asked[index] for index in chosen]
            briefs = [
                Brief(f"r{reference['id']}p{product['id']}", product["id"], "a product on a table", reference=reference["id"])
                for reference in references for product in products]
            pictures = self.painter(self.work / f"styles {first}", briefs)
            painted = open_all([pictures[brief.name][0] for brief in briefs])
            rows = [self.painter.scenes / f"{reference['id']:06d}.jpg" for reference in references]
            wanted = open_all(rows)
            rates.append((
                right((self.features.style(painted) - middle) / width, (self.features.style(wanted) - middle) / width), right(corners(painted), corners(wanted)),
                right(direction(self.seen(pictures, briefs)[:, OVERALL]), direction(features[chosen]))))
            self.sheet(
                f"styles {first}",
                [file for index in range(REFERENCES) for file in [rows[index], *(pictures[brief.name][0] for brief in briefs[index * PRODUCTS_EACH :][:7])]], 8)
        for name, of_sets in zip(("style", "colours", "content"), zip(*rates)):
            self.note(
                "personality-wise",
                **{f"own_reference_by_{name}": f"{np.mean(of_sets):.1%} of {REFERENCES} ({', '.join(f'{rate:.1%}' for rate in of_sets)})"})

    def seeds(self) -> None:
        """Eight seeds of the same words, against renders of the same surface, backdrop and light; products hidden in both. In those renders products differ, and
        what hides them: so the same is painted for each of their products, too, and compared like with like."""
        facts = self.asked[3 :: len(self.asked) // 16][:16]
        briefs = [Brief(f"d{fact['id']}", fact["id"], full_caption(fact), identifier(fact["category"]), seeds=8) for fact in facts]
        painted = self.painter(self.work / "seeds", briefs)

        def spread(values: np.ndarray) -> float:
            distances = np.linalg.norm(values[:, None] - values[None], axis=2)
            return float(distances.sum() / (len(values) * (len(values) - 1)))

        among_seeds = []
        for brief in briefs:
            pictures = open_all(painted[brief.name])
            product = common_product(pictures)
            among_seeds.append(spread(self.features([without_product(picture, product) for picture in pictures])[:, OVERALL]))
        alike = defaultdict(list)
        for fact in self.facts:
            alike[fact["surface"], fact["backdrop"], fact["light"]].append(fact)
        groups = [facts[:8] for facts in alike.values() if len(facts) >= 4][:30]
        among_renders = [spread(self.hidden(group)[:, OVERALL]) for group in groups]
        # Two seeds each, so that it can be told where the product is.
        theirs = [Brief(f"g{fact['id']}", fact["id"], full_caption(fact), identifier(fact["category"]), seeds=2) for group in groups for fact in group]
        pairs = self.painter(self.work / "seeds, products as in renders", theirs)
        among_products = []
        for group in groups:
            opened = [open_all(pairs[f"g{fact['id']}"]) for fact in group]
            hidden = [[without_product(picture, product) for picture in pair] for pair in opened for product in [common_product(pair)]]
            among_products += [spread(self.features([pair[seed] for pair in hidden])[:, OVERALL]) for seed in range(2)]
        self.note(
            "diverse", among_8_seeds=f"{np.mean(among_seeds):.2f}", with_the_renders_products=f"{np.mean(among_products):.2f}",
            renders_of_the_same_words=f"{np.mean(among_renders):.2f} ({len(groups)} groups)", share_of_seeds=f"{np.mean(among_seeds) / np.mean(among_renders):.2f}",
            share_with_the_same_products=f"{np.mean(among_products) / np.mean(among_renders):.2f}")
        self.sheet("seeds", [file for brief in briefs[:8] for file in sorted((self.work / "seeds" / "exports").glob(f"{brief.name}-*.png"))], 8)


QUESTIONS = ["words", "japanese", "layout_off", "more_steps", "categories", "attention", "layout", "styles", "seeds"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backdrop", type=Path, required=True, help="the program, built for release")
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path(__file__).parent.parent.parent / "Resources" / "starter")
    parser.add_argument("--first", type=int, choices=range(EVERY), default=EVERY // 2, help="the first scene asked for; the sketch was built looking at those from 3 on")
    parser.add_argument("--only", nargs="+", choices=QUESTIONS, default=QUESTIONS)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    evaluation = Evaluation(
        Painter(arguments.backdrop.resolve(), arguments.scenes.resolve(), arguments.model.resolve()), load_facts(arguments.scenes),
        arguments.work.resolve(), Features(), arguments.first)
    for question in arguments.only:
        getattr(evaluation, question)()
        file = arguments.work / "figures.json"
        before = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps(before | evaluation.figures, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
