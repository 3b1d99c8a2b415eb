"""`folkmoot site policy`: show a site's policy, or change lines of it from JSON."""

import json
from dataclasses import replace
from typing import Any, TextIO

import click
from pydantic import TypeAdapter, ValidationError

from service import installation, settings
from service.desk.account.accounts import COMMAND
from service.desk.office import policy as site_policy
from service.domain.policy import POLICY_LINES, Policy
from service.domain.policy_lines import PolicyLine
from service.domain.site import Site
from service.store.site import sites

POLICY = TypeAdapter(Policy)


def _row(line: PolicyLine) -> str:
    bounds = f" {line.lowest:g} to {line.highest:g}." if line.is_bounded else ""
    return f"  {line.name:<20} {line.label}.{bounds} {line.hint}".rstrip()


LINES = "\n".join(("\b", "Lines:", f"  {'thresholds':<20} By score.", *map(_row, POLICY_LINES)))


@click.command(epilog=LINES)
@click.argument("name")
@click.option(
    "--set",
    "file",
    type=click.File("r"),
    help="JSON file of the lines to change; - reads standard input.",
)
def policy(name: str, file: TextIO | None) -> None:
    """Show a site's policy as JSON; with --set, change the lines in the file.

    \b
    Example:
      echo '{"max_links": 1, "blocked_words": ["pills"]}' | folkmoot site policy news --set -
    """
    # Read before the site: typing it may take a while, and owners may change the site meanwhile.
    text = file.read() if file else None
    with installation.reach(settings.read()) as core:
        if text is None:
            site = sites.get(core.redis, name)
        else:
            old, site = sites.revise(core.redis, name, lambda site: _changed(site, text))
            site_policy.note(core, COMMAND, old, site)
    click.echo(POLICY.dump_json(site.policy, indent=2).decode())


def _changed(site: Site, text: str) -> Site:
    changed = replace(site, policy=_merged(site.policy, text))
    if faults := list(site_policy.check(changed)):
        raise click.ClickException("; ".join(f"{fault.field}: {fault.detail}" for fault in faults))
    return changed


def _merged(old: Policy, text: str) -> Policy:
    lines: dict[str, Any] = POLICY.dump_python(old, mode="json")
    try:
        given = json.loads(text)
        if not isinstance(given, dict) or (unknown := given.keys() - lines.keys()):
            wrong = ", ".join(sorted(unknown)) if isinstance(given, dict) else "no JSON object"
            raise click.ClickException(f"not a line of a policy: {wrong}")
        if isinstance(given.get("thresholds"), dict):
            given["thresholds"] = lines["thresholds"] | given["thresholds"]
        return POLICY.validate_json(json.dumps(lines | given))
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise click.ClickException("; ".join(faults)) from None
    except json.JSONDecodeError as error:
        raise click.ClickException(f"this is not JSON: {error}") from None
