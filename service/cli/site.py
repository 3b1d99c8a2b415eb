"""`folkmoot site`: add, list, change and remove sites."""

import json
import time
from dataclasses import replace
from typing import Any

import click

from service import installation, settings
from service.cli import origin, progress, site_options
from service.cli.policy import policy
from service.core import Core
from service.desk.account.accounts import COMMAND
from service.desk.office import policy as site_policy
from service.domain.errors import SiteNotFound
from service.domain.site import NAME, Site
from service.store.site import sites
from service.store.upkeep import removal
from service.web.assets import assets

# These names are pages of the desk, at the address a site would have: /review/NAME.
TAKEN = frozenset({"account", "people", "second-factor", "sign-in", "sign-out", "welcome"})
SETTINGS_GO = "Remove the site's settings? Its comments are not deleted"
ALL_GOES = "Delete the site with all its comments, decisions and log, for good?"


@click.group()
def site() -> None:
    """Add, list, change and remove sites."""


site.add_command(policy)


@site.command()
@click.argument("name")
@click.option(
    "--origin", "origins", multiple=True, required=True, help="Where its pages are served from."
)
@site_options.options(with_defaults=True)
def add(name: str, origins: tuple[str, ...], **given: str | None) -> None:
    """Add a site.

    \b
    Example:
      folkmoot site add news --origin https://news.example --origin https://www.news.example
    """
    if not NAME.fullmatch(name):
        raise click.BadParameter("a name is 1 to 40 of a-z, 0-9 and -", param_hint="NAME")
    if name in TAKEN:
        raise click.BadParameter("the desk has a page of that name", param_hint="NAME")
    new_site = site_options.apply(Site(name=name, origins=origin.read(origins)), given)
    with installation.reach(settings.read()) as core:
        if any(site.name == name for site in sites.every(core.redis)):
            raise click.ClickException(f"there already is a site {name!r}; use `folkmoot site set`")
        sites.put(core.redis, new_site)
        url = core.public_url
    click.echo(f"added {name}. On its article pages, where the comments should appear:")
    click.echo(f'<script src="{url}/embed.js" data-site="{name}" async></script>')
    click.echo("or, pinned to this version of Folkmoot (print it again after each update):")
    click.echo(_pinned(url, name, "embed.js"))


@site.command("tags")
@click.argument("name")
def tags(name: str) -> None:
    """Print a site's script tags with the hashes of this version, for pages that pin scripts.

    \b
    Example:
      folkmoot site tags news
    """
    with installation.reach(settings.read()) as core:
        url, name = core.public_url, sites.get(core.redis, name).name
    for script in ("embed.js", "counts.js"):
        click.echo(_pinned(url, name, script))


@site.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_(as_json: bool) -> None:
    """List the sites.

    \b
    Example:
      folkmoot site list --json
    """
    with installation.reach(settings.read()) as core:
        rows = [_row(site) for site in sites.every(core.redis)]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{row['name']}\t{row['mode']}\t{row['captcha']}\t{' '.join(row['origins'])}")


@site.command("set")
@click.argument("name")
@click.option("--origin", "origins", multiple=True, help="Replaces all origins.")
@site_options.options()
def set_(name: str, origins: tuple[str, ...], **given: str | None) -> None:
    """Change a site's settings; the others stay as they are.

    \b
    Example:
      folkmoot site set news --mode pre --language de --accent '#a3231b'
    """
    addresses = origin.read(origins)

    def change(site: Site) -> Site:
        return site_options.apply(replace(site, origins=addresses or site.origins), given)

    with installation.reach(settings.read()) as core:
        site_policy.note(core, COMMAND, *sites.revise(core.redis, name, change))
    click.echo(f"changed {name}")


@site.command()
@click.argument("name")
@click.option(
    "--with-comments", is_flag=True, help="Also delete its comments, log and everything else."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, with_comments: bool, yes: bool) -> None:
    """Remove a site's settings, or all its data; the latter also works after the former.

    \b
    Example:
      folkmoot site remove news --with-comments
    """
    with installation.reach(settings.read()) as core:
        if not yes:
            click.confirm(ALL_GOES if with_comments else SETTINGS_GO, abort=True)
        if with_comments:
            click.echo(f"removed {name} and all of it; comments: {_remove_all(core, name)}")
            return
        sites.remove(core.redis, name)
    more = f"folkmoot site remove {name} --with-comments"
    click.echo(f"removed {name}; its comments stay, `{more}` deletes them")


def _remove_all(core: Core, name: str) -> int:
    """Delete all data of a site and count the deleted comments.

    This also finishes an interrupted removal, or one that kept the comments.

    :raises SiteNotFound: there is no site and no data by that name.
    """
    record = core.at(name)
    try:
        sites.remove(core.redis, name)
        time.sleep(sites.REMEMBERED)  # others cache the site, and may still accept comments
    except SiteNotFound:
        if not NAME.fullmatch(name) or not removal.is_left(record):
            raise
    return progress.show("deleting", removal.clear(record))


def _pinned(url: str, name: str, script: str) -> str:
    asset = assets.every()[script]
    return (
        f'<script src="{url}{asset.path}" integrity="{asset.integrity}" '
        f'crossorigin="anonymous" data-site="{name}" async></script>'
    )


def _row(site: Site) -> dict[str, Any]:
    return {"name": site.name, "origins": list(site.origins)} | site_options.show(site)
