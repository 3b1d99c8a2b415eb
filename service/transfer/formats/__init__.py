"""Formats that comments come in from elsewhere: each module of this folder is one, as `FORMAT`."""

import pkgutil
from importlib import import_module
from typing import cast

from service.transfer.rows import Format


def names() -> list[str]:
    """Name the formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def find(name: str) -> Format | None:
    """Give a format by its name, which is its module's."""
    if name not in names():
        return None
    return cast("Format", import_module(f"{__name__}.{name}").FORMAT)
