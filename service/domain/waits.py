"""Histograms of waiting times whose buckets can be added up and give medians.

Each bucket is a fifth longer than the one before: a median is off by a tenth at most.
"""

from collections.abc import Mapping
from datetime import timedelta
from math import floor, log

STEP = 1.2
LONGEST = 100


def bucket(wait: timedelta) -> int:
    """Return the number of a wait's bucket; waits up to a second share the first."""
    seconds = max(1.0, wait.total_seconds())
    return min(LONGEST, floor(log(seconds, STEP)))


def quantile(counts: Mapping[int, int], share: float) -> timedelta | None:
    """Return the wait that this share of all did not exceed; None if there are none."""
    total, passed = sum(counts.values()), 0
    for number in sorted(counts):
        passed += counts[number]
        if counts[number] > 0 and passed >= share * total:
            return timedelta(seconds=round(STEP ** (number + 0.5), 1))
    return None
