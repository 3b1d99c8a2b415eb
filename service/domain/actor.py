"""An actor: who is named in the log and is no moderator."""

from enum import StrEnum


class Actor(StrEnum):
    """Who changes what becomes of comments without being a moderator.

    The mode publishes at once, enough flags hold, an import brings what was decided elsewhere.
    """

    MACHINE = "machine"
    MODE = "mode"
    AUTHOR = "author"
    FLAGS = "flags"
    READER = "reader"
    IMPORT = "import"


KEY = "key "
"""What the name of a program that decides by an API key begins with."""


def is_moderator(who: str) -> bool:
    """Tell whether a name in the log is a moderator's, or a program's that decides like one."""
    return who not in list(Actor)


def is_reserved(name: str) -> bool:
    """Tell whether no account may be called so, since the log means something else by it."""
    plain = name.strip().casefold()
    return plain in list(Actor) or plain.startswith(KEY)
