"""Votes that come in a burst from few networks do not count before they look honest."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from service.domain import voice
from service.domain.comment import Status
from service.domain.thread import Order, thread_id
from service.domain.voice import ApartCount
from service.domain.vote import Direction, OwnVote, Tally
from service.store.comments import comments, intakes, threads
from service.store.people import voices, votes
from service.store.people.votes import Ballot
from service.store.upkeep import repair, retention
from tests.factories import ARTICLE, NOON, a_comment, a_moment, a_verdict, an_intake

THREAD = thread_id(ARTICLE)


@pytest.fixture
def post(record):
    """Publish a comment; the author's network is a house."""

    def post(**changes):
        comment = a_comment(**changes)
        intakes.accept(record, an_intake(comment))
        comments.judge(record, comment, a_verdict(), now=NOON)
        return comment.id

    return post


@pytest.fixture
def cast(record):
    """Cast votes as the use case does: from a house, in a street, at a provider."""

    def cast(target, voter, direction=Direction.UP, *, house="h1", minutes=0):
        now = a_moment(minutes)
        networks = (house, f"{house}-street", f"{house}-provider")
        known = voices.of_networks(record, target, networks)
        ballot = Ballot(
            now, now + voices.LOOK_EVERY, networks, voice.allowed(known, networks, now=now)
        )
        if target == THREAD:
            return votes.cast_article_vote(record, THREAD, voter, direction, ballot)
        return votes.cast_vote(record, THREAD, target, voter, direction, ballot)

    return cast


@pytest.fixture
def settle(record):
    def settle(minutes):
        now = a_moment(minutes)
        allow = lambda known, networks: voice.allowed(known, networks, now=now)  # noqa: E731
        return voices.settle_due(record, allow, now=now)

    return settle


def tally(record, target):
    key = record.keys.thread(THREAD) if target == THREAD else record.keys.comment(target)
    return tuple(int(count or 0) for count in record.redis.hmget(key, "u", "d"))


@pytest.mark.parametrize("kind", ["comment", "article"])
def test_a_burst_of_one_house_is_set_apart_and_its_voters_see_their_votes(record, post, cast, kind):
    target = THREAD if kind == "article" else post()
    post()  # so that the article is there
    shown = [cast(target, f"voter {number}") for number in range(10)]
    assert shown == [Tally(1, 0)] + [Tally(2, 0)] + [Tally(3, 0)] * 8
    assert tally(record, target) == (2, 0)
    assert votes.of_voter(record, [target], "voter 9") == {
        target: OwnVote(Direction.UP, is_apart=True)
    }
    assert voices.counts_apart(record, [target]) == [ApartCount(burst=8)]
    assert record.redis.zscore(record.keys.aparts(), target)


def test_a_crowd_of_many_houses_counts_in_full(record, post, cast):
    comment = post()
    for number in range(60):
        cast(comment, f"voter {number}", house=f"h{number}")
    assert tally(record, comment) == (60, 0)
    assert voices.counts_apart(record, [comment]) == [ApartCount()]


def test_votes_of_the_authors_own_network_never_count(record, post, cast, settle):
    comment = post(network="h1")
    assert cast(comment, "a second token") == Tally(1, 0)
    cast(comment, "a friend", house="h2")
    assert tally(record, comment) == (1, 0)
    assert voices.counts_apart(record, [comment]) == [ApartCount(own=1)]
    settle(23 * 60)
    assert tally(record, comment) == (1, 0)
    settle(25 * 60)
    assert tally(record, comment) == (1, 0)
    assert voices.counts_apart(record, [comment]) == [ApartCount()]
    assert not record.redis.exists(record.keys.aparts(), record.keys.apart(comment))


def test_the_votes_of_a_school_count_when_a_crowd_has_voted_too(record, post, cast, settle):
    comment = post()
    for number in range(12):
        cast(comment, f"pupil {number}", house="school")
    assert tally(record, comment) == (2, 0)
    for number in range(200):
        cast(comment, f"voter {number}", house=f"h{number}")
    assert settle(5) == {"counted": 0, "dropped": 0}, "nothing is due yet"
    # Ten more for two hundred others; they would be counted at a look by maintenance.
    assert settle(11)["counted"] >= 8
    assert tally(record, comment)[0] >= 210


def test_a_burst_counts_slowly_and_is_then_dropped(record, post, cast, settle):
    comment = post()
    for number in range(20):
        cast(comment, f"voter {number}")
    counted = 2
    for hours in (1, 6, 12, 18, 23):
        counted += settle(hours * 60)["counted"]
    assert 2 < counted <= 6
    assert tally(record, comment) == (counted, 0)
    assert settle(25 * 60)["dropped"] == 20 - counted
    assert votes.of_voter(record, [comment], "voter 19") == {}


