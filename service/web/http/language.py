"""The reader's language, chosen once per answer from the settings of page, site and browser."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, lru_cache
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

from service.domain import languages
from service.domain.sentences import Sentence
from service.domain.site import LANGUAGES

ENGLISH = "en"
NAMED = re.compile(r"(?:^|&)(?:lang|page)=([a-zA-Z]{2})")
# Seconds in a year, a month, … a minute, and from what share of one it is named: nearly an hour is
# told in hours.
UNITS = (31_536_000, 2_592_000, 604_800, 86_400, 3600, 60)
NEARLY = 0.85
FOLDER = Path(__file__).parents[1] / "locale"


def chosen() -> str:
    """Return the language of this answer; call it only when the site, if any, is known."""
    if "language" not in g:
        g.language = _choose()
    language: str = g.language
    return language


def of_address(query: str, accepted: str) -> str:
    """Return the language of an answer that is given before the request is looked at.

    `query` is that of the address, `accepted` the browser's Accept-Language.
    """
    named = NAMED.findall(query) or [tag.strip()[:2] for tag in accepted.split(",")]
    return next((name.lower() for name in named if name.lower() in LANGUAGES), ENGLISH)


def asked(by: str = "lang") -> str:
    """Return the supported language that the address names, or "".

    The parameter `lang` requests a language; `page` is the language of the embedding page.
    """
    named = languages.primary(request.args.get(by, ""))
    return named if named in LANGUAGES else ""


def of_page() -> str:
    """Return the language that the embedding page names for its comments, "" if the site does.

    It may be one in which the frame does not speak.
    """
    asked_for = languages.primary(request.args.get("lang", ""))
    if asked_for or g.site.language:
        return asked_for
    return languages.primary(request.args.get("page", ""))


def direction() -> str:
    """Return the direction of the language's script: "ltr" or "rtl"."""
    return Locale.parse(chosen()).text_direction


def say(sentence: str | Sentence) -> str:
    """Translate a sentence into the reader's language."""
    whole = sentence if isinstance(sentence, Sentence) else Sentence(sentence)
    return whole.told(gettext, ngettext)


def gettext(text: str) -> str:
    """Translate a text."""
    return translations(chosen()).gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a text with singular and plural."""
    return translations(chosen()).ngettext(singular, plural, count)


def date(moment: datetime) -> str:
    """Format a moment in full, in UTC, since the reader's time zone is not known here."""
    day = format_date(moment, "long", locale=chosen())
    return f"{day}, {format_time(moment, 'short', locale=chosen())} UTC"


def ago(moment: datetime, now: datetime) -> str:
    """Format roughly how long ago a moment was."""
    return _ago(_rounded(int((moment - now).total_seconds())), chosen())


def instant(moment: datetime) -> str:
    """Format a moment for programs, to the second (RFC 3339)."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def number(count: int) -> str:
    """Format a number with the language's digit grouping."""
    return format_decimal(count, locale=chosen())


@cache
def catalogue(language: str) -> Catalog | None:
    """Read a language's catalogue; English, the source language, has none."""
    file = FOLDER / language / "LC_MESSAGES" / "folkmoot.po"
    if not file.exists():
        return None
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


@cache
def translations(language: str) -> NullTranslations:
    """Compile a language's catalogue."""
    sentences = catalogue(language)
    if sentences is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, sentences)
    compiled.seek(0)
    return GNUTranslations(compiled)


def plural(language: str) -> Callable[[int], int]:
    """Return the plural rule of a language's catalogue."""
    sentences = catalogue(language)
    return c2py(sentences.plural_expr) if sentences else lambda count: int(count != 1)


def _rounded(seconds: int) -> int:
    """Round to whole units, by the rule of Babel's `format_timedelta`."""
    for unit in UNITS:
        if abs(seconds) >= NEARLY * unit:
            return round(seconds / unit) * unit
    return seconds


# There are few different answers, and each takes longer than the rest of a comment.
@lru_cache(maxsize=5000)
def _ago(seconds: int, language: str) -> str:
    return format_timedelta(
        timedelta(seconds=seconds), add_direction=True, threshold=1, locale=language
    )


def register(app: Flask) -> None:
    """Make translation available in templates, and set Content-Language on answers."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # by the extension
    app.jinja_env.globals.update(language=chosen, direction=direction)
    app.jinja_env.filters.update(date=date, ago=ago, instant=instant, number=number)
    app.after_request(_tell)


def _choose() -> str:
    of_site = g.site.language if "site" in g else ""
    # Programs choose a language with each call; pages use the newspaper's own language.
    if request.path.startswith("/api/"):
        return asked() or _browsers() or of_site or ENGLISH
    return asked() or of_site or asked("page") or _browsers() or ENGLISH


def _browsers() -> str:
    g.asked_browser = True
    accepted = (tag.partition("-")[0].lower() for tag, weight in request.accept_languages if weight)
    return next((primary for primary in accepted if primary in LANGUAGES), "")


def _tell(response: Response) -> Response:
    if "language" in g and response.mimetype in ("text/html", "application/problem+json"):
        response.headers["Content-Language"] = chosen()
        if "asked_browser" in g:
            response.vary.add("Accept-Language")
    return response
