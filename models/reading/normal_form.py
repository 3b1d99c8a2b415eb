"""Folding: all spellings of a word get the same plain form."""

import re
from typing import Final

from models.reading.characters import CYRILLIC, CYRILLIC_TWINS, LATIN_TWINS, PLAIN
from models.reading.draft import TextDraft
from models.reading.links import DomainKind, domain_kind

LINK_MARK: Final = "httplink"
KNOWN_LINK_MARK: Final = "knownlink"
MENTION_MARK: Final = "atuser"

_FOREIGN: Final = re.compile(r"[\u0370-\u058f\u13a0-\u13ff\u1c80-\u1c8f\ua4d0-\ua4ff\ua640-\ua69f]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
_HONEST: Final = re.compile(f"[^{CYRILLIC[0]}\\W\\d_\u0000-\u03ff\u0530-\U0010ffff]")
_MIXED: Final = re.compile(
    r"(?<![^\W_])(?=[^\W_]*[a-z])(?=[^\W_]*[\u0370-\u058f\u13a0-\u13ff\ua4d0-\ua4ff])[^\W_]+"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LINK: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
_MENTION: Final = re.compile(
    r"(?<!\S)@user(?:name)?\b|(?<!\S)\[user\]|(?<!\S)@[a-z0-9_]{4,30}(?=:)"
)
_SPACES: Final = re.compile(r"\s{2,}|[^\S ]")


def fold(draft: TextDraft) -> None:
    """Reduce a text to plain letters in lower case, with one space between its parts."""
    if draft.text.isascii() and draft.text.isprintable():
        draft.lower()
    else:
        draft.translate(PLAIN)
    if not draft.text.isascii() and _FOREIGN.search(draft.text):
        _unmask_letters(draft)
    draft.lower()
    text = draft.text
    if "://" in text or "www." in text:
        draft.sub(_LINK, _link_mark)
    if "@" in text or "[user]" in text:
        draft.sub(_MENTION, MENTION_MARK)
    if "  " in text or not text.isprintable():
        draft.sub(_SPACES, " ")


def _link_mark(link: re.Match[str]) -> str:
    return KNOWN_LINK_MARK if domain_kind(link[0]) is DomainKind.TRUSTED else LINK_MARK


def _unmask_letters(draft: TextDraft) -> None:
    """Rewrite words of mixed alphabets in one: the alphabet of the surrounding words."""
    text = draft.text
    if not _MIXED.search(text):
        return
    if _HONEST.search(text):
        draft.sub(_MIXED, _to_cyrillic)
        return
    draft.sub(_WORD, _to_latin)


def _to_latin(word: re.Match[str]) -> str:
    return word[0].translate(LATIN_TWINS)


def _to_cyrillic(word: re.Match[str]) -> str:
    text = word[0]
    return text.lower().translate(CYRILLIC_TWINS) if _CYRILLIC.search(text) else text
