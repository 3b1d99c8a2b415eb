"""`folkmoot backup`, `restore` and `migrate`: commands on the whole record."""

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
    """Write the whole record to a file that can be restored into any store.

    \b
    Example:
      folkmoot backup folkmoot-2026-11-22.jsonl
    """
    # Another name until it is complete: a file with the final name is a whole backup.
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
    """Restore a backup into an empty store.

    The whole file is checked first; a damaged line is reported and nothing is changed.

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
        names = [site.name for site in sites.every(core.redis)]
        repair.mend_sites(core.redis, names, now=core.now())
    click.echo(f"restored {count} lines from {file}")


@click.command()
def migrate() -> None:
    """Migrate the record to this version's key schema; may be run again.

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
