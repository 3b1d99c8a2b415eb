"""`folkmoot site`: add, list, change and remove sites."""

import json
import time
from dataclasses import replace
from typing import Any

import click

from service import installation, settings
from service.cli import progress
from service.cli.appearance_options import applied, looks
from service.cli.policy import policy
from service.core import Core
from service.desk.account.accounts import COMMAND
from service.desk.office import policy as governing
from service.domain.errors import SiteNotFound
from service.domain.site import NAME, CaptchaStrategy, Mode, Site
from service.domain.thread import origin_of
from service.store.site import sites
from service.store.upkeep import removal

# Pages of the desk stand where a site would: /review/NAME.
TAKEN = frozenset({"account", "people", "second-factor", "sign-in", "sign-out", "welcome"})
SETTINGS_GO = "Remove the site's settings? Its comments are not deleted"
ALL_GOES = "Delete the site with all its comments, decisions and log, for good?"
CHOICES = {
    "captcha": click.Choice([strategy.value for strategy in CaptchaStrategy]),
    "mode": click.Choice([mode.value for mode in Mode]),
}


@click.group()
def site() -> None:
    """Add, list, change and remove sites."""


site.add_command(policy)


@site.command()
@click.argument("name")
@click.option(
    "--origin", "origins", multiple=True, required=True, help="Where its pages are served from."
)
@click.option("--captcha", type=CHOICES["captcha"], default="image", show_default=True)
@click.option("--mode", type=CHOICES["mode"], default="machine", show_default=True)
@looks
def add(name: str, origins: tuple[str, ...], captcha: str, mode: str, **look: str | None) -> None:
    """Add a site.

    \b
    Example:
      folkmoot site add news --origin https://news.example --origin https://www.news.example
    """
    if not NAME.fullmatch(name):
        raise click.BadParameter("a name is 1-40 of a-z, 0-9 and -", param_hint="NAME")
    if name in TAKEN:
        raise click.BadParameter("the desk has a page of that name", param_hint="NAME")
    wanted = Site(
        name=name,
        origins=_origins(origins),
        captcha=CaptchaStrategy(captcha),
        mode=Mode(mode),
    )
    with installation.reached(settings.read()) as core:
        if any(known.name == name for known in sites.every(core.redis)):
            raise click.ClickException(f"there is a site {name!r} already; use `folkmoot site set`")
        sites.put(core.redis, applied(wanted, **look))
        url = core.public_url
    click.echo(f"added {name}. On its article pages, where the comments shall stand:")
    click.echo(f'<script src="{url}/embed.js" data-site="{name}" async></script>')


@site.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_(as_json: bool) -> None:
    """List the sites.

    \b
    Example:
      folkmoot site list --json
    """
    with installation.reached(settings.read()) as core:
        found = [_row(known) for known in sites.every(core.redis)]
    if as_json:
        click.echo(json.dumps(found))
        return
    for row in found:
        click.echo(f"{row['name']}\t{row['mode']}\t{row['captcha']}\t{' '.join(row['origins'])}")


@site.command("set")
@click.argument("name")
@click.option("--origin", "origins", multiple=True, help="Replaces all origins.")
@click.option("--captcha", type=CHOICES["captcha"])
@click.option("--mode", type=CHOICES["mode"])
@looks
def set_(
    name: str,
    origins: tuple[str, ...],
    captcha: str | None,
    mode: str | None,
    **look: str | None,
) -> None:
    """Change a site's settings; what is not given stays.

    \b
    Example:
      folkmoot site set news --mode pre --language de --accent '#a3231b'
    """
    where = _origins(origins)

    def changed(known: Site) -> Site:
        wanted = replace(
            known,
            origins=where or known.origins,
            captcha=CaptchaStrategy(captcha) if captcha else known.captcha,
            mode=Mode(mode) if mode else known.mode,
        )
        return applied(wanted, **look)

    with installation.reached(settings.read()) as core:
        governing.note(core, COMMAND, *sites.revise(core.redis, name, changed))
    click.echo(f"changed {name}")


@site.command()
@click.argument("name")
@click.option("--with-comments", is_flag=True, help="Delete its comments, log and all else too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, with_comments: bool, yes: bool) -> None:
    """Remove a site's settings; with --with-comments everything of it, also after its removal.

    \b
    Example:
      folkmoot site remove news --with-comments
    """
    with installation.reached(settings.read()) as core:
        if not yes:
            click.confirm(ALL_GOES if with_comments else SETTINGS_GO, abort=True)
        if with_comments:
            click.echo(f"removed {name} and all of it; comments: {_remove_all(core, name)}")
            return
        sites.remove(core.redis, name)
    more = f"folkmoot site remove {name} --with-comments"
    click.echo(f"removed {name}; its comments stay, `{more}` deletes them")


def _remove_all(core: Core, name: str) -> int:
    """Delete all that a site has, and give how many comments that was.

    What a removal that was broken off, or that had left the comments, has left goes too.

    :raises SiteNotFound: there is nothing of that name.
    """
    record = core.at(name)
    try:
        sites.remove(core.redis, name)
        # Other processes remember for a moment that there was a site, and take comments in.
        time.sleep(sites.REMEMBERED)
    except SiteNotFound:
        if not NAME.fullmatch(name) or not removal.is_left(record):
            raise
    return progress.show("deleting", removal.clear(record))


def _origins(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_origin(url) for url in given))


def _origin(url: str) -> str:
    try:
        return origin_of(url)
    except ValueError:
        raise click.BadParameter(
            f"{url!r} is no origin; write for example https://news.example", param_hint="--origin"
        ) from None


def _row(known: Site) -> dict[str, Any]:
    return {
        "name": known.name,
        "origins": list(known.origins),
        "mode": known.mode.value,
        "captcha": known.captcha.value,
        "language": known.language or None,
        "theme": known.theme.value,
        "accent": known.accent or None,
    }
