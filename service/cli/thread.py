"""`folkmoot thread`: articles that got another address."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from service import installation, settings
from service.core import Core
from service.desk.account.accounts import COMMAND
from service.desk.office import moving
from service.desk.office.moving import MoveOutcome
from service.domain.errors import Invalid
from service.domain.site import Site
from service.store.site import sites

ERRORS = Console(stderr=True)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Pair:
    """An old and a new address, with the line of the table that has them."""

    line: int
    old: str
    new: str


@dataclass(slots=True)
class MoveReport:
    """What became of the pairs so far."""

    moved: int = 0
    there: int = 0
    comments: int = 0
    wrong: int = 0


@click.group()
def thread() -> None:
    """Take the comments of articles along to another address."""


@thread.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--site", "name", required=True, help="The site.")
@click.option(
    "--file",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV table with an old and a new address in each line.",
)
@click.option("--dry-run", is_flag=True, help="Check only; change nothing.")
def move(old: str | None, new: str | None, name: str, table: Path | None, dry_run: bool) -> None:
    """Move articles: comments, votes and everything that asks for the old address follow.

    It may be interrupted and called again.

    \b
    Example:
      folkmoot thread move https://news.example/old https://news.example/new --site news
      folkmoot thread move --file moved.csv --site news --dry-run
    """
    if bool(table) == bool(old) or bool(old) != bool(new):
        raise click.UsageError("give an old and a new address, or --file with a table of them")
    pairs = list(_read(table)) if table else [Pair(0, str(old), str(new))]
    with installation.reach(settings.read()) as core:
        report = _move_all(core, sites.get(core.redis, name), pairs, dry_run)
    would = "would move" if dry_run else "moved"
    click.echo(
        f"{would} {report.moved} articles with {report.comments} comments; {report.there} were "
        f"moved before, {report.wrong} cannot be moved"
    )
    if report.wrong:
        raise SystemExit(1)


def _read(table: Path) -> Iterator[Pair]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        try:
            for row in rows:
                cells = [cell.strip() for cell in row]
                is_head = rows.line_num == 1 and not any("://" in cell for cell in cells)
                if any(cells) and not is_head:
                    yield Pair(rows.line_num, *[*cells, "", ""][:2])
        except (csv.Error, UnicodeDecodeError) as error:
            raise click.ClickException(f"{table}: line {rows.line_num + 1}: {error}") from None


def _move_all(core: Core, site: Site, pairs: Sequence[Pair], dry_run: bool) -> MoveReport:
    report = MoveReport()
    with Progress(console=ERRORS, transient=True, disable=not ERRORS.is_terminal) as progress:
        task = progress.add_task("moving", total=len(pairs))
        for pair in pairs:
            try:
                _move(core, site, pair, report, dry_run)
            except Invalid as wrong:
                report.wrong += 1
                if report.wrong <= SHOWN:
                    place = f"line {pair.line}: " if pair.line else ""
                    click.echo(f"{place}{pair.old}: {wrong.faults[0].detail}", err=True)
            progress.advance(task)
    return report


def _move(core: Core, site: Site, pair: Pair, report: MoveReport, dry_run: bool) -> None:
    planned = moving.plan(core, site, pair.old, pair.new)
    report.comments += planned.comments
    report.there += planned.outcome is MoveOutcome.THERE
    report.moved += planned.outcome is not MoveOutcome.THERE
    if not dry_run:
        for _ in moving.carry_out(core, site, planned, by=COMMAND):
            pass
