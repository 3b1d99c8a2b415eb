"""Where rows come from: the sources that are left out together, and what is measured on them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from models.training.data.dataset import Example, examples_of
from models.training.recipe import LanguageRecipe, Source

MOST_MEASURED: Final = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One place: the names of its files, and its rows with the labels that people gave."""

    name: str
    files: frozenset[str]
    measured: tuple[Example, ...]


def origins_of(language: LanguageRecipe, data: Path, seed: int) -> list[Origin]:
    """Find the places of a language's sources, each with up to `MOST_MEASURED` rows.

    :raises RecipeError: no file of a source matches, or a row is wrong.
    """
    measured = language.abroad or tuple(map(_as_judged, language.sources))
    every = [source for source in (*language.sources, *language.abroad) if source.files]
    names = dict.fromkeys(source.place for source in measured if source.labels)
    return [
        Origin(
            name=name,
            files=frozenset(
                path.name.partition(".")[0]
                for source in every
                if source.place == name
                for path in data.glob(source.files)
            ),
            measured=tuple(_chosen(measured, name, language.code, data, seed)),
        )
        for name in names
    ]


def _as_judged(source: Source) -> Source:
    """Keep the labels that the source's own people gave, and none that we derive."""
    return replace(source, constant={}, clean=(), sexual=False, insulting=False)


def _chosen(
    sources: tuple[Source, ...], name: str, language: str, data: Path, seed: int
) -> Iterator[Example]:
    """Choose labelled rows of one place, evenly over its files; every text counts once."""
    rows = {
        example.text: example
        for source in sources
        if source.place == name and source.labels
        for example in examples_of(source, language, data, seed)
        if example.labels
    }
    # The keys are hashes, so sorting by them gives a sample.
    for example in sorted(rows.values(), key=lambda row: (row.key, row.text))[:MOST_MEASURED]:
        yield replace(example, held=True, natural=0.0, weights={})
