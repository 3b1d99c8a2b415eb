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
from models.training.data.matrix import Batches, features_of, matrix_of, rarity_of
from models.training.recipe import LanguageRecipe

LONGEST_TEXT: Final = 20_000
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class HashedTexts:
    """The features of all examples of a language, not yet weighted by rarity.

    `naming` is a mask of the rows, other than our own sentences, that name a group of people.
    """

    examples: Sequence[Example]
    whole: Batches
    pieces: Batches
    owners: NDArray[np.int64]
    signs: NDArray[np.float32]
    naming: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All examples of a language as arrays; `owners` says whose piece a row of `pieces` is."""

    examples: Sequence[Example]
    matrix: csr_matrix
    signs: NDArray[np.float32]
    pieces: csr_matrix
    owners: NDArray[np.int64]
    naming: NDArray[np.bool_]
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
    texts = hash_texts(language, examples, lexicon, tick)
    return weigh_texts(language, texts, np.array([not example.held for example in examples]))


def hash_texts(
    language: LanguageRecipe, examples: Sequence[Example], lexicon: Lexicon, tick: Tick
) -> HashedTexts:
    """Read and hash the examples of one language."""
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
    return HashedTexts(
        examples=examples,
        whole=features_of(texts, language.scheme),
        pieces=features_of(pieces or [" "], language.scheme),
        owners=np.array(owners, np.int64),
        signs=signs_of([example.text for example in examples]),
        naming=np.array([not row.ours and names_a_group(row.text) for row in examples], bool),
    )


def weigh_texts(language: LanguageRecipe, texts: HashedTexts, seen: NDArray[np.bool_]) -> Corpus:
    """Weight features by their rarity in the typical ones of the rows that training sees."""
    typical = np.array([example.rarity for example in texts.examples])
    counted = seen & (typical | (not typical[seen].any()))
    rarity, step = rarity_of(texts.whole, language.scheme, counted)
    return Corpus(
        examples=texts.examples,
        matrix=matrix_of(texts.whole, language.scheme, rarity, step),
        pieces=matrix_of(texts.pieces, language.scheme, rarity, step),
        owners=texts.owners,
        naming=texts.naming,
        rarity=rarity,
        signs=texts.signs,
        step=step,
        share=language.windows.share,
    )


def read(text: str, reader: TextReader) -> str:
    """Fold and read one text as in production."""
    draft = TextDraft(text)
    fold(draft)
    reader.read(draft)
    return draft.text
