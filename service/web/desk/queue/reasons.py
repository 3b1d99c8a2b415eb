"""Wording of the reasons for holding or refusing a comment, and of other log entries."""

from service.domain.reason import REASONS, TABLE
from service.domain.verdict import NOT_SCORED

# Reasons for a change of status other than a verdict's.
CHANGES = {
    "flagged": "Readers have reported it.",
    "edited": "Its author has changed it.",
    "undone": "A decision was taken back.",
    "withdrawn": "Its author has taken it back.",
}
ATTRIBUTES = {
    "TOXICITY": "Hurtful",
    "SEVERE_TOXICITY": "Very hurtful",
    "INSULT": "Insult",
    "PROFANITY": "Foul language",
    "THREAT": "Threat",
    "IDENTITY_ATTACK": "Attack on a group",
    "SEXUALLY_EXPLICIT": "Sexual",
    "SPAM": "Advertising",
}
# The reasons by which moderators can filter the queue.
CODES = tuple(reason.code for reason in TABLE if not reason.code.endswith(f"/{NOT_SCORED}"))


def in_words(code: str) -> str:
    """Return the meaning of a reason's code; an unknown code is shown as it is."""
    if code in REASONS:
        return REASONS[code].for_moderators
    return CHANGES.get(code, code)
