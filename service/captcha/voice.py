"""Changes to a recorded voice, so that it sounds like another person in another room."""

from random import Random

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

PITCH = (0.82, 1.22)
TEMPO = (0.88, 1.3)
GRAIN = 320
# How far (in samples of 8 kHz) neighbouring tones may drift apart; an ear does not notice 7 ms,
# while the wave no longer has the shape of the recorded one.
DRIFT = 56
BANDS = 9
TILT_DECIBELS = 5.0


def retime(clip: Samples, rng: Random) -> Samples:
    """Change pitch and tempo independently."""
    pitched = repitch(clip, rng)
    return stretch(pitched, rng.uniform(*TEMPO) * len(clip) / len(pitched))


def repitch(clip: Samples, rng: Random) -> Samples:
    """Change pitch and tempo together, like a tape at the wrong speed."""
    places = np.arange(0, len(clip) - 1, rng.uniform(*PITCH), dtype=np.float32)
    return np.interp(places, np.arange(len(clip)), clip).astype(np.float32)


def stretch(clip: Samples, factor: float) -> Samples:
    """Stretch a clip by a factor, by overlapping grains of it where they fit best."""
    hop = GRAIN // 2
    padded = np.concatenate([clip, np.zeros(2 * GRAIN, dtype=np.float32)])
    window = np.hanning(GRAIN + 1)[:GRAIN].astype(np.float32)
    count = int(len(clip) * factor) // hop
    out = np.zeros((count + 2) * hop, dtype=np.float32)
    for number in range(count):
        start = best_start(padded, out[number * hop :][:hop], int(number * hop / factor))
        out[number * hop :][:GRAIN] += padded[start : start + GRAIN] * window
    return out


def best_start(clip: Samples, tail: Samples, near: int) -> int:
    """Find the nearby place where the clip best continues the output so far."""
    reach = GRAIN // 4
    low = max(0, near - reach)
    area = clip[low : near + reach + len(tail)]
    if len(area) <= len(tail) or not tail.any():
        return min(near, len(clip) - GRAIN)
    return min(low + int(np.argmax(np.correlate(area, tail, "valid"))), len(clip) - GRAIN)


def disguise(clip: Samples, noise: np.random.Generator) -> Samples:
    """Shift tones against each other and colour them, as a room and a telephone do."""
    size = 1 << (len(clip) + 4 * DRIFT).bit_length()
    spectrum = np.fft.rfft(clip, size)
    count = len(spectrum)
    delay = smooth_curve(noise.uniform(0, DRIFT, BANDS * 2), count)
    phase = np.cumsum(delay) * (2 * np.pi / size)
    decibels = smooth_curve(noise.normal(0, TILT_DECIBELS, BANDS), count)
    spectrum *= 10 ** (decibels / 20) * np.exp(-1j * phase)
    return np.fft.irfft(spectrum, size)[: len(clip) + 2 * DRIFT].astype(np.float32)


def smooth_curve(points: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Interpolate a curve through points from the lowest tone to the highest."""
    return np.interp(np.linspace(0, len(points) - 1, length), np.arange(len(points)), points)
