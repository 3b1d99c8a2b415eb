"""Settings as command options, with the help, type and limits of their declarations."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from pydantic.fields import FieldInfo

from service import settings
from service.settings import Settings


def setting(flag: str, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add an option to a command that takes precedence over the environment."""
    field = Settings.model_fields[name]
    is_switch = field.annotation is bool
    description = (field.description or "").replace("`", "")
    help_ = f"{description[:1].upper()}{description[1:]}"
    return click.option(
        flag,
        name,
        type=None if is_switch else _type(field),
        is_flag=is_switch,
        default=None,
        help=f"{help_}." if is_switch else f"{help_} ({settings.default(name)}).",
    )


def _type(field: FieldInfo) -> Any:
    if field.annotation is int:
        return click.IntRange(_limit(field, "ge"), _limit(field, "le"))
    return click.Path(path_type=Path) if field.annotation is Path else str


def _limit(field: FieldInfo, edge: str) -> int | None:
    return next((getattr(limit, edge) for limit in field.metadata if hasattr(limit, edge)), None)
