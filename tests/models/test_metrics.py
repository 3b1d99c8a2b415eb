"""Probabilities are calibrated, and measurements have confidence intervals."""

from pathlib import Path

import numpy as np
import pytest

from models.training.fitting.calibration import Rows, calibrate, lower_bound
from models.training.fitting.linear import as_integers, fit_platt
from models.training.measuring.curves import draw_curves
from models.training.measuring.metrics import LabelledScores, auc, calibration_error, measure


def test_calibration_gives_the_share_that_was_seen() -> None:
    chance = np.random.default_rng(1)
    margins = chance.normal(size=20_000)
    labels = (chance.random(20_000) < 1 / (1 + np.exp(-(2 * margins - 3)))).astype(float)
    slope, offset = fit_platt(margins, labels)
    scores = 1 / (1 + np.exp(-(slope * margins + offset)))

    assert (slope, offset) == pytest.approx((2, -3), abs=0.15)
    assert calibration_error(labels, scores) < 0.01


def test_rare_positives_are_expected_to_be_rare() -> None:
    chance = np.random.default_rng(2)
    labels = np.repeat([0.0, 1.0], 5000)
    margins = chance.normal(size=10_000) + 2 * labels
    every = np.ones(10_000, np.bool_)
    rows = Rows(labels=labels, weights=every * 1.0, usable=every, real=every, natural=every * 1.0)
    slope, offset = calibrate(margins, rows, 0.1)
    scores = 1 / (1 + np.exp(-(slope * margins + offset)))

    assert calibration_error(labels, scores, 0.1) < 0.01 < calibration_error(labels, scores)
    assert calibrate(margins, rows, None)[1] > offset


def test_the_lower_bound_tells_a_head_from_chance() -> None:
    chance = np.random.default_rng(3)
    labels = np.tile([0.0, 1.0], 40)

    assert lower_bound(chance.normal(size=80), labels) < 0.6
    assert lower_bound(chance.normal(size=80) + 3 * labels, labels) > 0.9
    assert lower_bound(chance.normal(size=80), np.ones(80)) == 0, "nothing is known of it"


def test_curves_are_drawn(tmp_path: Path) -> None:
    pairs = [(float(n % 3 == 0), (n * 37 % 100) / 100) for n in range(300)]
    paths = draw_curves(tmp_path, {"TOXICITY": pairs, "SPAM": pairs})

    assert {path.name for path in paths} == {"roc.png", "precision.png", "calibration.png"}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in paths)


def test_the_auc_is_the_chance_to_rank_right() -> None:
    labels = np.array([0, 0, 1, 1.0])

    assert auc(labels, np.array([0.1, 0.2, 0.3, 0.4])) == 1
    assert auc(labels, np.array([0.5, 0.5, 0.5, 0.5])) == 0.5
    assert auc(labels, np.array([0.1, 0.3, 0.2, 0.4])) == 0.75


def test_measurements_carry_their_interval() -> None:
    labels = np.tile([0.0, 1.0], 50)
    numbers = measure(
        LabelledScores(labels=labels, scores=np.linspace(0, 1, 100), groups=np.arange(100))
    )

    low, high = numbers["auc_95"]
    assert low <= numbers["auc"] <= high


def test_what_belongs_together_is_drawn_together() -> None:
    chance = np.random.default_rng(4)
    labels = chance.integers(0, 2, 60).astype(float)
    scores = 1 / (1 + np.exp(-labels - chance.normal(size=60)))
    apart = LabelledScores(labels=labels, scores=scores, groups=np.arange(60))
    # Each row nine times: repetition adds no information.
    often = [np.repeat(part, 9) for part in (labels, scores, np.arange(60))]
    together = LabelledScores(labels=often[0], scores=often[1], groups=often[2])
    pretended = LabelledScores(labels=often[0], scores=often[1], groups=np.arange(540))

    def width(labelled: LabelledScores) -> float:
        low, high = measure(labelled)["auc_95"]
        return float(high - low)

    assert width(together) == pytest.approx(width(apart), rel=0.2)
    assert width(pretended) < 0.6 * width(apart)


def test_weights_survive_as_integers() -> None:
    weights = np.random.default_rng(0).normal(size=(5000, 2))
    rounded, scales = as_integers(weights)

    assert rounded.dtype == np.int8
    assert np.abs(rounded * scales - weights).max() < 0.5
