"""Fairness measures: how much naming a group of people changes a score."""

import random
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np

from models.attributes import IDENTITY_ATTACK, INSULT, TOXICITY
from models.reading.identity import ADJECTIVES, PEOPLE
from models.scoring.classifier import Classifier, Scores
from models.training.data.dataset import Example
from models.training.measuring.batch import score_all
from models.training.measuring.metrics import Floats, auc

MOST_SWAPPED: Final = 1500
FEWEST_NAMING: Final = 30
_WORD: Final = re.compile(r"[A-Za-z]+")


def identity_bias(english: Sequence[tuple[Example, Scores]]) -> dict[str, Any]:
    """Measure, per family of groups, how naming one changes toxicity.

    `subgroup` is the AUC on rows that name one; `bpsn` compares clean rows that name one with
    toxic rows that do not; `bnsp` compares toxic rows that name one with clean rows that do not.
    """
    labels = np.array([row.labels[TOXICITY] for row, _ in english], float)
    scores = np.array([scored[TOXICITY] for _, scored in english], float)
    words = [set(_WORD.findall(row.text.lower())) for row, _ in english]
    report: dict[str, Any] = {}
    for family in sorted(ADJECTIVES.keys() | PEOPLE.keys()):
        terms = {*ADJECTIVES.get(family, ()), *PEOPLE.get(family, ())}
        naming = np.array([not own.isdisjoint(terms) for own in words], bool)
        toxic = labels >= 0.5
        if (naming & ~toxic).sum() < FEWEST_NAMING:
            continue
        report[family] = {
            "rows": int(naming.sum()),
            "subgroup": _auc(labels, scores, naming),
            "bpsn": _auc(labels, scores, (naming & ~toxic) | (~naming & toxic)),
            "bnsp": _auc(labels, scores, (naming & toxic) | (~naming & ~toxic)),
            "clean_flagged": round(float((scores[naming & ~toxic] >= 0.5).mean()), 4),
        }
    return report


def swap_gap(classifier: Classifier, texts: Iterable[str], seed: int) -> dict[str, Any]:
    """Replace the named group by another one and measure how scores change."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    kinds = [[term for terms in kind.values() for term in terms] for kind in (ADJECTIVES, PEOPLE)]
    before: list[str] = []
    after: list[str] = []
    for text in texts:
        for terms in kinds:
            groups = [word for word in _WORD.findall(text) if word.lower() in terms]
            if groups and len(before) < MOST_SWAPPED:
                before.append(text)
                after.append(re.sub(rf"\b{groups[0]}\b", chance.choice(terms), text))
    old = score_all(classifier, before, lambda: None)
    new = score_all(classifier, after, lambda: None)
    report: dict[str, Any] = {"pairs": len(before)}
    for attribute in (TOXICITY, INSULT, IDENTITY_ATTACK):
        gaps = [
            abs(was - now)
            for a, b in zip(old, new, strict=True)
            if (was := a[attribute]) is not None and (now := b[attribute]) is not None
        ]
        report[attribute] = {
            "mean": round(float(np.mean(gaps)), 5) if gaps else None,
            "largest": round(float(np.max(gaps)), 4) if gaps else None,
        }
    return report


def _auc(labels: Floats, scores: Floats, chosen: Any) -> float | None:
    value = auc(labels[chosen], scores[chosen])
    return None if np.isnan(value) else round(value, 4)
