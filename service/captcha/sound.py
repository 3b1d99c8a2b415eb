"""Sounds of codes that people can follow and that match no stored clip."""

import io
import wave
from functools import cache
from pathlib import Path
from random import Random, SystemRandom

import numpy as np
from captcha.audio import WAVE_SAMPLE_RATE, AudioCaptcha

from service.captcha.voice import Samples, disguise, repitch, retime

VOICES = Path(__file__).parent / "voices"
LEAD_SECONDS = 0.6
PAUSE_SECONDS = (0.55, 0.95)
BABBLE_LOUDNESS = 0.16
HISS_LOUDNESS = 0.012


def sound(code: str, lang: str = "en", *, rng: Random | None = None) -> bytes:
    """Speak a code as a WAV of 8 kHz, 8 bits, mono."""
    return bytes(Speech(lang, rng or SystemRandom()).generate(code))


@cache
def load_clips(lang: str) -> dict[str, list[Samples]]:
    """Load all clips of a language once, as numbers from -1 to 1."""
    folders = [folder for folder in (VOICES / lang).iterdir() if folder.is_dir()]
    return {
        folder.name: [read_clip(path) for path in sorted(folder.glob("*.wav"))]
        for folder in folders
    }


def read_clip(path: Path) -> Samples:
    """Read one 8-bit clip."""
    with wave.open(str(path)) as clip:
        frames = clip.readframes(-1)
    return np.frombuffer(frames, dtype=np.uint8).astype(np.float32) / np.float32(128) - 1


class Speech(AudioCaptcha):
    """Mixes clips as arrays, where the package works byte by byte."""

    def __init__(self, lang: str, rng: Random) -> None:
        """Speak a language, with one source for everything random."""
        super().__init__(str(VOICES / lang))
        self.clips = load_clips(lang)
        self.rng = rng
        self.noise = np.random.default_rng(rng.getrandbits(128))

    def generate(self, chars: str) -> bytearray:
        """Speak the characters as a WAV."""
        wav = io.BytesIO()
        with wave.open(wav, "wb") as clip:
            clip.setnchannels(1)
            clip.setsampwidth(1)
            clip.setframerate(WAVE_SAMPLE_RATE)
            clip.writeframes(self.create_wave_body(chars))
        return bytearray(wav.getvalue())

    def create_wave_body(self, chars: str) -> bytearray:
        """Mix the spoken characters, with pauses of varying length, over a babble of voices."""
        pieces = [self.rest(LEAD_SECONDS)]
        for char in chars:
            pieces += [self.say(char), self.rest(self.rng.uniform(*PAUSE_SECONDS))]
        speech = np.concatenate(pieces)
        mixed = speech + self.babble(len(speech))
        mixed *= 0.95 / float(np.abs(mixed).max())
        return bytearray((mixed * 127 + 128).astype(np.uint8).tobytes())

    def say(self, char: str) -> Samples:
        """Speak one character in a random voice, pitch, speed and timbre."""
        clip = self.rng.choice(self.clips[char])
        spoken = disguise(retime(clip, self.rng), self.noise)
        return spoken * (self.rng.uniform(0.75, 1.0) / float(np.abs(spoken).max()))

    def babble(self, length: int) -> Samples:
        """Return reversed murmur in other voices over a faint hiss."""
        murmur = self.noise.normal(0, HISS_LOUDNESS, length).astype(np.float32)
        everything = [clip for clips in self.clips.values() for clip in clips]
        for _ in range(2):
            position = 0
            while position < length:
                clip = repitch(self.rng.choice(everything), self.rng)[::-1][: length - position]
                murmur[position : position + len(clip)] += BABBLE_LOUDNESS * clip
                position += len(clip)
        return murmur

    def rest(self, seconds: float) -> Samples:
        """Return silence."""
        return np.zeros(int(seconds * WAVE_SAMPLE_RATE), dtype=np.float32)
