"""Pictures of codes that are easy for people to read and harder for programs."""

from functools import cache
from io import BytesIO
from math import pi, sin
from pathlib import Path
from random import Random, SystemRandom

import numpy as np
from captcha.image import ColorTuple, ImageCaptcha
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw
from PIL.ImageFont import FreeTypeFont, truetype

FONTS = Path(__file__).parent / "fonts"
# The sizes make the capitals of all fonts equally tall.
FONT_SIZES = {
    "sans.ttf": (66, 72, 78),
    "serif.ttf": (66, 72, 78),
    "primer.ttf": (68, 74, 80),
    "typewriter.otf": (80, 88, 96),
    "slab.otf": (68, 74, 80),
}
# Twice the size at which a page shows it, so that it stays sharp on dense screens.
WIDTH, HEIGHT = 320, 112
# Its own paper keeps the contrast above 7 : 1 on both light and dark pages.
PAPERS: list[ColorTuple] = [(250, 248, 240), (240, 246, 250), (244, 250, 242), (250, 243, 246)]
INKS: list[ColorTuple] = [(24, 48, 96), (92, 28, 48), (20, 72, 56), (64, 36, 100), (60, 48, 24)]
COLOURS = 16
INK, PAPER = 255, 0
TILT = 18
# Ink strokes as thick as the thin parts of a letter, so that no filter can separate them; and
# strokes of bare paper.
STROKES = ((INK, 6), (PAPER, 3))


def picture(code: str, *, rng: Random | None = None) -> bytes:
    """Draw a code as a PNG."""
    rng = rng or SystemRandom()
    image = Drawing(rng).generate_image(code, rng.choice(PAPERS), rng.choice(INKS))
    png = BytesIO()
    image.quantize(COLOURS).save(png, format="PNG")
    return png.getvalue()


@cache
def load_fonts() -> list[FreeTypeFont]:
    """Load our own fonts once."""
    return [
        truetype(str(FONTS / name), size) for name, sizes in FONT_SIZES.items() for size in sizes
    ]


class Drawing(ImageCaptcha):
    """Draw with one random source, our own fonts, waves, and strokes as thick as the letters."""

    def __init__(self, rng: Random) -> None:
        """Use this source for everything random."""
        super().__init__(WIDTH, HEIGHT)
        self._truefonts = load_fonts()
        self.rng = rng

    def generate_image(
        self,
        chars: str,
        bg_color: ColorTuple | None = None,
        fg_color: ColorTuple | None = None,
    ) -> Image.Image:
        """Draw the code in ink on paper."""
        ink = self.strike(self.wave(self.write_line(chars)))
        paper = Image.new("RGB", ink.size, bg_color or PAPERS[0])
        paper.paste(fg_color or INKS[0], mask=ink)
        return paper

    def write_line(self, chars: str) -> Image.Image:
        """Set the characters side by side, so close that they touch now and then."""
        letters = [self.write_letter(char) for char in chars]
        width = sum(letter.width for letter in letters)
        gap = min(0, (WIDTH - 12 - width) // len(letters))
        left = (WIDTH - width - gap * (len(letters) - 1)) // 2
        line = Image.new("L", (WIDTH, HEIGHT))
        for letter in letters:
            layer = Image.new("L", line.size)
            layer.paste(letter, (left, (HEIGHT - letter.height) // 2 + self.rng.randint(-8, 8)))
            line = ImageChops.lighter(line, layer)
            left += letter.width + gap
        return line

    def write_letter(self, char: str) -> Image.Image:
        """Draw one character in some font and size, tilted."""
        letter = Image.new("L", (130, 130))
        font = self.rng.choice(self.truefonts)
        ImageDraw.Draw(letter).text((65, 65), char, fill=255, font=font, anchor="mm")
        tilted = letter.rotate(self.rng.uniform(-TILT, TILT), Image.Resampling.BICUBIC)
        return tilted.crop(tilted.getbbox())

    def wave(self, ink: Image.Image) -> Image.Image:
        """Bend the line of characters like a flag, vertically and horizontally."""
        dots = np.asarray(ink, dtype=np.float32)
        down, right = self.swing(5, WIDTH), self.swing(3, HEIGHT)
        dots = shift_columns(shift_columns(dots, down).T, right).T
        return Image.fromarray(dots.astype(np.uint8))

    def swing(self, height: float, length: int) -> NDArray[np.float32]:
        """Choose a wave: the shift of each column."""
        turns, phase = self.rng.uniform(0.8, 1.6), self.rng.uniform(0, 2 * pi)
        along = np.arange(length, dtype=np.float32) / length
        return (height * np.sin(phase + 2 * pi * turns * along)).astype(np.float32)

    def strike(self, ink: Image.Image) -> Image.Image:
        """Draw curves across: one in ink joins letters, one in paper cuts them."""
        draw = ImageDraw.Draw(ink)
        for fill, width in STROKES:
            draw.line(self.curve(), fill=fill, width=width, joint="curve")
        return ink

    def curve(self) -> list[tuple[float, float]]:
        """Return the points of a gentle wave from one side to the other."""
        start, end = self.rng.uniform(25, HEIGHT - 25), self.rng.uniform(25, HEIGHT - 25)
        phase, height = self.rng.uniform(0, 2 * pi), self.rng.uniform(8, 18)
        return [
            (x, start + (end - start) * x / WIDTH + height * sin(phase + 5 * x / WIDTH))
            for x in range(-4, WIDTH + 8, 4)
        ]


def shift_columns(
    dots: NDArray[np.float32],
    by: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Move each column down by its own fraction of dots, with interpolation."""
    rows, columns = dots.shape
    source = np.clip(np.arange(rows)[:, None] - by[None, :], 0, rows - 1.001)
    above = source.astype(int)
    part = (source - above).astype(np.float32)
    each = np.arange(columns)[None, :]
    moved: NDArray[np.float32] = dots[above, each] * (1 - part) + dots[above + 1, each] * part
    return moved
