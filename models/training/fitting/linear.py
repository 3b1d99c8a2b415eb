"""Fitting of linear heads, whose weights are stored as small integers."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

Floats = NDArray[np.float64]
LARGEST: Final = 127
OUTLIERS: Final = 1e-4


def fit_head(
    matrix: csr_matrix,
    labels: Floats,
    weights: Floats,
    cost: float,
    seed: int,
    logistic: bool = False,
) -> tuple[Floats, float]:
    """Fit one attribute; return the weights and the bias of the separating plane."""
    estimator = _logistic(cost, seed) if logistic else _support_vectors(cost, seed)
    estimator.fit(matrix, labels >= 0.5, sample_weight=weights)
    return estimator.coef_[0], float(estimator.intercept_[0])


def fit_platt(
    margins: Floats, labels: Floats, weights: Floats | None = None
) -> tuple[float, float]:
    """Fit the slope and offset that turn margins into log odds (Newton's method)."""
    weights = np.ones_like(labels) if weights is None else weights
    positives, negatives = (weights * labels).sum(), (weights * (1 - labels)).sum()
    targets = np.where(labels >= 0.5, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    columns = np.stack([margins, np.ones_like(margins)], axis=1)
    solution = np.array([1.0, np.log((positives + 1) / (negatives + 1))])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-columns @ solution))
        gradient = columns.T @ (weights * (chances - targets))
        curvature = (columns * (weights * chances * (1 - chances))[:, None]).T @ columns
        step = np.linalg.solve(curvature + 1e-9 * np.eye(2), gradient)
        solution = solution - np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            break
    return float(solution[0]), float(solution[1])


def as_integers(weights: Floats) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round each column to 255 steps, clipping the few largest weights."""
    largest = np.quantile(np.abs(weights), 1 - OUTLIERS, axis=0)
    scales = np.maximum(largest, 1e-9) / LARGEST
    rounded = np.clip(np.rint(weights / scales), -LARGEST, LARGEST).astype(np.int8)
    return rounded, scales.astype(np.float32)


def _support_vectors(cost: float, seed: int) -> LinearSVC:
    return LinearSVC(C=cost, random_state=seed, tol=1e-3, max_iter=400)


def _logistic(cost: float, seed: int) -> LogisticRegression:
    return LogisticRegression(C=cost, random_state=seed, solver="liblinear", max_iter=400)
