"""`folkmoot model list` and `compare`: the installed models and their differences."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from models.artifact import DEFAULT, SHIPPED, ArtifactError, verify
from models.commands.options import JSON_OPTION, faults_in_one_line
from models.scoring.classifier import Classifier


@click.command("list")
@JSON_OPTION
def list_models(as_json: bool) -> None:
    """List the models that are installed with the program."""
    default = DEFAULT.read_text(encoding="utf-8").strip() if DEFAULT.exists() else ""
    rows = [
        {"model": path.name, "hash": _hash_of(path), "default": path.name == default}
        for path in sorted(SHIPPED.iterdir())
        if path.is_dir()
    ]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{'*' if row['default'] else ' '} {row['model']}  {row['hash']}")


@click.command(epilog="Example: folkmoot model compare models/a models/b")
@click.argument("first", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("second", type=click.Path(exists=True, file_okay=False, path_type=Path))
@JSON_OPTION
def compare(first: Path, second: Path, as_json: bool) -> None:
    """Show the measurements of two models side by side."""
    from models.training.measuring.comparison import differences

    with faults_in_one_line():
        rows = differences(Classifier.load(first).info, Classifier.load(second).info)
    if as_json:
        click.echo(json.dumps(rows))
        return
    table = Table("measure", first.name, second.name, "change")
    for row in rows:
        table.add_row(row["measure"], *(f"{row[k]:.4f}" for k in ("first", "second", "change")))
    Console().print(table)


def _hash_of(folder: Path) -> str:
    try:
        return verify(folder)
    except ArtifactError:
        return "broken"
