"""A linear model and an encoder become one folder, which says where the encoder comes from."""

import gzip
import json
from dataclasses import replace

import pytest

from models import Classifier
from models.artifact import CARD, METRICS, NOTICE, default_folder, sha256
from models.scoring.second import Mix
from models.training.mixing.assembly import EncoderFiles, add_encoder, assemble
from models.training.mixing.mixes import Mixing, ShareTrial
from models.training.recipe import Source, read_recipe
from tests.models.encoding.artifact import HEADS, VOCABULARY, network

MIXES = dict.fromkeys(HEADS, Mix(offset=-0.5, linear=0.5, encoder=0.25))
TRIALS = [ShareTrial(share=0.5, figures={"elsewhere": 0.75})]
TEXT = "You are a clown, and everybody knows it."


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "encoder"
    folder.mkdir()
    (folder / "encoder-en.onnx").write_bytes(network())
    (folder / "encoder-en.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    return EncoderFiles(folder=folder)


def test_the_new_model_reads_twice_and_the_old_one_is_left_alone(files, tmp_path):
    before = default_folder()
    hash_ = assemble(before, files, MIXES, TRIALS, "9.9.9", tmp_path / "new")

    made, old = Classifier.load(tmp_path / "new"), Classifier.load(before, tiers=1)
    assert (made.info.version, made.info.hash) == ("9.9.9", hash_)
    [reading] = made.read([TEXT])
    assert reading.tiers == 2
    assert made.score(["Du bist ein Clown."]) == old.score(["Du bist ein Clown."])
    assert [reading.scores for reading in made.read([TEXT], tiers=1)] == old.score([TEXT])


def test_the_folder_says_what_the_encoder_is_and_how_it_counts(files, tmp_path):
    assemble(default_folder(), files, MIXES, TRIALS, "9.9.9", tmp_path / "new")

    card = (tmp_path / "new" / CARD).read_text("utf-8")
    assert card.startswith("# folkmoot 9.9.9")
    assert "| INSULT | -0.50 | 0.50 | 0.25 |" in card
    assert "| 0.5 | 0.750 |" in card
    notice = (tmp_path / "new" / NOTICE).read_text("utf-8")
    assert sha256(files.folder / "encoder-en.onnx") in notice
    assert "Apache-2.0" in notice
    metrics = json.loads((tmp_path / "new" / METRICS).read_text("utf-8"))
    assert metrics["mixes"] == {"en": [{"share": 0.5, "elsewhere": 0.75}]}
    assert "languages" in metrics


def test_assembling_twice_gives_the_same_folder(files, tmp_path):
    hashes = {
        assemble(default_folder(), files, MIXES, TRIALS, "9.9.9", tmp_path / name)
        for name in ("one", "two")
    }
    assert len(hashes) == 1


def test_a_folder_that_exists_is_left_alone(files, tmp_path):
    (tmp_path / "new").mkdir()
    with pytest.raises(FileExistsError):
        assemble(default_folder(), files, MIXES, TRIALS, "9.9.9", tmp_path / "new")


def test_mixes_are_chosen_from_rows(files, tmp_path):
    rude = [f"You are a clown, number {number}." for number in range(60)]
    kind = [f"The fox is with people, number {number}." for number in range(60)]
    rows = [
        {"text": text, "split": "dev", **dict.fromkeys(HEADS, label)}
        for texts, label in ((rude, 1), (kind, 0))
        for text in texts
    ]
    with gzip.open(tmp_path / "rows.jsonl.gz", "wt") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    labels = {name: name for name in HEADS}
    source = Source(files="rows.jsonl.gz", labels=labels, split=True, natural={})
    recipe = read_recipe(default_folder() / "recipe.yaml")
    english = replace(recipe.languages[0], sources=(source,))
    mixing = Mixing(language="en", shares=(0.2, 0.8), abroad=(source,))

    hash_, trials = add_encoder(
        default_folder(),
        files,
        replace(recipe, version="9.9.9", languages=(english,)),
        mixing,
        tmp_path,
        tmp_path / "new",
        lambda _title, _total: lambda: None,
    )

    assert Classifier.load(tmp_path / "new").info.hash == hash_
    assert [trial.share for trial in trials] == [0.2, 0.8]
    assert "rows" in trials[0].figures
    scores = Classifier.load(tmp_path / "new").score([rude[0], kind[0]])
    assert scores[0]["INSULT"] > scores[1]["INSULT"]
