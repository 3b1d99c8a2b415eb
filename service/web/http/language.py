"""The reader's language: chosen once for each answer, from what page, site and browser wish."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations, c2py
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Flask, Response, g, request

from service.domain.sentences import Sentence
from service.domain.site import LANGUAGES

ENGLISH = "en"
FOLDER = Path(__file__).parents[1] / "locale"


def chosen() -> str:
    """Give the language of this answer; ask only once the site is known, if there is one."""
    if "language" not in g:
        g.language = _choose()
    language: str = g.language
    return language


def asked(by: str = "lang") -> str:
    """Give the language that the address asks for, "" if it asks for none of ours.

    `lang` is a wish; `page` tells what the page around the frame is written in.
    """
    primary = request.args.get(by, "").replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else ""


def direction() -> str:
    """Tell which way the language runs: "ltr" or "rtl"."""
    return Locale.parse(chosen()).text_direction


def say(sentence: str | Sentence) -> str:
    """Say a sentence in the reader's language."""
    whole = sentence if isinstance(sentence, Sentence) else Sentence(sentence)
    return whole.told(gettext, ngettext)


def gettext(text: str) -> str:
    """Translate a text."""
    return translations(chosen()).gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a text that speaks of several things."""
    return translations(chosen()).ngettext(singular, plural, count)


def date(moment: datetime) -> str:
    """Write a moment in full; without JavaScript nobody knows the reader's zone, so in UTC."""
    day = format_date(moment, "long", locale=chosen())
    return f"{day}, {format_time(moment, 'short', locale=chosen())} UTC"


def ago(moment: datetime, now: datetime) -> str:
    """Say roughly how long ago a moment was."""
    return format_timedelta(moment - now, add_direction=True, locale=chosen())


def number(count: int) -> str:
    """Write a number as the language groups its digits."""
    return format_decimal(count, locale=chosen())


@cache
def catalogue(language: str) -> Catalog | None:
    """Read a language's catalogue; English, which the sentences are written in, has none."""
    file = FOLDER / language / "LC_MESSAGES" / "folkmoot.po"
    if not file.exists():
        return None
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


@cache
def translations(language: str) -> NullTranslations:
    """Make a catalogue ready for use."""
    sentences = catalogue(language)
    if sentences is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, sentences)
    compiled.seek(0)
    return GNUTranslations(compiled)


def plural(language: str) -> Callable[[int], int]:
    """Give the rule by which a language's catalogue chooses among its plural forms."""
    sentences = catalogue(language)
    return c2py(sentences.plural_expr) if sentences else lambda count: int(count != 1)


def register(app: Flask) -> None:
    """Let templates speak the reader's language, and answers say which one they speak."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # by the extension
    app.jinja_env.globals.update(language=chosen, direction=direction)
    app.jinja_env.filters.update(date=date, ago=ago, number=number)
    app.after_request(_tell)


def _choose() -> str:
    of_site = g.site.language if "site" in g else ""
    # A program says what it wants with each call; a page is in the newspaper's own language.
    if request.path.startswith("/api/"):
        return asked() or _browsers() or of_site or ENGLISH
    return asked() or of_site or asked("page") or _browsers() or ENGLISH


def _browsers() -> str:
    g.asked_browser = True
    wanted = (tag.partition("-")[0].lower() for tag, weight in request.accept_languages if weight)
    return next((primary for primary in wanted if primary in LANGUAGES), "")


def _tell(response: Response) -> Response:
    if "language" in g and response.mimetype in ("text/html", "application/problem+json"):
        response.headers["Content-Language"] = chosen()
        if "asked_browser" in g:
            response.vary.add("Accept-Language")
    return response
