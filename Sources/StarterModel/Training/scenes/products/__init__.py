"""The products: one function a kind, by name, each about one unit tall, standing on z = 0 and facing -y."""

from importlib import import_module

MODULES = ("beauty", "drinks", "food", "bakery", "shoes", "bags", "accessories", "electronics", "tableware", "lighting", "furniture", "leisure", "house_plants")


def makers() -> dict:
    """Kind of product to its function of a `Design`."""
    return {kind: maker for name in MODULES for kind, maker in import_module(f"{__name__}.{name}").KINDS.items()}
