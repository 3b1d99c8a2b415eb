"""Periodic jobs run when they are due, independently of each other."""

from threading import Event, Thread

import pytest
from redis.exceptions import ConnectionError as StoreAway

from workers import schedule
from workers.schedule import Periodic


@pytest.fixture
def running(core):
    """Run schedules in the background until the test is over."""
    stop, threads = Event(), []

    def run(prompt, long=()):
        threads.append(Thread(target=schedule.run, args=(core, stop, prompt, long)))
        threads[-1].start()

    yield run
    stop.set()
    for thread in threads:
        thread.join()


def test_what_is_prompt_does_not_wait_for_a_long_walk(running):
    walking, done, swept = Event(), Event(), Event()

    def walk(core):
        walking.set()
        done.wait(20)

    def sweep(core):
        if walking.wait(20):
            swept.set()

    running([Periodic(0, sweep)], [Periodic(60, walk)])
    assert swept.wait(20)
    assert not done.is_set()
    done.set()


@pytest.mark.parametrize("error", [StoreAway("away"), ValueError("a defect")])
def test_a_job_that_fails_keeps_nothing_else_from_running(running, error):
    failed, again = Event(), Event()

    def fail(core):
        (again if failed.is_set() else failed).set()
        raise error

    running([Periodic(0, fail)])
    assert failed.wait(20)
    assert again.wait(20)


def test_a_job_runs_once_a_period(running):
    often, runs = Event(), []
    counts = iter(range(4))

    def count(core):
        if next(counts, None) is None:
            often.set()

    running([Periodic(60, runs.append), Periodic(0, count)])
    assert often.wait(20)
    assert len(runs) == 1
