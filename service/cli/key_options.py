"""The settings of an API key as options of `folkmoot key add` and `key set`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from service.cli import origin
from service.domain.key import ApiKey, Manner, Quota, Scope

QUOTA = click.option(
    "--quota", help="Limit of uses: 60/minute, 5000/hour, 50000/month; 0 for none."
)
MANNER = click.option(
    "--manner",
    type=click.Choice([manner.value for manner in Manner]),
    help="What cannot be scored is a number (lenient, and auto, the default) or an error (strict).",
)
UNSCORED = click.option(
    "--unscored",
    type=click.FloatRange(0, 1),
    help="The number for what has no score; 1 by default, which is never a score.",
)
SECRETS = click.option(
    "--coral-secret",
    "secrets",
    multiple=True,
    help="Signs Coral's requests; give two while one is rotated.",
)
ORIGINS = click.option(
    "--origin",
    "origins",
    multiple=True,
    help="Pages of this origin may use the key in a browser; give several, or none to end it.",
)
NO_ORIGIN = ("none",)


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for a key's settings to a command."""
    for option in (ORIGINS, SECRETS, UNSCORED, MANNER, QUOTA):
        command = option(command)
    return command


def apply(
    key: ApiKey,
    *,
    quota: str | None,
    manner: str | None,
    unscored: float | None,
    secrets: tuple[str, ...],
    origins: tuple[str, ...],
) -> ApiKey:
    """Return the key with the given settings; None leaves a setting unchanged."""
    for given, name in ((secrets, "--coral-secret"), (origins, "--origin")):
        if given and key.scope is not Scope.ANALYZE:
            raise click.BadParameter("only a key of scope analyze has one", param_hint=name)
    return replace(
        key,
        quota=key.quota if quota is None else _quota(quota),
        manner=Manner(manner) if manner else key.manner,
        unscored=key.unscored if unscored is None else unscored,
        secrets=secrets or key.secrets,
        origins=_origins(origins) if origins else key.origins,
    )


def _origins(given: tuple[str, ...]) -> tuple[str, ...]:
    return () if given == NO_ORIGIN else origin.read(given, extensions=True)


def _quota(text: str) -> str:
    try:
        return "" if text == "0" else str(Quota.read(text))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--quota") from None
