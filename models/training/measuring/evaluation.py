"""Evaluation of a model on held-out rows, including its known weaknesses."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from models.attributes import TOXICITY
from models.scoring.classifier import Classifier, Scores
from models.training.data.dataset import Example
from models.training.measuring.batch import Tick, score_all
from models.training.measuring.behaviour import calm, disguises, phenomena
from models.training.measuring.fairness import identity_bias, swap_gap
from models.training.measuring.functional import functional
from models.training.measuring.metrics import LabelledScores, measure


def evaluate(
    classifier: Classifier, rows: Sequence[Example], seed: int, tick: Tick = lambda: None
) -> dict[str, Any]:
    """Measure a model on held-out rows; the result does not depend on the machine.

    `named` is as `languages`, where each row's language is named as a site would.
    """
    texts = [row.text for row in rows]
    scores = score_all(classifier, texts, tick)
    named = score_all(classifier, texts, tick, [row.language for row in rows])
    english = [
        (row, scored)
        for row, scored in zip(rows, scores, strict=True)
        if row.language == "en" and TOXICITY in row.labels and scored[TOXICITY] is not None
    ]
    return {
        "languages": by_language(rows, scores, classifier.info.prevalence),
        "named": by_language(rows, named, classifier.info.prevalence),
        "identity": identity_bias(english),
        "swap": swap_gap(classifier, [row.text for row, _ in english], seed),
        "disguises": disguises(classifier, [row for row, _ in english], seed, tick),
        "phenomena": phenomena(classifier, seed),
        "calm": calm(classifier),
        "functional": functional(classifier),
        "functional_named": functional(classifier, named=True),
    }


def by_language(
    rows: Sequence[Example],
    scores: Sequence[Scores],
    prevalence: Mapping[str, float | None] | None = None,
) -> dict[str, Any]:
    """Measure each attribute of each language: on all rows, per source, and on natural rows."""
    expected = prevalence or {}
    gathered: dict[tuple[str, str, str], list[tuple[float, float, int]]] = defaultdict(list)
    unscored: dict[str, int] = defaultdict(int)
    for row, row_scores in zip(rows, scores, strict=True):
        unscored[row.language] += all(row_scores[attribute] is None for attribute in row.labels)
        for attribute, label in row.labels.items():
            score = row_scores[attribute]
            if score is None:
                continue
            parts = ("all", row.source, "natural") if row.natural == 1 else ("all", row.source)
            for part in parts:
                gathered[row.language, attribute, part].append((label, score, row.key))
    report: dict[str, Any] = {}
    for (language, attribute, part), rated in sorted(gathered.items()):
        labelled = _labelled_scores(rated)
        if labelled.is_usable:
            of_language = report.setdefault(language, {"not_scored": unscored[language]})
            of_language.setdefault(attribute, {})[part] = measure(
                labelled, prevalence=expected.get(language)
            )
    return report


def _labelled_scores(rated: Sequence[tuple[float, float, int]]) -> LabelledScores:
    labels, scores, groups = zip(*rated, strict=True)
    return LabelledScores(labels=np.array(labels), scores=np.array(scores), groups=np.array(groups))
