"""Blocklists: find a site's blocked words, phrases and RE2 patterns in a text."""

from collections.abc import Iterator
from functools import lru_cache

from service.blocklist.patterns import Pattern
from service.blocklist.reading import Reading
from service.blocklist.words import Word

# A text that matches more often than this is not marked to its end.
MOST_PLACES = 1000


def blocked_in(text: str, blocked: tuple[str, ...]) -> tuple[str, ...]:
    """List the entries of a blocklist that match a text.

    RE2 runs in time linear in the text, whatever the pattern.
    """
    reading = Reading(text)
    return tuple(entry for entry in blocked if _matcher(entry).is_in(reading))


def refused(entry: str) -> str:
    """Explain why an entry is invalid, "" if it is valid."""
    try:
        _matcher(entry).check()
    except ValueError as error:
        return str(error)
    return ""


def places(text: str, blocked: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """List the matches in a text as (entry, start, end), in the order of the text.

    At most a thousand are found.
    """
    found = [match for match, _ in zip(_places(text, blocked), range(MOST_PLACES), strict=False)]
    return sorted(found, key=lambda place: place[1:])


def _places(text: str, blocked: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    reading = Reading(text)
    for entry in blocked:
        for start, end in _matcher(entry).places(reading):
            yield entry, start, end


@lru_cache(maxsize=10_000)
def _matcher(entry: str) -> Word | Pattern:
    if len(entry) > 2 and entry.startswith("/") and entry.endswith("/"):
        return Pattern(entry[1:-1])
    return Word(entry)
