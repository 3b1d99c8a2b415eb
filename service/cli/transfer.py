"""`folkmoot export` and `import`: one site's comments as JSON lines."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from service import installation, settings
from service.store.site import sites
from service.transfer import transfer

ERRORS = Console(stderr=True)
SHOWN = 20


@click.command("export")
@click.option("--site", "name", required=True, help="Which site.")
@click.option(
    "--labels", is_flag=True, help="Add people's decisions (docs/classifier.md makes rows of them)."
)
def export(name: str, labels: bool) -> None:
    """Write a site's articles and comments to standard output, one JSON line each.

    \b
    Example:
      folkmoot export --site news > news.jsonl
    """
    with installation.reached(settings.read()) as core:
        for line in transfer.export_site(core, sites.get(core.redis, name), labels=labels):
            sys.stdout.write(line)


@click.group("import")
def import_() -> None:
    """Take comments in from elsewhere; what is there already is never changed."""


@import_.command("jsonl")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", "name", required=True, help="Which site.")
@click.option("--dry-run", is_flag=True, help="Only look.")
def jsonl(file: Path, name: str, dry_run: bool) -> None:
    """Take in what `folkmoot export` wrote; every line that is not taken is named.

    \b
    Example:
      folkmoot import jsonl news.jsonl --site news --dry-run
    """
    with installation.reached(settings.read()) as core, file.open(encoding="utf-8") as lines:
        batches = transfer.import_site(core, sites.get(core.redis, name), lines, keep=not dry_run)
        quiet = not ERRORS.is_terminal
        seen = track(batches, "importing", console=ERRORS, transient=True, disable=quiet)
        *_, report = seen
    for skipped in report.skipped[:SHOWN]:
        click.echo(f"{file}:{skipped.line}: {skipped.why}", err=True)
    if len(report.skipped) > SHOWN:
        click.echo(f"… and {len(report.skipped) - SHOWN} more", err=True)
    would = "would add" if dry_run else "added"
    click.echo(
        f"{would} {report.added} comments, {report.known} were there, "
        f"{report.threads} articles, {len(report.skipped)} lines skipped"
    )
