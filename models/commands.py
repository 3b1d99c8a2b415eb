"""`folkmoot model …`: train, measure, compare and try out models."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from models.artifact import CONFIG, DEFAULT, SHIPPED, ArtifactError, default_folder, verify
from models.attributes import ATTRIBUTES, TOXICITY
from models.scoring.classifier import Classifier, Scores
from models.scoring.explain import Span

if TYPE_CHECKING:
    from models.training.data.dataset import Example
    from models.training.fitting.recipe import Recipe

DATA_VARIABLE = "FOLKMOOT_TRAINING_DATA"
STRONG = 1.0
WEAK = 0.3

DATA_OPTION = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar=DATA_VARIABLE,
    help=f"Folder of labelled rows (or set {DATA_VARIABLE}).",
)
RECIPE_OPTION = click.option(
    "--recipe",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML file that says what the model is made of; the shipped one if left out.",
)
MODEL_OPTION = click.option(
    "--model", "folder", type=click.Path(path_type=Path), help="Model folder; else the default."
)
JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")


@click.group()
def model() -> None:
    """Train, measure, compare and try out the classifier."""


@model.command(epilog="Example: folkmoot model train --data ./data --out ./models/mine-1")
@DATA_OPTION
@RECIPE_OPTION
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder to write; else by name and version."
)
def train(data: Path | None, recipe: Path | None, out: Path | None) -> None:
    """Train a model from labelled rows; the same rows give the same model."""
    from models.training.fitting.recipe import DEFAULT_RECIPE, read_recipe
    from models.training.fitting.train import train as make

    with _faults():
        plan = read_recipe(recipe or DEFAULT_RECIPE)
        folder = out or Path(f"{plan.name}-{plan.version}")
        with _progress() as progress:
            made = make(plan, _needed(data), folder, progress)
    click.echo(f"{folder} {made}")


@model.command(epilog="Example: folkmoot model evaluate decisions.jsonl --out report/")
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

    with _faults():
        where = folder or default_folder()
        classifier = Classifier.load(where)
        plan, rows = _rows_to_measure(datasets, data, recipe, language)
        metrics, times = _measured(classifier, rows, plan.seed, where)
        config = json.loads((where / CONFIG).read_text(encoding="utf-8"))
        if out is not None:
            _save_report(out, config, metrics, times, classifier, rows)
    if as_json:
        click.echo(json.dumps({**metrics, "speed": times}, ensure_ascii=False))
    else:
        click.echo(card_of(config, metrics))
        click.echo(json.dumps(times))


@model.command(epilog='Example: folkmoot model score "Thank you for this article."')
@click.argument("texts", nargs=-1)
@MODEL_OPTION
@JSON_OPTION
def score(texts: tuple[str, ...], folder: Path | None, as_json: bool) -> None:
    """Score each TEXT, or each line of standard input."""
    with _faults():
        classifier = Classifier.load(folder)
    lines = texts or tuple(line.rstrip("\n") for line in sys.stdin)
    found = classifier.score(lines)
    if as_json:
        for text, scores in zip(lines, found, strict=True):
            row = {"text": text, "language": classifier.language(text), "scores": scores}
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    console = Console()
    for text, scores in zip(lines, found, strict=True):
        console.print(Text(text, style="bold"), Text(f"({classifier.language(text)})"))
        console.print(_score_table(scores))


@model.command(epilog='Example: folkmoot model explain "What a clown" --attribute INSULT')
@click.argument("text")
@click.option("--attribute", default=TOXICITY, type=click.Choice(ATTRIBUTES), show_default=True)
@MODEL_OPTION
@JSON_OPTION
def explain(text: str, attribute: str, folder: Path | None, as_json: bool) -> None:
    """Show which words of TEXT speak for an attribute (red) and which against it (green)."""
    with _faults():
        classifier = Classifier.load(folder)
    spans = classifier.explain(text, attribute)
    value = classifier.score([text])[0][attribute]
    if as_json:
        row = {
            "attribute": attribute,
            "score": value,
            "spans": [
                {"start": s.start, "end": s.end, "contribution": round(s.contribution, 4)}
                for s in spans
            ],
        }
        click.echo(json.dumps(row))
        return
    console = Console()
    console.print(_coloured(text, spans))
    console.print("not scored" if value is None else f"{attribute} {value:.3f}")


@model.command("list")
@JSON_OPTION
def list_models(as_json: bool) -> None:
    """List the models that are installed with the program."""
    chosen = DEFAULT.read_text(encoding="utf-8").strip() if DEFAULT.exists() else ""
    rows = []
    for path in sorted(SHIPPED.iterdir()):
        if not path.is_dir():
            continue
        try:
            seal = verify(path)
        except ArtifactError:
            seal = "broken"
        rows.append({"model": path.name, "hash": seal, "default": path.name == chosen})
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{'*' if row['default'] else ' '} {row['model']}  {row['hash']}")


@model.command(epilog="Example: folkmoot model compare models/a models/b")
@click.argument("first", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("second", type=click.Path(exists=True, file_okay=False, path_type=Path))
@JSON_OPTION
def compare(first: Path, second: Path, as_json: bool) -> None:
    """Put what was measured of two models side by side."""
    from models.training.measuring.compare import differences

    with _faults():
        rows = differences(Classifier.load(first).info, Classifier.load(second).info)
    if as_json:
        click.echo(json.dumps(rows))
        return
    table = Table("measure", first.name, second.name, "change")
    for row in rows:
        table.add_row(row["measure"], *(f"{row[k]:.4f}" for k in ("first", "second", "change")))
    Console().print(table)


def _rows_to_measure(
    datasets: Sequence[Path], data: Path | None, recipe: Path | None, language: str
) -> tuple["Recipe", list["Example"]]:
    from models.training.data.dataset import labelled_rows
    from models.training.fitting.recipe import DEFAULT_RECIPE, read_recipe
    from models.training.fitting.train import held_rows

    plan = read_recipe(recipe or DEFAULT_RECIPE)
    if datasets:
        rows = [row for path in datasets for row in labelled_rows(path, language)]
    else:
        rows = held_rows(plan, _needed(data))
    if not rows:
        raise ValueError("there are no labelled rows to measure on")
    return plan, rows


def _measured(
    classifier: Classifier, rows: Sequence["Example"], seed: int, where: Path
) -> tuple[dict[str, Any], dict[str, float]]:
    from models.training.measuring.evaluate import evaluate as measure
    from models.training.measuring.timing import speed

    with _progress() as progress:
        metrics = measure(classifier, rows, seed, progress("measuring", 0))
    megabytes = sum(path.stat().st_size for path in where.iterdir()) / 1e6
    times = speed(classifier, [row.text for row in rows[:2000]])
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


def _needed(data: Path | None) -> Path:
    if data is None:
        raise click.UsageError(f"which data? Give --data or set {DATA_VARIABLE}.")
    return data


def _score_table(scores: Scores) -> Table:
    table = Table(show_header=False, box=None)
    for attribute, value in scores.items():
        style = "red" if value is not None and value >= 0.5 else ""
        table.add_row(attribute, "–" if value is None else f"{value:.3f}", style=style)
    return table


def _coloured(text: str, spans: Sequence[Span]) -> Text:
    shown = Text(text)
    for span in spans:
        if span.end - span.start >= len(text) or abs(span.contribution) < WEAK:
            continue
        strength = "bold " if abs(span.contribution) >= STRONG else ""
        colour = "red" if span.contribution > 0 else "green"
        shown.stylize(strength + colour, span.start, span.end)
    return shown


@contextmanager
def _progress() -> Iterator[Callable[[str, int], Callable[[], None]]]:
    """Show bars on standard error, if that is a terminal."""
    bars = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    )

    def begin(title: str, total: int) -> Callable[[], None]:
        task = bars.add_task(title, total=total or None)
        return lambda: bars.advance(task)

    with bars:
        yield begin


@contextmanager
def _faults() -> Iterator[None]:
    """Turn what can go wrong into one line and an exit code."""
    try:
        yield
    except click.ClickException:
        raise
    except (ArtifactError, OSError, ValueError) as fault:
        raise click.ClickException(str(fault).splitlines()[0]) from fault
    except ImportError as fault:
        raise click.ClickException(f"training needs more packages: {fault}") from fault
