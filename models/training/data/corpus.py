"""The examples of one language as arrays: prepared texts, labels, weights and folds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from models.features.signs import signs_of
from models.reading.draft import TextDraft
from models.reading.identity import names_a_group
from models.reading.lexicon import Lexicon
from models.reading.normal_form import fold
from models.reading.reader import TextReader, reader_of
from models.training.data.dataset import Example
from models.training.data.matrix import features_of, matrix_of, rarity_of
from models.training.recipe import LanguageRecipe

LONGEST_TEXT: Final = 20_000
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All examples of a language; pieces of long texts follow the whole texts."""

    examples: Sequence[Example]
    matrix: csr_matrix
    signs: NDArray[np.float32]
    pieces: csr_matrix
    owners: NDArray[np.int64]
    rarity: NDArray[np.uint8]
    step: float
    share: float

    def without_words(self) -> "Corpus":
        """Drop the features of words, to save memory."""
        return replace(self, matrix=csr_matrix((0, 0)), pieces=csr_matrix((0, 0)))

    @property
    def held(self) -> NDArray[np.bool_]:
        """Return a mask of the held-out examples."""
        return np.array([example.held for example in self.examples])

    @property
    def natural(self) -> NDArray[np.float64]:
        """Return each example's weight in calibration, which follows its frequency in real life."""
        return np.array([example.natural for example in self.examples])

    @property
    def ours(self) -> NDArray[np.bool_]:
        """Return a mask of the sentences that were made from templates."""
        return np.array([example.ours for example in self.examples])

    @property
    def naming(self) -> NDArray[np.bool_]:
        """Return a mask of the rows, other than our own sentences, that name a group of people."""
        return np.array([not row.ours and names_a_group(row.text) for row in self.examples])

    def folds(self, number: int) -> NDArray[np.int64]:
        """Assign the examples to folds, near-duplicates to the same one."""
        return np.array([example.key // 10 % number for example in self.examples])

    def labels(self, attribute: str) -> NDArray[np.float64]:
        """Return the labels of one attribute, NaN where it was not judged."""
        return np.array([example.labels.get(attribute, np.nan) for example in self.examples])

    def weights(self, attribute: str) -> NDArray[np.float64]:
        """Return the weight of each example for one attribute."""
        return np.array([example.weights.get(attribute, 0.0) for example in self.examples])

    def margins(self, plane: NDArray[np.float64], bias: float) -> NDArray[np.float64]:
        """Score all examples as in production: the worst piece raises the margin of a long text."""
        margins = np.asarray(self.matrix @ plane + bias, np.float64)
        if not len(self.owners):
            return margins
        worst = margins.copy()
        np.maximum.at(worst, self.owners, self.pieces @ plane + bias)
        return margins + self.share * (worst - margins)


def build_corpus(
    language: LanguageRecipe, examples: Sequence[Example], lexicon: Lexicon, tick: Tick
) -> Corpus:
    """Read, hash and weight the examples of one language."""
    reader = reader_of(language.style, lexicon)
    texts: list[str] = []
    pieces: list[str] = []
    owners: list[int] = []
    for place, example in enumerate(examples):
        text = read(example.text[:LONGEST_TEXT], reader)
        texts.append(text)
        if example.natural or example.held:
            cut = [text[start:end].strip() for start, end in language.windows.cut(text)]
            pieces += (f" {piece} " for piece in cut)
            owners += [place] * len(cut)
        tick()
    features = features_of(texts, language.scheme)
    typical = np.array([example.rarity for example in examples])
    seen = np.array([not example.held for example in examples])
    rarity, step = rarity_of(features, language.scheme, seen & (typical | (not typical.any())))
    return Corpus(
        examples=examples,
        matrix=matrix_of(features, language.scheme, rarity, step),
        pieces=matrix_of(
            features_of(pieces or [" "], language.scheme), language.scheme, rarity, step
        ),
        owners=np.array(owners, np.int64),
        rarity=rarity,
        signs=signs_of([example.text for example in examples]),
        step=step,
        share=language.windows.share,
    )


def read(text: str, reader: TextReader) -> str:
    """Fold and read one text as in production."""
    draft = TextDraft(text)
    fold(draft)
    reader.read(draft)
    return draft.text
