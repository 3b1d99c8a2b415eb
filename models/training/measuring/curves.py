"""ROC, precision and calibration curves: what a threshold costs, how reliable scores are."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from models.attributes import ATTRIBUTES
from models.scoring.classifier import Classifier
from models.training.data.dataset import Example
from models.training.measuring.batch import score_all
from models.training.measuring.metrics import FEWEST, auc

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Pairs = Sequence[tuple[float, float]]
Curve = tuple[list[float], list[float]]

COLOURS: Final = (
    "#0b3954", "#bf1a2f", "#e07a1f", "#7b2d8b", "#3a3a3a", "#1b7f79", "#d1498b", "#4f8a10",
)  # fmt: skip
QUIET: Final = "#8a8f98"


class NoCurves(Exception):
    """The package that draws the curves is not installed."""


def pairs_of(classifier: Classifier, rows: Sequence[Example]) -> dict[str, Pairs]:
    """Return the (label, score) pairs of each attribute."""
    all_scores = score_all(classifier, [row.text for row in rows], lambda: None)
    pairs: dict[str, list[tuple[float, float]]] = {name: [] for name in ATTRIBUTES}
    for row, scores in zip(rows, all_scores, strict=True):
        for attribute, label in row.labels.items():
            value = scores[attribute]
            if value is not None:
                pairs[attribute].append((label, value))
    return {
        name: scored
        for name, scored in pairs.items()
        if sum(label for label, _ in scored) >= FEWEST
    }


def draw_curves(folder: Path, curves: Mapping[str, Pairs]) -> list[Path]:
    """Draw ROC, precision and calibration curves of each attribute from (label, score) pairs.

    :raises NoCurves: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as fault:
        raise NoCurves("curves need matplotlib: pip install matplotlib") from fault
    paths = []
    for title, (draw, dress) in DRAWINGS.items():
        figure = Figure(figsize=(7.2, 6.4), layout="constrained")
        axes = figure.add_subplot()
        dress(axes)
        for colour, attribute in zip(COLOURS, ATTRIBUTES, strict=True):
            if attribute in curves:
                pairs = sorted(curves[attribute], key=lambda pair: -pair[1])
                axes.plot(*draw(pairs), color=colour, lw=1.8, label=_label(attribute, pairs))
        _finish(axes)
        paths.append(folder / f"{title}.png")
        figure.savefig(paths[-1], dpi=130)
    return paths


def _label(attribute: str, pairs: Pairs) -> str:
    labels, scores = np.array(pairs, float).T
    return f"{attribute.replace('_', ' ').lower()}  (AUC {auc(labels, scores):.3f})"


def _roc(pairs: Pairs) -> Curve:
    labels = np.array([label for label, _ in pairs])
    fine, right = np.cumsum(1 - labels), np.cumsum(labels)
    across = np.maximum(fine / max(fine[-1], 1), 1e-4)
    return across.tolist(), (right / max(right[-1], 1)).tolist()


def _precision(pairs: Pairs) -> Curve:
    labels = np.array([label for label, _ in pairs])
    right = np.cumsum(labels)
    few = int(np.searchsorted(right, FEWEST))  # the first few positives say nothing yet
    precision = right / np.arange(1, len(labels) + 1)
    return (right / max(right[-1], 1))[few:].tolist(), precision[few:].tolist()


def _calibration(pairs: Pairs) -> Curve:
    labels, scores = np.array(pairs, float).T
    bins = np.minimum((scores * 10).astype(int), 9)
    used = [part for part in range(10) if (bins == part).sum() >= 2 * FEWEST]
    return (
        [float(scores[bins == part].mean()) for part in used],
        [float(labels[bins == part].mean()) for part in used],
    )


def _dress_roc(axes: "Axes") -> None:
    axes.set(xscale="log", xlim=(1e-4, 1), xlabel="fine comments flagged (logarithmic)")
    axes.set(ylabel="abuse found", title="What a threshold finds, and what it costs")
    axes.axvline(0.05, color=QUIET, lw=0.8, ls=":")


def _dress_precision(axes: "Axes") -> None:
    axes.set(xlim=(0, 1), xlabel="abuse found", ylabel="flagged comments that are abuse")
    axes.set(title="How often a flag is right")


def _dress_calibration(axes: "Axes") -> None:
    axes.plot([0, 1], [0, 1], color=QUIET, lw=0.8, ls=":")
    axes.set(xlim=(0, 1), xlabel="score", ylabel="share that people called so")
    axes.set(title="Whether a score can be taken at its word")


def _finish(axes: "Axes") -> None:
    axes.set_ylim(0, 1.01)
    axes.title.set(fontsize=14, fontweight="bold", ha="left", x=0)
    axes.grid(color="#e6e8eb", lw=0.7)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(QUIET)
    axes.tick_params(colors="#50555c")
    axes.legend(fontsize=9, frameon=False, loc="best")


Dress = Callable[[Any], None]
DRAWINGS: Final[dict[str, tuple[Callable[[Pairs], Curve], Dress]]] = {
    "roc": (_roc, _dress_roc),
    "precision": (_precision, _dress_precision),
    "calibration": (_calibration, _dress_calibration),
}
