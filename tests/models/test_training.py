"""The same rows give the same model, and a wrong recipe or row is named with its place."""

import gzip
import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from models import Classifier
from models.training.calibrate import Rows, calibrated, lower_bound
from models.training.contrast import sentences_of
from models.training.curves import draw_curves
from models.training.dataset import Example, examples_of, key_of, labelled_rows
from models.training.evaluate import evaluate
from models.training.fit import as_integers, fit_platt
from models.training.measure import Judged, auc, calibration_error, measured
from models.training.recipe import (
    DEFAULT_RECIPE,
    RECIPES,
    RecipeError,
    Source,
    read_recipe,
)
from models.training.train import gather, silent, train

SMALL = {
    "name": "small",
    "version": "1",
    "folds": 2,
    "languages": {
        "en": {
            "style": "known-words",
            "scheme": {"bits": 14, "aside": 10, "reach": 3, "pivots": ["not", "\ua66e"]},
            "aside": ["IDENTITY_ATTACK"],
            "costs": {"TOXICITY": 0.3, "IDENTITY_ATTACK": 0.3, "SPAM": 0.3},
            "sources": [{"templates": "contrast.yaml", "natural": {}}],
        },
        "pt": {
            "style": "words",
            "scheme": {"bits": 12},
            "costs": {"TOXICITY": 0.3},
            "borrowed": ["SPAM"],
            "sources": [{"files": "pt.jsonl.gz", "labels": {"TOXICITY": "rude"}}],
        },
    },
}
RUDE = [
    {"text": f"{start} {word} número {n}", "rude": int(word in {"idiota", "burro"})}
    for n in range(8)
    for start in ("você é", "isto é", "ele é")
    for word in ("idiota", "burro", "bonito", "interessante")
]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    with gzip.open(folder / "pt.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in RUDE)
    return folder


@pytest.fixture(scope="session")
def small(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model, trained on sentences from templates only."""
    folder = tmp_path_factory.mktemp("small")
    recipe = folder / "recipe.yaml"
    recipe.write_text(yaml.safe_dump(SMALL))
    train(read_recipe(recipe), data, folder / "model", silent)
    return folder


def test_the_same_rows_give_the_same_model(small: Path, data: Path) -> None:
    first = Classifier.load(small / "model").info.hash
    second = train(read_recipe(small / "recipe.yaml"), data, small / "again", silent)

    assert first == second


def test_a_small_model_has_learnt_its_sentences(small: Path) -> None:
    classifier = Classifier.load(small / "model")
    mean, kind = classifier.score(["Muslims are disgusting thieves", "Muslims are kind neighbours"])

    assert classifier.info.languages == ("en", "pt")
    assert mean["IDENTITY_ATTACK"] > 0.5 > kind["IDENTITY_ATTACK"]
    assert mean["INSULT"] is None
    rude, fine = classifier.score(
        ["você é burro e idiota, não é", "isto é muito interessante, não é"]
    )
    assert rude["TOXICITY"] > fine["TOXICITY"]


def test_an_evaluation_names_what_it_measured(small: Path) -> None:
    rows = list(examples_of(Source(templates="contrast.yaml"), "en", small, 3))[::20]
    report = evaluate(Classifier.load(small / "model"), rows, 1)

    assert report["languages"]["en"]["TOXICITY"]["all"]["auc"] > 0.9
    assert set(report) == {"languages", "identity", "swap", "disguises", "phenomena", "calm"}


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
    assert [tongue.code for tongue in read_recipe(DEFAULT_RECIPE).tongues][:2] == ["en", "ru"]


def test_calibration_gives_the_share_that_was_seen() -> None:
    chance = np.random.default_rng(1)
    margins = chance.normal(size=20_000)
    labels = (chance.random(20_000) < 1 / (1 + np.exp(-(2 * margins - 3)))).astype(float)
    slope, offset = fit_platt(margins, labels)
    scores = 1 / (1 + np.exp(-(slope * margins + offset)))

    assert (slope, offset) == pytest.approx((2, -3), abs=0.15)
    assert calibration_error(labels, scores) < 0.01


def test_rare_positives_are_expected_to_be_rare() -> None:
    chance = np.random.default_rng(2)
    labels = np.repeat([0.0, 1.0], 5000)
    margins = chance.normal(size=10_000) + 2 * labels
    every = np.ones(10_000, np.bool_)
    rows = Rows(labels=labels, weights=every * 1.0, usable=every, real=every, natural=every * 1.0)
    slope, offset = calibrated(margins, rows, 0.1)
    scores = 1 / (1 + np.exp(-(slope * margins + offset)))

    assert calibration_error(labels, scores, 0.1) < 0.01 < calibration_error(labels, scores)
    assert calibrated(margins, rows, None)[1] > offset


def test_the_lower_bound_tells_a_head_from_chance() -> None:
    chance = np.random.default_rng(3)
    labels = np.tile([0.0, 1.0], 40)

    assert lower_bound(chance.normal(size=80), labels) < 0.6
    assert lower_bound(chance.normal(size=80) + 3 * labels, labels) > 0.9
    assert lower_bound(chance.normal(size=80), np.ones(80)) == 0, "nothing is known of it"


def test_a_head_that_may_be_chance_is_withheld(tmp_path: Path) -> None:
    rows = [{"text": f"número {chr(97 + n % 13) * (n % 7 + 1)}", "rude": n % 2} for n in range(60)]
    (tmp_path / "pt.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    plan = {**SMALL, "least_auc": 0.6, "languages": {**SMALL["languages"]}}
    plan["languages"]["pt"] = {
        **SMALL["languages"]["pt"],
        "sources": [{"files": "pt.jsonl", "labels": {"TOXICITY": "rude"}}],
    }
    (tmp_path / "recipe.yaml").write_text(yaml.safe_dump(plan))
    train(read_recipe(tmp_path / "recipe.yaml"), tmp_path, tmp_path / "model", silent)
    scores = Classifier.load(tmp_path / "model").score(["isto é muito interessante, não é"])[0]

    assert scores["TOXICITY"] is None
    assert scores["SPAM"] is not None
    assert "Portuguese TOXICITY" in (tmp_path / "model" / "CARD.md").read_text()


def test_an_earlier_model_stays_until_the_new_one_is_finished(
    small: Path, data: Path, tmp_path: Path
) -> None:
    recipe = read_recipe(small / "recipe.yaml")
    shutil.copytree(small / "model", tmp_path / "model")
    known = Classifier.load(tmp_path / "model").info.hash
    with pytest.raises(RecipeError, match="no file matches"):
        train(recipe, tmp_path, tmp_path / "model", silent)
    assert Classifier.load(tmp_path / "model").info.hash == known
    assert train(recipe, data, tmp_path / "model", silent) == known
    assert not (tmp_path / "model.new").exists()


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "recipe.yaml").write_text(yaml.safe_dump(SMALL))
    recipe = read_recipe(tmp_path / "recipe.yaml")
    for name in ("en.jsonl", "config.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(RecipeError, match=r"more than a model \(en\.jsonl\); nothing was changed"):
        train(recipe, tmp_path, tmp_path, silent)
    assert (tmp_path / "en.jsonl").read_text() == "{}"


def test_training_sees_no_twin_of_a_held_row(tmp_path: Path) -> None:
    said = [f"The ferry at {chr(97 + n)}{chr(97 + n % 7)} was late again" for n in range(26)]
    row = {"files": "a.jsonl", "labels": {"TOXICITY": "rude"}, "split": True}
    held = [{"text": text, "rude": 0, "split": "dev"} for text in said]
    # The same texts under other names, and with their other halves, as training rows.
    pairs = [
        {"text": text.upper() + "!", "rude": 1, "split": "train", "pair": n}
        for n, text in enumerate(said)
    ]
    other = {"text": "Quite another sentence", "rude": 1, "split": "train"}
    lines = [json.dumps(one) + "\n" for one in (*held, *pairs, other)]
    (tmp_path / "a.jsonl").write_text("".join(lines))
    plan = {**SMALL, "languages": {"en": {**SMALL["languages"]["en"], "sources": [row]}}}
    (tmp_path / "recipe.yaml").write_text(yaml.safe_dump(plan))
    [tongue] = read_recipe(tmp_path / "recipe.yaml").tongues
    found = gather(tongue, tmp_path, 7)

    assert [one.text for one in found if not one.held] == ["Quite another sentence"]


def test_a_language_of_which_nothing_is_known_is_refused(tmp_path: Path) -> None:
    rows = [{"text": f"{chr(97 + n)}{'número' * n}", "rude": 0} for n in range(20)]
    (tmp_path / "pt.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    tongue = {**SMALL["languages"]["pt"], "borrowed": []}
    tongue["sources"] = [{"files": "pt.jsonl", "labels": {"TOXICITY": "rude"}}]
    plan = {**SMALL, "least_auc": 0.6, "languages": {**SMALL["languages"], "pt": tongue}}
    (tmp_path / "recipe.yaml").write_text(yaml.safe_dump(plan))
    with pytest.raises(RecipeError, match="pt: TOXICITY has rows of one kind only"):
        train(read_recipe(tmp_path / "recipe.yaml"), tmp_path, tmp_path / "model", silent)


def test_curves_are_drawn(tmp_path: Path) -> None:
    pairs = [(float(n % 3 == 0), (n * 37 % 100) / 100) for n in range(300)]
    paths = draw_curves(tmp_path, {"TOXICITY": pairs, "SPAM": pairs})

    assert {path.name for path in paths} == {"roc.png", "precision.png", "calibration.png"}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_the_auc_is_the_chance_to_rank_right() -> None:
    labels = np.array([0, 0, 1, 1.0])

    assert auc(labels, np.array([0.1, 0.2, 0.3, 0.4])) == 1
    assert auc(labels, np.array([0.5, 0.5, 0.5, 0.5])) == 0.5
    assert auc(labels, np.array([0.1, 0.3, 0.2, 0.4])) == 0.75


def test_measurements_carry_their_interval() -> None:
    labels = np.tile([0.0, 1.0], 50)
    found = measured(Judged(labels=labels, scores=np.linspace(0, 1, 100), groups=np.arange(100)))

    low, high = found["auc_95"]
    assert low <= found["auc"] <= high


def test_what_belongs_together_is_drawn_together() -> None:
    chance = np.random.default_rng(4)
    labels = chance.integers(0, 2, 60).astype(float)
    scores = 1 / (1 + np.exp(-labels - chance.normal(size=60)))
    apart = Judged(labels=labels, scores=scores, groups=np.arange(60))
    # Each row nine times over: no more is known than before.
    often = [np.repeat(part, 9) for part in (labels, scores, np.arange(60))]
    together = Judged(labels=often[0], scores=often[1], groups=often[2])
    pretended = Judged(labels=often[0], scores=often[1], groups=np.arange(540))

    def width(judged: Judged) -> float:
        low, high = measured(judged)["auc_95"]
        return float(high - low)

    assert width(together) == pytest.approx(width(apart), rel=0.2)
    assert width(pretended) < 0.6 * width(apart)


def test_weights_survive_as_integers() -> None:
    weights = np.random.default_rng(0).normal(size=(5000, 2))
    rounded, scales = as_integers(weights)

    assert rounded.dtype == np.int8
    assert np.abs(rounded * scales - weights).max() < 0.5


def test_the_shipped_model_can_be_made_again(tmp_path: Path) -> None:
    """Takes minutes and gigabytes, so it runs only where it is asked for."""
    folder = os.environ.get("FOLKMOOT_TRAINING_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("FOLKMOOT_TRAINING_DATA names no folder of training data")
    if not os.environ.get("FOLKMOOT_RETRAIN"):
        pytest.skip("FOLKMOOT_RETRAIN is not set: training the shipped model takes minutes")
    made = train(read_recipe(DEFAULT_RECIPE), Path(folder), tmp_path, silent)

    assert made == Classifier.load().info.hash


def test_held_out_rows_are_scored_as_well_as_the_card_says() -> None:
    folder = os.environ.get("FOLKMOOT_TRAINING_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("FOLKMOOT_TRAINING_DATA names no folder of training data")
    classifier = Classifier.load()
    source = Source(files="jigsaw.jsonl.gz", labels={"TOXICITY": "TOXICITY"}, split=True)
    rows: list[Example] = [row for row in examples_of(source, "en", Path(folder), 0) if row.held]
    scores = [found["TOXICITY"] or 0.0 for found in classifier.score([row.text for row in rows])]

    assert auc(np.array([row.labels["TOXICITY"] for row in rows]), np.array(scores)) >= 0.97
