"""`folkmoot model evaluate`: measure a model on rows that training did not see."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.artifact import CONFIG, default_folder
from models.commands.options import (
    DATA_OPTION,
    JSON_OPTION,
    MODEL_OPTION,
    RECIPE_OPTION,
    faults_in_one_line,
    needed,
    progress_bars,
)
from models.scoring.classifier import Classifier

if TYPE_CHECKING:
    from models.training.data.dataset import Example
    from models.training.recipe import Recipe

MOST_TIMED = 2000


@click.command(epilog="Example: folkmoot model evaluate decisions.jsonl --out report/")
@click.argument("datasets", nargs=-1, type=click.Path(exists=True, path_type=Path))
@DATA_OPTION
@RECIPE_OPTION
@MODEL_OPTION
@click.option("--language", default="en", help="Language of the rows in DATASETS.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the report and curves.")
@JSON_OPTION
def evaluate(
    datasets: tuple[Path, ...],
    data: Path | None,
    recipe: Path | None,
    folder: Path | None,
    language: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Measure a model on DATASETS (JSON lines), or on the rows its recipe holds out."""
    from models.training.measuring.card import card_of

    with faults_in_one_line():
        model_folder = folder or default_folder()
        classifier = Classifier.load(model_folder)
        plan, rows = _rows_to_measure(datasets, data, recipe, language)
        metrics, times = _measure(classifier, rows, plan.seed, model_folder)
        config = json.loads((model_folder / CONFIG).read_text(encoding="utf-8"))
        if out is not None:
            _save_report(out, config, metrics, times, classifier, rows)
    if as_json:
        click.echo(json.dumps({**metrics, "speed": times}, ensure_ascii=False))
    else:
        click.echo(card_of(config, metrics))
        click.echo(json.dumps(times))


def _rows_to_measure(
    datasets: Sequence[Path], data: Path | None, recipe: Path | None, language: str
) -> tuple["Recipe", list["Example"]]:
    from models.training.data.dataset import labelled_rows
    from models.training.data.selection import held_rows
    from models.training.recipe import DEFAULT_RECIPE, read_recipe

    plan = read_recipe(recipe or DEFAULT_RECIPE)
    if datasets:
        rows = [row for path in datasets for row in labelled_rows(path, language)]
    else:
        rows = held_rows(plan, needed(data))
    if not rows:
        raise ValueError("there are no labelled rows to measure on")
    return plan, rows


def _measure(
    classifier: Classifier, rows: Sequence["Example"], seed: int, folder: Path
) -> tuple[dict[str, Any], dict[str, float]]:
    from models.training.measuring import evaluation
    from models.training.measuring.speed import speed

    with progress_bars() as progress:
        metrics = evaluation.evaluate(classifier, rows, seed, progress("measuring", 0))
    megabytes = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    times = speed(classifier, [row.text for row in rows[:MOST_TIMED]])
    return metrics, {**times, "size_mb": round(megabytes, 2)}


def _save_report(
    out: Path,
    config: dict[str, Any],
    metrics: dict[str, Any],
    times: dict[str, Any],
    classifier: Classifier,
    rows: Sequence["Example"],
) -> None:
    from models.training.measuring.curves import NoCurves, draw_curves, pairs_of
    from models.training.measuring.report import write_report

    write_report(out, config, metrics, times)
    english = [row for row in rows if row.language == "en"]
    curves = pairs_of(classifier, english or rows)
    try:
        draw_curves(out, curves)
    except NoCurves as fault:
        click.echo(str(fault), err=True)
