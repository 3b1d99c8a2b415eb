"""`folkmoot model fine-tune`: make an encoder from pretrained weights and labelled rows."""

import time
from collections.abc import Callable
from pathlib import Path

import click

from models.artifact import default_folder
from models.commands.options import DATA_OPTION, MODEL_OPTION, faults_in_one_line, needed
from models.scoring.model import read_model

TOLD_EVERY = 25
SMOOTH = 0.98


@click.command(
    "fine-tune", epilog="Example: folkmoot model fine-tune --weights wheels --data data --out made"
)
@DATA_OPTION
@click.option(
    "--plan",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML file that describes how to make the encoder. Default: the shipped one.",
)
@click.option(
    "--weights",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the pretrained weights, or of a wheel that holds them.",
)
@MODEL_OPTION
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder for the finished files."
)
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of what is done, so that a run that was stopped goes on. Default: OUT.work.",
)
@click.option("--threads", type=click.IntRange(min=1), help="Default: one for each core.")
def fine_tune(
    data: Path | None,
    path: Path | None,
    weights: Path,
    folder: Path | None,
    out: Path,
    work: Path | None,
    threads: int | None,
) -> None:
    """Fine-tune an encoder for a model, whose known words it shares. It takes an hour or so.

    The same rows on the same machine give the same encoder. Needs the extra `encoders`.
    """
    with faults_in_one_line():
        from models.training.encoder.plan import DEFAULT_PLAN, read_plan
        from models.training.encoder.shelf import take

        plan, rows, pretrained = read_plan(path or DEFAULT_PLAN), needed(data), take(weights)
        lexicon = read_model(folder or default_folder()).lexicon
        _limit(threads)
        from models.training.encoder.build import build_encoder

        finished = work or out.with_name(f"{out.name}.work")
        told = _tell(time.monotonic)
        click.echo(build_encoder(plan, rows, lexicon, pretrained, out, finished, told))


def _limit(threads: int | None) -> None:
    """Let training use so many threads.

    :raises ImportError: the extra `encoders` is not installed.
    """
    import torch

    if threads:
        torch.set_num_threads(threads)


def _tell(clock: Callable[[], float]) -> Callable[[int, int, float], None]:
    """Return what tells how far training is, and when it will be done at the present speed."""
    smooth, begun, first = 0.0, clock(), 0

    def tell(step: int, steps: int, loss: float) -> None:
        nonlocal smooth, begun, first
        if not first or step < first:
            smooth, begun, first = loss, clock(), step
        smooth = SMOOTH * smooth + (1 - SMOOTH) * loss
        if step % TOLD_EVERY == 0:
            left = (clock() - begun) / (step - first + 1) * (steps - step) / 60
            click.echo(f"step {step} of {steps}, loss {smooth:.4f}, {left:.0f} min left", err=True)

    return tell
