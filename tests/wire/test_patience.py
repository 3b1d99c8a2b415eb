"""A hanging store delays its caller once for a moment, and then not for a while."""

import threading
import time

from redis.exceptions import ConnectionError as Unreachable

from service.store.server.patience import Later, Patience


def test_a_store_that_hangs_is_waited_for_once():
    answered = threading.Event()
    patience = Patience(wait=0.05, rest=60)
    start = time.monotonic()
    given = [patience.ask(lambda: answered.wait(30) and "late", "none") for _ in range(20)]
    assert given == ["none"] * 20
    assert time.monotonic() - start < 5
    answered.set()


def test_a_store_that_is_away_is_asked_again_after_its_rest():
    calls = []
    clock = iter([0, 0, 1, 3, 3]).__next__

    def call():
        calls.append(1)
        if len(calls) == 1:
            raise Unreachable
        return "here"

    patience = Patience(wait=5, rest=2, clock=clock)
    assert [patience.ask(call, "none") for _ in range(3)] == ["none", "none", "here"]


def test_what_is_asked_for_often_is_done_once(waiting):
    done = []
    later = Later(lambda: done.append(1), 0.05)
    for _ in range(100):
        later.soon()
    waiting("the call", lambda: done)
    later.soon()
    later.cancel()
    assert done == [1]
