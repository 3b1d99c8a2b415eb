"""Whatever a hand in the store has put wrong is put right, and what is right is left alone."""

from datetime import timedelta

import pytest

from service.domain.comment import Status
from service.domain.verdict import Outcome
from service.domain.vote import Direction
from service.store.comments import comments, intakes, search
from service.store.keys import Keys
from service.store.people import votes
from service.store.upkeep import repair, retention
from tests.factories import NOON, a_comment, a_verdict, an_intake


@pytest.fixture
def make(redis, keys):
    def make(outcome=None, **changes):
        comment = a_comment(**changes)
        intakes.accept(redis, keys, an_intake(comment))
        if outcome:
            comments.judge(redis, keys, comment, a_verdict(outcome), now=NOON)
        if outcome is Outcome.APPROVE:
            search.index(redis, keys, [comment])
        return comment

    return make


@pytest.fixture
def town(redis, keys, make):
    """One comment in each status, with votes."""
    made = {outcome: make(outcome) for outcome in (*Outcome, None)}
    approved = made[Outcome.APPROVE]
    votes.cast_vote(redis, keys, approved.thread, approved.id, "bob", Direction.UP)
    votes.cast_article_vote(redis, keys, approved.thread, "bob", Direction.DOWN)
    return made


def test_what_is_right_is_left_alone(redis, keys, town):
    assert not repair.mend(redis, keys, now=NOON)


def drop_from_home(redis, keys, town):
    redis.zrem(keys.home(Status.HELD), town[Outcome.HOLD].id)


def put_in_two_homes(redis, keys, town):
    redis.zadd(keys.home(Status.HELD), {town[Outcome.APPROVE].id: 1})


def lose_from_thread(redis, keys, town):
    redis.delete(keys.thread_new(town[Outcome.APPROVE].thread))


def lose_from_exchanges(redis, keys, town):
    redis.delete(keys.thread_roots(town[Outcome.APPROVE].thread))


def spoil_tally(redis, keys, town):
    redis.hincrby(keys.comment(town[Outcome.APPROVE].id), "u", 7)


def spoil_article_tally(redis, keys, town):
    redis.hincrby(keys.thread(town[Outcome.APPROVE].thread), "d", -3)


def lose_from_unjudged(redis, keys, town):
    redis.delete(keys.unjudged())


def leave_a_ghost(redis, keys, town):
    redis.zadd(keys.home(Status.REJECTED), {"0" * 26: 1})


def lose_from_search(redis, keys, town):
    redis.hdel(keys.comment(town[Outcome.APPROVE].id), "x")


def lose_from_queue(redis, keys, town):
    redis.zrem(keys.facet(f"author:{town[Outcome.HOLD].author}"), town[Outcome.HOLD].id)


def put_into_queue(redis, keys, town):
    redis.zadd(keys.facet("language:de"), {town[Outcome.APPROVE].id: 1})


def lose_from_orders(redis, keys, town):
    redis.delete(keys.facet("most"), keys.facet("margin"))


def lose_from_latest(redis, keys, town):
    redis.zrem(keys.latest(town[Outcome.APPROVE].author), town[Outcome.APPROVE].id)


def leave_an_errand_of_a_ghost(redis, keys, town):
    redis.hset(keys.sent(), "0" * 26, "{}")


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
def test_what_is_wrong_is_named_and_mended(redis, keys, town, spoil, named):
    before = picture(redis, keys)
    spoil(redis, keys, town)
    assert set(repair.mend(redis, keys, now=NOON)) <= named
    assert not repair.mend(redis, keys, now=NOON)
    if spoil is not lose_from_search:
        assert picture(redis, keys) == before


def picture(redis, keys):
    """All sorted sets by their members, and the tallies."""
    found = {}
    for key in redis.keys("*"):
        if redis.type(key) == "zset":
            found[key] = set(redis.zrange(key, 0, -1))
        elif redis.type(key) == "hash":
            found[key] = [int(value or 0) for value in redis.hmget(key, "u", "d")]
    return found


def test_refused_comments_go_when_their_time_is_over(redis, keys, make):
    refused, held = make(Outcome.REJECT), make(Outcome.HOLD)
    assert retention.purge(redis, keys, refused_before=NOON - timedelta(days=1)) == 0
    from service.core import utc_now

    assert retention.purge(redis, keys, refused_before=utc_now() + timedelta(seconds=1)) == 1
    assert comments.get_many(redis, keys, [refused.id, held.id]) == [
        comments.get(redis, keys, held.id)
    ]
    assert not redis.keys(f"*{refused.id}*")
    assert redis.zcard(keys.home(Status.REJECTED)) == 0
    assert not repair.mend(redis, keys, now=NOON)


def test_what_was_refused_lately_stays_however_old_it_is(redis, keys, make):
    make(Outcome.REJECT, created_at=NOON - timedelta(days=3000))
    # The log's clock is the store's: this one was refused just now.
    assert retention.purge(redis, keys, refused_before=NOON) == 0


def test_many_sites_are_mended_in_one_walk(redis, keys, town):
    other, unknown = Keys("weekly"), Keys("gone")
    theirs = a_comment()
    for of in (other, unknown):
        intakes.accept(redis, of, an_intake(theirs))
        redis.delete(of.unjudged())
    drop_from_home(redis, keys, town)
    wrong = repair.mend_sites(redis, [keys.site, other.site, "empty"], now=NOON)
    assert wrong == {keys.site: {"held": 1}, other.site: {"unjudged": 1}, "empty": {}}
    assert not redis.exists(unknown.unjudged())
