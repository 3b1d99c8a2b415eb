"""Pictures of codes that are easy for people to read and harder for programs."""

from functools import cached_property
from io import BytesIO
from itertools import pairwise
from math import pi, sin
from random import Random, SystemRandom

from captcha.image import ColorTuple, ImageCaptcha
from PIL import Image, ImageChops, ImageDraw

from service.captcha.code import ALPHABET
from service.captcha.lettering import INK, PAPER, draw_letter, draw_piece, load_fonts
from service.captcha.release import Turn, turn

# Twice the size at which a page shows it, so that it stays sharp on dense screens.
WIDTH, HEIGHT = 320, 112
# Its own paper keeps the contrast above 7 : 1 on both light and dark pages.
PAPERS: list[ColorTuple] = [
    (250, 248, 240),
    (240, 246, 250),
    (244, 250, 242),
    (250, 243, 246),
    (252, 240, 226),
    (238, 240, 250),
]
INKS: list[ColorTuple] = [
    (24, 48, 96),
    (92, 28, 48),
    (20, 72, 56),
    (64, 36, 100),
    (60, 48, 24),
    (16, 64, 80),
]
COLOURS = 16
# Lines of ink are as thick as the thin parts of a letter, so that no filter can separate them.
LINES = (3, 5)
GAPS = (2, 4)
SPECKS = 70

Point = tuple[float, float]


def picture(code: str, *, rng: Random | None = None) -> bytes:
    """Draw a code as a PNG."""
    rng = rng or SystemRandom()
    image = Drawing(rng).generate_image(code, rng.choice(PAPERS), rng.choice(INKS))
    png = BytesIO()
    image.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(png, format="PNG")
    return png.getvalue()


class Drawing(ImageCaptcha):
    """Draw with one random source, our own fonts, and what this release does to letters."""

    def __init__(self, rng: Random, turned: Turn | None = None) -> None:
        """Use this source for everything random."""
        super().__init__(WIDTH, HEIGHT)
        self._truefonts = load_fonts()
        self.rng = rng
        self.turn = turned or turn()

    def generate_image(
        self,
        chars: str,
        bg_color: ColorTuple | None = None,
        fg_color: ColorTuple | None = None,
    ) -> Image.Image:
        """Draw the code in ink on paper."""
        line = self.scatter(self.write_line(chars))
        ink = self.speckle(self.strike(self.wave(line)))
        paper = Image.new("RGB", ink.size, bg_color or PAPERS[0])
        paper.paste(fg_color or INKS[0], mask=ink)
        return paper

    def write_line(self, chars: str) -> Image.Image:
        """Set the characters side by side, so close that they touch now and then."""
        letters = [draw_letter(char, self.pens, self.rng) for char in chars]
        width = sum(letter.width for letter in letters)
        room = (WIDTH - 12 - width) // len(letters)
        gap = min(self.rng.randint(-4, 4), room)
        left = (WIDTH - width - gap * (len(letters) - 1)) // 2 + self.rng.randint(-4, 4)
        line = Image.new("L", (WIDTH, HEIGHT))
        for letter in letters:
            down = (HEIGHT - letter.height) // 2 + self.rng.randint(-10, 10)
            line.paste(INK, (left, down), letter)
            left += letter.width + gap
        return line

    @cached_property
    def pens(self) -> tuple[int, int, int, int]:
        """Prefer one way of filling letters in this code, among those of the release."""
        weights = list(self.turn.pens)
        weights[self.rng.randrange(len(weights))] += 4
        return (weights[0], weights[1], weights[2], weights[3])

    def scatter(self, line: Image.Image) -> Image.Image:
        """Scatter small pieces of letters that belong to no code."""
        for _ in range(self.turn.decoys + self.rng.randint(-2, 2)):
            piece = draw_piece(self.rng.choice(ALPHABET), self.rng.randint(8, 15), self.rng)
            place = (self.rng.randrange(WIDTH), self.rng.randrange(HEIGHT))
            line.paste(INK, place, piece)
        return line

    def wave(self, ink: Image.Image) -> Image.Image:
        """Bend the line like a flag, and shove the grid under it, each crossing differently."""
        columns, rows = self.turn.cells
        across = [round(WIDTH * column / columns) for column in range(columns + 1)]
        down = [round(HEIGHT * row / rows) for row in range(rows + 1)]
        moved = self.shove(across, down)
        mesh = [
            (
                (left, top, right, bottom),
                (
                    *moved[left, top],
                    *moved[left, bottom],
                    *moved[right, bottom],
                    *moved[right, top],
                ),
            )
            for left, right in pairwise(across)
            for top, bottom in pairwise(down)
        ]
        return ink.transform(ink.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)

    def shove(self, across: list[int], down: list[int]) -> dict[tuple[int, int], Point]:
        """Say from where each crossing of the grid takes its ink."""
        turns, shove = self.turn.waves * self.rng.uniform(0.8, 1.2), self.turn.shove
        phase, height = self.rng.uniform(0, 2 * pi), self.rng.uniform(3, 6)
        flag = {x: height * sin(phase + 2 * pi * turns * x / WIDTH) for x in across}
        return {
            (x, y): (x + self.rng.gauss(0, shove), y + self.rng.gauss(0, 0.8 * shove) + flag[x])
            for x in across
            for y in down
        }

    def strike(self, ink: Image.Image) -> Image.Image:
        """Draw curves across: those in ink join letters, one in paper cuts them."""
        draw = ImageDraw.Draw(ink)
        for _ in range(self.turn.strokes):
            draw.line(self.curve(), fill=INK, width=self.rng.randint(*LINES), joint="curve")
        draw.line(self.curve(), fill=PAPER, width=self.rng.randint(*GAPS), joint="curve")
        self.draw_ring(draw)
        return ink

    def draw_ring(self, draw: ImageDraw.ImageDraw) -> None:
        """Draw part of a ring, whose curve is like that of a letter."""
        size = self.rng.randint(26, 60)
        left, top = self.rng.randint(10, WIDTH - 10 - size), self.rng.randint(-10, HEIGHT - size)
        start = self.rng.randrange(360)
        box = (left, top, left + size, top + size)
        end = start + self.rng.randint(120, 260)
        draw.arc(box, start, end, fill=INK, width=self.rng.randint(*LINES))

    def curve(self) -> list[tuple[float, float]]:
        """Return the points of a gentle wave from one side to the other."""
        start, end = self.rng.uniform(15, HEIGHT - 15), self.rng.uniform(15, HEIGHT - 15)
        phase, height = self.rng.uniform(0, 2 * pi), self.rng.uniform(6, 20)
        turns = self.rng.uniform(3, 8)
        return [
            (x, start + (end - start) * x / WIDTH + height * sin(phase + turns * x / WIDTH))
            for x in range(-4, WIDTH + 8, 4)
        ]

    def speckle(self, ink: Image.Image) -> Image.Image:
        """Turn small dots over: ink on paper, and paper in letters."""
        dots = Image.new("L", ink.size)
        draw = ImageDraw.Draw(dots)
        for _ in range(SPECKS):
            x, y = self.rng.randrange(WIDTH), self.rng.randrange(HEIGHT)
            draw.rectangle((x, y, x + self.rng.randint(0, 2), y + self.rng.randint(0, 2)), fill=INK)
        return ImageChops.difference(ink, dots)
