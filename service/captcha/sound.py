"""Sounds of codes that people can follow and that match no stored clip."""

import io
import wave
from functools import cache
from pathlib import Path
from random import Random, SystemRandom

import numpy as np
from captcha.audio import WAVE_SAMPLE_RATE, AudioCaptcha

from service.captcha.release import Turn, turn
from service.captcha.voice import Samples, disguise, repitch, retime

VOICES = Path(__file__).parent / "voices"
LEAD_SECONDS = (0.4, 0.9)
PAUSE_SECONDS = (0.5, 1.05)
# Loudness beside speech of 0.75 to 1: an ear follows a voice that is 10 dB above two murmuring
# ones, and takes a knock for what it is.
MURMUR_LOUDNESS = (0.1, 0.2)
HISS_LOUDNESS = (0.008, 0.03)
HUM_LOUDNESS = (0.02, 0.08)
KNOCK_LOUDNESS = (0.3, 0.7)
KNOCK_SECONDS = (0.03, 0.16)
ECHO_SECONDS = (0.02, 0.09)
ECHO_LOUDNESS = (0.0, 0.35)


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

    def __init__(self, lang: str, rng: Random, turned: Turn | None = None) -> None:
        """Speak a language, with one source for everything random."""
        super().__init__(str(VOICES / lang))
        self.clips = load_clips(lang)
        self.rng = rng
        self.turn = turned or turn()
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
        """Mix the spoken characters, with pauses of varying length, over the noise of a place."""
        pieces = [self.rest(self.rng.uniform(*LEAD_SECONDS))]
        for char in chars:
            pieces += [self.say(char), self.rest(self.rng.uniform(*PAUSE_SECONDS))]
        speech = self.echo(np.concatenate(pieces))
        mixed = speech + self.murmur(len(speech)) + self.hum(len(speech))
        self.knock(mixed)
        mixed *= 0.95 / float(np.abs(mixed).max())
        return bytearray((mixed * 127 + 128).astype(np.uint8).tobytes())

    def say(self, char: str) -> Samples:
        """Speak one character in a random voice, pitch, speed and timbre."""
        clip = self.rng.choice(self.clips[char])
        spoken = disguise(retime(clip, self.rng), self.noise)
        return spoken * (self.rng.uniform(0.75, 1.0) / float(np.abs(spoken).max()))

    def echo(self, speech: Samples) -> Samples:
        """Let the walls of one room answer."""
        away = int(self.rng.uniform(*ECHO_SECONDS) * WAVE_SAMPLE_RATE)
        heard = speech.copy()
        heard[away:] += np.float32(self.rng.uniform(*ECHO_LOUDNESS)) * speech[:-away]
        return heard

    def murmur(self, length: int) -> Samples:
        """Return reversed murmur in other voices over a hiss."""
        hiss = self.rng.uniform(*HISS_LOUDNESS)
        loudness = self.rng.uniform(*MURMUR_LOUDNESS) * (2 / self.turn.murmur) ** 0.5
        heard = self.noise.normal(0, hiss, length).astype(np.float32)
        everything = [clip for clips in self.clips.values() for clip in clips]
        for _ in range(self.turn.murmur):
            position = self.rng.randint(0, WAVE_SAMPLE_RATE // 4)
            while position < length:
                clip = repitch(self.rng.choice(everything), self.rng)[::-1][: length - position]
                heard[position : position + len(clip)] += loudness * clip
                position += len(clip)
        return heard

    def hum(self, length: int) -> Samples:
        """Return a tone with an overtone, both drifting, as machines hum."""
        pitch = self.turn.hum * self.rng.uniform(0.8, 1.25)
        drift = 1 + 0.1 * np.sin(np.linspace(0, self.rng.uniform(4, 20), length))
        phase = 2 * np.pi * np.cumsum(pitch * drift) / WAVE_SAMPLE_RATE
        tone = np.sin(phase) + self.rng.random() * np.sin(self.rng.randint(2, 5) * phase)
        return (self.rng.uniform(*HUM_LOUDNESS) * tone).astype(np.float32)

    def knock(self, mixed: Samples) -> None:
        """Add knocks, some as loud as speech, so that loudness does not tell where it is."""
        for _ in range(round(self.turn.knocks * len(mixed) / WAVE_SAMPLE_RATE)):
            length = int(self.rng.uniform(*KNOCK_SECONDS) * WAVE_SAMPLE_RATE)
            fade = np.exp(-np.linspace(0, self.rng.uniform(2, 6), length))
            width = self.rng.randint(1, 6)
            burst = np.convolve(self.noise.normal(0, 1, length), np.ones(width) / width, "same")
            burst *= self.rng.uniform(*KNOCK_LOUDNESS) * fade / float(np.abs(burst).max())
            at = self.rng.randrange(len(mixed) - length)
            mixed[at : at + length] += burst.astype(np.float32)

    def rest(self, seconds: float) -> Samples:
        """Return silence."""
        return np.zeros(int(seconds * WAVE_SAMPLE_RATE), dtype=np.float32)
