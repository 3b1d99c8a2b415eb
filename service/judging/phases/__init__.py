"""The phases, in the order in which moderators see their reasons: rules first, scores last."""

from service.judging.case import Phase
from service.judging.phases.author_status import footing
from service.judging.phases.blocked_words import blocked_words
from service.judging.phases.length import length
from service.judging.phases.links import links
from service.judging.phases.name import name
from service.judging.phases.record import record
from service.judging.phases.reopened import reopened
from service.judging.phases.repetition import repetition
from service.judging.phases.spam import spam
from service.judging.phases.suspicion import suspicion
from service.judging.phases.toxicity import toxicity

# These need only the scores and the policy.
SCORE_PHASES: tuple[Phase, ...] = (spam, toxicity)
PHASES: tuple[Phase, ...] = (
    length,
    blocked_words,
    links,
    name,
    repetition,
    record,
    footing,
    reopened,
    suspicion,
    *SCORE_PHASES,
)

__all__ = ["PHASES", "SCORE_PHASES"]
