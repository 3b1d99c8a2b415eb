"""Clearing a site removes all of it, and nothing of any other site."""

import pytest

from service.domain.author_status import AuthorStatus, AuthorStatusKind
from service.domain.comment import Status
from service.domain.verdict import Outcome
from service.domain.vote import Direction
from service.store.comments import comments, intakes
from service.store.desk import acts
from service.store.keys import Keys
from service.store.people import author_status, votes
from service.store.record import Record
from service.store.upkeep import removal
from tests.factories import NOON, a_ballot, a_comment, a_verdict, an_intake

# Names that a careless pattern would confuse with "news".
OTHERS = ("news-2", "new", "-", "the-news")


def fill(redis, site, number=5):
    """Fill a site: comments in every status, votes, texts, records, a log."""
    record = Record(redis, Keys(site))
    for outcome in (*Outcome, None):
        for _ in range(number):
            comment = a_comment(email="ann@example.org")
            intake = an_intake(comment, idempotency=comment.id, fingerprint="f")
            intakes.accept(record, intake)
            if outcome:
                comments.judge(record, comment, a_verdict(outcome), now=NOON)
        if outcome is Outcome.APPROVE:
            votes.cast_vote(record, comment.thread, comment.id, "bob", Direction.UP, a_ballot())
    status = AuthorStatus(kind=AuthorStatusKind.BANNED, by="ines", at=NOON, why="Enough.")
    author_status.put(record, "ann", "ann at home", status)
    acts.write(record, "author", by="ines", about=comment.id, new="banned")


def kept(redis, site):
    return {key: redis.dump(key) for key in redis.scan_iter(f"fm:{{{site}}}:*")}


def test_nothing_is_left_of_a_site(record):
    fill(record.redis, "news")
    assert record.redis.zcard(record.keys.home(Status.HELD)) == 5
    assert removal.is_left(record)
    *_, gone = removal.clear(record)
    assert gone == 4 * 5
    assert kept(record.redis, "news") == {}
    assert not removal.is_left(record)


@pytest.mark.parametrize("site", ["news", "*", "n?ws", "[a-z]*"])
def test_other_sites_are_left_alone(redis, site):
    for other in OTHERS:
        fill(redis, other, 1)
    before = [kept(redis, other) for other in OTHERS]
    for _ in removal.clear(Record(redis, Keys(site))):
        pass
    assert [kept(redis, other) for other in OTHERS] == before


def test_what_comes_while_it_is_cleared_goes_too(record):
    fill(record.redis, "news", 30)
    steps = removal.clear(record)
    next(steps)
    late = a_comment()
    intakes.accept(record, an_intake(late))
    *_, gone = steps
    assert gone == 4 * 30 + 1
    assert kept(record.redis, "news") == {}


def test_a_site_that_has_nothing_is_cleared_at_once(record):
    assert list(removal.clear(record)) == []
