"""Decide whether silent work is proof enough, or a picture must be copied too."""

from dataclasses import dataclass
from enum import StrEnum

MANY_FROM_ADDRESS = 5
FLOOD_ON_THREAD = 60
REFUSALS = 2


class Suspicion(StrEnum):
    """What makes a submission suspicious."""

    ADDRESS = "address"
    FLOOD = "flood"
    RECORD = "record"
    LINKS = "links"
    REPEATED = "repeated"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionFacts:
    """What is known of a submission before it is judged; "lately" is the last ten minutes.

    `from_address`, `on_thread` and `same_words` count comments that were taken in lately from the
    same network, under the same article, and with the same words. `approved` and `refused` are the
    author's comments so far.
    """

    from_address: int = 0
    on_thread: int = 0
    same_words: int = 0
    links: int = 0
    is_blocked: bool = False
    approved: int = 0
    refused: int = 0


def suspicions(facts: SubmissionFacts) -> frozenset[Suspicion]:
    """Say what is suspicious; an author with approved comments may link and say things again."""
    is_new = facts.approved == 0
    signs = {
        Suspicion.ADDRESS: facts.from_address >= MANY_FROM_ADDRESS,
        Suspicion.FLOOD: is_new and facts.on_thread >= FLOOD_ON_THREAD,
        Suspicion.RECORD: facts.refused >= REFUSALS and facts.refused > facts.approved,
        Suspicion.LINKS: is_new and facts.links > 0,
        Suspicion.REPEATED: is_new and facts.same_words > 0,
        Suspicion.BLOCKED: is_new and facts.is_blocked,
    }
    return frozenset(suspicion for suspicion, holds in signs.items() if holds)
