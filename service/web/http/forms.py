"""Parsing of form fields; an invalid value is a fault of the form, not a defect of ours."""

import re
from enum import StrEnum
from typing import TypeVar

from flask import request

from service.domain.errors import Fault, Invalid

Kind = TypeVar("Kind", bound=StrEnum)

NUMBER = re.compile(r"-?[0-9]{1,9}")


def one_of(kind: type[Kind], field: str) -> Kind:
    """Return the member that a form field names.

    :raises Invalid: there is no such member.
    """
    value = request.form.get(field, "")
    if value not in list(kind):
        raise Invalid(_wrong(field, f"There is no such {field}. Nothing was changed."))
    return kind(value)


def number(field: str) -> int | None:
    """Return the whole number in a field, None if it is empty.

    :raises Invalid: it is not a whole number.
    """
    text = request.form.get(field, "").strip()
    if text and not NUMBER.fullmatch(text):
        raise Invalid(_wrong(field, "A whole number, please."))
    return int(text) if text else None


def _wrong(field: str, sentence: str) -> Fault:
    return Fault(field, "wrong", sentence)
