"""The table for language identification, built from word frequencies of many languages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features.ngrams import Hasher
from models.features.occurrences import GROUPS
from models.reading.draft import TextDraft
from models.reading.normal_form import fold
from models.scoring.identifier import SCHEME, STEP

LANGUAGES: Final = (
    "en", "de", "fr", "pt", "es", "it", "nl", "pl", "tr", "sv", "da", "nb", "fi", "cs", "sk", "hu",
    "ro", "sl", "sh", "lt", "lv", "ca", "id", "fil", "is", "vi", "ru", "uk", "bg", "mk", "ar", "fa",
    "ur",
)  # fmt: skip
MOST_WORDS: Final = 20_000
SMOOTHING: Final = 0.02

Frequencies = Mapping[str, float]


def build_table(path: Path) -> None:
    """Write the table of all languages; only this needs the package `wordfreq`."""
    write_table(path, {code: _frequencies(code) for code in LANGUAGES})


def write_table(path: Path, languages: Mapping[str, Frequencies]) -> None:
    """Write the table of these languages from the frequencies of their words."""
    counts = np.stack([_feature_shares(words) for words in languages.values()], axis=1)
    shares = counts + SMOOTHING / len(counts)
    logs = np.log(shares / shares.sum(axis=0))
    logs -= np.log(np.exp(logs).mean(axis=1, keepdims=True))
    table = np.clip(np.rint(logs / STEP), -127, 127).astype(np.int8)
    np.savez(path, codes=np.array(list(languages)), likelihoods=table)


def _frequencies(code: str) -> Frequencies:
    import wordfreq

    words = wordfreq.top_n_list(code, MOST_WORDS, wordlist="small")
    return {word: wordfreq.word_frequency(word, code, wordlist="small") for word in words}


def _feature_shares(frequencies: Frequencies) -> NDArray[np.float64]:
    """Return the share of each feature among all features of a language's words."""
    weights = np.array(list(frequencies.values()))
    features = Hasher(SCHEME).features([f" {_folded(word)} " for word in frequencies])
    owners = features.rows // GROUPS
    total = np.bincount(
        features.places,
        weights=weights[owners] * features.counts,
        minlength=1 << SCHEME.bits,
    )
    return np.asarray(total / total.sum(), np.float64)


def _folded(word: str) -> str:
    draft = TextDraft(word)
    fold(draft)
    return "".join(char for char in draft.text if char.isalpha())
