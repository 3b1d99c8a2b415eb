"""A model meets rows that it has not seen, and every weakness gets a number."""

import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import numpy as np

from models.attributes import ATTRIBUTES, IDENTITY_ATTACK, INSULT, TOXICITY
from models.classifier import Classifier, Scores
from models.identity import ADJECTIVES, IDENTITY_TERMS, PEOPLE
from models.training.contrast import sentences_of
from models.training.dataset import Example
from models.training.disguise import TRICKS, disguised
from models.training.measure import Floats, Judged, auc, measured
from models.training.recipe import RECIPES

BATCH: Final = 256
MOST_DISGUISED: Final = 1500
MOST_SWAPPED: Final = 1500
FEWEST_NAMING: Final = 30
FUNCTIONAL: Final = RECIPES / "functional.yaml"
_WORD: Final = re.compile(r"[A-Za-z]+")

Tick = Callable[[], None]


def evaluate(
    classifier: Classifier, rows: Sequence[Example], seed: int, tick: Tick = lambda: None
) -> dict[str, Any]:
    """Measure a model on held-out rows; nothing in the answer depends on the machine."""
    scores = score_all(classifier, [row.text for row in rows], tick)
    english = [
        (row, found)
        for row, found in zip(rows, scores, strict=True)
        if row.language == "en" and TOXICITY in row.labels and found[TOXICITY] is not None
    ]
    return {
        "languages": by_language(rows, scores),
        "identity": identity_bias(english),
        "swap": swap_gap(classifier, [row.text for row, _ in english], seed),
        "disguises": disguises(classifier, [row for row, _ in english], seed, tick),
        "phenomena": phenomena(classifier, seed),
    }


def score_all(classifier: Classifier, texts: Sequence[str], tick: Tick) -> list[Scores]:
    """Score many texts in batches."""
    scores: list[Scores] = []
    for start in range(0, len(texts), BATCH):
        scores += classifier.score(texts[start : start + BATCH])
        tick()
    return scores


def by_language(rows: Sequence[Example], scores: Sequence[Scores]) -> dict[str, Any]:
    """Measure each attribute of each language: all rows, each source's, and the natural ones."""
    gathered: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    unscored: dict[str, int] = defaultdict(int)
    for row, found in zip(rows, scores, strict=True):
        for attribute, label in row.labels.items():
            score = found[attribute]
            if score is None:
                unscored[row.language] += 1
                continue
            parts = ("all", row.source, "natural") if row.natural == 1 else ("all", row.source)
            for part in parts:
                gathered[row.language, attribute, part].append((label, score))
    report: dict[str, Any] = {}
    for (language, attribute, part), pairs in sorted(gathered.items()):
        judged = _judged(pairs)
        if judged.usable:
            tongue = report.setdefault(language, {"not_scored": unscored[language]})
            tongue.setdefault(attribute, {})[part] = measured(judged)
    return report


def identity_bias(english: Sequence[tuple[Example, Scores]]) -> dict[str, Any]:
    """Measure, per family of groups, how naming one moves toxicity.

    `subgroup` ranks rows that name it; `bpsn` clean rows that do against toxic ones that do not;
    `bnsp` toxic rows that do against clean ones that do not.
    """
    labels = np.array([row.labels[TOXICITY] for row, _ in english], float)
    scores = np.array([found[TOXICITY] for _, found in english], float)
    words = [set(_WORD.findall(row.text.lower())) for row, _ in english]
    report: dict[str, Any] = {}
    for family in sorted(ADJECTIVES.keys() | PEOPLE.keys()):
        terms = {*ADJECTIVES.get(family, ()), *PEOPLE.get(family, ())}
        named = np.array([not found.isdisjoint(terms) for found in words], bool)
        toxic = labels >= 0.5
        if (named & ~toxic).sum() < FEWEST_NAMING:
            continue
        report[family] = {
            "rows": int(named.sum()),
            "subgroup": _auc(labels, scores, named),
            "bpsn": _auc(labels, scores, (named & ~toxic) | (~named & toxic)),
            "bnsp": _auc(labels, scores, (named & toxic) | (~named & ~toxic)),
            "clean_flagged": round(float((scores[named & ~toxic] >= 0.5).mean()), 4),
        }
    return report


