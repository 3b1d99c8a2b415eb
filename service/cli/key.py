"""`folkmoot key`: create, list, change and revoke API keys."""

import json
from dataclasses import replace
from typing import Any

import click

from service import installation, settings
from service.cli import key_options
from service.clients import keyring
from service.core import Core
from service.domain.key import ApiKey, Scope
from service.store.accounts import apikeys, usage


@click.group()
def key() -> None:
    """Create, list, change and revoke API keys."""


@key.command()
@click.option("--scope", type=click.Choice([scope.value for scope in Scope]), required=True)
@click.option(
    "--site", default="", help="Only this site, whose policy then decides; all by default."
)
@click.option("--label", default="", help="A label for people: whose key it is.")
@key_options.options
def add(scope: str, site: str, label: str, **given: Any) -> None:
    """Create a key and print it once; the key itself is not stored.

    \b
    Example:
      folkmoot key add --scope analyze --label "Coral" --quota 600/minute
      folkmoot key add --scope analyze --quota 60/minute --origin https://editor.news.example
    """
    new_key = key_options.apply(ApiKey(id="", scope=Scope(scope), site=site, label=label), **given)
    with installation.reach(settings.read()) as core:
        click.echo(f"keep it, it is shown only once: {keyring.issue(core, new_key)}")


@key.command("set")
@click.argument("name", metavar="KEY")
@click.option("--label", help="A label for people: whose key it is.")
@key_options.options
def set_(name: str, label: str | None, **given: Any) -> None:
    """Change a key, given its id; takes effect within two seconds.

    \b
    Example:
      folkmoot key set abcdefgh23456723 --quota 100/minute
    """
    with installation.reach(settings.read()) as core:
        old = _find(core, name)
        changed = key_options.apply(old, **given)
        apikeys.put(core.redis, changed if label is None else replace(changed, label=label))
    click.echo(f"changed {old.id}")


@key.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def list_(as_json: bool) -> None:
    """List the keys that are not revoked, with their uses this month.

    \b
    Example:
      folkmoot key list
    """
    with installation.reach(settings.read()) as core:
        rows = [_row(core, key) for key in apikeys.every(core.redis).values() if not key.revoked]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        columns = (row["id"], row["scope"], row["site"] or "all sites", row["quota"] or "no quota")
        click.echo("\t".join((*columns, f"{row['used_this_month']} this month", row["label"])))


@key.command()
@click.argument("name", metavar="KEY")
def revoke(name: str) -> None:
    """Revoke a key, given its id or the full key; takes effect within two seconds.

    \b
    Example:
      folkmoot key revoke abcdefgh23456723
    """
    with installation.reach(settings.read()) as core:
        old = _find(core, name)
        apikeys.put(core.redis, replace(old, revoked=True, secrets=()))
    click.echo(f"revoked {old.id}")


def _find(core: Core, name: str) -> ApiKey:
    key = keyring.known(core, name)
    if key is None:
        raise click.ClickException("there is no such key; `folkmoot key list` names them")
    return key


def _row(core: Core, key: ApiKey) -> dict[str, Any]:
    days = usage.of_key(core.redis, key.id)
    month = f"{core.now():%Y-%m}"
    return {
        "id": key.id,
        "scope": key.scope.value,
        "site": key.site,
        "label": key.label,
        "quota": key.quota,
        "manner": key.manner.value,
        "unscored": key.unscored,
        "signs": len(key.secrets),
        "origins": list(key.origins),
        "made_at": key.made_at.isoformat() if key.made_at else None,
        "used_this_month": sum(n for day, n in days.items() if day.startswith(month)),
        "used": days,
    }
