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


# The store keeps scores in this order: a new attribute goes at the end.
ATTRIBUTES: Final = tuple(map(str, Attribute))
# Without these a person decides.
ESSENTIAL: Final = frozenset({"TOXICITY", "SPAM"})
ABUSE: Final = tuple(name for name in ATTRIBUTES if name != Attribute.SPAM)
