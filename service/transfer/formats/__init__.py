"""Import formats: each module of this package defines one as `FORMAT`."""

import pkgutil
from importlib import import_module
from typing import cast

from service.transfer.rows import Format


def names() -> list[str]:
    """List the names of the formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def find(name: str) -> Format | None:
    """Find a format by the name of its module."""
    if name not in names():
        return None
    return cast("Format", import_module(f"{__name__}.{name}").FORMAT)
