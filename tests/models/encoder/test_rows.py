"""Texts become rows: group names masked for the tone and shown to IDENTITY_ATTACK."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from models.training.encoder.plan import EncoderSource
from models.training.encoder.rows import MASKED_IDENTITY, SHOWN_TONE, gather_taught, rows_of
from tests.models.encoder.small import PLAN, passages, taught, words

BOTH = {"TOXICITY": 0.0, "IDENTITY_ATTACK": 0.0}


def rows(*examples):
    return rows_of(examples, PLAN, passages())


def test_a_text_without_groups_is_one_row():
    found = rows(taught("You are a clown", {"TOXICITY": 1.0}, weight=0.5))

    assert [words(pieces) for pieces in found.pieces] == ["[CLS] you are a clown [SEP]"]
    np.testing.assert_array_equal(found.labels, [[1, np.nan]])
    np.testing.assert_array_equal(found.weights, [[0.5, 0]])


def test_a_text_that_names_a_group_is_read_masked_and_as_it_stands():
    found = rows(taught("the gay fox", BOTH))

    assert [words(pieces) for pieces in found.pieces] == [
        "[CLS] the [MASK] fox [SEP]",
        "[CLS] the gay fox [SEP]",
    ]
    np.testing.assert_allclose(found.weights, [[1, MASKED_IDENTITY], [SHOWN_TONE, 1]])


def test_without_a_judgement_of_hate_only_the_masked_text_is_read():
    found = rows(taught("the gay fox", {"TOXICITY": 1.0}))
    assert [words(pieces) for pieces in found.pieces] == ["[CLS] the [MASK] fox [SEP]"]


def test_fairness_weighs_only_clean_labels_of_texts_that_name_a_group():
    named = taught("women are the fox", {"TOXICITY": 0.0, "IDENTITY_ATTACK": 1.0}, fair=2.0)
    unnamed = taught("people are the fox", {"TOXICITY": 0.0}, fair=2.0)

    np.testing.assert_allclose(rows(named).weights[0], [2, MASKED_IDENTITY])
    np.testing.assert_allclose(rows(unnamed).weights[0], [1, 0])


@pytest.mark.parametrize("count", [10, 126, 127, 500])
def test_a_long_text_keeps_its_beginning(count):
    [pieces] = rows(taught("fox " * (count - 1) + "clown", {"TOXICITY": 1.0})).pieces
    assert len(pieces) == min(count + 2, PLAN.longest)
    assert ("clown" in words(pieces)) == (count <= PLAN.longest - 2)


def test_rows_that_teach_no_head_are_left_out():
    spam = taught("a fox", {"SPAM": 1.0})
    assert len(rows(spam, taught("a fox", {"TOXICITY": 0.0}))) == 1
    with pytest.raises(ValueError, match="rows to learn from"):
        rows(spam)


def test_what_is_held_out_is_never_taught(tmp_path):
    lines = [
        {"text": "the held fox", "split": "dev", "rude": 0},
        {"text": "The held fox!", "split": "train", "rude": 0},
        {"text": "the other fox", "split": "train", "rude": 0},
        {"text": "a very long tale of a fox", "split": "train", "rude": 0},
    ]
    lines += [{"text": f"fox of colour {chr(97 + n)}", "split": "train"} for n in range(20)]
    with gzip.open(tmp_path / "foxes.jsonl.gz", "wt") as stream:
        stream.writelines(json.dumps({"rude": 1, **line}) + "\n" for line in lines)
    calm = EncoderSource(
        files="foxes.jsonl.gz", split=True, where={"rude": "0"}, labels={"TOXICITY": "rude"}
    )
    rude = replace(calm, where={"rude": "1"}, most=5)
    plan = replace(PLAN, sources=(replace(calm, longest=20), rude))

    texts = [each.example.text for each in gather_taught(plan, tmp_path)]

    assert texts[0] == "the other fox"
    assert len(texts) == 1 + 5
