"""`folkmoot moderator`: invite, list and remove moderators."""

import json

import click

from service import accounts, installation, settings
from service.domain.moderator import Moderator, Role
from service.store import moderators, sites


@click.group()
def moderator() -> None:
    """Invite, list and remove moderators."""


@moderator.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default="moderator",
    show_default=True,
)
@click.option("--site", "only", multiple=True, help="Only these sites; else all.")
def add(name: str, role: str, only: tuple[str, ...]) -> None:
    """Invite a moderator; prints a one-time link, good for seven days.

    \b
    Example:
      folkmoot moderator add ann --role moderator --site news
    """
    if not name.strip() or len(name) > 50 or not name.isprintable():
        raise click.BadParameter("a name has 1 to 50 printable characters", param_hint="NAME")
    with installation.reached(settings.read()) as core:
        for site in only:
            sites.get(core.redis, site)
        if moderators.find(core.redis, name):
            raise click.ClickException(f"there is a moderator {name!r} already; use `reset`")
        invited = Moderator(name=name, role=Role(role), sites=only)
        click.echo(accounts.invite(core, invited))


@moderator.command()
@click.argument("name")
def reset(name: str) -> None:
    """Print a new one-time link for a moderator who has lost his password.

    \b
    Example:
      folkmoot moderator reset ann
    """
    with installation.reached(settings.read()) as core:
        known = moderators.find(core.redis, name)
        if known is None:
            raise click.ClickException(f"there is no moderator {name!r}")
        click.echo(accounts.invite(core, known))


@moderator.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_(as_json: bool) -> None:
    """List the moderators.

    \b
    Example:
      folkmoot moderator list
    """
    with installation.reached(settings.read()) as core:
        found = moderators.every(core.redis)
    if as_json:
        rows = [{"name": m.name, "role": m.role.value, "sites": list(m.sites)} for m in found]
        click.echo(json.dumps(rows))
        return
    for known in found:
        click.echo(f"{known.name}\t{known.role.value}\t{' '.join(known.sites) or 'all sites'}")


@moderator.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove a moderator; the next request of an open session is refused.

    \b
    Example:
      folkmoot moderator remove ann
    """
    with installation.reached(settings.read()) as core:
        if not moderators.remove(core.redis, name):
            raise click.ClickException(f"there is no moderator {name!r}")
    click.echo(f"removed {name}")
