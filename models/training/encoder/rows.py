"""The rows that an encoder learns from: pieces of a text with labels, weights and their source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pathlib import Path

from models.attributes import IDENTITY_ATTACK
from models.training.data.dataset import Example, examples_of
from models.training.encoder.plan import EncoderPlan
from models.training.encoder.prepared import PieceReader
from models.training.recipe import Source

LONGEST_KEPT = 1500
MASKED_IDENTITY = 0.3
NAMED_TONE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Texts as pieces; labels (rows, heads) are NaN and weights 0 where nobody judged."""

    pieces: list[list[int]]
    labels: NDArray[np.float32]
    weights: NDArray[np.float32]
    sources: list[str]


def gather(plan: EncoderPlan, data: Path) -> tuple[list[Example], list[Example]]:
    """Read the examples of a plan, as those to learn from and those held out.

    No example to learn from repeats a held-out one.

    :raises RecipeError: no file of a source matches, or a row is wrong.
    """
    every = [(source, list(_of(source, plan, data))) for source in plan.sources]
    held = [example for _, examples in every for example in examples if example.held]
    keys, twins = {each.key for each in held}, {each.twin for each in held}
    learnt = [
        example
        for source, examples in every
        for example in _chosen(
            source, [e for e in examples if e.key not in keys and e.twin not in twins]
        )
    ]
    return learnt, held


def _of(source: Source, plan: EncoderPlan, data: Path) -> Iterator[Example]:
    for example in examples_of(source, plan.language, data, plan.seed):
        if not source.longest or len(example.text) <= source.longest:
            yield example


def _chosen(source: Source, examples: list[Example]) -> list[Example]:
    """Choose at most `most` rows of a source; the keys are hashes, so these are a sample."""
    chosen = sorted(examples, key=lambda row: (row.key, row.text))
    return chosen[: source.most or None]


def rows_of(examples: Sequence[Example], plan: EncoderPlan, reader: PieceReader) -> Rows:
    fair = {Path(s.files).name.partition(".")[0]: s.fair for s in plan.sources if s.fair != 1}
    heads = list(plan.heads)
    identity = heads.index(IDENTITY_ATTACK)
    pieces, labels, weights, sources = [], [], [], []

    def put(text, y, w, source):
        if (w * ~np.isnan(y)).sum() > 0:
            pieces.append(reader.pieces(text))
            labels.append(y)
            weights.append(np.where(np.isnan(y), 0, w))
            sources.append(source)

    for example in examples:
        y = np.array([example.labels.get(name, np.nan) for name in heads], np.float32)
        w = np.array([example.weights.get(name, 0) for name in heads], np.float32)
        named, masked = reader.both(example.text)
        source = "contrast" if example.ours else example.source
        if masked is None:
            put(named, y, w, source)
            continue
        times = np.where(y == 0, fair.get(example.source, 1.0), 1.0)
        tone = w * times
        tone[identity] *= MASKED_IDENTITY
        put(masked, y, tone, source)
        if w[identity] > 0 and not np.isnan(y[identity]):
            kept = w * NAMED_TONE
            kept[identity] = w[identity]
            put(named, y, kept, source)
    return Rows(
        pieces=pieces,
        labels=np.stack(labels).astype(np.float32),
        weights=np.stack(weights).astype(np.float32),
        sources=sources,
    )