def swap_gap(classifier: Classifier, texts: Iterable[str], seed: int) -> dict[str, Any]:
    """Put another group in the place of the one that is named, and see how scores move."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    kinds = [[t for ts in kind.values() for t in ts] for kind in (ADJECTIVES, PEOPLE)]
    before: list[str] = []
    after: list[str] = []
    for text in texts:
        for terms in kinds:
            named = [word for word in _WORD.findall(text) if word.lower() in terms]
            if named and len(before) < MOST_SWAPPED:
                before.append(text)
                after.append(re.sub(rf"\b{named[0]}\b", chance.choice(terms), text))
    old = score_all(classifier, before, lambda: None)
    new = score_all(classifier, after, lambda: None)
    report: dict[str, Any] = {"pairs": len(before)}
    for attribute in (TOXICITY, INSULT, IDENTITY_ATTACK):
        gaps = [
            abs(a[attribute] - b[attribute])  # type: ignore[operator]
            for a, b in zip(old, new, strict=True)
            if a[attribute] is not None and b[attribute] is not None
        ]
        report[attribute] = {
            "mean": round(float(np.mean(gaps)), 5) if gaps else None,
            "largest": round(float(np.max(gaps)), 4) if gaps else None,
        }
    return report


def disguises(
    classifier: Classifier, rows: Sequence[Example], seed: int, tick: Tick
) -> dict[str, Any]:
    """Play each trick on the same rows and say what it costs in AUC."""
    chosen = rows[:MOST_DISGUISED]
    labels = np.array([row.labels[TOXICITY] for row in chosen], float)

    def ranked(texts: Sequence[str]) -> float:
        found = score_all(classifier, texts, tick)
        return auc(labels, np.array([one[TOXICITY] or 0.0 for one in found]))

    plain = ranked([row.text for row in chosen])
    report: dict[str, Any] = {"plain": round(plain, 4)}
    for trick in TRICKS:
        value = ranked([disguised(row.text, trick, seed + at) for at, row in enumerate(chosen)])
        report[trick] = {"auc": round(value, 4), "loss": round(plain - value, 4)}
    return report


def phenomena(classifier: Classifier, seed: int) -> dict[str, Any]:
    """Count how often the functional sentences come out right at 0.5."""
    sentences = list(sentences_of(FUNCTIONAL, seed, "expect"))
    scores = score_all(classifier, [sentence.text for sentence in sentences], lambda: None)
    right: dict[str, list[bool]] = defaultdict(list)
    for sentence, found in zip(sentences, scores, strict=True):
        for expected in sentence.labels.items():
            right[f"{sentence.phenomenon} → {_wish(*expected)}"].append(_is_right(found, *expected))
    return {
        name: {"sentences": len(found), "right": round(sum(found) / len(found), 3)}
        for name, found in right.items()
    }


def speed(classifier: Classifier, texts: Sequence[str]) -> dict[str, float]:
    """Time the model one text at a time and in batches; depends on the machine."""
    classifier.score(texts[:BATCH])
    times = []
    for text in texts:
        start = time.perf_counter()
        classifier.score([text])
        times.append((time.perf_counter() - start) * 1000)
    start = time.perf_counter()
    score_all(classifier, texts, lambda: None)
    batched = (time.perf_counter() - start) * 1000 / max(len(texts), 1)
    return {
        "mean_ms": round(float(np.mean(times)), 3),
        "p99_ms": round(float(np.quantile(times, 0.99)), 3),
        "batched_ms": round(batched, 3),
        "characters": round(float(np.mean([len(text) for text in texts])), 1),
    }


def names_a_group(text: str) -> bool:
    """Say whether a text names a group of people."""
    return not IDENTITY_TERMS.isdisjoint(_WORD.findall(text.lower()))


def _wish(attribute: str, label: float) -> str:
    name = "TOXICITY or IDENTITY_ATTACK" if attribute == "either" else attribute
    return name if label else f"not {name}"


def _is_right(found: Scores, attribute: str, label: float) -> bool:
    names = (TOXICITY, IDENTITY_ATTACK) if attribute == "either" else (attribute,)
    return any((found[name] or 0.0) >= 0.5 for name in names if name in ATTRIBUTES) == bool(label)


def _judged(pairs: Sequence[tuple[float, float]]) -> Judged:
    labels, scores = np.array(pairs, float).T
    return Judged(labels=labels, scores=scores)


def _auc(labels: Floats, scores: Floats, chosen: Any) -> float | None:
    value = auc(labels[chosen], scores[chosen])
    return None if np.isnan(value) else round(value, 4)
