"""Makes the JPEG kinds that our own encoder does not write. Run with Pillow: python3 make-fixtures.py"""

import pathlib

from PIL import Image

here = pathlib.Path(__file__).parent
width, height = 24, 16
picture = Image.new("RGB", (width, height))
for y in range(height):
    for x in range(width):
        picture.putpixel((x, y), (40 + 8 * x, 200 - 8 * y, 90))
picture.save(here / "progressive.jpg", quality=95, subsampling=0, progressive=True)
picture.convert("L").save(here / "grey.jpg", quality=95)
picture.convert("CMYK").save(here / "cmyk.jpg", quality=95)
