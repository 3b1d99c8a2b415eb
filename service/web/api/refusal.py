"""A refusal in words: by which rules it was made, and how long one may still appeal."""

from datetime import datetime

from babel.dates import format_timedelta
from flask import Flask

from service.readers.statement import Statement
from service.web.http import language
from service.web.http.language import N_

RULES = {
    "length/too-short": N_("It is shorter than this site allows."),
    "length/too-long": N_("It is longer than this site allows."),
    "blocked_words/blocked-word": N_("It holds a word that is not allowed on this site."),
    "links/blocked-host": N_("It links to a place that is not allowed on this site."),
    "links/many-links": N_("It links to several places that this site does not trust."),
    "repetition/again": N_("You have said nearly the same before."),
    "repetition/many-alike": N_("Others have sent nearly the same text."),
    "record/often-refused": N_("Many comments of this author were refused before."),
    "spam/spam": N_("It looks like advertising."),
    "toxicity/toxicity": N_("It looks hurtful."),
    "toxicity/severe-toxicity": N_("It looks very hurtful."),
    "toxicity/insult": N_("It looks like an insult."),
    "toxicity/profanity": N_("It looks foul-mouthed."),
    "toxicity/threat": N_("It looks like a threat."),
    "toxicity/identity-attack": N_("It looks like an attack on a group of people."),
    "toxicity/sexually-explicit": N_("It looks sexual."),
}
ANY_RULE = N_("It does not fit this site’s rules for comments.")


def rules(statement: Statement) -> list[str]:
    """Say in words by which rules a comment was refused."""
    known = [RULES[code] for code in statement.rules if code in RULES]
    return [language.gettext(text) for text in known or ([] if statement.why else [ANY_RULE])]


def left(until: datetime, now: datetime) -> str:
    """Say how much time is left."""
    return format_timedelta(until - now, locale=language.chosen())


def register(app: Flask) -> None:
    """Let templates say the same."""
    app.jinja_env.globals.update(rules=rules, left=left)
