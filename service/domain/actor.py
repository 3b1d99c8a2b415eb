"""Actors: what the log names as the cause of a change that no moderator made."""

from enum import StrEnum


class Actor(StrEnum):
    """The cause of a change of status that no moderator made.

    The mode publishes at once, enough flags hold, an import brings decisions made elsewhere.
    """

    MACHINE = "machine"
    MODE = "mode"
    AUTHOR = "author"
    FLAGS = "flags"
    READER = "reader"
    IMPORT = "import"


KEY = "key "
"""The prefix of the name of a program that decides with an API key."""


def is_moderator(who: str) -> bool:
    """Return whether a name in the log is a moderator's, or a program's that decides like one."""
    return who not in list(Actor)


def is_reserved(name: str) -> bool:
    """Return whether no account may have this name, because the log uses it otherwise."""
    plain = name.strip().casefold()
    return plain in list(Actor) or plain.startswith(KEY)
