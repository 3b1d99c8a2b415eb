"""Each part of `folkmoot run` is killed or stopped under a load; nothing is lost or doubled."""

import signal

import pytest

from tests.chaos.load import under_load

pytestmark = pytest.mark.timeout(240)


@pytest.mark.parametrize("name", ["web", "maintenance", "store.sock"])
def test_a_part_is_killed(town, name):
    with under_load(town, f"without-{name.removesuffix('.sock')}") as load:
        victim = town.signal(name, signal.SIGKILL)
        town.is_back(name, victim)
        load.goes_on(f"life after the {name}")


def test_a_worker_is_killed_with_comments_in_hand(town, waiting):
    with under_load(town, "without-worker") as load:
        tries = town.core.at(load.site).keys.tries()
        waiting("a claim", lambda: town.core.redis.hlen(tries))
        victim = town.signal("worker", signal.SIGKILL)
        town.is_back("worker", victim)
        load.goes_on("life after the worker")


def test_the_supervisor_is_killed(town):
    with under_load(town, "without-supervisor") as load:
        town.kill_supervisor()
        town.start_again()
        load.url, load.core = town.url, town.core
        load.goes_on("life after the supervisor")


def test_the_store_is_stopped_for_a_while(town, waiting):
    with under_load(town, "without-answer") as load:
        store = town.signal("store.sock", signal.SIGSTOP)
        # Two who write and two who vote: each of them, or some of them again.
        waiting("readers to be told, not left waiting", lambda: load.refused[503] >= 4)
        assert town.signal("store.sock", signal.SIGCONT) == store
        load.goes_on("life after the pause")
