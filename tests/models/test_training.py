"""The same rows give the same model, which is never trained on its test rows."""

import gzip
import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from models import Classifier
from models.artifact import default_folder, sha256
from models.training.build import train
from models.training.data.dataset import Example, examples_of
from models.training.data.selection import gather
from models.training.measuring.evaluation import evaluate
from models.training.measuring.metrics import auc
from models.training.recipe import DEFAULT_RECIPE, RECIPES, RecipeError, Source, read_recipe

SMALL: dict[str, Any] = {
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

ADVERTS = [
    {"text": f"{start} {thing} number {n}", "spam": int(thing in {"cheap pills", "casino bonus"})}
    for n in range(8)
    for start in ("this is about", "there were", "people like")
    for thing in ("cheap pills", "casino bonus", "old trams", "quiet rivers")
]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    with gzip.open(folder / "pt.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in RUDE)
    return folder


@pytest.fixture(scope="session")
def small(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model, trained on a few sentences of each template only."""
    folder = tmp_path_factory.mktemp("small")
    english = SMALL["languages"]["en"] | {"sources": [{"templates": few(folder), "natural": {}}]}
    recipe = folder / "recipe.yaml"
    recipe.write_text(yaml.safe_dump(SMALL | {"languages": SMALL["languages"] | {"en": english}}))
    train(read_recipe(recipe), data, folder / "model")
    return folder


def few(folder: Path) -> str:
    """Write our templates with a sixth of their sentences, and return where."""
    written = yaml.safe_load((RECIPES / "contrast.yaml").read_text("utf-8"))
    for part in (written, *written["sets"]):
        if "most" in part:
            part["most"] //= 6
    (folder / "few.yaml").write_text(yaml.safe_dump(written), "utf-8")
    return str(folder / "few.yaml")


@pytest.fixture(scope="session")
def remade(small: Path, data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The small model trained once more where one is, and the hash that this gave."""
    folder = tmp_path_factory.mktemp("remade") / "model"
    shutil.copytree(small / "model", folder)
    return folder, train(read_recipe(small / "recipe.yaml"), data, folder)


def test_the_same_rows_give_the_same_model(small: Path, remade: tuple[Path, str]) -> None:
    _, second = remade

    assert Classifier.load(small / "model").info.hash == second


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
    assert set(report) == {
        "languages", "identity", "swap", "disguises", "phenomena", "calm", "functional",
        "named", "functional_named",
    }  # fmt: skip


def test_a_head_that_may_be_chance_is_withheld(tmp_path: Path) -> None:
    rows = [{"text": f"número {chr(97 + n % 13) * (n % 7 + 1)}", "rude": n % 2} for n in range(60)]
    for file, content in (("pt.jsonl", rows), ("en.jsonl", ADVERTS)):
        (tmp_path / file).write_text("".join(json.dumps(row) + "\n" for row in content))
    pt = {"sources": [{"files": "pt.jsonl", "labels": {"TOXICITY": "rude"}}]}
    en = {"sources": [{"files": "en.jsonl", "labels": {"SPAM": "spam"}}], "costs": {"SPAM": 0.3}}
    known = {code: SMALL["languages"][code] for code in ("en", "pt")}
    plan = {**SMALL, "least_auc": 0.6}
    plan["languages"] = {"en": {**known["en"], "aside": [], **en}, "pt": {**known["pt"], **pt}}
    (tmp_path / "recipe.yaml").write_text(yaml.safe_dump(plan))
    train(read_recipe(tmp_path / "recipe.yaml"), tmp_path, tmp_path / "model")
    scores = Classifier.load(tmp_path / "model").score(["isto é muito interessante, não é"])[0]

    assert scores["TOXICITY"] is None
    assert scores["SPAM"] is not None
    assert "Portuguese TOXICITY" in (tmp_path / "model" / "CARD.md").read_text()


def test_an_earlier_model_stays_until_the_new_one_is_finished(
    small: Path, remade: tuple[Path, str], tmp_path: Path
) -> None:
    recipe = read_recipe(small / "recipe.yaml")
    shutil.copytree(small / "model", tmp_path / "model")
    model_hash = Classifier.load(tmp_path / "model").info.hash
    with pytest.raises(RecipeError, match="no file matches"):
        train(recipe, tmp_path, tmp_path / "model")
    assert Classifier.load(tmp_path / "model").info.hash == model_hash
    assert not (tmp_path / "model.new").exists()
    folder, new_hash = remade
    assert Classifier.load(folder).info.hash == new_hash
    assert not folder.with_name("model.new").exists()


def test_a_folder_with_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "recipe.yaml").write_text(yaml.safe_dump(SMALL))
    recipe = read_recipe(tmp_path / "recipe.yaml")
    for name in ("en.jsonl", "config.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(RecipeError, match=r"more than a model \(en\.jsonl\); nothing was changed"):
        train(recipe, tmp_path, tmp_path)
    assert (tmp_path / "en.jsonl").read_text() == "{}"


def test_training_sees_no_twin_of_a_held_row(tmp_path: Path) -> None:
    texts = [f"The ferry at {chr(97 + n)}{chr(97 + n % 7)} was late again" for n in range(26)]
    row = {"files": "a.jsonl", "labels": {"TOXICITY": "rude"}, "split": True}
    held = [{"text": text, "rude": 0, "split": "dev"} for text in texts]
    # The same texts from other sources, and with the other side of their pair, as training rows.
    pairs = [
        {"text": text.upper() + "!", "rude": 1, "split": "train", "pair": n}
        for n, text in enumerate(texts)
    ]
    other = {"text": "Quite another sentence", "rude": 1, "split": "train"}
    lines = [json.dumps(row) + "\n" for row in (*held, *pairs, other)]
    (tmp_path / "a.jsonl").write_text("".join(lines))
    plan = {**SMALL, "languages": {"en": {**SMALL["languages"]["en"], "sources": [row]}}}
    (tmp_path / "recipe.yaml").write_text(yaml.safe_dump(plan))
    [language] = read_recipe(tmp_path / "recipe.yaml").languages
    examples = gather(language, tmp_path, 7)

    assert [example.text for example in examples if not example.held] == ["Quite another sentence"]


def test_a_language_of_which_nothing_is_known_is_refused(tmp_path: Path) -> None:
    rows = [{"text": f"{chr(97 + n)}{'número' * n}", "rude": 0} for n in range(20)]
    (tmp_path / "pt.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    language = {**SMALL["languages"]["pt"], "borrowed": []}
    language["sources"] = [{"files": "pt.jsonl", "labels": {"TOXICITY": "rude"}}]
    plan = {**SMALL, "least_auc": 0.6, "languages": {"pt": language}}
    (tmp_path / "recipe.yaml").write_text(yaml.safe_dump(plan))
    with pytest.raises(RecipeError, match="pt: TOXICITY has rows of one kind only"):
        train(read_recipe(tmp_path / "recipe.yaml"), tmp_path, tmp_path / "model")


def test_the_shipped_model_can_be_made_again(tmp_path: Path) -> None:
    """Takes minutes and gigabytes, so it runs only on request."""
    folder = os.environ.get("FOLKMOOT_TRAINING_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("FOLKMOOT_TRAINING_DATA names no folder of training data")
    if not os.environ.get("FOLKMOOT_RETRAIN"):
        pytest.skip("FOLKMOOT_RETRAIN is not set: training the shipped model takes minutes")
    train(read_recipe(DEFAULT_RECIPE), Path(folder), tmp_path)

    # The figures depend on the functional sentences too, which may be newer than the model.
    for made in tmp_path.glob("*.npz"):
        assert sha256(made) == sha256(default_folder() / made.name)


def test_held_out_rows_are_scored_as_well_as_the_card_says() -> None:
    folder = os.environ.get("FOLKMOOT_TRAINING_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("FOLKMOOT_TRAINING_DATA names no folder of training data")
    classifier = Classifier.load()
    source = Source(files="jigsaw.jsonl.gz", labels={"TOXICITY": "TOXICITY"}, split=True)
    rows: list[Example] = [row for row in examples_of(source, "en", Path(folder), 0) if row.held]
    scores = [scores["TOXICITY"] or 0.0 for scores in classifier.score([row.text for row in rows])]

    assert auc(np.array([row.labels["TOXICITY"] for row in rows]), np.array(scores)) >= 0.97
