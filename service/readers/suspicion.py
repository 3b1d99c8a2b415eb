"""Suspicion: signs that silent work is not enough, and how much work they ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.captcha import EFFORTS

MANY_FROM_ADDRESS = 5
MANY_FROM_NETWORK = 30
MANY_ISSUED = 20
FLOOD_ON_THREAD = 60
REFUSALS = 2
# Nobody reads a page, writes and copies a code in less.
HASTE = timedelta(seconds=2)
# The age from which an author with an approved comment is spared a level.
SETTLED = timedelta(days=1)
HIGHEST = len(EFFORTS) - 1


class Suspicion(StrEnum):
    """A sign that makes a submission suspicious."""

    ADDRESS = "address"
    NETWORK = "network"
    ISSUED = "issued"
    FLOOD = "flood"
    RECORD = "record"
    LINKS = "links"
    REPEATED = "repeated"
    BLOCKED = "blocked"
    SPAM = "spam"
    HASTE = "haste"
    TRAP = "trap"


# Levels of work that a sign asks for; they are added up.
WEIGHTS = {
    Suspicion.RECORD: 2,
    Suspicion.REPEATED: 2,
    Suspicion.BLOCKED: 2,
    Suspicion.SPAM: 2,
    Suspicion.TRAP: HIGHEST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionFacts:
    """Facts about a submission before it is judged.

    `from_address`, `from_network`, `on_thread` and `same_words` count comments accepted in the last
    ten minutes from the same address, from the network around it, under the same article, and with
    the same words; `bare` those from the address that came with a code and without work, and
    `issued` the captchas that it requested. `approved` and `refused` count the author's earlier
    comments, the first of which was written at `since`. `age` is the code's, and `is_trapped`
    tells that the field which people do not see was filled in.
    """

    from_address: int = 0
    from_network: int = 0
    issued: int = 0
    on_thread: int = 0
    same_words: int = 0
    bare: int = 0
    links: int = 0
    is_blocked: bool = False
    is_spam: bool = False
    is_trapped: bool = False
    age: timedelta = timedelta.max
    approved: int = 0
    refused: int = 0
    since: datetime | None = None


def suspicions(facts: SubmissionFacts) -> frozenset[Suspicion]:
    """List the signs of suspicion; authors with approved comments may link and repeat texts."""
    is_new = facts.approved == 0
    signs = {
        Suspicion.ADDRESS: facts.from_address >= MANY_FROM_ADDRESS,
        Suspicion.NETWORK: facts.from_network >= MANY_FROM_NETWORK,
        Suspicion.ISSUED: facts.issued >= MANY_ISSUED,
        Suspicion.FLOOD: is_new and facts.on_thread >= FLOOD_ON_THREAD,
        Suspicion.RECORD: facts.refused >= REFUSALS and facts.refused > facts.approved,
        Suspicion.LINKS: is_new and facts.links > 0,
        Suspicion.REPEATED: is_new and facts.same_words > 0,
        Suspicion.BLOCKED: is_new and facts.is_blocked,
        Suspicion.SPAM: is_new and facts.is_spam,
        Suspicion.HASTE: facts.age < HASTE,
        Suspicion.TRAP: facts.is_trapped,
    }
    return frozenset(suspicion for suspicion, applies in signs.items() if applies)


def effort(signs: Iterable[Suspicion], doubts: int = 0) -> int:
    """Return the level of work that signs and earlier doubts ask for, a place in `EFFORTS`."""
    return min(HIGHEST, doubts + sum(WEIGHTS.get(sign, 1) for sign in signs))


def is_settled(facts: SubmissionFacts, now: datetime) -> bool:
    """Tell whether an author has been here for a day, with an approved comment."""
    is_old = facts.since is not None and now - facts.since >= SETTLED
    return is_old and facts.approved > facts.refused
