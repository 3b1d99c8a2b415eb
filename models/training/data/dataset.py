"""Labelled rows, streamed from JSON-lines files; errors name the file and the line."""

import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from models.attributes import ATTRIBUTES, TOXICITY
from models.training.data.sentences import parts_of
from models.training.data.templates import sentences_of
from models.training.recipe import RECIPES, RecipeError, Source

HELD_SHARE: Final = 10
_NOT_LETTER: Final = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One text with its labels.

    `key` is the same for texts that belong together: near-duplicates, sentences of one comment,
    both sides of a pair. `twin` is the same for near-duplicates only, from any source.
    """

    text: str
    labels: dict[str, float]
    weights: dict[str, float]
    source: str
    language: str
    key: int
    twin: int
    held: bool
    natural: float
    rarity: bool
    ours: bool = False


def examples_of(source: Source, language: str, folder: Path, seed: int) -> Iterator[Example]:
    """Stream the examples of one source.

    :raises RecipeError: no file matches, or a row is wrong.
    """
    if source.templates:
        yield from _from_templates(source, language, seed)
        return
    paths = sorted(folder.glob(source.files))
    if not paths:
        raise RecipeError(f"{folder}: no file matches {source.files}")
    for path in paths:
        for line, row in rows_of(path):
            for part in parts_of(row, path, line) if source.spans else (row,):
                if all(str(part.get(key)) == value for key, value in source.where.items()):
                    yield _example(part, source, language, path, line)


def _from_templates(source: Source, language: str, seed: int) -> Iterator[Example]:
    for sentence in sentences_of(RECIPES / source.templates, seed):
        labels = {name: value for name, value in sentence.labels.items() if name in ATTRIBUTES}
        yield Example(
            text=sentence.text,
            labels=labels,
            weights={name: source.weight_of(name) * sentence.weight for name in labels},
            source=sentence.phenomenon,
            language=language,
            key=key_of(sentence.text),
            twin=key_of(sentence.text),
            held=False,
            natural=source.calibration if source.natural is not None else 0.0,
            rarity=source.rarity,
            ours=True,
        )


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Stream the rows of a JSON-lines file, gzipped or not, with their line numbers."""
    with _opened(path) as stream:
        for line, written in enumerate(stream, 1):
            if not written.strip():
                continue
            try:
                row = json.loads(written)
            except ValueError as fault:
                raise RecipeError(f"{path}:{line}: not JSON ({fault})") from fault
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise RecipeError(f'{path}:{line}: a row needs a "text" that is a string')
            yield line, row


def key_of(text: str) -> int:
    """Return a number shared by near-duplicates, which differ in case, signs or ending."""
    letters = _NOT_LETTER.sub("", text.lower())[:80] or text
    return int.from_bytes(hashlib.sha256(letters.encode("utf-8", "replace")).digest()[:7])


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _example(row: dict[str, Any], source: Source, language: str, path: Path, line: int) -> Example:
    labels = {
        attribute: _label(row[column], path, line, column)
        for attribute, column in source.labels.items()
        if row.get(column) is not None
    }
    if labels.get(TOXICITY) == 0:
        labels = {**dict.fromkeys(source.clean, 0.0), **labels}
    labels.update(source.constant)
    text = html.unescape(row["text"])
    key = key_of(f"{row['split']} {row['pair']}" if "pair" in row else row.get("whole", text))
    natural = source.natural is not None and all(
        str(row.get(name)) == value for name, value in source.natural.items()
    )
    return Example(
        text=text,
        labels=labels,
        weights={attribute: source.weight_of(attribute) for attribute in labels},
        source=path.name.partition(".")[0],
        language=language,
        key=key,
        twin=key_of(text),
        held=row.get("split") == "dev" if source.split else key % HELD_SHARE == 0,
        natural=source.calibration if natural else 0.0,
        rarity=source.rarity,
    )


def _label(value: Any, path: Path, line: int, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise RecipeError(f"{path}:{line}: {name} is {value!r}, not a number from 0 to 1")
    return float(value)


def labelled_rows(path: Path, language: str) -> Iterator[Example]:
    """Stream the rows of a file whose labels carry the names of attributes.

    :raises RecipeError: a row is wrong.
    """
    source = Source(files=path.name, labels={name: name for name in ATTRIBUTES})
    for line, row in rows_of(path):
        example = _example(row, source, str(row.get("lang", language)), path, line)
        if example.labels:
            yield example
