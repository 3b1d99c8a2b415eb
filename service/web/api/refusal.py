"""Wording of refusals: the rules behind them, and the time left to appeal."""

from datetime import datetime

from babel.dates import format_timedelta
from flask import Flask

from service.domain.reason import REASONS
from service.domain.sentences import N_
from service.readers.statement import Statement
from service.web.http import language

ANY_RULE = N_("It does not fit this site’s rules for comments.")


def rules(statement: Statement) -> list[str]:
    """Describe the rules by which a comment was refused."""
    explained = [REASONS[code].for_author for code in statement.rules if code in REASONS]
    sentences = list(filter(None, explained)) or ([] if statement.why else [ANY_RULE])
    return [language.gettext(sentence) for sentence in sentences]


def left(until: datetime, now: datetime) -> str:
    """Format the time that is left."""
    return format_timedelta(until - now, locale=language.chosen())


def register(app: Flask) -> None:
    """Make both available in templates."""
    app.jinja_env.globals.update(rules=rules, left=left)
