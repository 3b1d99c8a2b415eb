"""Functional sentences: our own, of many kinds in both labels, judged as by the default policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import fmean
from typing import Any, Final

import numpy as np
import yaml

from models.attributes import (
    IDENTITY_ATTACK,
    INSULT,
    PROFANITY,
    SEVERE_TOXICITY,
    SEXUALLY_EXPLICIT,
    SPAM,
    THREAT,
    TOXICITY,
)
from models.scoring.classifier import Classifier, Scores
from models.training.measuring.metrics import auc
from models.training.recipe import RECIPES, RecipeError

SENTENCES: Final = RECIPES.with_name("functional")
HARMLESS, ABUSIVE = "harmless", "abusive"
NEVER: Final = 1.01
SUREST: Final = 1e-9
# The default policy's thresholds, hold and reject: the service knows them too, and a test compares.
THRESHOLDS: Final = {
    TOXICITY: (0.60, 0.995),
    SEVERE_TOXICITY: (0.50, 0.95),
    INSULT: (0.75, NEVER),
    PROFANITY: (0.80, NEVER),
    THREAT: (0.40, 0.97),
    IDENTITY_ATTACK: (0.50, 0.97),
    SEXUALLY_EXPLICIT: (0.70, NEVER),
    SPAM: (0.60, 0.98),
}

Sentences = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the default policy does with the scores of one sentence.

    `reach` is the distance in log odds of the gravest score of tone to its hold threshold.
    """

    is_scored: bool
    is_held: bool
    is_rejected: bool
    reach: float


Answers = Mapping[str, Sequence[Answer]]


def functional(
    classifier: Classifier, folder: Path = SENTENCES, *, named: bool = False
) -> dict[str, Any]:
    """Measure every language that the model scores; `named`: as where a site names the language.

    :raises RecipeError: a file does not hold kinds with harmless and abusive sentences.
    """
    report: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in classifier.info.languages:
            continue
        language = path.stem if named else ""
        kinds = {
            kind: {label: _answers(classifier, lines, language) for label, lines in labels.items()}
            for kind, labels in read_sentences(path).items()
        }
        every = [answer for labels in kinds.values() for part in labels.values() for answer in part]
        if any(answer.is_scored for answer in every):
            report[path.stem] = _summary(kinds)
    return report


def read_sentences(path: Path) -> Sentences:
    """Read the functional sentences of a language: kind, label, sentences.

    :raises RecipeError: the file has another form.
    """
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise RecipeError(f"{path}: cannot be read ({fault})") from fault
    if not isinstance(written, dict) or not written:
        raise RecipeError(f"{path}: holds no kinds of sentences")
    for kind, labels in written.items():
        if not isinstance(labels, dict) or set(labels) != {HARMLESS, ABUSIVE}:
            raise RecipeError(f"{path}: {kind} needs sentences that are harmless and abusive")
        for label, lines in labels.items():
            if (
                not isinstance(lines, list)
                or not lines
                or not all(isinstance(x, str) for x in lines)
            ):
                raise RecipeError(f"{path}: {kind}, {label} is not a list of sentences")
    return written


def _answers(classifier: Classifier, lines: Sequence[str], language: str) -> list[Answer]:
    return [answer_of(scores) for scores in classifier.score(lines, [language] * len(lines))]


def answer_of(scores: Scores) -> Answer:
    """Judge scores as the default policy does; without toxicity or spam a person has to."""
    known = {name: score for name, score in scores.items() if score is not None}
    tone = [
        _odds(score) - _odds(THRESHOLDS[name][0]) for name, score in known.items() if name != SPAM
    ]
    return Answer(
        is_scored=TOXICITY in known and SPAM in known,
        is_held=any(score >= THRESHOLDS[name][0] for name, score in known.items()),
        is_rejected=any(score >= THRESHOLDS[name][1] for name, score in known.items()),
        reach=max(tone, default=0.0),
    )


def _summary(kinds: Mapping[str, Answers]) -> dict[str, Any]:
    harmless = [answer for answers in kinds.values() for answer in answers[HARMLESS]]
    abusive = [answer for answers in kinds.values() for answer in answers[ABUSIVE]]
    measured = {kind: _of_kind(answers) for kind, answers in kinds.items()}
    shares = [measured[kind][label]["right"] for kind in measured for label in (HARMLESS, ABUSIVE)]
    areas = [kind["auc"] for kind in measured.values() if kind["auc"] is not None]
    return {
        "sentences": len(harmless) + len(abusive),
        "auc": round(fmean(areas), 4) if areas else None,
        "right": round(fmean(shares), 4),
        "harmless_held": _share([answer.is_held for answer in harmless]),
        "abusive_held": _share([answer.is_held for answer in abusive]),
        "harmless_not_rejected": _share([not answer.is_rejected for answer in harmless]),
        "kinds": measured,
    }


def _of_kind(answers: Answers) -> dict[str, Any]:
    """Measure one kind; a sentence without a score is wrong whatever it is, and has no rank."""
    scored = [(label, each) for label in answers for each in answers[label] if each.is_scored]
    labels = np.array([float(label == ABUSIVE) for label, _ in scored])
    area = auc(labels, np.array([answer.reach for _, answer in scored]))
    figures: dict[str, Any] = {"auc": None if np.isnan(area) else round(area, 4)}
    for label in (HARMLESS, ABUSIVE):
        right = [each.is_scored and each.is_held == (label == ABUSIVE) for each in answers[label]]
        figures[label] = {
            "sentences": len(right),
            "right": _share(right),
            "rejected": sum(answer.is_rejected for answer in answers[label]),
            "not_scored": sum(not answer.is_scored for answer in answers[label]),
        }
    return figures


def _share(truths: Sequence[bool]) -> float:
    return round(sum(truths) / len(truths), 4)


def _odds(score: float) -> float:
    # A score of exactly 0 or 1 has no odds.
    score = min(max(score, SUREST), 1 - SUREST)
    return log(score / (1 - score))
