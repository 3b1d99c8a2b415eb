"""Agreement: our scores compared with labels that people of other systems gave."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from service.analysis import attributes
from service.domain import languages
from service.domain.label import Label
from service.scoring import Scorer

BATCH = 100
# Both labels and scores count as toxic from the middle of their scale.
MIDDLE = 0.5


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


Pair = tuple[float, float | None]


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
