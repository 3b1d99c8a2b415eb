"""Word frequencies of many languages become the table that tells them apart."""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.features.ngrams import Hasher
from models.reading.draft import TextDraft
from models.reading.normal_form import fold
from models.scoring.identifier import SCHEME, STEP

LANGUAGES: Final = tuple(
    [
        "en",
        "de",
        "fr",
        "pt",
        "es",
        "it",
        "nl",
        "pl",
        "tr",
        "sv",
        "da",
        "nb",
        "fi",
        "cs",
        "sk",
        "hu",
        "ro",
        "sl",
        "sh",
        "lt",
        "lv",
        "ca",
        "id",
        "fil",
        "is",
        "vi",
        "ru",
        "uk",
        "bg",
        "mk",
        "ar",
        "fa",
        "ur",
    ]
)
MOST_WORDS: Final = 20_000
SMOOTHING: Final = 0.02


def build_table(path: Path) -> None:
    """Write the table; needs the package `wordfreq`, which serving does not."""
    counts = np.stack([_feature_shares(code) for code in LANGUAGES], axis=1)
    shares = counts + SMOOTHING / len(counts)
    logs = np.log(shares / shares.sum(axis=0))
    logs -= np.log(np.exp(logs).mean(axis=1, keepdims=True))
    table = np.clip(np.rint(logs / STEP), -127, 127).astype(np.int8)
    np.savez(path, codes=np.array(LANGUAGES), likelihoods=table)


def _feature_shares(code: str) -> NDArray[np.float64]:
    """Give the share of each feature among those of the words of one language."""
    import wordfreq

    words = wordfreq.top_n_list(code, MOST_WORDS, wordlist="small")
    texts = [f" {_folded(word)} " for word in words]
    weights = np.array([wordfreq.word_frequency(word, code, wordlist="small") for word in words])
    features = Hasher(SCHEME).features(texts)
    owners = features.rows // 3
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
