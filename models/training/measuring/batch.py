"""Scoring of many texts in batches, with a progress tick for each batch."""

from collections.abc import Callable, Sequence
from typing import Final

from models.scoring.classifier import Classifier, Scores

BATCH: Final = 256
Tick = Callable[[], None]


def score_all(
    classifier: Classifier, texts: Sequence[str], tick: Tick, languages: Sequence[str] = ()
) -> list[Scores]:
    """Score many texts in batches; `languages` are those that their pages would name."""
    scores: list[Scores] = []
    for start in range(0, len(texts), BATCH):
        end = start + BATCH
        scores += classifier.score(texts[start:end], languages[start:end])
        tick()
    return scores
