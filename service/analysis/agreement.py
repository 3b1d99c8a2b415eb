"""Agreement: our scores compared with what people of other systems say of the same texts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from service.analysis import attributes
from service.domain.label import Label
from service.scoring import Scorer

BATCH = 100
# What people call toxic, and what we do: the middle of both scales.
MIDDLE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One attribute in one community.

    `labels` is how many texts have both a label and a score, `unscored` how many have a label
    alone. `missed`: people say 0.5 or more and we do not; `false`: the other way round.
    `distance` is the mean of |label − score|.
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
        """The share on which both fall on the same side of the middle; 0 without any."""
        return 1 - (self.missed + self.false) / self.labels if self.labels else 0.0


Pair = tuple[float, float | None]


def compare(scorer: Scorer, labels: Iterable[Label]) -> list[Agreement]:
    """Score the labelled texts anew and say how far people agree, by community and attribute.

    :raises NotScored: there is no classifier.
    """
    pairs: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for label, scores in _scored(scorer, iter(labels)):
        for name, wanted in label.scores.items():
            score = attributes.value(scores, name) if attributes.is_scored(name) else None
            pairs[label.community, attributes.plain(name)].append((wanted, score))
    return [_agreement(*place, labelled) for place, labelled in sorted(pairs.items())]


def _scored(
    scorer: Scorer, labels: Iterator[Label]
) -> Iterator[tuple[Label, dict[str, float | None]]]:
    while batch := list(islice(labels, BATCH)):
        yield from zip(batch, scorer.score([label.text for label in batch]), strict=True)


def _agreement(community: str, attribute: str, pairs: Sequence[Pair]) -> Agreement:
    both = [(wanted, score) for wanted, score in pairs if score is not None]
    distance = sum(abs(wanted - score) for wanted, score in both)
    return Agreement(
        community=community,
        attribute=attribute,
        labels=len(both),
        unscored=len(pairs) - len(both),
        missed=sum(wanted >= MIDDLE > score for wanted, score in both),
        false=sum(score >= MIDDLE > wanted for wanted, score in both),
        distance=distance / len(both) if both else 0.0,
    )
