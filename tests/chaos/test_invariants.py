"""The invariants detect faults: each is broken by hand here, and must report it."""

import pytest

from service.domain.comment import Status
from service.domain.vote import Direction
from service.store.comments import comments, intakes
from service.store.people import votes
from tests.chaos import invariants
from tests.factories import NOON, a_ballot, a_comment, a_verdict, an_intake


@pytest.fixture
def comment(record):
    comment = a_comment()
    intakes.accept(record, an_intake(comment, idempotency="k", fingerprint="f"))
    comments.judge(record, comment, a_verdict(), now=NOON)
    votes.cast_vote(record, comment.thread, comment.id, "ben", Direction.UP, a_ballot())
    return comments.get(record, comment.id)


def test_a_record_that_is_whole_is_whole(core, comment):
    assert invariants.broken(core, "news") == []
    assert invariants.unfinished(core, "news") == []


BREAKS = {
    "not in its set": (lambda r, k, c: r.zrem(k.home(Status.APPROVED), c.id), "set of approved"),
    "in another set": (lambda r, k, c: r.zadd(k.home(Status.HELD), {c.id: 1}), "set of held"),
    "not in its thread": (lambda r, k, c: r.zrem(k.thread_new(c.thread), c.id), ":new: set()"),
    "not among the roots": (lambda r, k, c: r.zrem(k.thread_roots(c.thread), c.id), ":roots: "),
    "not among the best": (lambda r, k, c: r.zrem(k.thread_best(c.thread), c.id), ":best: set()"),
    "status without entry": (lambda r, k, c: r.hset(k.comment(c.id), "s", "held"), "its entry"),
    "no log": (lambda r, k, c: r.delete(k.log()), "says None"),
    "record": (lambda r, k, c: r.hincrby(k.author(c.author), "approved", 1), "record of ann"),
    "vote uncounted": (lambda r, k, c: r.hset(k.votes(c.id), "cleo", "-1"), "tally of"),
    "count unvoted": (lambda r, k, c: r.hincrby(k.comment(c.id), "u", 1), "tally of"),
    "flag of nobody": (lambda r, k, c: r.zadd(k.flagged(), {c.id: 1}), "flags of"),
    "comment gone": (lambda r, k, c: r.delete(k.comment(c.id)), "which is not there"),
    "not searchable": (lambda r, k, c: r.hdel(k.comment(c.id), "x"), "cannot be found"),
    "waits for ever": (lambda r, k, c: r.zadd(k.unjudged(), {c.id: 1}), "is unjudged"),
}


@pytest.mark.parametrize(("harm", "says"), BREAKS.values(), ids=BREAKS)
def test_what_is_broken_is_named(core, record, comment, harm, says):
    harm(record.redis, record.keys, comment)
    faults = invariants.broken(core, "news") + invariants.unfinished(core, "news")
    assert [fault for fault in faults if says in fault], faults
