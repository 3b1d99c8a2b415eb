"""`folkmoot moderator`: invite, list and remove moderators."""

import json
from collections.abc import Callable
from typing import TypeVar

import click

from service import installation, settings
from service.desk.account import accounts
from service.domain.errors import ModeratorNotFound
from service.domain.moderator import Moderator, Role
from service.store.accounts import moderators
from service.store.site import sites

Result = TypeVar("Result")


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
@click.option("--site", "only", multiple=True, help="Only these sites; all by default.")
def add(name: str, role: str, only: tuple[str, ...]) -> None:
    """Invite a moderator; prints a one-time link, valid for seven days.

    \b
    Example:
      folkmoot moderator add ann --role moderator --site news
    """
    if not accounts.is_name(name):
        raise click.BadParameter(accounts.NAMES, param_hint="NAME")
    with installation.reach(settings.read()) as core:
        for site in only:
            sites.get(core.redis, site)
        if moderators.find(core.redis, name):
            raise click.ClickException(f"there already is a moderator {name!r}; use `reset`")
        invited = Moderator(name=name, role=Role(role), sites=only)
        click.echo(accounts.invite(core, invited))


@moderator.command()
@click.argument("name")
def reset(name: str) -> None:
    """Print a new one-time link for a moderator who has lost their password or second factor.

    Password, authenticator app, recovery codes, passkeys and open sessions end at once.

    \b
    Example:
      folkmoot moderator reset ann
    """
    with installation.reach(settings.read()) as core:
        click.echo(_with_account(name, lambda: accounts.reset(core, name)))


@moderator.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_(as_json: bool) -> None:
    """List the moderators.

    \b
    Example:
      folkmoot moderator list
    """
    with installation.reach(settings.read()) as core:
        all_accounts = moderators.every(core.redis)
    if as_json:
        rows = [
            {"name": m.name, "role": m.role.value, "sites": list(m.sites)} for m in all_accounts
        ]
        click.echo(json.dumps(rows))
        return
    for account in all_accounts:
        click.echo(
            f"{account.name}\t{account.role.value}\t{' '.join(account.sites) or 'all sites'}"
        )


@moderator.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove a moderator; their sessions end at once.

    \b
    Example:
      folkmoot moderator remove ann
    """
    with installation.reach(settings.read()) as core:
        _with_account(name, lambda: accounts.remove(core, name))
    click.echo(f"removed {name}")


def _with_account(name: str, do: Callable[[], Result]) -> Result:
    try:
        return do()
    except ModeratorNotFound:
        raise click.ClickException(f"there is no moderator {name!r}") from None
