"""Attributes: the properties that the classifier scores, under Perspective's names."""

from enum import StrEnum
from typing import Final


class Attribute(StrEnum):
    """A property of a text that the classifier gives a probability."""

    TOXICITY = "TOXICITY"
    SEVERE_TOXICITY = "SEVERE_TOXICITY"
    INSULT = "INSULT"
    PROFANITY = "PROFANITY"
    THREAT = "THREAT"
    IDENTITY_ATTACK = "IDENTITY_ATTACK"
    SEXUALLY_EXPLICIT = "SEXUALLY_EXPLICIT"
    SPAM = "SPAM"


# The store keeps scores in this order: a new attribute goes at the end.
ATTRIBUTES: Final = tuple(map(str, Attribute))
# A person decides if one of these scores is missing.
ESSENTIAL: Final = frozenset({"TOXICITY", "SPAM"})
ABUSE: Final = tuple(name for name in ATTRIBUTES if name != Attribute.SPAM)
