"""Language identification: first by the script, and within a script by the words."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features.ngrams import Hasher
from models.features.occurrences import GROUPS, Scheme
from models.reading.chunks import may_be_spelt_out
from models.reading.lexicon import LEET
from models.reading.memory import Memory

UNKNOWN: Final = "und"
SCHEME: Final = Scheme(bits=15, shortest=1, longest=4, pairs=False)
ENOUGH: Final = 400
HOME: Final = "en"
BONUS: Final = {"en": 4.0, "de": 2.0, "fr": 2.0, "pt": 3.0, "ru": 3.0, "ar": 3.0, "es": 1.0}
BREVITY_BONUS: Final = 9.0  # a single word says little, and most single words are English
STEP: Final = 0.08
MOST_REPEATS: Final = 3
MOST_WORDS: Final = 60
LONGEST_WORD: Final = 40
MOST_REMEMBERED: Final = 1 << 14  # only unusual texts are examined word by word

_SCRIPTS: Final = (
    ("ko", re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")),
    ("ja", re.compile(r"[\u3041-\u30ff\u31f0-\u31ff]")),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")),
    ("latin", re.compile(r"[a-z]")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("arabic", re.compile(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("pa", re.compile(r"[\u0a00-\u0a7f]")),
    ("gu", re.compile(r"[\u0a80-\u0aff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("te", re.compile(r"[\u0c00-\u0c7f]")),
    ("kn", re.compile(r"[\u0c80-\u0cff]")),
    ("ml", re.compile(r"[\u0d00-\u0d7f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
)
_TELLING: Final = ("latin", "cyrillic", "arabic")
_LATIN_TEXT: Final = re.compile(r"[\x00-\x7f\u2000-\u2bff\U0001f000-\U0001ffff]*")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_LEETED: Final = re.compile(r"\S*[^\W\d_]\S*")
_SPACED: Final = re.compile(r"(?<![^\W_])(?:[^\W_][\s.\-_*]{1,2}){3,}[^\W_](?![^\W_])")
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_GAPS: Final = re.compile(r"[\s.\-_*]+")
_MARKS: Final = re.compile(r"httplink|knownlink|atuser|@[a-z0-9_.]+")
_NOISE: Final = re.compile(r"httplink|knownlink|atuser|\S*[@#/]\S*")


@dataclass(frozen=True, slots=True)
class LanguageFit:
    """How well the languages of a text's script fit it, in nats.

    `behind` has the likeliest language first, and how far each one is behind it. `per_word` is the
    evidence for the likeliest one, a word; it is low if the words are of no language.
    """

    behind: Mapping[str, float]
    per_word: float

    @property
    def likeliest(self) -> str:
        """The likeliest language, `und` if there is no word."""
        return next(iter(self.behind), UNKNOWN)


class LanguageIdentifier:
    """Identifies the language of a folded text as a BCP-47 code or `und`."""

    def __init__(self, codes: tuple[str, ...], likelihoods: NDArray[np.int8]) -> None:
        """Use a table of how likely each feature is in each language."""
        self.codes = codes
        self._likelihoods = likelihoods
        self._hasher = Hasher(SCHEME)
        self._bonus = np.array([BONUS.get(code, 0.0) for code in codes], np.float32)
        self._places = {code: place for place, code in enumerate(codes)}
        self._evidence = Memory(self._weigh, MOST_REMEMBERED)
        self._words = Memory(_words_in, MOST_REMEMBERED)
        self._sizes = Counter(map(_script, codes))
        self._scripts = {
            script: np.array(
                [0 if _script(code) == script else -np.inf for code in codes], np.float32
            )
            for script in _TELLING
        }

    @classmethod
    def load(cls, path: Path) -> "LanguageIdentifier":
        """Load the table that training wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(tuple(arrays["codes"].tolist()), arrays["likelihoods"])

    def learn(self, words: Sequence[str]) -> None:
        """Cache the evidence of these words in advance."""
        self._words_of(" ".join(words))
        self._evidence.of([word for word in words if word.isalpha()])

    def identify(self, folded: str) -> str:
        """Return the language of a folded text."""
        return self.fit(folded).likeliest

    def fit(self, folded: str, named: str = "") -> LanguageFit:
        """Compare the languages of the script; a few words count as English, or as `named`."""
        script = _main_script(folded)
        if script == "zh" and named == "ja":  # Japanese without kana
            script = named
        if script not in self._scripts:
            return LanguageFit({} if script == UNKNOWN else {script: 0.0}, np.inf)
        words = self._words_of(folded[: 2 * ENOUGH])[:MOST_WORDS]
        return self._among(script, words, named) if words else LanguageFit({}, np.inf)

    def _words_of(self, sample: str) -> list[str]:
        if may_be_spelt_out(sample):
            return _LETTERS.findall(_readable(sample))
        return [word for words in self._words.of(sample.split()) for word in words]

    def _among(self, script: str, words: list[str], named: str) -> LanguageFit:
        joined = b"".join(self._evidence.of(list(dict.fromkeys(words))))
        evidence = np.frombuffer(joined, np.float32).reshape(-1, len(self.codes)).sum(axis=0)
        evidence += self._bonus
        evidence += self._scripts[script]
        for home in {HOME, named} & set(self.codes):
            evidence[self._places[home]] += BREVITY_BONUS / len(words)
        order = (-evidence).argsort()[: self._sizes[script]]
        most = float(evidence[order[0]])
        behind = {self.codes[place]: most - float(evidence[place]) for place in order}
        return LanguageFit(behind, most / len(words))

    def _weigh(self, words: Sequence[str]) -> list[bytes]:
        """Compute the evidence of words for each language."""
        features = self._hasher.features([f" {word[:LONGEST_WORD]} " for word in words])
        counts = np.minimum(features.counts, MOST_REPEATS) * np.float32(STEP)
        evidence = self._likelihoods[features.places] * counts[:, None]
        owners = features.rows // GROUPS
        first = np.flatnonzero(np.diff(owners, prepend=-1))
        totals = np.add.reduceat(evidence, first, axis=0)
        return [total.tobytes() for total in totals.astype(np.float32)]


