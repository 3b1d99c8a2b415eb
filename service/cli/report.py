"""`folkmoot report`: a site's transparency report for a period."""

from datetime import UTC, datetime, timedelta

import click

from service import installation, settings
from service.desk.office import report_files, transparency
from service.store.site import sites

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--site", "name", required=True, help="The site to report on.")
@click.option("--from", "start", type=DAY, required=True, help="The first day, e.g. 2026-01-01.")
@click.option("--to", "last", type=DAY, required=True, help="The last day, e.g. 2026-06-30.")
@click.option("--json/--csv", "as_json", default=False, help="CSV by default.")
def report(name: str, start: datetime, last: datetime, as_json: bool) -> None:
    """Write the transparency report for a period (Digital Services Act, Art. 15).

    \b
    Example:
      folkmoot report --site news --from 2026-01-01 --to 2026-06-30 --csv > report.csv
    """
    if last < start:
        raise click.BadParameter("must not be before --from", param_hint="--to")
    if last - start > transparency.LONGEST - timedelta(days=1):
        raise click.BadParameter("at most two years after --from", param_hint="--to")
    with installation.reach(settings.read()) as core:
        site = sites.get(core.redis, name)
        end = last.replace(tzinfo=UTC) + timedelta(days=1)
        content = transparency.make_report(core, site, start.replace(tzinfo=UTC), end)
    write = report_files.as_json if as_json else report_files.as_csv
    click.echo(write(content), nl=as_json)
