"""Timing of scoring, by wall clock and by the processor time of this process."""

import os
import time
from collections.abc import Sequence

import numpy as np

from models.scoring.classifier import Classifier
from models.training.measuring.batch import score_all


def speed(classifier: Classifier, texts: Sequence[str]) -> dict[str, float]:
    """Time texts one by one, new and repeated, and in batches."""
    cases = {
        "new": one_by_one(classifier, texts),
        "repeated": one_by_one(classifier, texts),
        "batches": in_batches(classifier, texts),
    }
    times = {f"{case}_{name}": ms for case, timed in cases.items() for name, ms in timed.items()}
    return {**times, "characters": round(float(np.mean([len(text) for text in texts])), 1)}


def one_by_one(classifier: Classifier, texts: Sequence[str]) -> dict[str, float]:
    """Score texts one by one; return wall-clock and processor milliseconds per text."""
    times = []
    begun = time.process_time()
    for text in texts:
        start = time.perf_counter()
        classifier.score([text])
        times.append(1000 * (time.perf_counter() - start))
    busy = 1000 * (time.process_time() - begun) / len(texts)
    p50, p99 = np.quantile(times, [0.5, 0.99]).tolist()
    return _rounded(mean_ms=sum(times) / len(times), p50_ms=p50, p99_ms=p99, busy_ms=busy)


def in_batches(classifier: Classifier, texts: Sequence[str]) -> dict[str, float]:
    """Score texts in batches; return milliseconds per text."""
    start, begun = time.perf_counter(), time.process_time()
    score_all(classifier, texts, lambda: None)
    each = 1000 / len(texts)
    busy = (time.process_time() - begun) * each
    return _rounded(mean_ms=(time.perf_counter() - start) * each, busy_ms=busy)


def _rounded(**times: float) -> dict[str, float]:
    """Round milliseconds and add the load of the machine."""
    rounded = {name: round(time, 3) for name, time in times.items()}
    return {**rounded, "load": round(os.getloadavg()[0], 1)}