def test_a_vote_set_apart_is_changed_and_withdrawn(record, post, cast, settle):
    comment = post()
    for number in range(3):
        cast(comment, f"voter {number}")
    assert cast(comment, "voter 2", Direction.DOWN) == Tally(2, 1)
    assert votes.of_voter(record, [comment], "voter 2") == {
        comment: OwnVote(Direction.DOWN, is_apart=True)
    }
    assert cast(comment, "voter 2", Direction.NONE) == Tally(2, 0)
    assert votes.of_voter(record, [comment], "voter 2") == {}
    settle(11)
    assert not record.redis.exists(record.keys.aparts())


def test_who_withdraws_makes_room(record, post, cast):
    comment = post()
    cast(comment, "bea")
    cast(comment, "bob")
    cast(comment, "bea", Direction.NONE)
    cast(comment, "cleo")
    assert tally(record, comment) == (2, 0)


def test_going_back_and_forth_gains_nothing(record, post, cast):
    comment = post()
    for _ in range(3):
        for number in range(6):
            for way in (Direction.UP, Direction.DOWN, Direction.NONE, Direction.UP):
                cast(comment, f"voter {number}", way)
    assert sum(tally(record, comment)) <= 2


def test_what_is_kept_of_one_house_and_in_all_is_bounded(record, post, cast):
    comment = post()
    for house in range(15):
        for number in range(40):
            cast(comment, f"{house} {number}", house=f"h{house}")
    kept = record.redis.hvals(record.keys.apart(comment))
    assert len(kept) == voice.MOST_APART
    of_one = [entry for entry in kept if " h0 " in entry]
    assert len(of_one) == voice.MOST_OF_ONE


def test_the_networks_that_are_remembered_are_bounded_and_the_loudest_stay(record, post, cast):
    comment = post()
    for number in range(8):
        cast(comment, f"loud {number}", house="loud", minutes=number * 12 * 60)
    for number in range(450):
        cast(comment, f"voter {number}", house=f"h{number}")
    known = record.redis.hgetall(record.keys.voices(comment))
    assert len(known) <= 1025
    assert "loud" in known
    assert int(known["*"]) == 451
    assert record.redis.pttl(record.keys.voices(comment)) > 0


def test_in_the_order_by_votes_one_house_weighs_less_with_each_vote(record, post, cast):
    by_one, by_three = post(), post()
    for number in range(3):
        cast(by_three, f"voter {number}", house=f"h{number}")
    for number in range(6):
        cast(by_one, f"voter {number}", minutes=number * 12 * 60)
    assert tally(record, by_one)[0] > tally(record, by_three)[0]
    page, _ = threads.page(record, THREAD, Order.BEST, limit=9)
    assert page == [by_three, by_one]


def test_repair_agrees_with_the_votes_and_their_weights(record, post, cast, settle):
    comment = post()
    for number in range(9):
        cast(comment, f"voter {number}", Direction(1 - number % 2 * 2))
    settle(13 * 60)
    before = record.redis.hgetall(record.keys.comment(comment))
    assert repair.mend(record, now=a_moment(13 * 60)).total() == 0
    record.redis.hset(record.keys.comment(comment), mapping={"u": 77, "j": 1})
    assert repair.mend(record, now=a_moment(13 * 60))["tally"] == 1
    after = record.redis.hgetall(record.keys.comment(comment))
    assert {name: int(after[name]) for name in "udjq" if name in before} == {
        name: int(before[name]) for name in "udjq" if name in before
    }


def test_twenty_votes_at_the_same_moment_are_a_burst_too(record, post, cast):
    comment = post()
    with ThreadPoolExecutor(20) as crowd:
        list(crowd.map(lambda number: cast(comment, f"voter {number}"), range(20)))
    assert tally(record, comment) == (2, 0)
    assert voices.counts_apart(record, [comment]) == [ApartCount(burst=18)]


def test_a_clock_that_is_set_back_forgets_no_vote_that_is_set_apart(record, post, cast, settle):
    comment = post()
    for number in range(3):
        cast(comment, f"voter {number}", minutes=240)
    for number in range(200):
        cast(comment, f"other {number}", house=f"o{number}")
    assert settle(1)["counted"] == 1


def test_what_belonged_to_a_purged_comment_goes_with_it(record, post, cast):
    comment = post()
    for number in range(3):
        cast(comment, f"voter {number}")
    stored = comments.get(record, comment)
    comments.change_status(record, stored, Status.REJECTED, by="ines", why="spam", now=NOON)
    retention.purge(record, refused_before=stored.created_at + timedelta(days=10**4), now=NOON)
    assert not record.redis.exists(
        record.keys.aparts(), record.keys.apart(comment), record.keys.voices(comment)
    )
