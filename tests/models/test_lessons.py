"""Lessons are of many kinds in both labels, and share nothing with the sentences of the exam."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.attributes import ATTRIBUTES, SPAM, TOXICITY
from models.training.measuring.functional import ABUSIVE, HARMLESS, SENTENCES, read_sentences

LESSONS = SENTENCES.with_name("lessons")
PATHS = sorted(LESSONS.glob("*.yaml"))
FEWEST_KINDS, FEWEST = 14, 60  # kinds a language; sentences a label, in English
FEWEST_ABROAD = 15
SHARED_WORDS = 5
# Scripts without spaces are compared by runs of characters.
SHARED_CHARACTERS, UNSPACED = 9, {"ja", "zh"}

every_language = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def lessons_in(path: Path) -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return kinds


def sentences_in(path: Path) -> list[str]:
    return [
        text
        for kind in lessons_in(path).values()
        for label in (HARMLESS, ABUSIVE)
        for text in kind[label]
    ]


def units(text: str, language: str) -> tuple[str, ...]:
    """Words without case and signs, or characters where nothing parts the words."""
    words = re.findall(r"[^\W_]+", re.sub("['’]", "", text.casefold()))
    return tuple("".join(words)) if language in UNSPACED else tuple(words)


def runs(text: str, language: str) -> Iterator[tuple[str, ...]]:
    said = units(text, language)
    length = SHARED_CHARACTERS if language in UNSPACED else SHARED_WORDS
    for start in range(len(said) - length + 1):
        yield said[start : start + length]


@cache
def exam(language: str) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Return the exam's sentences and the runs in them."""
    path = SENTENCES / f"{language}.yaml"
    texts = [
        text for kind in read_sentences(path).values() for part in kind.values() for text in part
    ]
    return (
        {units(text, language) for text in texts},
        {run for text in texts for run in runs(text, language)},
    )


def test_there_are_lessons_in_english() -> None:
    assert LESSONS / "en.yaml" in PATHS


@every_language
def test_lessons_are_of_many_kinds_in_both_labels(path: Path) -> None:
    kinds = lessons_in(path)
    fewest = FEWEST if path.stem == "en" else FEWEST_ABROAD
    few = {
        (name, label)
        for name, kind in kinds.items()
        for label in (HARMLESS, ABUSIVE)
        if len(kind[label]) < fewest
    }

    assert len(kinds) >= FEWEST_KINDS
    assert {tuple(sorted(kind)) for kind in kinds.values()} == {("abusive", "attributes", HARMLESS)}
    assert not few


@every_language
def test_what_is_abusive_is_toxic_and_may_be_more(path: Path) -> None:
    for name, kind in lessons_in(path).items():
        listed = kind["attributes"]

        assert len(listed) == len(set(listed)), name
        assert set(listed) <= set(ATTRIBUTES) - {SPAM}, name
        assert TOXICITY in listed, name


@every_language
def test_no_lesson_is_written_twice(path: Path) -> None:
    texts = sentences_in(path)
    said = [units(text, path.stem) for text in texts]
    twice = {text for text, words in zip(texts, said, strict=True) if said.count(words) > 1}

    assert all(isinstance(text, str) and text == text.strip() for text in texts)
    assert not [text for text, words in zip(texts, said, strict=True) if not words]
    assert not twice


@every_language
def test_no_lesson_is_in_the_exam_or_shares_a_phrase_with_it(path: Path) -> None:
    sentences, phrases = exam(path.stem)
    texts = sentences_in(path)

    assert not [text for text in texts if units(text, path.stem) in sentences]
    assert not [text for text in texts if phrases.intersection(runs(text, path.stem))]
