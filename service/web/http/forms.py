"""Read what a form says; what cannot be meant is a fault of the form, not a defect of ours."""

import re
from enum import StrEnum
from typing import TypeVar

from flask import request

from service.domain.errors import Fault, Invalid

Kind = TypeVar("Kind", bound=StrEnum)

NUMBER = re.compile(r"-?[0-9]{1,9}")


def one_of(kind: type[Kind], field: str) -> Kind:
    """Give what a field of the form names.

    :raises Invalid: there is no such thing.
    """
    given = request.form.get(field, "")
    if given not in list(kind):
        raise Invalid(_wrong(field, f"There is no such {field}. Nothing was changed."))
    return kind(given)


def number(field: str) -> int | None:
    """Give the whole number that a field holds, None where it is empty.

    :raises Invalid: it is none.
    """
    given = request.form.get(field, "").strip()
    if given and not NUMBER.fullmatch(given):
        raise Invalid(_wrong(field, "A whole number, please."))
    return int(given) if given else None


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
