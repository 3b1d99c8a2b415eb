"""What an author is told of a refusal: the rules in words, in the API's shape and for our pages."""

from datetime import datetime

from babel.dates import format_timedelta
from flask import Flask

from service.domain.appeal import Appeal
from service.domain.reason import REASONS
from service.domain.sentences import N_
from service.readers.own_comment import Standing
from service.readers.statement import Statement
from service.web.api import present, shapes
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


def comment(of: Standing) -> shapes.Comment:
    """Show a comment to its author."""
    own = shapes.Own(
        editable_until=of.editable_until,
        statement=_statement(of.statement) if of.statement else None,
        appeal=appeal(of.appeal) if of.appeal else None,
    )
    return present.comment(of.comment).model_copy(update={"own": own})


def appeal(of: Appeal) -> shapes.Appeal:
    """Show an appeal to its author; who answered is the newsroom's own business."""
    return shapes.Appeal(
        text=of.text, at=of.at, state=of.state, answer=of.answer, answered_at=of.answered_at
    )


def register(app: Flask) -> None:
    """Let templates say the same."""
    app.jinja_env.globals.update(rules=rules, left=left)


def _statement(of: Statement) -> shapes.Statement:
    return shapes.Statement(
        decider=of.decider,
        rules=list(of.rules),
        reasons=rules(of),
        words=of.why,
        at=of.at,
        appeal_until=of.appeal_until,
    )
