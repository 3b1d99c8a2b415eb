"""Parameters that turn with each release, so that a trained solver has to be trained again.

They follow from the version alone: every process of one release draws and speaks alike, and the
benchmark trains on what readers see. They are no secret, since the program is free software; a turn
costs an attacker another training, and nothing else.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one release does differently; each is the middle of a range for single codes.

    `waves` are the bends over a picture's width, `shove` how far (in dots) the grid under it moves,
    `cells` its columns and rows. `pens` weighs how letters are filled: solid, hollow, hatched,
    shaded. `decoys` and `strokes` are how many marks and lines lie over a code. `hum` is a tone in
    hertz, `knocks` how many knocks come in a second of sound, `murmur` how many voices murmur.
    """

    waves: float
    shove: float
    cells: tuple[int, int]
    pens: tuple[int, int, int, int]
    decoys: int
    strokes: int
    hum: float
    knocks: float
    murmur: int


@cache
def turn(release: str = "") -> Turn:
    """Return the parameters of a release; without a name, of the installed one."""
    name = f"folkmoot captcha {release or version('folkmoot')}"
    rng = Random(hashlib.sha256(name.encode()).digest())  # noqa: S311  # public by design
    return Turn(
        waves=rng.uniform(0.9, 1.5),
        shove=rng.uniform(2.6, 3.6),
        cells=(rng.randint(7, 10), rng.randint(3, 4)),
        pens=(5, rng.randint(1, 3), rng.randint(1, 3), rng.randint(1, 3)),
        decoys=rng.randint(5, 9),
        strokes=rng.randint(1, 2),
        hum=rng.uniform(120, 320),
        knocks=rng.uniform(0.7, 1.3),
        murmur=rng.randint(2, 4),
    )
