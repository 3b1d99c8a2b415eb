"""Map thresholds for Perspective's scores to ours, on texts with Perspective's scores.

    python -m benchmarks.thresholds --data sample.jsonl.gz

A line of the sample is `{"text": …, "TOXICITY@6": 0.98, "INSULT": …}`; if an attribute has several
versions, the latest is used. Our threshold is the one that as many texts exceed as exceed
Perspective's, so that moderators read as much as before. The shares say how often both select the
same texts. Nothing is trained here.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from sklearn.metrics import roc_auc_score

from service.analysis import attributes
from service.scoring import Scorer, Scorers

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)
FEWEST = 20
# The share of texts above Perspective's threshold that must also be above ours for a match.
ALIKE = 0.6
BEGIN, END = "<!-- thresholds: made by a program -->", "<!-- end of thresholds -->"


@dataclass(frozen=True)
class Pair:
    """Perspective's and our scores for one attribute."""

    name: str
    theirs: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    ours: "np.ndarray[tuple[int], np.dtype[np.float64]]"


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--model", type=click.Path(exists=True, path_type=Path), help="Model folder.")
@click.option(
    "--write", "target", type=click.Path(exists=True, path_type=Path), help="Document to update."
)
def main(data: Path, model: Path | None, target: Path | None) -> None:
    """Print the tables, or replace those in a document."""
    rows, scorer = _rows(data), Scorers(model).of()
    pairs = list(_pairs(rows, scorer))
    text = f"{_thresholds(pairs)}\n\n{_agreement(pairs)}\n"
    report = f"\nModel {scorer.model}, {len(rows)} texts.\n\n{text}\n"
    if target is None:
        click.echo(report)
        return
    before, _, rest = target.read_text("utf-8").partition(BEGIN)
    target.write_text(f"{before}{BEGIN}\n{report}{END}{rest.partition(END)[2]}", "utf-8")


def _rows(data: Path) -> list[dict[str, object]]:
    content = data.read_bytes()
    text = gzip.decompress(content) if data.suffix == ".gz" else content
    return [json.loads(line) for line in text.splitlines()]


def _pairs(rows: Sequence[dict[str, object]], scorer: Scorer) -> Iterator[Pair]:
    names = {name for row in rows for name in row if name != "text"}
    latest = {attributes.plain(name): name for name in sorted(names)}
    all_scores = scorer.score([str(row["text"]) for row in rows])
    for name in attributes.SOURCES:
        if name not in latest:
            continue
        pairs = [
            (float(str(row[latest[name]])), ours)
            for row, scores in zip(rows, all_scores, strict=True)
            if row.get(latest[name]) is not None
            and (ours := attributes.value(scores, name)) is not None
        ]
        theirs, ours_ = np.array(pairs).T
        yield Pair(name, theirs, ours_)


def _thresholds(pairs: Sequence[Pair]) -> str:
    head = "".join(f" {threshold} |" for threshold in THRESHOLDS)
    lines = [f"| Perspective's threshold |{head}", "| --- |" + " --- |" * len(THRESHOLDS)]
    for pair in pairs:
        cells = "".join(f" {_equal(pair, threshold)} |" for threshold in THRESHOLDS)
        lines.append(f"| {pair.name} |{cells}")
    return "\n".join(lines)


def _equal(pair: Pair, threshold: float) -> str:
    """Return our threshold and the shared texts; – if there are too few or they differ."""
    above = pair.theirs > threshold
    count = int(above.sum())
    if count < FEWEST:
        return "–"
    ours = float(np.sort(pair.ours)[-count - 1 : -count + 1].mean() if count > 1 else 1)
    shared = float((pair.ours > ours)[above].mean())
    return f"{ours:.3f} ({100 * shared:.0f} %)" if shared >= ALIKE else "–"


def _agreement(pairs: Sequence[Pair]) -> str:
    lines = ["| attribute | texts above 0.5 | AUC | above 0.8 | AUC |", "| --- |" + " --- |" * 4]
    for pair in pairs:
        cells = "".join(f" {_area(pair, threshold)} |" for threshold in (0.5, 0.8))
        lines.append(f"| {pair.name} |{cells}")
    return "\n".join(lines)


def _area(pair: Pair, threshold: float) -> str:
    above = pair.theirs > threshold
    count = int(above.sum())
    return f"{count} | {roc_auc_score(above, pair.ours):.3f}" if count else "0 | –"


if __name__ == "__main__":
    main()
