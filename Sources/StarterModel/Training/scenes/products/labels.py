"""Printed artwork: invented names set with Pillow's own typeface, in six layouts."""

import bpy
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ..materials.nodes import Surface

HEIGHT = 192
"""Pixels of a label's height: a label is seldom taller than this in a picture."""

SMALL_PRINT = ("no. 7", "50 ml", "natural", "est. 1998", "original", "pure", "250 g", "vol. 2", "classic", "organic")


def _eight_bits(colour):
    """Linear 0...1 to sRGB 0...255."""
    value = np.clip(np.array(colour), 0, 1)
    return tuple(int(v) for v in np.round(255 * np.where(value < 0.0031, 12.92 * value, 1.055 * value ** (1 / 2.4) - 0.055)))


def _line(draw, size, text, centre, share, ink):
    """One line of type, its middle at `centre` and its height a `share` of the label's, narrowed to fit."""
    pixels = share * size[1]
    font = ImageFont.load_default(pixels)
    wide = font.getlength(text)
    if wide > 0.86 * size[0]:
        font = ImageFont.load_default(pixels * 0.86 * size[0] / wide)
    draw.text((centre[0] * size[0], centre[1] * size[1]), text, ink, font, anchor="mm")


def artwork(chance, name, layout, aspect, paper, ink, accent, clear=False):
    """An RGBA picture of a label `aspect` times as wide as it is tall; colours linear; a `clear` one prints on the thing itself."""
    size = (max(24, int(HEIGHT * aspect)), HEIGHT)
    paper, ink, accent = (_eight_bits(c) for c in (paper, ink, accent))
    sheet = Image.new("RGBA", size, (*(ink if clear else paper), 0 if clear else 255))
    draw = ImageDraw.Draw(sheet)
    width, height = size
    small = chance.choose(SMALL_PRINT)
    if layout == 0:  # a name, a rule, small print
        _line(draw, size, name, (0.5, 0.36), 0.24, ink)
        draw.rectangle((0.42 * width, 0.545 * height, 0.58 * width, 0.56 * height), fill=ink)
        _line(draw, size, small, (0.5, 0.70), 0.10, ink)
    elif layout == 1:  # bands above and below
        for low, high in ((0.0, 0.16), (0.84, 1.0)):
            draw.rectangle((0, low * height, width, high * height), fill=accent)
        _line(draw, size, name, (0.5, 0.45), 0.25, ink)
        _line(draw, size, small, (0.5, 0.66), 0.10, ink)
    elif layout == 2:  # a disc with the initial
        radius = 0.2 * min(height, width)
        draw.ellipse((width / 2 - radius, 0.34 * height - radius, width / 2 + radius, 0.34 * height + radius), fill=accent)
        _line(draw, size, name[0], (0.5, 0.34), 0.22, paper)
        _line(draw, size, name, (0.5, 0.68), 0.16, ink)
        _line(draw, size, small, (0.5, 0.84), 0.08, ink)
    elif layout == 3:  # a frame
        draw.rectangle((0.05 * height, 0.05 * height, width - 0.05 * height, 0.95 * height), outline=ink, width=3)
        _line(draw, size, name.upper(), (0.5, 0.42), 0.2, ink)
        _line(draw, size, small, (0.5, 0.64), 0.10, accent)
    elif layout == 4:  # a large sweep of colour
        draw.ellipse((-0.3 * width, 0.45 * height, 1.3 * width, 1.7 * height), fill=accent)
        _line(draw, size, name, (0.5, 0.27), 0.26, ink)
        _line(draw, size, small, (0.5, 0.76), 0.13, paper)
    else:  # a drawn sprig
        for k in range(7):
            turn, x, y = (-1) ** k, width / 2, (0.12 + 0.055 * k) * height
            reach = 0.16 * height
            draw.ellipse(sorted((x, x + turn * reach))[:1] + [y] + sorted((x, x + turn * reach))[1:] + [y + 0.05 * height], fill=accent)
        _line(draw, size, name, (0.5, 0.66), 0.19, ink)
        _line(draw, size, small, (0.5, 0.83), 0.09, ink)
    return sheet


def printed(picture, roughness=0.5, **inputs):
    """A material with the artwork on it; where that is clear, so is the surface."""
    surface = Surface(roughness=roughness, **inputs)
    image = bpy.data.images.new("print", *picture.size, alpha=True)
    image.pixels.foreach_set((np.asarray(picture)[::-1].astype(np.float32) / 255).ravel())
    image.pack()
    node = surface.node("ShaderNodeTexImage", image=image, extension="EXTEND")
    surface.link(node.outputs["Color"], surface.sockets["base_color"])
    surface.link(node.outputs["Alpha"], surface.sockets["alpha"])
    return surface.made
