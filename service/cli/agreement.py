"""`folkmoot agreement`: how far other systems' people agree with our scores."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import click
from rich.console import Console
from rich.table import Table

from service import installation, settings
from service.analysis import agreement as comparing
from service.analysis.agreement import Agreement
from service.scoring import Scorers
from service.store.desk import labels
from service.store.site import sites

COLUMNS = ("community", "attribute", "labels", "agreed", "missed", "false", "distance", "unscored")


@click.command()
@click.option(
    "--site", "name", default="", help="Labels by keys of this site; else by keys of none."
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def agreement(name: str, as_json: bool) -> None:
    """Compare our scores with the labels of other systems (suggestScore, submit-spam, submit-ham).

    \b
    Example:
      folkmoot agreement --site news
    """
    wishes = settings.read()
    with installation.reached(wishes) as core:
        if name:
            sites.get(core.redis, name)
        scorer = Scorers(wishes.model_folder).of(name)
        found = comparing.compare(scorer, labels.every(core.redis, name))
    if as_json:
        click.echo(json.dumps([asdict(one) | {"agreed": one.agreed} for one in found], indent=2))
    elif found:
        Console().print(_table(found))
    else:
        click.echo("no labels yet: they come by suggestscore, submit-spam and submit-ham")


def _table(found: Sequence[Agreement]) -> Table:
    table = Table(*COLUMNS)
    for one in found:
        table.add_row(
            one.community or "–",
            one.attribute,
            str(one.labels),
            f"{one.agreed:.0%}" if one.labels else "–",
            str(one.missed),
            str(one.false),
            f"{one.distance:.2f}",
            str(one.unscored),
        )
    return table
