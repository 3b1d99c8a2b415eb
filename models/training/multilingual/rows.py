"""The rows that the multilingual heads learn from, of all languages together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.training.data.dataset import Example, examples_of
from models.training.data.lessons import LESSONS, lessons_of
from models.training.encoder.plan import EncoderSource
from models.training.multilingual.plan import HeadsPlan

MOST_CHARACTERS: Final = 1500  # the first part of a text lies within


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtSentences:
    """Texts with labels and weights (texts, heads): NaN and 0 where nobody judged."""

    texts: Sequence[str]
    labels: NDArray[np.float32]
    weights: NDArray[np.float32]


def gather_sentences(plan: HeadsPlan, data: Path) -> list[Example]:
    """Choose what the heads learn from; nothing of it is held out or repeats what is.

    :raises RecipeError: no file of a source matches, or a row is wrong.
    """
    every = [
        (source, list(examples_of(source, language.language, data, plan.seed)))
        for language in plan.languages
        for source in language.sources
    ]
    held = [example for _, examples in every for example in examples if example.held]
    keys, twins = {each.key for each in held}, {each.twin for each in held}
    taught = [
        example
        for source, examples in every
        for example in _sample(
            source, [row for row in examples if row.key not in keys and row.twin not in twins]
        )
    ]
    return [*taught, *_lessons(plan)]


def taught_sentences(examples: Sequence[Example], plan: HeadsPlan) -> TaughtSentences:
    """Arrange examples as arrays.

    :raises ValueError: there are none.
    """
    if not examples:
        raise ValueError("heads need rows to learn from")
    labels, weights = (
        np.array([[row.get(name, none) for name in plan.heads] for row in rows], np.float32)
        for rows, none in (
            ([each.labels for each in examples], np.nan),
            ([each.weights for each in examples], 0.0),
        )
    )
    weights[np.isnan(labels)] = 0
    texts = [example.text[:MOST_CHARACTERS] for example in examples]
    return TaughtSentences(texts=texts, labels=labels, weights=weights)


def _sample(source: EncoderSource, examples: list[Example]) -> list[Example]:
    """Choose at most `most` rows of a source; the keys are hashes, so the lowest are a sample."""
    short = [row for row in examples if not source.longest or len(row.text) <= source.longest]
    return sorted(short, key=lambda row: (row.key, row.text))[: source.most or None]


def _lessons(plan: HeadsPlan) -> Iterator[Example]:
    for language in plan.languages:
        if language.lessons:
            for lesson in lessons_of(LESSONS / language.lessons):
                yield replace(lesson, weights=dict.fromkeys(lesson.labels, plan.lesson_weight))
