"""`folkmoot model train`: build a model folder from labelled rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from models.artifact import default_folder
from models.commands.options import (
    DATA_OPTION,
    RECIPE_OPTION,
    faults_in_one_line,
    needed,
    progress_bars,
)

if TYPE_CHECKING:
    from models.training.measuring.choice import ComparedFigure


@click.command(epilog="Example: folkmoot model train --data ./data --out ./models/mine-1")
@DATA_OPTION
@RECIPE_OPTION
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder to write. Default: NAME-VERSION."
)
@click.option(
    "--before",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Model of the same name that it would replace. Default: the shipped one.",
)
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of finished parts, so that a run that was stopped goes on. Default: OUT.work.",
)
def train(
    data: Path | None,
    recipe: Path | None,
    out: Path | None,
    before: Path | None,
    work: Path | None,
) -> None:
    """Train a model from labelled rows; the same rows give the same model.

    A model that is worse abroad than the one of the same name that it would replace is refused:
    on sources that are left out of training one after the other, or on functional sentences.
    Then nothing is written, and the exit code is 1.
    """
    from models.training.measuring.choice import Refused
    from models.training.recipe import DEFAULT_RECIPE, read_recipe
    from models.training.release import release

    with faults_in_one_line():
        plan = read_recipe(recipe or DEFAULT_RECIPE)
        folder = out or Path(f"{plan.name}-{plan.version}")
        finished = work or folder.with_name(f"{folder.name}.work")
        try:
            with progress_bars() as progress:
                hash_, lines = release(
                    plan, needed(data), folder, before or default_folder(), finished, progress
                )
        except Refused as fault:
            _show(fault.lines)
            raise
    _show(lines)
    click.echo(f"{folder} {hash_}")


def _show(lines: Sequence["ComparedFigure"]) -> None:
    """Print the comparison with the model before, if there was one."""
    if not lines:
        return
    table = Table("where", "language", "what", "before", "now", "change")
    for line in lines:
        change = f"{line.change:+.4f}{' worse' if line.is_lost else ''}"
        table.add_row(
            line.where, line.language, line.what, f"{line.before:.4f}", f"{line.after:.4f}", change
        )
    Console().print(table)
