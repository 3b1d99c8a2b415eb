"""Quality metrics of scores: ranking, calibration and the effect of a threshold."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
THRESHOLDS: Final = (0.3, 0.5, 0.7, 0.9)
RESAMPLES: Final = 400
BINS: Final = 10
FEWEST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledScores:
    """Scores of one attribute with people's labels; rows of one group belong together."""

    labels: Floats
    scores: Floats
    groups: NDArray[np.int64]

    @property
    def is_usable(self) -> bool:
        """Say whether there are enough positive and negative rows to measure."""
        positives = int((self.labels >= 0.5).sum())
        return positives >= FEWEST and len(self.labels) - positives >= FEWEST


def measure(
    labelled: LabelledScores, seed: int = 0, prevalence: float | None = None
) -> dict[str, Any]:
    """Compute all metrics of one attribute.

    With a `prevalence`, calibration is measured as if positive rows were no more frequent.
    """
    return {
        **measure_ranking(labelled, seed),
        "average_precision": round(average_precision(labelled.labels, labelled.scores), 4),
        "ece": round(calibration_error(labelled.labels, labelled.scores, prevalence), 4),
        "thresholds": [at_threshold(labelled, threshold) for threshold in THRESHOLDS],
    }


def measure_ranking(labelled: LabelledScores, seed: int = 0) -> dict[str, Any]:
    """Compute how well scores rank the rows; they need not be probabilities."""
    low, high = interval(labelled, seed)
    return {
        "rows": len(labelled.labels),
        "positive": int((labelled.labels >= 0.5).sum()),
        "auc": round(auc(labelled.labels, labelled.scores), 4),
        "auc_95": [round(low, 4), round(high, 4)],
    }


def auc(labels: Floats, scores: Floats) -> float:
    """Return how often a positive row is scored above a negative one; ties count half."""
    positive = labels >= 0.5
    ranks = _ranks(scores)
    positives, negatives = int(positive.sum()), int((~positive).sum())
    if not positives or not negatives:
        return float("nan")
    lowest = positives * (positives + 1) / 2
    return float((ranks[positive].sum() - lowest) / (positives * negatives))


def average_precision(labels: Floats, scores: Floats) -> float:
    """Return the average of the precision over the ranks of the positive rows."""
    order = np.argsort(-scores, kind="stable")
    hits = labels[order] >= 0.5
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean()) if hits.any() else float("nan")


def calibration_error(labels: Floats, scores: Floats, prevalence: float | None = None) -> float:
    """Return the average distance between score and share of positives over ten bins."""
    weights = np.ones_like(scores)
    share = float(labels.mean())
    if prevalence is not None and prevalence < share < 1:
        odds = prevalence / (1 - prevalence) * (1 - share) / share
        weights = np.where(labels >= 0.5, odds, 1.0)
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    stated = np.bincount(bins, weights=weights * scores, minlength=BINS)
    true = np.bincount(bins, weights=weights * labels, minlength=BINS)
    return float(np.abs(stated - true).sum() / max(weights.sum(), 1e-9))


def at_threshold(labelled: LabelledScores, threshold: float) -> dict[str, float]:
    """Measure the effect of flagging at a threshold."""
    flagged, positive = labelled.scores >= threshold, labelled.labels >= 0.5
    right = int((flagged & positive).sum())
    return {
        "threshold": threshold,
        "flagged": round(float(flagged.mean()), 4),
        "precision": round(right / max(int(flagged.sum()), 1), 4),
        "recall": round(right / max(int(positive.sum()), 1), 4),
        "false_positives": round(float((flagged & ~positive).sum() / max((~positive).sum(), 1)), 4),
    }


def interval(labelled: LabelledScores, seed: int) -> tuple[float, float]:
    """Compute the 95 % confidence interval of the AUC by resampling the groups."""
    chance = np.random.default_rng(seed)
    order = np.argsort(labelled.groups, kind="stable")
    _, starts, sizes = np.unique(labelled.groups[order], return_index=True, return_counts=True)
    areas = []
    for _ in range(RESAMPLES):
        drawn = chance.integers(0, len(starts), len(starts))
        lengths = sizes[drawn]
        within = np.arange(lengths.sum()) - (lengths.cumsum() - lengths).repeat(lengths)
        rows = order[starts[drawn].repeat(lengths) + within]
        value = auc(labelled.labels[rows], labelled.scores[rows])
        if not np.isnan(value):
            areas.append(value)
    low, high = np.quantile(areas, [0.025, 0.975])
    return float(low), float(high)


def _ranks(scores: Floats) -> Floats:
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[places]
