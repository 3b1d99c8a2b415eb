"""`folkmoot backup`, `restore` and `migrate`: the whole record, out, in, and on."""

import os
from pathlib import Path

import click

from service import installation, settings
from service.cli import progress
from service.domain import moments
from service.store.server import migrations
from service.store.site import sites
from service.store.upkeep import dump, repair
from service.store.upkeep.dump import DumpDamaged


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the whole record to a file that any store can take back.

    \b
    Example:
      folkmoot backup folkmoot-2026-11-22.jsonl
    """
    # Under another name until it is whole: what has the name is a backup.
    unfinished = file.with_name(file.name + ".part")
    config = settings.read()
    with installation.reach(config) as core, unfinished.open("w", encoding="utf-8") as new:
        unfinished.chmod(0o600)
        count = progress.show(
            "writing", dump.write(core.redis, new, now_ms=moments.to_ms(core.now()))
        )
        new.flush()
        os.fsync(new.fileno())
    unfinished.replace(file)
    click.echo(f"wrote {count} lines to {file}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Read a backup into a store that holds nothing yet.

    The whole file is checked first; if a line is damaged, it is named and nothing is changed.

    \b
    Example:
      folkmoot restore folkmoot-2026-11-22.jsonl
    """
    _check(file)
    with installation.reach(settings.read()) as core:
        if not dump.is_fresh(core.redis):
            raise click.ClickException("the store is not empty; restore into a new data folder")
        with file.open(encoding="utf-8") as lines:
            count = progress.show("reading", dump.restore(core.redis, dump.read(lines)))
        known = [site.name for site in sites.every(core.redis)]
        repair.mend_sites(core.redis, known, now=core.now())
    click.echo(f"restored {count} lines from {file}")


@click.command()
def migrate() -> None:
    """Bring the record to this version's key schema; it may be run again.

    \b
    Example:
      folkmoot migrate
    """
    with installation.reach(settings.read(), migrating=True) as core:
        steps = list(migrations.migrate(core.redis))
    for step in steps:
        click.echo(f"{step.to}: {step.does}")
    click.echo("the record has this version's schema" if not steps else "done")


def _check(file: Path) -> None:
    with file.open(encoding="utf-8", errors="replace") as lines:
        try:
            for _ in dump.read(lines):
                pass
        except DumpDamaged as error:
            raise click.ClickException(f"{file}: {error}; nothing was changed") from None
