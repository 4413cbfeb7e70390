"""The surfaces of the tables, by their names."""

from ..tables.colours import colour
from . import minerals, organics
from .nodes import bright, plain


def surface(chance, name, hue, glossy_floor=0.08):
    """A material by its name in the tables; `hue` is the name of the colour, where the material can have any."""
    rgb = colour(hue)
    if name in minerals.MARBLES:
        return minerals.marble(chance, name)
    if name in organics.WOODS:
        return organics.wood(chance, name)
    makers = {
        "concrete": lambda: minerals.concrete(chance),
        "terrazzo": lambda: minerals.terrazzo(chance, rgb),
        "plaster": lambda: minerals.plaster(chance, rgb),
        "paint": lambda: minerals.plaster(chance, rgb, 0.05, 0.03),
        "slate": lambda: minerals.rough_stone(chance, (0.045, 0.05, 0.054), 0.5, 4, 0.45),
        "sandstone": lambda: minerals.rough_stone(chance, (0.45, 0.32, 0.21), 0.5, 2.5, 0.9),
        "basalt": lambda: minerals.rough_stone(chance, (0.035, 0.035, 0.037), 0.7, 1, 0.6),
        "travertine": lambda: minerals.travertine(chance),
        "acrylic": lambda: plain(bright(rgb, 0.95), 0.06, coat_weight=0.8),
        "paper": lambda: minerals.plaster(chance, rgb, 0.03, 0.015),
        "linen": lambda: organics.cloth(chance, rgb),
        "satin": lambda: organics.satin(rgb),
        "sand": lambda: minerals.sand(chance),
        "water": lambda: minerals.water(chance, rgb),
        "snow": lambda: minerals.snow(chance),
        "moss": lambda: organics.moss(chance),
        "wet floor": lambda: plain((0.012, 0.012, 0.014), glossy_floor),
    }
    return makers[name]()
