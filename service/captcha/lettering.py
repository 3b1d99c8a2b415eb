"""Single letters in many fonts, sizes and slants, filled in several ways."""

from functools import cache
from math import cos, radians, sin
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw
from PIL.ImageFont import FreeTypeFont, truetype

FONTS = Path(__file__).parent / "fonts"
# Heights of a capital in dots; the fonts are scaled so that all are equally tall.
CAPITALS = (50, 54, 58)
CANVAS = 124
MIDDLE = CANVAS / 2
TILT = 20.0
LEAN = 0.2
WIDER = (0.95, 1.2)
# Stripes and shadows that stay legible at half size.
STRIPE, BAR, SHADOW = 8, 5, 5
INK, PAPER = 255, 0


@cache
def load_fonts() -> list[FreeTypeFont]:
    """Load our own fonts once, in each size."""
    paths = sorted(path for path in FONTS.iterdir() if path.suffix in (".otf", ".ttf"))
    return [_sized(str(path), height) for path in paths for height in CAPITALS]


def _sized(path: str, height: int) -> FreeTypeFont:
    _, top, _, bottom = truetype(path, 200).getbbox("H")
    return truetype(path, round(200 * height / (bottom - top)))


def draw_letter(char: str, pens: tuple[int, int, int, int], rng: Random) -> Image.Image:
    """Draw one character as a mask, cropped to its ink."""
    [fill] = rng.choices((_solid, _hollow, _hatched, _shaded), pens)
    bent = _bend(fill(char, rng.choice(load_fonts()), rng), rng)
    return bent.crop(bent.getbbox())


def draw_piece(char: str, size: int, rng: Random) -> Image.Image:
    """Draw a square piece of a character, which belongs to no code."""
    piece, font = Image.new("L", (size, size)), rng.choice(load_fonts())
    place = (rng.uniform(-15, 15), rng.uniform(-15, 15))
    ImageDraw.Draw(piece).text(place, char, fill=INK, font=font, anchor="mm")
    return piece


def _bend(letter: Image.Image, rng: Random) -> Image.Image:
    """Lean, stretch and tilt a letter around its middle, in one step."""
    angle, lean = radians(rng.uniform(-TILT, TILT)), rng.uniform(-LEAN, LEAN)
    wider = rng.uniform(*WIDER)
    a, b = (cos(angle) + lean * sin(angle)) / wider, (lean * cos(angle) - sin(angle)) / wider
    c, d = sin(angle), cos(angle)
    shape = (a, b, MIDDLE * (1 - a - b), c, d, MIDDLE * (1 - c - d))
    return letter.transform(letter.size, Image.Transform.AFFINE, shape, Image.Resampling.BILINEAR)


def _write(char: str, font: FreeTypeFont, fill: int, ring: int = 0, ink: int = INK) -> Image.Image:
    """Write a character in the middle of a canvas, with a ring of this width around it."""
    letter = Image.new("L", (CANVAS, CANVAS))
    place, draw = (MIDDLE, MIDDLE), ImageDraw.Draw(letter)
    if ring:
        draw.text(place, char, fill=ink, font=font, anchor="mm", stroke_width=ring)
    draw.text(place, char, fill=fill, font=font, anchor="mm")
    return letter


def _solid(char: str, font: FreeTypeFont, rng: Random) -> Image.Image:
    return _write(char, font, INK)


def _hollow(char: str, font: FreeTypeFont, rng: Random) -> Image.Image:
    """Leave only a ring around the letter."""
    return _write(char, font, PAPER, ring=3)


def _hatched(char: str, font: FreeTypeFont, rng: Random) -> Image.Image:
    """Fill the letter with stripes, inside a ring."""
    letter, slope = _write(char, font, INK), rng.uniform(-1, 1)
    stripes = Image.new("L", letter.size)
    draw = ImageDraw.Draw(stripes)
    for start in range(-CANVAS + rng.randrange(STRIPE), 2 * CANVAS, STRIPE):
        draw.line([(0, start), (CANVAS, start + slope * CANVAS)], fill=INK, width=BAR)
    filled = ImageChops.multiply(letter, stripes)
    return ImageChops.lighter(_write(char, font, PAPER, ring=2), filled)


def _shaded(char: str, font: FreeTypeFont, rng: Random) -> Image.Image:
    """Put the edge of a second letter behind the letter, as a shadow."""
    shadow = _write(char, font, PAPER, ring=1)
    away = (rng.choice((-SHADOW, SHADOW)), rng.choice((-SHADOW, SHADOW)))
    behind = ImageChops.offset(shadow, *away)
    gap = _write(char, font, INK, ring=2)
    return ImageChops.lighter(_write(char, font, INK), ImageChops.subtract(behind, gap))
