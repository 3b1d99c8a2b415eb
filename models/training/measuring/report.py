"""The evaluation report, as Markdown for people and JSON for programs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.attributes import ATTRIBUTES
from models.training.measuring.card import card_of, table
from models.training.measuring.metrics import THRESHOLDS


def write_report(
    folder: Path, config: Mapping[str, Any], metrics: Mapping[str, Any], speed: Mapping[str, Any]
) -> None:
    """Write report.md and report.json into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    report = {"name": config["name"], "version": config["version"], **metrics, "speed": speed}
    written = json.dumps(report, indent=1, ensure_ascii=False)
    (folder / "report.json").write_text(written + "\n", encoding="utf-8")
    text = "\n".join(
        [card_of(config, metrics), thresholds(metrics), "## Speed\n", _speed_table(speed)]
    )
    (folder / "report.md").write_text(text, encoding="utf-8")


def thresholds(metrics: Mapping[str, Any]) -> str:
    """Write the effect of each threshold, per language and attribute."""
    rows = [
        (
            code,
            attribute,
            *(
                f"{part['recall']:.2f} / {part['precision']:.2f} / {part['false_positives']:.1%}"
                for part in of_language[attribute]["all"]["thresholds"]
            ),
        )
        for code, of_language in metrics.get("languages", {}).items()
        for attribute in ATTRIBUTES
        if attribute in of_language
    ]
    head = ("language", "attribute", *(f"from {threshold}" for threshold in THRESHOLDS))
    return "## Thresholds: recall / precision / fine rows flagged\n\n" + table(head, rows)


def _speed_table(speed: Mapping[str, Any]) -> str:
    return table(("measure", "value"), [(name, f"{value}") for name, value in speed.items()])
