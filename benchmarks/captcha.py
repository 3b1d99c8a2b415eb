"""Train a solver of our captchas on our own generator, and print what it reads and what that costs.

    python -m benchmarks.captcha --json OUT [--minutes 10]

It does what an attacker does: the program is free software, so pictures and sounds with known codes
are free too. Half of the minutes (of processor time, one core) go into drawing and speaking
examples, half into training. Then unseen pictures and sounds are read. The cost of a thousand
comments is what a native program needs for the work and for reading, without a browser; it counts
the codes that were read wrongly. `--seed` and the generator's parameters make it repeatable.
"""

import hashlib
import io
import json
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

import click
import numpy as np
from PIL import Image

from benchmarks.network import Floats, Network, Numbers
from service.captcha.code import ALPHABET, LENGTH
from service.captcha.picture import picture
from service.captcha.pow import EFFORTS
from service.captcha.sound import sound

PICTURE_SHAPE = (40, 112)
SOUND_SHAPE = (32, 48)
UNSEEN = 400
WINDOW, HOP = 256, 64
# The longest part of a clip in which one character is spoken, in seconds.
SPOKEN = 0.8
SLOW_DOWNS = (0.5, 0.7, 0.85, 0.95)

Example = tuple[Floats, Numbers]


@dataclass(frozen=True)
class Report:
    """Shares of codes read, from 0 to 1, and processor seconds of a thousand accepted comments.

    `seconds_per_1000_suspected` is for a caller under full suspicion; `seconds_per_picture` and
    `seconds_per_sound` are what we spend to make one.
    """

    picture_read: float
    sound_read: float
    seconds_per_1000_comments: float
    seconds_per_1000_suspected: float
    pictures_learned: int
    sounds_learned: int
    seconds_per_picture: float
    seconds_per_sound: float


@dataclass(frozen=True)
class Solved:
    """The share of codes read, from how many examples, and the seconds to make and to read one.

    `least` is the share that reading a single one of the unseen codes would be.
    """

    share: float
    learned: int
    making: float
    reading: float
    least: float


@click.command()
@click.option("--json", "target", type=click.Path(path_type=Path), help="File for the figures.")
@click.option("--minutes", default=10.0, show_default=True, help="Processor time of each solver.")
@click.option("--seed", default=1, show_default=True)
@click.option("--unseen", default=UNSEEN, show_default=True, help="Codes to be read.")
def main(target: Path | None, minutes: float, seed: int, unseen: int) -> None:
    """Train both solvers, and print what they read and what a thousand comments cost."""
    rng = Random(seed)
    seen = train(draw, Network(PICTURE_SHAPE, LENGTH, len(ALPHABET)), minutes, unseen, rng)
    heard = train(speak, Network(SOUND_SHAPE, 1, len(ALPHABET)), minutes, unseen, rng)
    report = _report(seen, heard)
    click.echo(
        f"pictures read  {report.picture_read:.1%}, after {report.pictures_learned} examples\n"
        f"sounds read    {report.sound_read:.1%}, after {report.sounds_learned} examples\n"
        f"1000 comments  {report.seconds_per_1000_comments:.0f} s of one core, "
        f"{report.seconds_per_1000_suspected:.0f} s under full suspicion\n"
        f"ours to make   {1000 * report.seconds_per_picture:.1f} ms a picture, "
        f"{1000 * report.seconds_per_sound:.1f} ms a sound"
    )
    if target:
        target.write_text(json.dumps(asdict(report), indent=2) + "\n")


def draw(code: str, rng: Random) -> Example:
    """Draw a code, and return its dots as a solver sees them: ink is light."""
    image = Image.open(io.BytesIO(picture(code, rng=rng))).convert("L")
    rows, columns = PICTURE_SHAPE
    small = image.resize((columns, rows), Image.Resampling.BOX)
    dots = 255 - np.asarray(small, dtype=np.float32)
    dots -= dots.mean()
    return (dots / max(1, dots.std()))[None], _indices(code)[None]


def speak(code: str, rng: Random) -> Example:
    """Speak a code, and return one spectrogram for each character."""
    with wave.open(io.BytesIO(sound(code, rng=rng))) as clip:
        rate, frames = clip.getframerate(), clip.readframes(-1)
    samples = np.frombuffer(frames, dtype=np.uint8).astype(np.float32) / 128 - 1
    spans = [samples[at : at + int(SPOKEN * rate)] for at in _starts(samples, rate)]
    return np.stack([_spectrogram(span, rate) for span in spans]), _indices(code)[:, None]


