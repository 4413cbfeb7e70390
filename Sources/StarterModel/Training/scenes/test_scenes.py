"""What must hold of every scene before it is rendered: python -m unittest scenes.test_scenes (in the folder above; needs numpy only)."""

import importlib.util
import json
import random
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from . import captions
from .brands import BRANDS, brand
from .plan import plan
from .splits import brand_is_held_out, design_is_held_out, split
from .tables.catalogue import CATEGORIES, GROUPS, PRODUCTS_JAPANESE
from .tables.colours import COLOURS, PALETTES
from .tables.preferences import PREFERENCES
from .tables.settings import SETTINGS
from .tables.styles import STYLES
from .tables.words import BACKDROPS, LIGHTS, PROPS, SURFACES

PLANS = [plan(number) for number in range(3000)]


class Tables(unittest.TestCase):
    def test_preferences_name_only_what_exists(self):
        surfaces = {name for setting in SETTINGS.values() for name in setting.surfaces}
        lights = {name for setting in SETTINGS.values() for name in setting.lights}
        props = {name for setting in SETTINGS.values() for name in setting.props}
        self.assertEqual(set(PREFERENCES), set(CATEGORIES))
        for key, likes in PREFERENCES.items():
            with self.subTest(key):
                self.assertLessEqual(set(likes.settings), set(SETTINGS))
                self.assertLessEqual(set(likes.palettes), set(PALETTES))
                self.assertLessEqual(set(likes.surfaces), surfaces)
                self.assertLessEqual(set(likes.lights), lights)
                self.assertLessEqual(set(likes.props), props)
        for style in STYLES.values():
            self.assertLessEqual(set(style.palettes), set(PALETTES))

    def test_everything_has_words_in_both_languages(self):
        for setting in SETTINGS.values():
            self.assertLessEqual(set(setting.surfaces), set(SURFACES))
            self.assertLessEqual(set(setting.lights), set(LIGHTS))
            self.assertLessEqual(set(setting.props), set(PROPS))
        products = [product for category in CATEGORIES.values() for product in category.products]
        self.assertEqual(sorted(products), sorted(PRODUCTS_JAPANESE))
        self.assertEqual(len(products), len(set(products)))
        self.assertTrue(all(category.group in GROUPS and category.identifier.isalpha() for category in CATEGORIES.values()))
        self.assertTrue(all(colour in COLOURS for palette in PALETTES.values() for colour in palette))

    @unittest.skipUnless(importlib.util.find_spec("bpy"), "bpy is not installed")
    def test_everything_can_be_built(self):
        from . import lights, props, sets
        from .products import makers

        self.assertEqual(set(makers()), set(PRODUCTS_JAPANESE))
        self.assertEqual(set(sets.KINDS), set(SETTINGS))
        self.assertEqual(set(props.KINDS), set(PROPS))
        self.assertEqual(set(lights.KINDS), set(LIGHTS))


class Plans(unittest.TestCase):
    def test_a_number_is_a_scene(self):
        self.assertEqual(json.dumps(plan(1234)), json.dumps(plan(1234)))
        self.assertGreater(len({json.dumps({**facts, "number": 0}) for facts in PLANS}), 2990)

    def test_all_settings_and_categories_appear(self):
        for field, all_of in (("setting", SETTINGS), ("category", CATEGORIES), ("backdrop", BACKDROPS)):
            counts = Counter(facts[field] for facts in PLANS)
            self.assertLessEqual(set(counts), set(all_of))
            if field != "backdrop":
                self.assertGreater(min(counts[key] for key in all_of), 25)

    def test_categories_lean_to_their_settings_and_a_quarter_does_not(self):
        coupled = [facts for facts in PLANS if facts["category_coupled"]]
        self.assertAlmostEqual(len(coupled) / len(PLANS), 0.75, delta=0.03)
        liked = sum(facts["setting"] in PREFERENCES[facts["category"]].settings for facts in coupled) / len(coupled)
        self.assertGreater(liked, 0.6)

    def test_a_brand_is_one_style_in_several_scenes(self):
        by_brand = {}
        for facts in PLANS:
            if facts["brand"] is not None:
                by_brand.setdefault(facts["brand"], []).append(facts)
        self.assertGreater(len(by_brand), 0.95 * BRANDS)
        for number, scenes in by_brand.items():
            self.assertEqual({facts["palette"] for facts in scenes}, {brand(number).palette})
            self.assertEqual({facts["style"] for facts in scenes}, {brand(number).style})

    def test_the_product_fits_into_the_picture(self):
        for facts in PLANS:
            self.assertTrue(0.25 <= facts["camera"]["share"] <= 0.6)


