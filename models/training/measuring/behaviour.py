"""Behaviour tests: disguised words, sentences with opposite meanings, calm sentences."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import yaml

from models.attributes import ATTRIBUTES, IDENTITY_ATTACK, TOXICITY
from models.scoring.classifier import Classifier, Scores
from models.training.data.dataset import Example
from models.training.data.disguises import TRICKS, disguise
from models.training.data.templates import sentences_of
from models.training.measuring.batch import Tick, score_all
from models.training.measuring.metrics import Floats, auc
from models.training.recipe import RECIPES

MOST_DISGUISED: Final = 1500
FUNCTIONAL: Final = RECIPES / "functional.yaml"
CALM: Final = RECIPES / "calm.yaml"


def disguises(
    classifier: Classifier, rows: Sequence[Example], seed: int, tick: Tick
) -> dict[str, Any]:
    """Apply each trick to the same rows and measure the loss of AUC.

    Rows without a score after the trick, which a moderator would read, are left out and counted.
    """
    # The keys are hashes, so sorting by them gives a sample of all sources.
    chosen = sorted(rows, key=lambda row: row.key)[:MOST_DISGUISED]
    labels = np.array([row.labels[TOXICITY] for row in chosen], float)

    def toxicities(texts: Sequence[str]) -> Floats:
        all_scores = score_all(classifier, texts, tick)
        return np.array([scores[TOXICITY] for scores in all_scores], float)

    plain = toxicities([row.text for row in chosen])
    report: dict[str, Any] = {"plain": round(auc(labels, plain), 4)}
    for trick in TRICKS:
        texts = [disguise(row.text, trick, seed + number) for number, row in enumerate(chosen)]
        disguised = toxicities(texts)
        scored = ~np.isnan(disguised)
        value = auc(labels[scored], disguised[scored])
        report[trick] = {
            "auc": round(value, 4),
            "loss": round(auc(labels[scored], plain[scored]) - value, 4),
            "not_scored": int((~scored).sum()),
        }
    return report


def phenomena(classifier: Classifier, seed: int) -> dict[str, Any]:
    """Measure how often the functional sentences are scored correctly at 0.5."""
    sentences = list(sentences_of(FUNCTIONAL, seed, "expect"))
    all_scores = score_all(classifier, [sentence.text for sentence in sentences], lambda: None)
    right: dict[str, list[bool]] = defaultdict(list)
    for sentence, scores in zip(sentences, all_scores, strict=True):
        for expected in sentence.labels.items():
            # A text without a score is read by a moderator: neither right nor wrong.
            if scores[TOXICITY] is not None:
                name = f"{sentence.phenomenon} → {_expectation(*expected)}"
                right[name].append(_is_right(scores, *expected))
    return {
        name: {"sentences": len(answers), "right": round(sum(answers) / len(answers), 3)}
        for name, answers in right.items()
    }


def calm(classifier: Classifier) -> dict[str, Any]:
    """Measure how many calm sentences of each language are flagged at 0.5."""
    written: dict[str, list[str]] = yaml.safe_load(CALM.read_text(encoding="utf-8"))
    report: dict[str, Any] = {}
    for code, sentences in written.items():
        if code in classifier.info.languages:
            scores = classifier.score(sentences)
            report[code] = {"sentences": len(sentences), **_flagged(scores)}
    return report


def _flagged(all_scores: Sequence[Scores]) -> dict[str, float]:
    return {
        attribute: round(sum(value >= 0.5 for value in values) / len(values), 3)
        for attribute in (TOXICITY, IDENTITY_ATTACK)
        if (values := [value for scores in all_scores if (value := scores[attribute]) is not None])
    }


def _expectation(attribute: str, label: float) -> str:
    name = "TOXICITY or IDENTITY_ATTACK" if attribute == "either" else attribute
    return name if label else f"not {name}"


def _is_right(scores: Scores, attribute: str, label: float) -> bool:
    names = (TOXICITY, IDENTITY_ATTACK) if attribute == "either" else (attribute,)
    return any((scores[name] or 0.0) >= 0.5 for name in names if name in ATTRIBUTES) == bool(label)
