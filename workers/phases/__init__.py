"""The phases, in the order in which a moderator reads their reasons: rules first, scores last."""

from workers.case import Phase
from workers.phases.blocked_words import blocked_words
from workers.phases.footing import footing
from workers.phases.length import length
from workers.phases.links import links
from workers.phases.record import record
from workers.phases.reopened import reopened
from workers.phases.repetition import repetition
from workers.phases.spam import spam
from workers.phases.toxicity import toxicity

PHASES: tuple[Phase, ...] = (
    length,
    blocked_words,
    links,
    repetition,
    record,
    footing,
    reopened,
    spam,
    toxicity,
)

__all__ = ["PHASES"]
