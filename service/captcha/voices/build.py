"""Record every character of the alphabet in many voices; run by hand when the alphabet changes.

Needs espeak-ng (``apt install espeak-ng``), which is not needed at run time. espeak-ng is under
the GPL, but that licence does not cover its output, so the clips are ours.

    python -m service.captcha.voices.build
"""

import io
import shutil
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from service.captcha.code import ALPHABET

HERE = Path(__file__).parent
RATE = 8000
SILENCE = 0.02
Samples = NDArray[np.float64]

# The voices of each language.
VOICES = {
    "en": [
        *("en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-us-nyc", "en-us+f1", "en-us+f2"),
        *("en-us+f3", "en-us+f4", "en-us+m1", "en-us+m3", "en-us+m7", "en-us+Andrea"),
        *("en-us+Annie", "en-us+linda", "en-us+Michael", "en-gb+f2", "en-gb+m3", "en-gb+steph"),
        "en-gb-x-rp+f4",
    ],
}


def main() -> None:
    """Write voices/<language>/<character>/<number>.wav for all of them."""
    for language, voices in VOICES.items():
        for character in ALPHABET:
            folder = HERE / language / character
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for number, voice in enumerate(voices):
                write_clip(folder / f"{number}.wav", speak(voice, character))
        sys.stdout.write(f"{language}: {len(ALPHABET)} characters in {len(voices)} voices\n")


def speak(voice: str, character: str) -> Samples:
    """Have espeak-ng say one character, and return its samples at 8 kHz."""
    command = ["espeak-ng", "-v", voice, "-s", "135", "--stdout", character]
    spoken = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(spoken)) as clip:
        rate, frames = clip.getframerate(), clip.readframes(-1)
    # The header of a streamed WAV claims more frames than exist, so only whole ones are read.
    samples = np.frombuffer(frames[: len(frames) // 2 * 2], dtype="<i2").astype(np.float64)
    return np.asarray(resample_poly(samples, RATE, rate), dtype=np.float64)


def write_clip(path: Path, samples: Samples) -> None:
    """Write a clip as 8-bit mono, trimmed of silence and at full loudness."""
    samples = samples / np.abs(samples).max()
    loud = np.flatnonzero(np.abs(samples) > SILENCE)
    samples = samples[loud[0] : loud[-1] + 1]
    with wave.open(str(path), "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(1)
        clip.setframerate(RATE)
        clip.writeframes((samples * 127 + 128).astype(np.uint8).tobytes())


if __name__ == "__main__":
    main()
