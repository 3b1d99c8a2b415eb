"""Scoring of many texts in batches, with a progress tick for each batch."""

from collections.abc import Callable, Sequence
from typing import Final

from models.scoring.classifier import Classifier, Scores

BATCH: Final = 256
Tick = Callable[[], None]


def score_all(classifier: Classifier, texts: Sequence[str], tick: Tick) -> list[Scores]:
    """Score many texts in batches."""
    scores: list[Scores] = []
    for start in range(0, len(texts), BATCH):
        scores += classifier.score(texts[start : start + BATCH])
        tick()
    return scores
