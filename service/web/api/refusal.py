"""A refusal in words: by which rules it was made, and how long one may still appeal."""

from datetime import datetime

from babel.dates import format_timedelta
from flask import Flask

from service.domain.reason import REASONS
from service.domain.sentences import N_
from service.readers.statement import Statement
from service.web.http import language

ANY_RULE = N_("It does not fit this site’s rules for comments.")


def rules(statement: Statement) -> list[str]:
    """Say in words by which rules a comment was refused."""
    known = [REASONS[code].for_author for code in statement.rules if code in REASONS]
    sentences = list(filter(None, known)) or ([] if statement.why else [ANY_RULE])
    return [language.gettext(sentence) for sentence in sentences]


def left(until: datetime, now: datetime) -> str:
    """Say how much time is left."""
    return format_timedelta(until - now, locale=language.chosen())


def register(app: Flask) -> None:
    """Let templates say the same."""
    app.jinja_env.globals.update(rules=rules, left=left)
