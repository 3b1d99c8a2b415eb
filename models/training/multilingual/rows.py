"""The rows that the multilingual heads learn from, each language with its due weight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.training.data.dataset import Example, examples_of
from models.training.data.lessons import LESSONS, lessons_of
from models.training.encoder.plan import EncoderSource
from models.training.multilingual.plan import HeadsPlan, TaughtLanguage

MOST_CHARACTERS: Final = 1500  # the first part of a text lies within


class TaughtSentence(NamedTuple):
    """An example and what its weights are multiplied by."""

    example: Example
    times: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtSentences:
    """Texts with their languages; labels are NaN, and weights 0, where nobody judged.

    Labels and weights have the shape (texts, heads).
    """

    texts: Sequence[str]
    languages: Sequence[str]
    labels: NDArray[np.float32]
    weights: NDArray[np.float32]


def gather_sentences(plan: HeadsPlan, data: Path) -> list[TaughtSentence]:
    """Choose what the heads learn from; nothing of it is held out or repeats what is.

    :raises RecipeError: no file of a source matches, or a row is wrong.
    """
    every = [
        (language, source, list(examples_of(source, language.language, data, plan.seed)))
        for language in plan.languages
        for source in language.sources
    ]
    held = [example for _, _, examples in every for example in examples if example.held]
    keys, twins = {each.key for each in held}, {each.twin for each in held}
    taught = [
        TaughtSentence(example, language.weight)
        for language, source, examples in every
        for example in _sample(
            source, [row for row in examples if row.key not in keys and row.twin not in twins]
        )
    ]
    lessons = (lesson for language in plan.languages for lesson in _lessons(language))
    return [*taught, *lessons]


def taught_sentences(chosen: Sequence[TaughtSentence], plan: HeadsPlan) -> TaughtSentences:
    """Arrange examples as arrays, and balance their languages.

    :raises ValueError: there are none.
    """
    if not chosen:
        raise ValueError("heads need rows to learn from")
    heads, examples = list(plan.heads), [each.example for each in chosen]
    labels = np.array(
        [[row.labels.get(name, np.nan) for name in heads] for row in examples], np.float32
    )
    weights = np.array(
        [[row.weights.get(name, 0.0) * times for name in heads] for row, times in chosen],
        np.float32,
    )
    weights[np.isnan(labels)] = 0
    languages = [row.language for row in examples]
    return TaughtSentences(
        texts=[row.text[:MOST_CHARACTERS] for row in examples],
        languages=languages,
        labels=labels,
        weights=weights * _balance(languages, weights, plan.balance)[:, None],
    )


def _sample(source: EncoderSource, examples: list[Example]) -> list[Example]:
    """Choose at most `most` rows of a source; the keys are hashes, so the lowest are a sample."""
    short = [row for row in examples if not source.longest or len(row.text) <= source.longest]
    return sorted(short, key=lambda row: (row.key, row.text))[: source.most or None]


def _lessons(language: TaughtLanguage) -> Iterator[TaughtSentence]:
    if language.lessons:
        for lesson in lessons_of(LESSONS / language.lessons):
            yield TaughtSentence(lesson, language.weight * language.lesson_weight)


def _balance(
    languages: Sequence[str], weights: NDArray[np.float32], share: float
) -> NDArray[np.float32]:
    """Return by what to multiply each row, so that languages weigh alike as far as wanted."""
    names, places = np.unique(np.array(languages), return_inverse=True)
    totals = np.bincount(places, weights=weights.sum(axis=1), minlength=len(names))
    times = (totals.mean() / np.maximum(totals, 1e-6)) ** share
    return times[places].astype(np.float32)
