"""Leaving one source out: how well a recipe does on comments of a place that it never saw.

All rows of a place are left out, and every row that repeats one of its texts. Only the list of
known words is made once, from all places.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.reading.lexicon import Lexicon
from models.reading.reader import Style
from models.training.data.corpus import Corpus, hash_texts, weigh_texts
from models.training.data.dataset import Example
from models.training.data.origins import Origin
from models.training.data.selection import gather, lexicon_of
from models.training.fitting.heads import HALF, fit_plane, rows_for
from models.training.measuring.metrics import LabelledScores, measure_ranking
from models.training.recipe import CODE, LanguageRecipe, Recipe

FEWEST: Final = 30  # rows of each kind, to measure on
Progress = Callable[[str, int], Callable[[], None]]
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where finished left-out models are kept, so that a run that was stopped goes on."""

    folder: Path | None = None

    def find(self, key: str) -> Figures | None:
        """Return the figures of a left-out model; None if it has to be trained."""
        path = self._path(key)
        try:
            figures = json.loads(path.read_text(encoding="utf-8")) if path else None
        except (OSError, ValueError):
            return None  # never written, or only half
        return figures if isinstance(figures, dict) else None

    def keep(self, key: str, figures: Figures) -> None:
        """Keep the figures of a left-out model."""
        if path := self._path(key):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(figures), encoding="utf-8")

    def _path(self, key: str) -> Path | None:
        return self.folder / f"left-out-{key}.json" if self.folder else None


def measure_abroad(
    recipe: Recipe,
    plan: Mapping[str, Sequence[Origin]],
    data: Path,
    workshop: Workshop,
    progress: Progress,
) -> Figures:
    """Return the ranking of every attribute on every place, by a model without that place.

    :raises RecipeError: no file of a source matches, or a row is wrong.
    """
    report: Figures = {}
    for language in recipe.languages:
        origins = plan.get(language.code, ())
        if origins and (
            figures := _of_language(recipe, language, origins, data, workshop, progress)
        ):
            report[language.code] = figures
    return report


def _of_language(
    recipe: Recipe,
    language: LanguageRecipe,
    origins: Sequence[Origin],
    data: Path,
    workshop: Workshop,
    progress: Progress,
) -> Figures:
    examples = [row for row in gather(language, data, recipe.seed) if not row.held]
    common = _digest(repr((CODE, recipe.seed, replace(language, abroad=()))), examples)
    keys = [_digest(f"{common} {origin.name}", origin.measured) for origin in origins]
    figures = {origin.name: workshop.find(key) for origin, key in zip(origins, keys, strict=True)}
    missing = [origin for origin in origins if figures[origin.name] is None]
    if missing:
        bench = _Bench.of(recipe, language, examples, missing, data, progress)
        for origin, key in zip(origins, keys, strict=True):
            if figures[origin.name] is None:
                figures[origin.name] = bench.without(origin)
                workshop.keep(key, figures[origin.name] or {})
    return {name: found for name, found in figures.items() if found}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    """The rows of a language, hashed once for all left-out models."""

    recipe: Recipe
    language: LanguageRecipe
    corpus: Callable[[NDArray[np.bool_]], Corpus]
    examples: Sequence[Example]
    training: int
    starts: Mapping[str, int]
    tick: Callable[[], None]

    @classmethod
    def of(
        cls,
        recipe: Recipe,
        language: LanguageRecipe,
        training: Sequence[Example],
        origins: Sequence[Origin],
        data: Path,
        progress: Progress,
    ) -> "_Bench":
        examples = list(training)
        starts: dict[str, int] = {}
        for origin in origins:
            starts[origin.name] = len(examples)
            examples += origin.measured
        known = language.style is Style.KNOWN_WORDS
        lexicon = lexicon_of(training, data) if known else Lexicon(())
        reading = progress(f"{language.code}: reading for left-out models", len(examples))
        texts = hash_texts(language, examples, lexicon, reading)
        return cls(
            recipe=recipe,
            language=language,
            corpus=lambda seen: weigh_texts(language, texts, seen),
            examples=examples,
            training=len(training),
            starts=starts,
            tick=progress(f"{language.code}: leaving sources out", len(origins)),
        )

    def without(self, origin: Origin) -> Figures:
        """Train without a place and measure on it."""
        seen = self._seen(origin)
        start = self.starts[origin.name]
        measured = slice(start, start + len(origin.measured))
        # Where nothing but our own sentences is left, there is no model to judge.
        if any(kept and not row.ours for kept, row in zip(seen, self.examples, strict=True)):
            figures = dict(self._measured(self.corpus(seen), seen, measured))
        else:
            figures = {}
        self.tick()
        return figures

    def _seen(self, origin: Origin) -> NDArray[np.bool_]:
        left_out = [row for row in self.examples if row.source in origin.files]
        keys = {row.key for row in left_out} | {row.key for row in origin.measured}
        twins = {row.twin for row in left_out} | {row.twin for row in origin.measured}
        seen = np.zeros(len(self.examples), bool)
        seen[: self.training] = [
            row.source not in origin.files and row.key not in keys and row.twin not in twins
            for row in self.examples[: self.training]
        ]
        return seen

    def _measured(
        self, corpus: Corpus, seen: NDArray[np.bool_], measured: slice
    ) -> Iterator[tuple[str, Figures]]:
        real = seen & ~corpus.ours
        for attribute in self.language.costs:
            judged = corpus.labels(attribute)[measured]
            told = ~np.isnan(judged)
            rows = rows_for(attribute, self.language, corpus, seen)
            if not _both_kinds(judged[told], FEWEST) or not _both_kinds(
                rows.labels[rows.usable & real], FEWEST
            ):
                continue
            plane = fit_plane(attribute, self.language, corpus, rows, rows.usable, self.recipe.seed)
            margins = plane.margins(corpus)[measured]
            keys = np.array([row.key for row in self.examples[measured]])
            yield (
                attribute,
                measure_ranking(
                    LabelledScores(labels=judged[told], scores=margins[told], groups=keys[told])
                ),
            )


def _both_kinds(labels: NDArray[np.float64], fewest: int) -> bool:
    positives = int((labels >= HALF).sum())
    return min(positives, len(labels) - positives) >= fewest


def _digest(start: str, examples: Sequence[Example]) -> str:
    """Return a short hash of a recipe and its rows."""
    made = hashlib.sha256(start.encode())
    for row in examples:
        labels = sorted(row.labels.items())
        weights = sorted(row.weights.items())
        made.update(
            repr((row.text, labels, weights, row.natural, row.rarity, row.ours)).encode(
                "utf-8", "surrogatepass"
            )
        )
    return made.hexdigest()[:24]
