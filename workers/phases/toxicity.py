"""Judge by the classifier's toxicity scores: sure enough, a machine decides; else a person does."""

from workers.case import GRAVITY, Case, Opinion
from workers.phases.score import by_score

ATTRIBUTES = (
    "TOXICITY",
    "SEVERE_TOXICITY",
    "INSULT",
    "PROFANITY",
    "THREAT",
    "IDENTITY_ATTACK",
    "SEXUALLY_EXPLICIT",
)


def toxicity(case: Case) -> Opinion | None:
    """Ask for the gravest outcome that one of the scores calls for, with the first such reason."""
    found = [by_score(case, "toxicity", attribute) for attribute in ATTRIBUTES]
    opinions = [opinion for opinion in found if opinion is not None]
    return max(opinions, key=lambda o: GRAVITY.index(o.outcome), default=None)
