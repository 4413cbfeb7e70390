"""The design of one product: everything about it that is not its kind."""

import numpy as np

from ..brands import brand
from ..chance import Chance
from ..materials import nodes, organics
from ..tables.colours import COLOURS, PALETTES, colour
from . import labels

NAMES = ("Norr", "Alma", "Fable", "Osei", "Luma", "Verde", "Kuma", "Mori", "Petal", "Atlas", "Sol", "Haze", "Juno", "Pico", "Rive", "Tane")


class Design:
    """Colours, finish, metal and label of a product, fixed by its kind and number, and by its brand where it has one."""

    def __init__(self, facts):
        number = facts["brand"]
        self.chance = chance = Chance("design", facts["product"], facts["design"], "none" if number is None else number)
        if number is not None:
            owner = brand(number)
            self.name, self.layout, self.metal_name, self.finish = owner.name, owner.label, owner.metal, owner.finish
            hues = list(PALETTES[owner.palette])
            if chance.happens(0.35):
                hues[0] = chance.choose(("white", "ivory", "black"))
        else:
            self.name, self.layout = chance.choose(NAMES), chance.integer(0, 5)
            self.metal_name, self.finish = chance.choose(("gold", "silver", "silver", "rose gold", "black")), chance.choose(("matte", "satin", "gloss"))
            hues = [
                chance.choose(COLOURS) if chance.happens(0.6) else chance.choose(("white", "ivory", "black", "beige")),
                chance.choose(("white", "black", "beige", "ivory", "charcoal")),
                chance.choose(COLOURS),
            ]
        self.body, self.second, self.accent = (tuple(np.clip(np.array(colour(hue)) * chance.uniform(0.85, 1.12), 0.008, 0.88)) for hue in hues)

    @property
    def roughness(self):
        return {"matte": 0.6, "satin": 0.33, "gloss": 0.12}[self.finish]

    @property
    def ink(self):
        """A colour that reads on the body."""
        return (0.02, 0.02, 0.022) if np.mean(self.body) > 0.22 else (0.86, 0.85, 0.82)

    def coat(self, rgb=None, roughness=None):
        """The body's lacquer, plastic or enamel."""
        gloss = self.finish == "gloss"
        return nodes.plain(
            self.body if rgb is None else rgb, self.roughness if roughness is None else roughness, coat_weight=0.5 if gloss else 0.0, coat_roughness=0.05
        )

    def metal(self, roughness=None):
        return nodes.metal(self.metal_name, self.chance.uniform(0.12, 0.3) if roughness is None else roughness)

    def cap(self):
        """A lid or cap: metal, wood, or plastic in the second colour."""
        kind = self.chance.weighted({"metal": 0.35, "plastic": 0.45, "wood": 0.2})
        if kind == "metal":
            return self.metal()
        return organics.wood(self.chance, self.chance.choose(("oak", "walnut", "birch")), planks=False, turn=0.0) if kind == "wood" else self.coat(self.second)

    def tinted_glass(self, colours=None):
        tint = self.chance.choose(colours or ((0.95, 0.97, 0.96), (0.95, 0.80, 0.72), (0.75, 0.88, 0.90), (0.92, 0.62, 0.30), (0.80, 0.90, 0.78)))
        return nodes.glass(tint)

    def print(self, width, height, clear=None, layout=None, paper=None, roughness=0.5):
        """A label's material for an area of this size in scene units."""
        clear = self.chance.happens(0.4) if clear is None else clear
        sheet = self.second if paper is None else paper
        if not clear and abs(np.mean(sheet) - np.mean(self.body)) < 0.06:
            sheet = (0.82, 0.81, 0.78) if np.mean(self.body) < 0.4 else (0.05, 0.05, 0.055)
        ink = self.ink if clear else ((0.02, 0.02, 0.022) if np.mean(sheet) > 0.22 else (0.86, 0.85, 0.82))
        picture = labels.artwork(self.chance, self.name, self.layout if layout is None else layout, width / height, sheet, ink, self.accent, clear)
        return labels.printed(picture, roughness)
