"""Calibration: margins become real-life probabilities, where abuse is rarer than in datasets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.training.fitting.linear import Floats, fit_platt
from models.training.measuring.metrics import auc, calibration_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The training rows of one attribute; `real` ones are not ours, `natural` ones calibrate."""

    labels: Floats
    weights: Floats
    usable: NDArray[np.bool_]
    real: NDArray[np.bool_]
    natural: Floats


def calibrate(margins: Floats, rows: Rows, prevalence: float | None) -> tuple[float, float]:
    """Fit slope and offset on left-out rows, then correct the offset for the real prevalence.

    The offset moves by the change of the prior odds (Saerens, Latinne and Decaestecker, 2002).
    """
    chosen = rows.natural > 0
    labels, weights = rows.labels[chosen], rows.natural[chosen]
    slope, offset = fit_platt(margins[chosen], labels, weights)
    share = float((weights * labels).sum() / weights.sum())
    if prevalence is None or prevalence >= share:
        return slope, offset
    return slope, offset + log_odds(prevalence) - log_odds(share)


def error_of(
    margins: Floats, rows: Rows, platt: tuple[float, float], prevalence: float | None
) -> tuple[int, float]:
    """Return the number of left-out rows and their calibration error."""
    real = rows.real & (rows.natural > 0)
    if not real.any():
        return 0, 0.0
    scores = 1 / (1 + np.exp(-(platt[0] * margins[real] + platt[1])))
    return int(real.sum()), calibration_error(rows.labels[real], scores, prevalence)


def lower_bound(margins: Floats, labels: Floats) -> float:
    """Return the lower 97.5 % bound for the AUC of left-out rows (Hanley and McNeil, 1982).

    It is 0 if all rows are of one kind, since nothing is known then.
    """
    area = auc(labels, margins)
    if np.isnan(area):
        return 0.0
    positives = int((labels >= 0.5).sum())
    negatives = len(labels) - positives
    once, twice = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area)
    spread += (positives - 1) * (once - area**2) + (negatives - 1) * (twice - area**2)
    return area - 1.96 * float(np.sqrt(max(spread, 0.0) / (positives * negatives)))


def log_odds(share: float) -> float:
    """Return the log odds of a share between 0 and 1."""
    return float(np.log(share / (1 - share)))
