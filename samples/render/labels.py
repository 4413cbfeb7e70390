"""Artwork for labels: type set with Pillow in free fonts of Debian (fonts-lato, fonts-ebgaramond, fonts-noto-cjk)."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = {
    "sans": "/usr/share/fonts/truetype/lato/Lato-Regular.ttf",
    "light": "/usr/share/fonts/truetype/lato/Lato-Light.ttf",
    "bold": "/usr/share/fonts/truetype/lato/Lato-Bold.ttf",
    "heavy": "/usr/share/fonts/truetype/lato/Lato-Black.ttf",
    "serif": "/usr/share/fonts/opentype/ebgaramond/EBGaramond12-Regular.otf",
    "italic": "/usr/share/fonts/opentype/ebgaramond/EBGaramond12-Italic.otf",
    "mincho": "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
}


def font(face, size):
    path = Path(FONTS[face])
    if not path.exists():
        raise SystemExit(f"the font {path} is missing: apt-get install fonts-lato fonts-ebgaramond fonts-noto-cjk")
    return ImageFont.truetype(str(path), size)


def paper(size, colour=(0, 0, 0, 0)):
    """An empty sheet of `size` pixels, clear unless it has a colour."""
    return Image.new("RGBA", size, colour)


def line(sheet, text, face, size, centre, colour, tracking=0.0):
    """Sets one line, letters `tracking` (in units of the size) apart, its middle at `centre` (shares of the sheet)."""
    draw, letters = ImageDraw.Draw(sheet), font(face, size)
    gap = tracking * size
    total = sum(letters.getlength(c) for c in text) + gap * (len(text) - 1)
    x, y = centre[0] * sheet.width - total / 2, centre[1] * sheet.height
    for letter in text:
        draw.text((x, y), letter, colour, letters, anchor="lm")
        x += letters.getlength(letter) + gap


def rule(sheet, centre, width, thickness, colour):
    """A horizontal rule; places and width in shares of the sheet, thickness in pixels."""
    x, y, half = centre[0] * sheet.width, centre[1] * sheet.height, width * sheet.width / 2
    ImageDraw.Draw(sheet).rectangle((x - half, y - thickness / 2, x + half, y + thickness / 2), fill=colour)


def border(sheet, inset, thickness, colour):
    """A frame `inset` pixels from the edge."""
    ImageDraw.Draw(sheet).rectangle((inset, inset, sheet.width - inset, sheet.height - inset), outline=colour, width=thickness)
