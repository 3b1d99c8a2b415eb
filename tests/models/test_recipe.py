"""Errors in a recipe or row name their place; training and held-out rows are separate."""

from pathlib import Path

import pytest

from models.training.data.dataset import examples_of, key_of, labelled_rows
from models.training.data.templates import sentences_of
from models.training.recipe import DEFAULT_RECIPE, RECIPES, RecipeError, Source, read_recipe


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("{", "rows.jsonl:2: not JSON"),
        ("[]", 'rows.jsonl:2: a row needs a "text"'),
        ('{"text": 1}', 'rows.jsonl:2: a row needs a "text"'),
        ('{"text": "x", "TOXICITY": "yes"}', "rows.jsonl:2: TOXICITY is 'yes'"),
        ('{"text": "x", "TOXICITY": 7}', "rows.jsonl:2: TOXICITY is 7"),
        ('{"text": "x", "TOXICITY": true}', "rows.jsonl:2: TOXICITY is True"),
    ],
)
def test_a_wrong_row_is_named_with_file_and_line(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "fine", "TOXICITY": 0}\n' + row + "\n")

    with pytest.raises(RecipeError) as raised:
        list(labelled_rows(path, "en"))
    assert fault in str(raised.value)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("name: [", "recipe.yaml:1:"),
        ("version: 1", "KeyError: 'name'"),
        ("{name: a, version: 1, languages: {en: {style: runes, costs: {}}}}", "runes"),
        ("{name: a, version: 1, languages: {en: {style: words, costs: {RUDE: 1}}}}", "RUDE"),
        (
            "{name: a, version: 1, languages: {en: {style: words, costs: {}, sources: [{a: 1}]}}}",
            "unexpected keyword argument 'a'",
        ),
    ],
)
def test_a_wrong_recipe_is_named(tmp_path: Path, change: str, fault: str) -> None:
    path = tmp_path / "recipe.yaml"
    path.write_text(change)

    with pytest.raises(RecipeError) as raised:
        read_recipe(path)
    assert fault in str(raised.value)


def test_a_source_without_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"no file matches none-\*"):
        list(examples_of(Source(files="none-*"), "en", tmp_path, 0))


def test_near_duplicates_are_on_the_same_side() -> None:
    assert key_of("You are WRONG, sir!") == key_of("you are wrong sir")
    assert key_of("You are wrong") != key_of("You are right")


@pytest.mark.parametrize("path", sorted(RECIPES.glob("contrast*.yaml")), ids=lambda path: path.name)
def test_training_and_test_sentences_have_nothing_in_common(path: Path) -> None:
    learnt = {sentence.text.lower() for sentence in sentences_of(path, 7)}
    asked = {s.text.lower() for s in sentences_of(RECIPES / "functional.yaml", 7, "expect")}

    assert not learnt & asked


def test_the_shipped_recipe_can_be_read() -> None:
    assert [language.code for language in read_recipe(DEFAULT_RECIPE).languages][:2] == ["en", "ru"]
