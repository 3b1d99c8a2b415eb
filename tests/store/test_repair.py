"""Repair fixes damage that was done by hand, and leaves correct data alone."""

from datetime import timedelta

import pytest

from service.domain.comment import Status
from service.domain.verdict import Outcome
from service.domain.vote import Direction
from service.store.comments import comments, intakes
from service.store.keys import Keys
from service.store.people import votes
from service.store.record import Record
from service.store.upkeep import repair, retention
from tests.factories import NOON, a_ballot, a_comment, a_verdict, an_intake


@pytest.fixture
def make(record):
    def make(outcome=None, **changes):
        comment = a_comment(**changes)
        intakes.accept(record, an_intake(comment))
        if outcome:
            comments.judge(record, comment, a_verdict(outcome), now=NOON)
        return comment

    return make


@pytest.fixture
def town(record, make):
    """One comment in each status, with votes."""
    made = {outcome: make(outcome) for outcome in (*Outcome, None)}
    approved = made[Outcome.APPROVE]
    votes.cast_vote(record, approved.thread, approved.id, "bob", Direction.UP, a_ballot())
    votes.cast_article_vote(record, approved.thread, "bob", Direction.DOWN, a_ballot())
    return made


def test_what_is_right_is_left_alone(record, town):
    assert not repair.mend(record, now=NOON)


def drop_from_home(record, town):
    record.redis.zrem(record.keys.home(Status.HELD), town[Outcome.HOLD].id)


def put_in_two_homes(record, town):
    record.redis.zadd(record.keys.home(Status.HELD), {town[Outcome.APPROVE].id: 1})


def lose_from_thread(record, town):
    record.redis.delete(record.keys.thread_new(town[Outcome.APPROVE].thread))


def lose_from_exchanges(record, town):
    record.redis.delete(record.keys.thread_roots(town[Outcome.APPROVE].thread))


def spoil_tally(record, town):
    record.redis.hincrby(record.keys.comment(town[Outcome.APPROVE].id), "u", 7)


def spoil_article_tally(record, town):
    record.redis.hincrby(record.keys.thread(town[Outcome.APPROVE].thread), "d", -3)


def lose_from_unjudged(record, town):
    record.redis.delete(record.keys.unjudged())


def leave_a_ghost(record, town):
    record.redis.zadd(record.keys.home(Status.REJECTED), {"0" * 26: 1})


def lose_from_search(record, town):
    record.redis.hdel(record.keys.comment(town[Outcome.APPROVE].id), "x")


def lose_from_queue(record, town):
    record.redis.zrem(
        record.keys.facet(f"author:{town[Outcome.HOLD].author}"), town[Outcome.HOLD].id
    )


def put_into_queue(record, town):
    record.redis.zadd(record.keys.facet("language:de"), {town[Outcome.APPROVE].id: 1})


def lose_from_orders(record, town):
    record.redis.delete(record.keys.facet("most"), record.keys.facet("margin"))


def lose_from_latest(record, town):
    record.redis.zrem(record.keys.latest(town[Outcome.APPROVE].author), town[Outcome.APPROVE].id)


def leave_an_errand_of_a_ghost(record, town):
    record.redis.hset(record.keys.sent(), "0" * 26, "{}")


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lose_from_queue, {"queue"}),
        (put_into_queue, {"stray"}),
        (lose_from_orders, {"queue"}),
        (lose_from_latest, {"latest"}),
        (leave_an_errand_of_a_ghost, {"ghost"}),
        (drop_from_home, {"held"}),
        (put_in_two_homes, {"held"}),
        (lose_from_thread, {"thread"}),
        (lose_from_exchanges, {"exchange"}),
        (spoil_tally, {"tally", "best", "exchange"}),
        (spoil_article_tally, {"tally"}),
        (lose_from_unjudged, {"unjudged"}),
        (leave_a_ghost, {"ghost"}),
        (lose_from_search, {"search"}),
    ],
)
def test_what_is_wrong_is_named_and_mended(record, town, spoil, named):
    before = picture(record)
    spoil(record, town)
    assert set(repair.mend(record, now=NOON)) <= named
    assert not repair.mend(record, now=NOON)
    if spoil is not lose_from_search:
        assert picture(record) == before


def picture(record):
    """All sorted sets by their members, and the tallies."""
    content = {}
    for key in record.redis.keys("*"):
        if record.redis.type(key) == "zset":
            content[key] = set(record.redis.zrange(key, 0, -1))
        elif record.redis.type(key) == "hash":
            content[key] = [int(value or 0) for value in record.redis.hmget(key, "u", "d")]
    return content


def test_refused_comments_go_when_their_time_is_over(record, make):
    refused, held = make(Outcome.REJECT), make(Outcome.HOLD)
    assert retention.purge(record, refused_before=NOON - timedelta(days=1), now=NOON) == 0
    from service.core import utc_now

    assert (
        retention.purge(record, refused_before=utc_now() + timedelta(seconds=1), now=utc_now()) == 1
    )
    assert comments.get_many(record, [refused.id, held.id]) == [comments.get(record, held.id)]
    assert not record.redis.keys(f"*{refused.id}*")
    assert record.redis.zcard(record.keys.home(Status.REJECTED)) == 0
    assert not repair.mend(record, now=NOON)


def test_what_was_refused_lately_stays_however_old_it_is(record, make):
    make(Outcome.REJECT, created_at=NOON - timedelta(days=3000))
    # The log uses the store's clock: this one was rejected just now.
    assert retention.purge(record, refused_before=NOON, now=NOON) == 0


def test_many_sites_are_mended_in_one_walk(record, town):
    other, unknown = (Record(record.redis, Keys(name)) for name in ("weekly", "gone"))
    theirs = a_comment()
    for one_record in (other, unknown):
        intakes.accept(one_record, an_intake(theirs))
        record.redis.delete(one_record.keys.unjudged())
    drop_from_home(record, town)
    wrong = repair.mend_sites(record.redis, [record.keys.site, other.keys.site, "empty"], now=NOON)
    assert wrong == {record.keys.site: {"held": 1}, other.keys.site: {"unjudged": 1}, "empty": {}}
    assert not record.redis.exists(unknown.keys.unjudged())