def _words_in(chunks: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(_LETTERS.findall(_readable(chunk))) for chunk in chunks]


def _readable(sample: str) -> str:
    """Return the letters of a text, with spaced-out words joined and digits read as letters."""
    text = _NOISE.sub(" ", sample)
    if _SPACED.search(text):
        text = _SPACED.sub(_closed, text)
    text = _STRETCHED.sub(r"\1", text)
    return text if text.replace(" ", "").isalpha() else _LEETED.sub(_in_letters, text)


def _closed(run: re.Match[str]) -> str:
    return f" {_GAPS.sub('', run[0])} "


def _in_letters(word: re.Match[str]) -> str:
    return word[0].translate(LEET[0])


def is_latin(folded: str) -> bool:
    """Say whether the start of a folded text holds only Latin letters, signs and pictures."""
    sample = folded[: 2 * ENOUGH]
    return sample.isascii() or _LATIN_TEXT.fullmatch(sample) is not None


def _main_script(folded: str) -> str:
    """Return the script of most letters; Han with some kana is Japanese."""
    if is_latin(folded):
        return "latin"
    sample = _MARKS.sub(" ", folded[: 2 * ENOUGH])  # names and links are Latin in every language
    counts = Counter({script: len(pattern.findall(sample)) for script, pattern in _SCRIPTS})
    if counts["ja"] and counts["ja"] * 8 >= counts["zh"]:
        counts["ja"] += counts["zh"]
    counts["zh"] *= 3
    counts["ja"] *= 3
    counts["ko"] *= 2
    script, most = counts.most_common(1)[0]
    return script if most else UNKNOWN


def _script(code: str) -> str:
    if code in {"ru", "uk", "bg", "mk", "sr"}:
        return "cyrillic"
    return "arabic" if code in {"ar", "fa", "ur"} else "latin"
