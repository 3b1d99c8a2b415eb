"""`folkmoot agreement`: how far the labels of other systems agree with our scores."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from service import installation, settings
from service.analysis.agreement import Agreement, compare
from service.scoring import Scorers
from service.store.desk import labels
from service.store.site import sites

COLUMNS = ("community", "attribute", "labels", "agreed", "missed", "false", "distance", "unscored")


@click.command()
@click.option(
    "--site",
    "name",
    default="",
    help="Labels sent with this site's keys; else with keys of no site.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def agreement(name: str, as_json: bool) -> None:
    """Compare our scores with the labels of other systems (suggestScore, submit-spam, submit-ham).

    \b
    Example:
      folkmoot agreement --site news
    """
    config = settings.read()
    with installation.reach(config) as core:
        site = sites.get(core.redis, name) if name else None
        scorer = Scorers(config.model_folder, config.tiers).of(site)
        rows = compare(scorer, labels.every(core.redis, name))
    if as_json:
        click.echo(json.dumps([asdict(row) | {"agreed": row.agreed} for row in rows], indent=2))
    elif rows:
        Console().print(_table(rows))
    else:
        click.echo("no labels yet: they are sent with suggestscore, submit-spam and submit-ham")


def _table(rows: Sequence[Agreement]) -> Table:
    table = Table(*COLUMNS)
    for row in rows:
        table.add_row(
            row.community or "–",
            row.attribute,
            str(row.labels),
            f"{row.agreed:.0%}" if row.labels else "–",
            str(row.missed),
            str(row.false),
            f"{row.distance:.2f}",
            str(row.unscored),
        )
    return table
