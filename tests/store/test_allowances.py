"""Allowances are shared by networks, and survive a clock that is set."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.errors import TooMany
from service.store.people import allowances
from service.store.people.allowances import Payer, Rate
from tests.factories import a_moment

RATE = Rate(per_minute=5, burst=3)
ANN = [Payer("ann"), Payer("street", 2), Payer("town", 4)]


@pytest.fixture
def take(record):
    """Take one; tell whether it was granted."""

    def take(who=ANN, seconds=0.0, rate=RATE):
        now = a_moment() + timedelta(seconds=seconds)
        place = record.keys.allowance("test", "")
        try:
            allowances.take(record.redis, place, who, rate, now=now)
        except TooMany:
            return False
        return True

    return take


def test_a_burst_is_granted_and_then_the_rate(take):
    assert [take() for _ in range(5)] == [True] * 3 + [False] * 2
    assert [take(seconds=12), take(seconds=12.1)] == [True, False]


def test_neighbours_share_what_their_street_has(take):
    street = [[Payer(f"house {number}"), Payer("street", 2)] for number in range(20)]
    assert [take(house) for house in street] == [True] * 6 + [False] * 14
    assert take([Payer("house 30"), Payer("another street", 2)])


def test_what_a_neighbour_is_refused_costs_nobody(take):
    assert [take([Payer("greedy"), Payer("street", 2)]) for _ in range(50)].count(True) == 3
    assert [take([Payer("quiet"), Payer("street", 2)]) for _ in range(3)] == [True] * 3


@pytest.mark.parametrize("back", [11, 60, 7200, 10**6])
def test_a_clock_that_is_set_back_locks_nobody_out(take, back):
    assert take()
    assert take(seconds=-back), "one of three was used"
    assert take(seconds=-back)
    assert not take(seconds=-back), "and what was used stays used"
    assert take(seconds=-back + 12)


def test_who_has_used_everything_waits_no_longer_after_the_clock_was_set_back(take):
    assert [take() for _ in range(4)] == [True] * 3 + [False]
    assert not take(seconds=-7200)
    assert not take(seconds=-7200 + 11)
    assert take(seconds=-7200 + 12)


def test_a_clock_that_jumps_forward_and_back_locks_nobody_out(take):
    assert take()
    assert take(seconds=7200)
    assert take(seconds=1)


def test_machines_whose_clocks_differ_a_little_do_not_add_to_an_allowance(take):
    ahead_and_behind = [take(seconds=5 * (number % 2)) for number in range(20)]
    assert ahead_and_behind.count(True) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(jumps=st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=30))
def test_after_whatever_the_clock_did_an_interval_is_enough_to_wait(record, take, jumps):
    record.redis.flushdb()
    clock = 0
    for jump in jumps:
        clock += jump
        while take(seconds=clock):
            pass
        # An interval, and what the clocks of several machines may differ.
        assert take(seconds=clock + 12 + 10)
