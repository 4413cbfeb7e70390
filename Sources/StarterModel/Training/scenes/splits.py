"""What is held out for evaluation, fixed by rules that need no pictures: brands, product designs and scene numbers."""

DESIGNS = 40
"""Designs (shape, material, label) of each kind of product that is sold without a brand."""


def brand_is_held_out(number: int) -> bool:
    """Every tenth brand, shifted so that each round of the categories loses different ones."""
    return number % 10 == (number // 28) % 10


def design_is_held_out(number: int) -> bool:
    return number % 20 == 13


def scene_is_held_out(number: int) -> bool:
    """One scene in fifty, whatever it shows."""
    return number % 50 == 49


def split(number: int, brand: int | None, design: int) -> str:
    """`train`, or why a scene is not for training: `brand`, `product` or `seed`."""
    if brand is not None and brand_is_held_out(brand):
        return "brand"
    if brand is None and design_is_held_out(design):
        return "product"
    return "seed" if scene_is_held_out(number) else "train"
