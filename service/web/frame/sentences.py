"""Sentences of the frame's scripts in the reader's language, as one block of data."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from babel import Locale

from service.web.http import language

FOLDER = "web/static/"
# Enough numbers to cover every plural rule; some languages have one for millions.
NUMBERS = (*range(200), 1_000_000)


def sentences() -> Mapping[str, Any]:
    """Return the scripts' translations, and the plural form of each kind of number."""
    return _sentences(language.chosen())


@cache
def _sentences(tongue: str) -> Mapping[str, Any]:
    catalogue = language.catalogue(tongue)
    says = {
        _key(message.id): message.string
        for message in catalogue or ()
        if message.id and any(FOLDER in file for file, _ in message.locations)
    }
    return {"says": says, "forms": _forms(tongue)}


def _key(id_: str | Sequence[str]) -> str:
    return id_ if isinstance(id_, str) else id_[0]


def _forms(tongue: str) -> dict[str, int]:
    """Map each Unicode plural category (one, few, many …) to the form that gettext uses."""
    rule, plural = Locale.parse(tongue).plural_form, language.plural(tongue)
    return {rule(number): plural(number) for number in reversed(NUMBERS)}