def train(
    make: Callable[[str, Random], Example],
    network: Network,
    minutes: float,
    unseen: int,
    rng: Random,
) -> Solved:
    """Make examples for half of the time, learn them, and read unseen ones."""
    with _stopwatch() as making:
        fields, codes, learned = _examples(make, 30 * minutes, rng)
    _learn(network, fields, codes, 30 * minutes)
    tests = [make(_code(rng), rng) for _ in range(unseen)]
    with _stopwatch() as reading:
        right = [bool((network.read(dots) == code).all()) for dots, code in tests]
    share = sum(right) / unseen
    return Solved(share, learned, making.seconds / learned, reading.seconds / unseen, 1 / unseen)


def _examples(
    make: Callable[[str, Random], Example], seconds: float, rng: Random
) -> tuple[Floats, Numbers, int]:
    ends, made = time.process_time() + seconds, [make(_code(rng), rng)]
    while time.process_time() < ends:
        made.append(make(_code(rng), rng))
    fields, codes = zip(*made, strict=True)
    return np.concatenate(fields), np.concatenate(codes), len(made)


def _learn(network: Network, fields: Floats, codes: Numbers, seconds: float) -> None:
    """Learn until the time is over, in smaller and smaller steps."""
    rng, begun = np.random.default_rng(1), time.process_time()
    slow_downs = list(SLOW_DOWNS)
    while True:
        for _ in network.learn(fields, codes, rng):
            spent = (time.process_time() - begun) / seconds
            if spent > 1:
                return
            if slow_downs and spent > slow_downs[0]:
                slow_downs.pop(0)
                network.slow_down(0.4)


def _report(seen: Solved, heard: Solved) -> Report:
    """Let the attacker take what is cheaper: the picture or the sound."""
    return Report(
        picture_read=seen.share,
        sound_read=heard.share,
        seconds_per_1000_comments=_thousand(seen, heard, EFFORTS[0].tries * _derive(0)),
        seconds_per_1000_suspected=_thousand(seen, heard, EFFORTS[-1].tries * _derive(-1)),
        pictures_learned=seen.learned,
        sounds_learned=heard.learned,
        seconds_per_picture=seen.making,
        seconds_per_sound=heard.making,
    )


def _thousand(seen: Solved, heard: Solved, work: float) -> float:
    # A wrong answer costs another reading of another code, and its work is lost too.
    # Who read none is taken to read the next one, or the cost would have no end.
    return 1000 * min((work + way.reading) / max(way.share, way.least) for way in (seen, heard))


def _derive(level: int) -> float:
    """Measure the seconds of one try at a level of work."""
    with _stopwatch() as watch:
        for number in range(50):
            hashlib.pbkdf2_hmac("sha256", number.to_bytes(20), b"s" * 16, EFFORTS[level].rounds, 32)
    return watch.seconds / 50


def _starts(samples: Floats, rate: int) -> list[int]:
    """Find where the five loudest parts begin, at least half a second apart."""
    span = int(SPOKEN * rate)
    power = np.cumsum(np.pad(samples * samples, (1, span)))
    energy = power[span:] - power[:-span]
    starts: list[int] = []
    while len(starts) < LENGTH:
        best = int(energy.argmax())
        starts.append(min(best, len(samples) - span))
        energy[max(0, best - span) : best + span] = -1
    return sorted(starts)


def _spectrogram(span: Floats, rate: int) -> Floats:
    """Return bands × moments in decibels, scaled; the bands widen as those of the ear."""
    rows, columns = SOUND_SHAPE
    moments = np.linspace(0, len(span) - WINDOW, columns).astype(int)
    windows = np.stack([span[at : at + WINDOW] for at in moments]) * np.hanning(WINDOW)
    power = np.abs(np.fft.rfft(windows)) ** 2
    mel = np.linspace(_mel(100), _mel(rate / 2), rows + 1)
    edges = np.round(700 * (10 ** (mel / 2595) - 1) / rate * WINDOW).astype(int)
    bands = [power[:, a : max(a + 1, b)].mean(1) for a, b in pairwise(edges)]
    level = np.log(np.stack(bands) + 1e-5)
    return ((level - level.mean()) / (level.std() + 1e-6)).astype(np.float32)


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def _code(rng: Random) -> str:
    return "".join(rng.choice(ALPHABET) for _ in range(LENGTH))


def _indices(code: str) -> Numbers:
    return np.array([ALPHABET.index(char) for char in code])


@dataclass
class _Watch:
    seconds: float = 0.0


@contextmanager
def _stopwatch() -> Iterator[_Watch]:
    watch, begun = _Watch(), time.process_time()
    yield watch
    watch.seconds = time.process_time() - begun


if __name__ == "__main__":
    main()
