"""`folkmoot site policy`: show a site's policy, or change lines of it from JSON."""

import json
from dataclasses import replace
from typing import Any, TextIO

import click
from pydantic import TypeAdapter, ValidationError

from service import installation, settings
from service.desk.account.accounts import COMMAND
from service.desk.office import policy as governing
from service.domain.policy import Policy
from service.domain.site import Site
from service.store.site import sites

POLICY = TypeAdapter(Policy)


@click.command()
@click.argument("name")
@click.option(
    "--set", "file", type=click.File("r"), help="JSON of the lines to change; - reads it."
)
def policy(name: str, file: TextIO | None) -> None:
    """Show a site's policy as JSON; with --set change what the file names, the rest stays.

    \b
    Example:
      echo '{"max_links": 1, "blocked_words": ["pills"]}' | folkmoot site policy news --set -
    """
    # Read before the site is: whoever types it may take his time, and owners go on meanwhile.
    text = file.read() if file else None
    with installation.reached(settings.read()) as core:
        if text is None:
            site = sites.get(core.redis, name)
        else:
            old, site = sites.revise(core.redis, name, lambda known: _governed(known, text))
            governing.note(core, COMMAND, old, site)
    click.echo(POLICY.dump_json(site.policy, indent=2).decode())


def _governed(site: Site, text: str) -> Site:
    wanted = replace(site, policy=_changed(site.policy, text))
    if faults := list(governing.check(wanted)):
        raise click.ClickException("; ".join(f"{fault.field}: {fault.detail}" for fault in faults))
    return wanted


def _changed(old: Policy, text: str) -> Policy:
    lines: dict[str, Any] = POLICY.dump_python(old, mode="json")
    try:
        given = json.loads(text)
        if not isinstance(given, dict) or (unknown := given.keys() - lines.keys()):
            named = ", ".join(sorted(unknown)) if isinstance(given, dict) else "no JSON object"
            raise click.ClickException(f"not a line of a policy: {named}")
        if isinstance(given.get("thresholds"), dict):
            given["thresholds"] = lines["thresholds"] | given["thresholds"]
        changed = POLICY.validate_json(json.dumps(lines | given))
    except ValidationError as error:
        found = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise click.ClickException("; ".join(found)) from None
    except json.JSONDecodeError as error:
        raise click.ClickException(f"this is not JSON: {error}") from None
    return changed