class Splits(unittest.TestCase):
    def test_rules_are_fixed(self):
        self.assertEqual(split(49, None, 0), "seed")
        self.assertEqual(split(0, None, 13), "product")
        self.assertEqual(sum(map(brand_is_held_out, range(BRANDS))), BRANDS // 10)
        self.assertEqual({brand(number).category for number in range(BRANDS) if brand_is_held_out(number)} <= set(CATEGORIES), True)

    def test_no_training_scene_shows_what_is_held_out(self):
        for facts in PLANS:
            if facts["split"] == "train":
                self.assertFalse(facts["number"] % 50 == 49)
                self.assertFalse(brand_is_held_out(facts["brand"]) if facts["brand"] is not None else design_is_held_out(facts["design"]))


class Captions(unittest.TestCase):
    def test_all_slots_are_said_in_both_languages(self):
        for facts in PLANS[:600]:
            for english, japanese in captions.slots(facts, random.Random(facts["number"])).values():
                self.assertTrue(english.isascii() and english.strip() and "{" not in english, english)
                self.assertFalse(any(c.isascii() and c.isalpha() for c in japanese) or "{" in japanese, japanese)

    def test_mirrored_pictures_have_mirrored_words(self):
        facts = next(facts for facts in PLANS if facts["light"] == "soft window")
        straight, mirrored = (captions.slots(facts, mirrored=flip)["light"] for flip in (False, True))
        self.assertNotEqual(straight, mirrored)
        swap = {"left": "right", "right": "left"}
        self.assertEqual(" ".join(swap.get(word, word) for word in straight[0].split()), mirrored[0])

    def test_training_captions_vary(self):
        chance = random.Random(3)
        said = [captions.training_caption(PLANS[7], chance) for _ in range(200)]
        self.assertGreater(len(set(said)), 100)
        self.assertTrue(10 < said.count("") + sum(not text for text in said) < 80)
        self.assertTrue(any(not text.isascii() for text in said) and any(text.isascii() and text for text in said))


@unittest.skipUnless(importlib.util.find_spec("bpy"), "bpy is not installed")
class Samples(unittest.TestCase):
    def test_a_sample_is_complete_repeatable_and_consistent(self):
        import numpy as np
        from PIL import Image

        from . import renderer
        from .photograph import photograph

        number, size = 2, 64
        read = lambda folder, kind: np.asarray(Image.open(folder / f"{number:06d}{kind}")).astype(int)  # noqa: E731
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            first, second = Path(first), Path(second)
            for folder in (first, second):
                renderer.prepare(size, 4, 1)
                facts = photograph(number, folder)
            for kind in (".jpg", "_mask.png", "_empty.jpg", "_layout.png"):
                self.assertTrue((read(first, kind) == read(second, kind)).all(), kind)
            self.assertEqual(sorted(file.name for file in first.iterdir() if file.suffix not in (".jpg", ".png", ".json")), [])
            product = read(first, "_mask.png")
            rows, columns = np.nonzero(product > 128)
            measured = columns.min() / size, rows.min() / size, (columns.max() + 1) / size, (rows.max() + 1) / size
            self.assertLess(np.abs(np.array(measured) - facts["box"]).max(), 0.06)
            changed = np.abs(read(first, ".jpg") - read(first, "_empty.jpg")).max(-1)
            self.assertGreater(np.median(changed[product > 250]), 4)
            self.assertEqual(changed[:4].max(), 0)
            layout = read(first, "_layout.png")
            self.assertLessEqual(set(np.unique(layout[..., 1])), {0, 50, 100, 150, 200})
            self.assertGreater(layout[..., 2].max(), 200)


if __name__ == "__main__":
    unittest.main()
