"""Shared parts of the commands: options, progress bars and one-line error messages."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from models.artifact import ArtifactError

DATA_VARIABLE = "FOLKMOOT_TRAINING_DATA"

DATA_OPTION = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar=DATA_VARIABLE,
    help=f"Folder of labelled rows (or set {DATA_VARIABLE}).",
)
RECIPE_OPTION = click.option(
    "--recipe",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML file that describes how to build the model. Default: the shipped one.",
)
MODEL_OPTION = click.option(
    "--model",
    "folder",
    type=click.Path(path_type=Path),
    help="Model folder. Default: the shipped one.",
)
JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")


def needed(data: Path | None) -> Path:
    """Return the data folder.

    :raises UsageError: none was given; the message says how to give one.
    """
    if data is None:
        raise click.UsageError(f"which data? Give --data or set {DATA_VARIABLE}.")
    return data


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int], Callable[[], None]]]:
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
def faults_in_one_line() -> Iterator[None]:
    """Report an expected error as one line and an exit code."""
    try:
        yield
    except click.ClickException:
        raise
    except (ArtifactError, OSError, ValueError) as fault:
        raise click.ClickException(str(fault).splitlines()[0]) from fault
    except ImportError as fault:
        raise click.ClickException(f"training needs more packages: {fault}") from fault
