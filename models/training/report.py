"""Measurements become a report that people read, a file that programs read, and curves."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from models.attributes import ATTRIBUTES, TOXICITY
from models.training.card import card_of, table
from models.training.measure import THRESHOLDS


class NoCurves(Exception):
    """The package that draws is not installed."""


def write_report(
    folder: Path, config: Mapping[str, Any], metrics: Mapping[str, Any], speed: Mapping[str, Any]
) -> None:
    """Write report.md and report.json into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {"name": config["name"], "version": config["version"], **metrics, "speed": speed}
    written = json.dumps(whole, indent=1, ensure_ascii=False)
    (folder / "report.json").write_text(written + "\n", encoding="utf-8")
    text = "\n".join(
        [card_of(config, metrics), thresholds(metrics), "## Speed\n", _speed_table(speed)]
    )
    (folder / "report.md").write_text(text, encoding="utf-8")


def thresholds(metrics: Mapping[str, Any]) -> str:
    """Write what each threshold does, per language and attribute."""
    rows = [
        (
            code,
            attribute,
            *(
                f"{part['recall']:.2f} / {part['precision']:.2f} / {part['false_positives']:.1%}"
                for part in found[attribute]["all"]["thresholds"]
            ),
        )
        for code, found in metrics.get("languages", {}).items()
        for attribute in ATTRIBUTES
        if attribute in found
    ]
    head = ("language", "attribute", *(f"from {threshold}" for threshold in THRESHOLDS))
    return "## Thresholds: recall / precision / fine rows flagged\n\n" + table(head, rows)


def draw_curves(folder: Path, curves: Mapping[str, Sequence[tuple[float, float]]]) -> list[Path]:
    """Draw ROC and calibration curves of each attribute from (label, score) pairs.

    :raises NoCurves: matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as fault:
        raise NoCurves("curves need matplotlib: pip install matplotlib") from fault
    paths = []
    for title, draw in (("roc", _roc), ("calibration", _calibration)):
        figure = Figure(figsize=(6, 6), layout="constrained")
        axes = figure.add_subplot()
        axes.plot([0, 1], [0, 1], color="0.8", linewidth=1)
        for attribute, pairs in curves.items():
            across, up = draw(sorted(pairs, key=lambda pair: -pair[1]))
            axes.plot(across, up, label=attribute, linewidth=2 if attribute == TOXICITY else 1)
        axes.set_xlabel("fine rows flagged" if title == "roc" else "score")
        axes.set_ylabel("recall" if title == "roc" else "share that people called so")
        axes.legend(fontsize="small")
        path = folder / f"{title}.png"
        figure.savefig(path, dpi=110)
        paths.append(path)
    return paths


def _roc(pairs: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    positives = sum(label for label, _ in pairs) or 1
    negatives = len(pairs) - positives or 1
    across, up, wrong, right = [0.0], [0.0], 0.0, 0.0
    for label, _ in pairs:
        right += label
        wrong += 1 - label
        across.append(wrong / negatives)
        up.append(right / positives)
    return across, up


def _calibration(pairs: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    size = max(len(pairs) // 10, 1)
    bins = [pairs[start : start + size] for start in range(0, len(pairs), size)]
    return (
        [sum(score for _, score in part) / len(part) for part in bins],
        [sum(label for label, _ in part) / len(part) for part in bins],
    )


def _speed_table(speed: Mapping[str, Any]) -> str:
    return table(("measure", "value"), [(name, f"{value}") for name, value in speed.items()])
