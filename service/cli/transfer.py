"""`folkmoot export` and `import`: a site's comments as JSON lines, or from other formats."""

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from service import installation, settings
from service.domain import text
from service.store.site import sites
from service.transfer import formats
from service.transfer.export import export_site
from service.transfer.load import ImportReport, import_site
from service.transfer.rows import Format

ERRORS = Console(stderr=True)
# In characters; a reason quotes the file, which may be anything.
LONGEST_REASON = 300


@click.command("export")
@click.option("--site", "name", required=True, help="The site.")
@click.option(
    "--labels", is_flag=True, help="Add people's decisions (for training: docs/classifier.md)."
)
def export(name: str, labels: bool) -> None:
    """Write a site's articles and comments to standard output as JSON lines.

    \b
    Example:
      folkmoot export --site news > news.jsonl
    """
    with installation.reach(settings.read()) as core:
        for line in export_site(core, sites.get(core.redis, name), labels=labels):
            sys.stdout.write(line)


class Formats(click.Group):
    """A group with one command per format."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the formats."""
        return formats.names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Build the command of a format."""
        format_ = formats.find(cmd_name)
        return _command(format_) if format_ else None


@click.group("import", cls=Formats)
def import_() -> None:
    """Import comments from elsewhere; existing ones are never changed."""


def _command(format_: Format) -> click.Command:
    example = f"folkmoot import {format_.name} {format_.example} --site news --dry-run"

    @click.command(format_.name, help=f"{format_.description}\n\n\b\nExample:\n  {example}")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--site", "name", required=True, help="The site.")
    @click.option("--dry-run", is_flag=True, help="Check only; change nothing.")
    @click.option("--allow-skipped", is_flag=True, help="Exit with 0 though lines were skipped.")
    def command(file: Path, name: str, dry_run: bool, allow_skipped: bool) -> None:
        with installation.reach(settings.read()) as core, file.open("rb") as content:
            site = sites.get(core.redis, name)
            reports = import_site(core, site, format_.read(content), keep=not dry_run)
            quiet = not ERRORS.is_terminal
            *_, report = track(reports, "importing", console=ERRORS, transient=True, disable=quiet)
        _print_report(file, report, dry_run)
        if report.skipped and not allow_skipped:
            raise SystemExit(1)

    return command


def _print_report(file: Path, report: ImportReport, dry_run: bool) -> None:
    """Name every skipped line, then say in words and as JSON what was done."""
    for skipped in report.skipped:
        why = text.clean_name(skipped.why)[:LONGEST_REASON]
        click.echo(f"{file}:{skipped.line}: {why}", err=True)
    would = "would add" if dry_run else "added"
    click.echo(
        f"{would} {report.added} comments, {report.known} were already there, "
        f"{report.threads} articles, {len(report.skipped)} lines skipped"
    )
    numbers = {"read": report.read, "added": report.added, "there": report.known}
    click.echo(json.dumps(numbers | {"skipped": len(report.skipped)}))
