"""The attributes that a text is scored for, in the order in which they are listed everywhere."""

from typing import Final

TOXICITY: Final = "TOXICITY"
SEVERE_TOXICITY: Final = "SEVERE_TOXICITY"
INSULT: Final = "INSULT"
PROFANITY: Final = "PROFANITY"
THREAT: Final = "THREAT"
IDENTITY_ATTACK: Final = "IDENTITY_ATTACK"
SEXUALLY_EXPLICIT: Final = "SEXUALLY_EXPLICIT"
SPAM: Final = "SPAM"

ATTRIBUTES: Final[tuple[str, ...]] = (
    TOXICITY,
    SEVERE_TOXICITY,
    INSULT,
    PROFANITY,
    THREAT,
    IDENTITY_ATTACK,
    SEXUALLY_EXPLICIT,
    SPAM,
)
