"""A model folder is loaded only if it is unchanged."""

import json
import shutil
from pathlib import Path

import pytest

from models import ArtifactError, Classifier
from models.artifact import SUMS, default_folder, seal


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(default_folder(), tmp_path / "copy"))


def test_a_copied_model_is_the_same_model(copied: Path) -> None:
    assert Classifier.load(copied).info.hash == Classifier.load().info.hash


@pytest.mark.parametrize("name", ["config.json", "heads-en.npz", "CARD.md", "lexicon.json"])
def test_a_changed_file_is_refused(copied: Path, name: str) -> None:
    content = bytearray((copied / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copied / name).write_bytes(content)

    with pytest.raises(ArtifactError, match=name):
        Classifier.load(copied)


def test_a_missing_file_is_refused(copied: Path) -> None:
    (copied / "heads-en.npz").unlink()

    with pytest.raises(ArtifactError, match="missing"):
        Classifier.load(copied)


def test_an_added_file_is_refused(copied: Path) -> None:
    (copied / "extra.npz").write_bytes(b"")

    with pytest.raises(ArtifactError, match="not listed"):
        Classifier.load(copied)


def test_another_format_is_refused(copied: Path) -> None:
    config = json.loads((copied / "config.json").read_text())
    (copied / "config.json").write_text(json.dumps({**config, "format": 99}))
    seal(copied)

    with pytest.raises(ArtifactError, match="format 99"):
        Classifier.load(copied)


@pytest.mark.parametrize("sums", ["", "nonsense\n", "\xff"])
def test_broken_check_sums_are_refused(copied: Path, sums: str) -> None:
    (copied / SUMS).write_bytes(sums.encode("latin-1"))

    with pytest.raises(ArtifactError):
        Classifier.load(copied)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match="no model here"):
        Classifier.load(tmp_path)


def test_the_shipped_model_is_small_enough_for_the_repository() -> None:
    sizes = {path.name: path.stat().st_size for path in default_folder().iterdir()}

    assert sum(sizes.values()) <= 80_000_000
    assert sizes["heads-en.npz"] + sizes["lexicon.json"] + sizes["languages.npz"] <= 6_000_000
