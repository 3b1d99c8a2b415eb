"""Log odds and probabilities: what readings add up, and what a score says."""

import math
from typing import Final

SUREST: Final = 30.0

Odds = dict[str, float]
"""The log odds of each attribute that is scored."""


def probability(odds: float) -> float:
    """Return the probability for log odds; it is never quite 0 or 1."""
    return 1 / (1 + math.exp(-max(-SUREST, min(SUREST, odds))))
