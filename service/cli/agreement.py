"""`folkmoot agreement`: how far the labels of other systems agree with our scores."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from service import installation, settings
from service.analysis.agreement import (
    THRESHOLDS,
    Agreement,
    ShadowedAttribute,
    compare,
    compare_shadows,
)
from service.scoring import Scorers
from service.store.desk import labels, shadows
from service.store.site import sites

COLUMNS = ("community", "attribute", "labels", "agreed", "missed", "false", "distance", "unscored")
SHADOWED = ("attribute", "texts", "agreed", "missed", "false", "distance")


@click.command()
@click.option(
    "--site",
    "name",
    default="",
    help="Labels sent with this site's keys; else with keys of no site.",
)
@click.option("--shadow", is_flag=True, help="Compare with Perspective, which was asked too.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def agreement(name: str, shadow: bool, as_json: bool) -> None:
    """Compare our scores with the labels of other systems (suggestScore, submit-spam, submit-ham).

    With --shadow compare them with Perspective's own, as FOLKMOOT_PERSPECTIVE_SHADOW collects them.

    \b
    Example:
      folkmoot agreement --site news
    """
    config = settings.read()
    with installation.reach(config) as core:
        if shadow:
            _show_shadows(compare_shadows(shadows.every(core.redis)), as_json)
            return
        site = sites.get(core.redis, name) if name else None
        scorer = Scorers(config.model_folder, config.tiers).of(site)
        rows = compare(scorer, labels.every(core.redis, name))
    if as_json:
        click.echo(json.dumps([asdict(row) | {"agreed": row.agreed} for row in rows], indent=2))
    elif rows:
        Console().print(_table(rows))
    else:
        click.echo("no labels yet: they are sent with suggestscore, submit-spam and submit-ham")


def _show_shadows(rows: Sequence[ShadowedAttribute], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_row(row) for row in rows], indent=2))
        return
    if not rows:
        click.echo("no scores of Perspective's yet: FOLKMOOT_PERSPECTIVE_SHADOW says where to ask")
        return
    table = Table(*SHADOWED)
    carried = Table("instead of Perspective's", *map(str, THRESHOLDS))
    for row in rows:
        both, levels = row.agreement, row.thresholds.values()
        agreed, distance = f"{both.agreed:.0%}", f"{both.distance:.2f}"
        counts = map(str, (both.missed, both.false))
        table.add_row(both.attribute, str(both.labels), agreed, *counts, distance)
        shown = ("–" if level is None else f"{level:.3f}" for level in levels)
        carried.add_row(both.attribute, *shown)
    Console().print(table, carried)


def _row(row: ShadowedAttribute) -> dict[str, Any]:
    both = asdict(row.agreement) | {"agreed": row.agreement.agreed}
    return both | {"thresholds": {str(level): ours for level, ours in row.thresholds.items()}}


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
