"""The rule by which a model is chosen: what it does abroad counts, not what it does at home.

At home are rows of the sources that it learnt from; abroad are sources that were left out, and
our own functional sentences, which are never trained on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from statistics import fmean
from typing import Any, Final

from models.attributes import ATTRIBUTES, SPAM

HOME: Final = "home"
ABROAD: Final = "left-out sources"
FUNCTIONAL: Final = "functional sentences"
FAMILIES: Final = {"tone": tuple(name for name in ATTRIBUTES if name != SPAM), "spam": (SPAM,)}
# A loss up to this may be chance: AUC of thousands of rows, of some hundred sentences, and a share.
SLACK_ABROAD, SLACK_AUC, SLACK_SHARE = 0.001, 0.005, 0.01

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFigure:
    """One figure of two models; higher is better, and a loss of up to `slack` does not count."""

    where: str
    language: str
    what: str
    before: float
    after: float
    slack: float = inf

    @property
    def change(self) -> float:
        """Return what the second model gained."""
        return self.after - self.before

    @property
    def is_lost(self) -> bool:
        """Say whether the second model is worse where it counts."""
        return self.change < -self.slack


class Refused(ValueError):
    """A candidate is worse abroad than the model that it would replace; nothing was written."""

    def __init__(self, lines: Sequence[ComparedFigure]) -> None:
        """Keep the whole comparison."""
        self.lines = tuple(lines)
        lost = [f"{line.language} {line.what} ({line.where})" for line in lines if line.is_lost]
        super().__init__(f"refused, nothing was written: worse in {', '.join(lost)}")


def choose(before: Figures, after: Figures) -> list[ComparedFigure]:
    """Compare the figures of a candidate with those of the model that it would replace.

    :raises Refused: in some language the mean over left-out sources or over functional sentences
        is lower, or the machine refuses more harmless sentences, or the language is missing.
    """
    lines = [*_at_home(before, after), *_abroad(before, after), *_functional(before, after)]
    if any(line.is_lost for line in lines):
        raise Refused(lines)
    return lines


def covers(abroad: Figures, wanted: Figures) -> bool:
    """Say whether figures abroad were measured on the same rows as the wanted ones."""
    return all(
        abroad.get(code, {}).get(source, {}).get(attribute, {}).get("rows") == cell["rows"]
        for code, sources in wanted.items()
        for source, cells in sources.items()
        for attribute, cell in cells.items()
    )


def mean_abroad(sources: Figures, attributes: Sequence[str]) -> float | None:
    """Return the mean over sources of the mean AUC of each one's attributes; None without any."""
    means = [
        fmean(areas)
        for cells in sources.values()
        if (areas := [cells[name]["auc"] for name in attributes if name in cells])
    ]
    return fmean(means) if means else None


def _at_home(before: Figures, after: Figures) -> Iterator[ComparedFigure]:
    """Compare the mean AUC on held-out rows of the sources that both learnt from."""
    old, new = before.get("languages", {}), after.get("languages", {})
    for code in sorted(old):
        for family, attributes in FAMILIES.items():
            pairs = [
                (old[code][name]["all"]["auc"], new[code][name]["all"]["auc"])
                for name in attributes
                if "all" in old[code].get(name, {}) and "all" in new.get(code, {}).get(name, {})
            ]
            if pairs:
                was, now = (fmean(side) for side in zip(*pairs, strict=True))
                yield ComparedFigure(
                    where=HOME, language=code, what=f"{family}, AUC", before=was, after=now
                )


def _abroad(before: Figures, after: Figures) -> Iterator[ComparedFigure]:
    """Compare the mean AUC over the left-out sources that both were measured on."""
    old, new = before.get("abroad", {}), after.get("abroad", {})
    for code in sorted(old.keys() & new.keys()):
        was, now = _shared(old[code], new[code]), _shared(new[code], old[code])
        for family, attributes in FAMILIES.items():
            first, second = mean_abroad(was, attributes), mean_abroad(now, attributes)
            if first is not None and second is not None:
                yield ComparedFigure(
                    where=ABROAD,
                    language=code,
                    what=f"{family}, AUC",
                    before=first,
                    after=second,
                    slack=SLACK_ABROAD,
                )


def _shared(own: Figures, other: Figures) -> Figures:
    return {
        source: {name: cell for name, cell in cells.items() if name in other.get(source, {})}
        for source, cells in own.items()
    }


def _functional(before: Figures, after: Figures) -> Iterator[ComparedFigure]:
    """Compare the functional sentences of every language that the first model scores."""
    old, new = before.get("functional", {}), after.get("functional", {})
    for code in sorted(old):
        was, now = old[code], new.get(code, {})
        for name, what, slack in (
            ("auc", "mean of kinds, AUC", SLACK_AUC),
            ("right", "right at the hold threshold", SLACK_SHARE),
            ("harmless_not_rejected", "harmless, not rejected", 0.0),
        ):
            if was[name] is not None:
                yield ComparedFigure(
                    where=FUNCTIONAL,
                    language=code,
                    what=what,
                    before=was[name],
                    after=now.get(name) or 0.0,
                    slack=slack,
                )
