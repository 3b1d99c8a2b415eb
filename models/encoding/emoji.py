"""Emoji as words: a pretrained vocabulary knows what a clown is, but not 🤡."""

import re
import unicodedata
from typing import Final

from models.reading.draft import TextDraft

MOST_NAMED: Final = 64  # in one text; what follows is decoration, and is dropped

# Joiners, variation selectors, keycaps and skin tones, which only change how an emoji looks.
_DRESS: Final = "\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_FLAG: Final = "[\U0001f1e6-\U0001f1ff]{2}"
_EMOJI: Final = (
    "\u231a\u231b\u23e9-\u23f3\u2600-\u27bf\u2b1b\u2b1c\u2b50\u2b55"
    "\U0001f004\U0001f0cf\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
)
_NAMED: Final = re.compile(f"(?:({_FLAG})|([{_EMOJI}]))(?:[{_DRESS}]|\\1|\\2)*")
# Words of a name that speak of its drawing, not its meaning: ❤ is a HEAVY BLACK HEART.
_DRAWING: Final = frozenset(("heavy", "black", "white", "sign", "symbol", "emoji", "modifier"))
_PART_OF_ANOTHER: Final = frozenset("♀♂⚕⚖")  # 🤷‍♂️ is a shrug before a male sign


def name_emoji(draft: TextDraft) -> None:
    """Replace emoji by their names in lower case, a run of one and the same by one name."""
    if draft.text.isascii():
        return
    named = 0

    def name(run: re.Match[str]) -> str:
        nonlocal named
        named += 1
        return f" {_name(run[1], run[2])} " if named <= MOST_NAMED else " "

    draft.sub(_NAMED, name)


def _name(flag: str | None, emoji: str | None) -> str:
    """Return the name of an emoji, "" for one that this Python does not know."""
    if flag or emoji is None:
        return "flag"
    if emoji in _PART_OF_ANOTHER:
        return ""
    words = unicodedata.name(emoji, "").lower().replace("-", " ").split()
    return " ".join(word for word in words if word not in _DRAWING)
