"""The watch over turns knows the latest one, or nothing at all."""

import pytest
from redis.exceptions import RedisError

from service.store.comments.turn_watch import MOST, SILENCE, TurnWatch
from service.store.keys import Keys
from tests.conftest import wait_for

TURN = Keys("news").turn()


@pytest.fixture
def watch(redis):
    watch = TurnWatch(redis)
    watch.start()
    yield watch
    watch.stop()
    assert watch.known("news") is None


@pytest.fixture
def known(watch):
    """Wait until a site's turn is known, and return it."""
    return lambda site="news": wait_for(f"the turn of {site}", lambda: watch.known(site))


def test_a_turn_is_known_once_it_was_asked_for(redis, watch, known):
    redis.set(TURN, 7)
    assert watch.known("news") is None
    assert known() == "7"
    assert watch.known("other") is None


def test_a_site_without_changes_has_the_turn_of_one_without(known):
    assert known("nowhere") == "0"


def test_a_turn_that_has_risen_is_never_given_out_as_it_was(redis, watch, known):
    known()
    misses = 0
    for number in range(1, 500):
        turn = redis.incr(TURN)
        watch.settle()
        seen = watch.known("news")
        assert seen in (None, str(turn))
        misses += seen is None
        if number % 50 == 0:
            assert known() == str(turn)
    assert misses


def test_a_change_by_a_script_is_heard_of(redis, known, watch):
    known()
    redis.eval("return redis.call('INCR', KEYS[1])", 1, TURN)
    watch.settle()
    assert watch.known("news") in (None, "1")
    assert known() == "1"


def test_a_store_that_was_emptied_has_no_turns_any_more(redis, watch, known):
    redis.set(TURN, 5)
    assert known() == "5"
    redis.flushdb()
    watch.settle()
    assert watch.known("news") in (None, "0")
    assert known() == "0"


def test_a_lost_connection_makes_everything_unknown_until_there_is_another(redis, watch, known):
    redis.set(TURN, 5)
    known()
    [tracking] = [one["id"] for one in redis.client_list() if "t" in one["flags"]]
    redis.client_kill_filter(_id=tracking)
    redis.incr(TURN)
    watch.settle()
    assert watch.known("news") in (None, "6")
    assert known() == "6"


def test_a_silent_store_is_not_believed(redis):
    now = [0.0]
    watch = TurnWatch(redis, clock=lambda: now[0])
    watch.start()
    wait_for("the turn", lambda: watch.known("news"))
    now[0] = SILENCE + 0.1
    assert watch.known("news") is None
    watch.stop()


def test_a_store_that_cannot_be_reached_makes_nothing_known(away):
    watch = TurnWatch(away)
    with pytest.raises(RedisError):
        watch._listen()
    assert watch.known("news") is None


def test_no_flood_of_names_fills_the_memory(watch, known):
    known("site-0")
    for number in range(MOST + 500):
        watch.known(f"site-{number}")
    known(f"site-{MOST - 1}")
    assert watch.known(f"site-{MOST + 400}") is None
    assert known("site-0") == "0"
    assert len(watch._sites) <= MOST
