"""Agreement: our scores compared with labels that people of other systems gave."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from service.analysis import attributes
from service.domain import languages
from service.domain.label import Label
from service.scoring import Scorer

BATCH = 100
# Both labels and scores count as toxic from the middle of their scale.
MIDDLE = 0.5
PERSPECTIVE = "perspective"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement on one attribute in one community.

    `labels` counts texts with both a label and a score, `unscored` those with a label only.
    `missed` counts labels of 0.5 or more with a lower score, `false` the reverse. `distance` is
    the mean of |label − score|.
    """

    community: str
    attribute: str
    labels: int
    unscored: int
    missed: int
    false: int
    distance: float

    @property
    def agreed(self) -> float:
        """The share of texts with label and score on the same side of the middle; 0 without any."""
        return 1 - (self.missed + self.false) / self.labels if self.labels else 0.0


# Perspective's thresholds for which ours are sought, and how many texts must exceed one.
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)
FEWEST = 20

Pair = tuple[float, float | None]


@dataclass(frozen=True, slots=True)
class ShadowedAttribute:
    """Agreement with Perspective on one attribute, and our thresholds in place of Perspective's.

    A threshold of ours is exceeded by as many texts as Perspective's is; None if too few exceed it.
    """

    agreement: Agreement
    thresholds: Mapping[float, float | None]


def compare_shadows(rows: Iterable[Mapping[str, tuple[float, float]]]) -> list[ShadowedAttribute]:
    """Measure the agreement of our scores with Perspective's, by attribute."""
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        for name, (ours, theirs) in row.items():
            pairs[name].append((theirs, ours))
    return [
        ShadowedAttribute(
            _agreement(PERSPECTIVE, name, both),
            {threshold: _carried(both, threshold) for threshold in THRESHOLDS},
        )
        for name, both in sorted(pairs.items())
    ]


def _carried(pairs: Sequence[tuple[float, float]], threshold: float) -> float | None:
    count = sum(theirs > threshold for theirs, _ in pairs)
    if not FEWEST <= count < len(pairs):
        return None
    ours = sorted((own for _, own in pairs), reverse=True)
    return (ours[count - 1] + ours[count]) / 2


def compare(scorer: Scorer, labels: Iterable[Label]) -> list[Agreement]:
    """Score labelled texts again and measure the agreement, by community and attribute.

    :raises NotScored: there is no classifier.
    """
    pairs: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for label, scores in _scored(scorer, iter(labels)):
        for name, labelled in label.scores.items():
            score = attributes.value(scores, name) if attributes.is_scored(name) else None
            pairs[label.community, attributes.plain(name)].append((labelled, score))
    return [_agreement(*group, rows) for group, rows in sorted(pairs.items())]


def _scored(
    scorer: Scorer, labels: Iterator[Label]
) -> Iterator[tuple[Label, dict[str, float | None]]]:
    while batch := list(islice(labels, BATCH)):
        named = [languages.only(label.languages) for label in batch]
        scores = scorer.score([label.text for label in batch], named)
        yield from zip(batch, scores, strict=True)


def _agreement(community: str, attribute: str, pairs: Sequence[Pair]) -> Agreement:
    both = [(label, score) for label, score in pairs if score is not None]
    distance = sum(abs(label - score) for label, score in both)
    return Agreement(
        community=community,
        attribute=attribute,
        labels=len(both),
        unscored=len(pairs) - len(both),
        missed=sum(label >= MIDDLE > score for label, score in both),
        false=sum(score >= MIDDLE > label for label, score in both),
        distance=distance / len(both) if both else 0.0,
    )
