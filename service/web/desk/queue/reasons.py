"""Say in words why a comment was held or refused, and what other changes in its log mean."""

from service.domain.reason import REASONS, TABLE
from service.domain.verdict import NOT_SCORED

# Why a comment moves besides the reasons of a verdict.
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
# What moderators can choose the queue by.
CODES = tuple(reason.code for reason in TABLE if not reason.code.endswith(f"/{NOT_SCORED}"))


def in_words(code: str) -> str:
    """Say what a reason's code means; a code from elsewhere is shown as it is."""
    if code in REASONS:
        return REASONS[code].for_moderators
    return CHANGES.get(code, code)
