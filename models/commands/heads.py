"""`folkmoot model fit-heads`: make the encoder of many languages and its heads."""

from pathlib import Path

import click

from models.commands.options import DATA_OPTION, faults_in_one_line, needed, progress_bars

NETWORK = "encoder-multilingual.npz"
PIECES = "encoder-multilingual.model"
HEADS = "encoder-multilingual-heads.npz"


@click.command(
    "fit-heads",
    epilog="Example: folkmoot model fit-heads --weights wheels --data data --out made",
)
@DATA_OPTION
@click.option(
    "--plan",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="YAML file that says what the heads learn from. Default: the shipped one.",
)
@click.option(
    "--weights",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the wheel that holds the published encoder.",
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder for the finished files."
)
@click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the vectors of texts, so that a run that was stopped goes on. "
    "Default: OUT.work.",
)
def fit_heads(
    data: Path | None, path: Path | None, weights: Path, out: Path, work: Path | None
) -> None:
    """Pack the published encoder of many languages and teach its heads: a quarter of an hour.

    The same rows on the same machine give the same files. Needs the extra `encoders`.
    """
    with faults_in_one_line(), progress_bars() as progress:
        from models.training.multilingual.build import build_heads
        from models.training.multilingual.heads import write_heads
        from models.training.multilingual.plan import HEADS_PLAN, read_plan
        from models.training.multilingual.published import write_published

        plan = read_plan(path or HEADS_PLAN)
        out.mkdir(parents=True, exist_ok=True)
        write_published(weights, out / NETWORK, out / PIECES)
        heads = build_heads(
            plan,
            needed(data),
            out / NETWORK,
            out / PIECES,
            work or out.with_name(f"{out.name}.work"),
            progress,
        )
        write_heads(heads, list(plan.heads), out / HEADS)
    click.echo(out)
