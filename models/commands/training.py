"""`folkmoot model train`: build a model folder from labelled rows."""

from pathlib import Path

import click

from models.commands.options import (
    DATA_OPTION,
    RECIPE_OPTION,
    faults_in_one_line,
    needed,
    progress_bars,
)


@click.command(epilog="Example: folkmoot model train --data ./data --out ./models/mine-1")
@DATA_OPTION
@RECIPE_OPTION
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder to write. Default: NAME-VERSION."
)
def train(data: Path | None, recipe: Path | None, out: Path | None) -> None:
    """Train a model from labelled rows; the same rows give the same model."""
    from models.training import build
    from models.training.recipe import DEFAULT_RECIPE, read_recipe

    with faults_in_one_line():
        plan = read_recipe(recipe or DEFAULT_RECIPE)
        folder = out or Path(f"{plan.name}-{plan.version}")
        with progress_bars() as progress:
            hash_ = build.train(plan, needed(data), folder, progress)
    click.echo(f"{folder} {hash_}")
