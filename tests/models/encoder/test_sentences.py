"""Rows of many languages are chosen and turned into vectors once."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from models.training.encoder.plan import EncoderSource
from models.training.multilingual.plan import TaughtLanguage, read_plan
from models.training.multilingual.rows import (
    MOST_CHARACTERS,
    gather_sentences,
    taught_sentences,
)
from models.training.multilingual.vectors import BLOCK, vectors_of
from models.training.recipe import RecipeError
from tests.models.encoder.small import taught

LABELS = {"TOXICITY": "TOXICITY"}
SMALL = replace(
    read_plan(), heads={"TOXICITY": 1.0, "IDENTITY_ATTACK": 1.0}, lesson_weight=3.0, languages=()
)


def write(folder, name, rows):
    with gzip.open(folder / name, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


def test_the_shipped_plan_teaches_every_language_with_rows():
    shipped = read_plan()
    assert [language.language for language in shipped.languages] == [
        *("en", "de", "fr", "pt", "ru", "ar", "zh", "ja", "ko")
    ]
    assert len(shipped.heads) == 7


@pytest.mark.parametrize(
    "text",
    [
        "",
        "heads: {KINDNESS: 1}",
        "seed: 1\nheads: {}\nlesson_weight: 1\nfitting: {hidden: [1, 2], speed: 1}\nlanguages: {}",
        "- a list",
    ],
)
def test_a_wrong_plan_is_named(tmp_path, text):
    (tmp_path / "wrong.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError, match=r"wrong\.yaml"):
        read_plan(tmp_path / "wrong.yaml")


def test_held_out_rows_and_their_twins_in_any_language_are_left_out(tmp_path):
    held = {"text": "Du bist ein Clown, Otto", "TOXICITY": 1, "split": "dev"}
    write(tmp_path, "de.jsonl.gz", [held, {"text": "Guten Tag", "TOXICITY": 0, "split": "train"}])
    write(tmp_path, "fr.jsonl.gz", [{**held, "text": "du bist ein clown otto!", "split": "train"}])
    sources = {
        code: (EncoderSource(files=f"{code}.jsonl.gz", split=True, labels=LABELS),)
        for code in ("de", "fr")
    }
    languages = tuple(TaughtLanguage(language=code, sources=each) for code, each in sources.items())

    chosen = gather_sentences(replace(SMALL, languages=languages), tmp_path)

    assert [(row.language, row.text) for row in chosen] == [("de", "Guten Tag")]


def test_lessons_count_as_much_as_the_plan_says():
    languages = (TaughtLanguage(language="de", lessons="de.yaml"),)
    chosen = gather_sentences(replace(SMALL, languages=languages), None)

    assert len(chosen) > 100
    assert {row.language for row in chosen} == {"de"}
    assert {weight for row in chosen for weight in row.weights.values()} == {3.0}


def test_at_most_as_many_rows_are_taken_as_wanted(tmp_path):
    texts = [{"text": f"{word} fox", "TOXICITY": 0, "split": "train"} for word in "abcdefgh"]
    write(tmp_path, "de.jsonl.gz", [*texts, {"text": "a" * 99, "TOXICITY": 0, "split": "train"}])
    source = EncoderSource(files="de.jsonl.gz", split=True, labels=LABELS, most=5, longest=50)
    languages = (TaughtLanguage(language="de", sources=(source,)),)

    chosen = gather_sentences(replace(SMALL, languages=languages), tmp_path)

    assert len(chosen) == 5
    assert all(len(row.text) < 50 for row in chosen)


def test_what_nobody_judged_weighs_nothing():
    rows = taught_sentences([taught("x" * 2000, {"TOXICITY": 1.0}).example], SMALL)

    assert [len(text) for text in rows.texts] == [MOST_CHARACTERS]
    np.testing.assert_array_equal(rows.labels, [[1, np.nan]])
    np.testing.assert_array_equal(rows.weights, [[1, 0]])


def test_without_rows_nothing_is_taught():
    with pytest.raises(ValueError, match="rows to learn from"):
        taught_sentences([], SMALL)


def test_vectors_are_computed_once_and_again_for_another_encoder(tmp_path):
    texts = [f"text {number}" for number in range(BLOCK + 3)]
    read, told = [], []

    def reader(text):
        read.append(text)
        return np.full(4, len(read), np.float32)

    def vectors(name):
        return vectors_of(texts, reader, name, tmp_path, lambda: told.append(name))

    first = vectors("one")
    assert first.shape == (len(texts), 4)
    assert len(told) == len(texts)

    again = vectors("one")
    assert len(read) == len(texts)
    np.testing.assert_array_equal(again, first)

    vectors("two")
    assert len(read) == 2 * len(texts)


def test_a_run_that_was_stopped_goes_on_with_the_next_block(tmp_path):
    texts = [f"text {number}" for number in range(2 * BLOCK)]
    read = []

    def reader(text):
        if len(read) == BLOCK + 5:
            raise KeyboardInterrupt
        read.append(text)
        return np.zeros(4, np.float32)

    with pytest.raises(KeyboardInterrupt):
        vectors_of(texts, reader, "one", tmp_path, lambda: None)
    seen = []
    vectors_of(
        texts, lambda text: seen.append(text) or np.zeros(4), "one", tmp_path, lambda *_: None
    )
    assert seen == texts[BLOCK:]
