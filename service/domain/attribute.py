"""Attributes: what the classifier says of a text, by the names that Perspective gave them."""

from enum import StrEnum
from typing import Final


class Attribute(StrEnum):
    """One property of a text that has a probability."""

    TOXICITY = "TOXICITY"
    SEVERE_TOXICITY = "SEVERE_TOXICITY"
    INSULT = "INSULT"
    PROFANITY = "PROFANITY"
    THREAT = "THREAT"
    IDENTITY_ATTACK = "IDENTITY_ATTACK"
    SEXUALLY_EXPLICIT = "SEXUALLY_EXPLICIT"
    SPAM = "SPAM"


# The record keeps scores in this order; a list's end may be cut, new names go at the end.
ATTRIBUTES: Final = tuple(map(str, Attribute))
# Without these a person decides.
ESSENTIAL: Final = frozenset({"TOXICITY", "SPAM"})
# Nobody is trusted so far that a person need not read these.
GRAVE: Final = frozenset({"SEVERE_TOXICITY", "THREAT", "IDENTITY_ATTACK", "SEXUALLY_EXPLICIT"})
ABUSE: Final = tuple(name for name in ATTRIBUTES if name != Attribute.SPAM)
