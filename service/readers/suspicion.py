"""Suspicion: signs that silent work is not enough and a picture is needed."""

from dataclasses import dataclass
from enum import StrEnum

MANY_FROM_ADDRESS = 5
FLOOD_ON_THREAD = 60
REFUSALS = 2


class Suspicion(StrEnum):
    """A sign that makes a submission suspicious."""

    ADDRESS = "address"
    FLOOD = "flood"
    RECORD = "record"
    LINKS = "links"
    REPEATED = "repeated"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionFacts:
    """Facts about a submission before it is judged.

    `from_address`, `on_thread` and `same_words` count comments accepted in the last ten minutes
    from the same network, under the same article, and with the same words. `approved` and
    `refused` count the author's earlier comments.
    """

    from_address: int = 0
    on_thread: int = 0
    same_words: int = 0
    links: int = 0
    is_blocked: bool = False
    approved: int = 0
    refused: int = 0


def suspicions(facts: SubmissionFacts) -> frozenset[Suspicion]:
    """List the signs of suspicion; authors with approved comments may link and repeat texts."""
    is_new = facts.approved == 0
    signs = {
        Suspicion.ADDRESS: facts.from_address >= MANY_FROM_ADDRESS,
        Suspicion.FLOOD: is_new and facts.on_thread >= FLOOD_ON_THREAD,
        Suspicion.RECORD: facts.refused >= REFUSALS and facts.refused > facts.approved,
        Suspicion.LINKS: is_new and facts.links > 0,
        Suspicion.REPEATED: is_new and facts.same_words > 0,
        Suspicion.BLOCKED: is_new and facts.is_blocked,
    }
    return frozenset(suspicion for suspicion, applies in signs.items() if applies)
