"""A model is chosen by what it does abroad: on left-out sources and on functional sentences."""

import json
import random
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from models import Classifier
from models.commands import model
from models.training.measuring.choice import Refused, choose
from models.training.measuring.functional import (
    ABUSIVE,
    HARMLESS,
    SENTENCES,
    THRESHOLDS,
    answer_of,
    functional,
    read_sentences,
)
from models.training.recipe import RecipeError
from service.domain.policy import DEFAULT_THRESHOLDS

RUDE, FINE = ("burro", "idiota", "palhaço", "covarde"), ("bonito", "claro", "simpático", "novo")
PLACES = {"north": "o mercado", "south": "a escola", "east": "o comboio"}


def rows(place: str, of_rude: int = 1) -> list[dict[str, object]]:
    chance = random.Random(place)
    return [
        {
            "text": f"{chance.choice(PLACES[place].split())} {n} {chance.choice(words)} já",
            "rude": label,
        }
        for n in range(120)
        for words, label in ((RUDE, of_rude), (FINE, 1 - of_rude))
    ]


def recipe(version: str, **changes: object) -> dict[str, object]:
    language = {
        "style": "words",
        "scheme": {"bits": 12},
        "costs": {"TOXICITY": 0.3},
        "sources": [
            {"files": f"{place}.jsonl", "labels": {"TOXICITY": "rude"}} for place in PLACES
        ],
    }
    return {"name": "mine", "version": version, "folds": 2, "languages": {"pt": language | changes}}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for place in PLACES:
        lines = "".join(json.dumps(row) + "\n" for row in rows(place))
        (tmp_path / f"{place}.jsonl").write_text(lines)
    upside_down = "".join(json.dumps(row) + "\n" for row in rows("north", 0) * 2)
    (tmp_path / "odd.jsonl").write_text(upside_down)
    return tmp_path


def train(data: Path, plan: dict[str, object], out: str, *options: str):
    path = data / f"{out}.yaml"
    path.write_text(yaml.safe_dump(plan))
    words = ["train", "--data", str(data), "--recipe", str(path), "--out", str(data / out)]
    return CliRunner().invoke(model, [*words, *options])


def test_a_model_is_measured_on_each_source_that_it_did_not_learn_from(data: Path) -> None:
    assert train(data, recipe("1"), "first").exit_code == 0
    abroad = Classifier.load(data / "first").info.metrics["abroad"]["pt"]

    assert set(abroad) == set(PLACES)
    assert all(cells["TOXICITY"]["auc"] > 0.9 for cells in abroad.values())
    assert all(cells["TOXICITY"]["rows"] > 100 for cells in abroad.values())


def test_a_worse_model_is_refused_with_a_table_and_nothing_is_written(data: Path) -> None:
    train(data, recipe("1"), "first")
    odd = {"files": "odd.jsonl", "labels": {"TOXICITY": "rude"}, "weight": 9, "origin": "odd"}
    sources = [*recipe("2")["languages"]["pt"]["sources"], odd]  # type: ignore[index]
    plan = recipe("2", sources=sources)
    result = train(data, plan, "second", "--before", str(data / "first"))

    assert result.exit_code == 1
    assert "left-out sources" in result.stdout
    assert "worse" in result.stdout
    assert "nothing was written" in result.stderr
    assert not (data / "second").exists()
    assert not (data / "second.new").exists()


def test_the_same_model_again_is_accepted(data: Path) -> None:
    train(data, recipe("1"), "first")
    again = train(data, recipe("1"), "again", "--before", str(data / "first"))

    assert again.exit_code == 0
    assert "left-out sources" in again.stdout


def test_finished_left_out_models_are_not_trained_again(data: Path) -> None:
    train(data, recipe("1"), "first", "--work", str(data / "work"))
    finished = sorted((data / "work").iterdir())
    for path in finished:
        figures = json.loads(path.read_text())
        figures["TOXICITY"]["auc"] = 0.123
        path.write_text(json.dumps(figures))
    finished[0].write_text("{half")
    train(data, recipe("1"), "first", "--work", str(data / "work"))
    abroad = Classifier.load(data / "first").info.metrics["abroad"]["pt"]

    assert len(finished) == len(PLACES)
    assert sorted(cells["TOXICITY"]["auc"] == 0.123 for cells in abroad.values()) == [
        False,
        True,
        True,
    ]


def test_a_gain_at_home_does_not_make_up_for_a_loss_abroad() -> None:
    def figures(home: float, abroad: float) -> dict[str, object]:
        return {
            "languages": {"en": {"TOXICITY": {"all": {"auc": home}}}},
            "abroad": {"en": {"elsewhere": {"TOXICITY": {"auc": abroad, "rows": 9}}}},
        }

    with pytest.raises(Refused, match="en tone, AUC \\(left-out sources\\)"):
        choose(figures(0.9, 0.8), figures(0.99, 0.79))
    assert [line.change > 0 for line in choose(figures(0.9, 0.8), figures(0.8, 0.81))] == [
        False,
        True,
    ]


def test_a_language_that_goes_missing_is_a_loss() -> None:
    scored = {"auc": 0.7, "right": 0.7, "harmless_not_rejected": 1.0}

    with pytest.raises(Refused, match="de mean of kinds"):
        choose({"functional": {"de": scored}}, {"functional": {}})


def test_thresholds_are_those_of_the_default_policy() -> None:
    for name, (hold, reject) in THRESHOLDS.items():
        assert hold == DEFAULT_THRESHOLDS[name].hold
        assert min(reject, 1.01) == min(DEFAULT_THRESHOLDS[name].reject, 1.01)


def test_a_sentence_without_a_score_is_held_by_nobody_and_right_for_nobody() -> None:
    answer = answer_of({"TOXICITY": None, "SPAM": 0.1})

    assert not answer.is_scored
    assert not answer.is_held


def test_functional_sentences_are_judged_by_kind_and_label(tmp_path: Path) -> None:
    kinds = {
        "things": {
            HARMLESS: ["The ferry was late again today.", "Lovely weather at the harbour."],
            ABUSIVE: ["You are a stupid idiot, shut up.", "You are a pathetic moron."],
        }
    }
    (tmp_path / "en.yaml").write_text(yaml.safe_dump(kinds))
    (tmp_path / "xx.yaml").write_text(yaml.safe_dump(kinds))
    report = functional(Classifier.load(), tmp_path)

    assert set(report) == {"en"}
    assert report["en"]["auc"] == 1
    assert report["en"]["harmless_not_rejected"] == 1
    assert report["en"]["kinds"]["things"][ABUSIVE]["right"] == 1


def test_a_functional_file_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text("things: {harmless: [a b]}")
    with pytest.raises(RecipeError, match=r"en\.yaml: things needs"):
        read_sentences(tmp_path / "en.yaml")


@pytest.mark.parametrize("path", sorted(SENTENCES.glob("*.yaml")), ids=lambda path: path.stem)
def test_our_functional_sentences_have_their_form(path: Path) -> None:
    kinds = read_sentences(path)
    sentences = [
        text.casefold() for labels in kinds.values() for part in labels.values() for text in part
    ]

    assert len(sentences) == len(set(sentences))
    if path.stem in {"ja", "zh"}:  # scripts without spaces
        assert all(len(text) > 3 for text in sentences)
    else:
        assert all(len(text.split()) > 1 for text in sentences)
