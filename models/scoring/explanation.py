"""Explanations: the share of each word of the original text in a margin."""

import numpy as np
from numpy.typing import NDArray

from models.features.occurrences import KEY_BITS, Features
from models.reading.draft import TextDraft
from models.reading.span import Span
from models.scoring.heads import LinearScorer

Floats = NDArray[np.float64]


def per_character(scorer: LinearScorer, text: str, head: int) -> Floats:
    """Distribute the margin of a prepared text, without the bias, over its characters."""
    occurrences = scorer.hasher.occurrences(text)
    shares = np.zeros(len(text))
    if not len(occurrences.places):
        return shares
    keys = occurrences.rows << KEY_BITS | occurrences.places
    distinct, where, counts = np.unique(keys, return_inverse=True, return_counts=True)
    places = distinct & (1 << KEY_BITS) - 1
    features = Features(rows=distinct >> KEY_BITS, places=places, counts=counts)
    values = scorer.values(features, 1).astype(np.float64)
    worth = values * scorer.heads.weights[places, head] * float(scorer.heads.scales[head]) / counts
    lengths = occurrences.ends - occurrences.starts
    characters = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    np.add.at(
        shares,
        characters + np.repeat(occurrences.starts, lengths),
        np.repeat(worth[where] / lengths, lengths),
    )
    return shares


def spans_of(draft: TextDraft, source: str, shares: Floats) -> list[Span]:
    """Add up the shares of characters for each word of the original text.

    The share of a space between words goes to the word before it.
    """
    spans: list[Span] = []
    origins = [*(draft.origins or ()), len(source)]
    starts = [
        place
        for place, char in enumerate(draft.text)
        if char != " " and draft.text[place - 1] == " "
    ]
    for start, following in zip(starts, [*starts[1:], len(draft.text)], strict=True):
        end = draft.text.find(" ", start)
        first = 0 if start == starts[0] else start
        spans.append(
            _trimmed(source, origins[start], origins[end], float(shares[first:following].sum()))
        )
    return spans


def _trimmed(source: str, start: int, end: int, contribution: float) -> Span:
    end = max(end, start + 1)
    while end - 1 > start and not source[end - 1 : end].strip():
        end -= 1
    return Span(start, end, contribution)
