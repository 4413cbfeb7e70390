"""What is photographed, and how: one `Shot` a picture."""

from dataclasses import dataclass
from importlib import import_module

import materials
import scene


@dataclass(frozen=True)
class Shot:
    """One product picture.

    `product` names the module in products/; `ground` is `alpha` (cut out), `white` (a clean white page with the product's own
    shadow) or the linear grey of a paper sweep; `size` in pixels as looked at; `turned` stores it on its side with an EXIF tag,
    `deep` with 16 bits a channel; `enlarged` renders it so many times smaller and scales it up.
    """

    file: str
    product: str
    ground: object
    size: tuple
    samples: int = 12
    fill: float = 0.8
    azimuth: float = 0.0
    elevation: float = 9.0
    lens: float = 85.0
    light: dict = None
    exposure: float = -1.0
    surroundings: float = 0.7
    deep: bool = False
    turned: bool = False
    quality: int = 90
    enlarged: int = 1

    folder = "products"

    def take(self, path, scale=1.0, samples=None):
        """Builds the set, renders the picture to a 16-bit PNG at `path`, and says whether it is cut out."""
        scene.clear(self.exposure)
        scene.world((1, 1, 1), self.surroundings)
        parts = import_module(f"products.{self.product}").build()
        size = tuple(round(side * scale / self.enlarged) for side in self.size)
        scene.frame(parts, size, self.fill, self.azimuth, self.elevation, self.lens)
        scene.rig(**(self.light or {}))
        if self.ground == "alpha":
            scene.floor(camera=False)
        elif self.ground == "white":
            scene.floor(catcher=True)
        else:
            scene.sweep(materials.principled(self.ground, roughness=0.95))
        cut_out = self.ground in ("alpha", "white")
        scene.shoot(path, size, samples or self.samples, cut_out)


SHOTS = [
    Shot("perfume-aurelie.png", "perfume", "alpha", (1200, 1500), azimuth=16, elevation=8, samples=40),
    Shot("mug-speckle.png", "mug", "white", (900, 900), fill=0.76, azimuth=-14, elevation=18),
    Shot("lipstick-rosso.png", "lipstick", "white", (900, 900), fill=0.76, elevation=14),
    Shot("cream-lumi.jpg", "cream", (0.20, 0.19, 0.18), (6000, 4000), samples=8, enlarged=4, fill=0.62, elevation=16, quality=86),
    Shot("vase-tidepool.png", "vase", "white", (760, 900), fill=0.78, deep=True, elevation=10),
    Shot("ボトル-桜.png", "sakura", "alpha", (720, 1080), fill=0.88, elevation=8),
    Shot("sneaker-lark.png", "sneaker", "white", (1400, 700), fill=0.8, azimuth=-20, elevation=13),
    Shot("watch-meridian.png", "watch", "alpha", (660, 900), fill=0.9, azimuth=-14, elevation=7),
    Shot("headphones-hush.jpg", "headphones", (0.32, 0.32, 0.33), (900, 900), fill=0.68, azimuth=32, elevation=10),
    Shot("handbag-orta.jpg", "handbag", (0.62, 0.60, 0.57), (741, 900), fill=0.74, azimuth=22, elevation=12, turned=True),
    Shot("oil-oliveto.jpg", "oil", "white", (480, 1400), fill=0.8, elevation=5),
]
