"""Moving: an article got another address, and its comments and votes go along."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from service.core import Core
from service.desk.queue import permission
from service.domain.errors import Fault, Invalid
from service.domain.moderator import Moderator
from service.domain.site import Site
from service.domain.thread import Thread, canonical_url, thread_id
from service.readers.article import find_thread
from service.store.comments import threads
from service.store.desk import acts
from service.store.upkeep import moves
from service.store.upkeep.moves import Begun

# Comments moved while somebody waits for the answer; maintenance moves the rest within seconds.
AT_ONCE = 1000


class MoveOutcome(StrEnum):
    """What a move would do: take something along, or nothing, since it was done before."""

    MOVES = "moves"
    THERE = "there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relocation:
    """A move that was asked for: the addresses as we know them, and the comments it concerns."""

    old: Thread
    new: Thread
    outcome: MoveOutcome
    comments: int


def plan(core: Core, site: Site, old_url: str, new_url: str) -> Relocation:
    """Check a move and count the comments that it would take along.

    :raises Invalid: an address is wrong, both are one, or the article has moved elsewhere before.
    """
    record = core.at(site.name)
    old, new = _old(old_url), _new(site, new_url)
    if old.id == new.id:
        raise _wrong("moved_to", "same", "Both addresses are one and the same article.")
    target = threads.get(record, new.url)
    known = moves.target_of(record, old.id)
    if known and known != target.id:
        there = threads.titles(record, [known])[known].url
        raise _wrong("moved_to", "elsewhere", f"This article has already moved to {there}.")
    outcome = MoveOutcome.THERE if known else MoveOutcome.MOVES
    return Relocation(old=old, new=new, outcome=outcome, comments=moves.size(record, old.id))


def move(core: Core, site: Site, moderator: Moderator, old_url: str, new_url: str) -> Relocation:
    """Move an article, and up to a thousand comments at once; maintenance moves the rest.

    :raises NotAllowed: the site is not this moderator's, or their role is read-only.
    :raises Invalid: as `plan`.
    """
    permission.check_may_decide(site, moderator)
    relocation = plan(core, site, old_url, new_url)
    moved = 0
    for count in carry_out(core, site, relocation, by=moderator.name):
        moved += count
        if moved >= AT_ONCE:
            break
    return relocation


def carry_out(core: Core, site: Site, relocation: Relocation, *, by: str) -> Iterator[int]:
    """Begin a move that was planned and carry it out, yielding the comments of each batch.

    It may be interrupted anywhere: maintenance, or the same move again, goes on.
    """
    record, old, new = core.at(site.name), relocation.old, relocation.new
    if moves.begin(record, old, new, now=core.now()).how is Begun.BEGUN:
        acts.write(record, "article", by=by, about=old.url, how="moved", old=old.url, new=new.url)
    yield from moves.advance(record, old.id)


def _old(url: str) -> Thread:
    """Return the article of an old address, whose host may no longer be one of the site's."""
    try:
        address = canonical_url(url)
    except ValueError:
        raise _wrong("thread", "not-an-address", "This is no http or https address.") from None
    return Thread(id=thread_id(address), url=address)


def _new(site: Site, url: str) -> Thread:
    try:
        return find_thread(site, url)
    except Invalid as wrong:
        raise Invalid(*(Fault("moved_to", f.code, f.sentence) for f in wrong.faults)) from None


def _wrong(field: str, code: str, sentence: str) -> Invalid:
    return Invalid(Fault(field, code, sentence))
